"""Every way a file can be wrong gives its one sentence; every way it can be read is told."""

# ruff: noqa: DTZ001 - local times, by design

from __future__ import annotations

import datetime as dt
import io
import struct
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstrain.intake import limits
from cstrain.intake.errors import IntakeError
from cstrain.intake.reading import read_table

HEAD = "工单编号,创建时间,满意度\n"
TWO = HEAD + "T1,2025-07-01,5\nT2,2025-07-02,4\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def code(path, **how):
    with pytest.raises(IntakeError) as told:
        read_table(path, **how)
    for language in ("zh", "en"):
        sentence = told.value.said(language)
        assert "{" not in sentence
        assert sentence.strip()
    return told.value.code


def notes(table):
    return {one.code: dict(one.facts) for one in table.notes}


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("gbk", "GBK (GB18030)"),
        ("gb18030", "GBK (GB18030)"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16-LE"),
    ],
)
def test_encodings_are_told_apart(csv_file, encoding, told):
    table = read_table(csv_file(text=TWO, encoding=encoding))
    assert table.headers == ("工单编号", "创建时间", "满意度")
    assert notes(table)["encoding"] == {"encoding": told}


def test_western_letters_are_no_chinese(csv_file):
    text = "id,comment\n1,tr\xe8s bon caf\xe9\n2,d\xe9j\xe0\n"
    table = read_table(csv_file(text=text, encoding="cp1252"))
    assert table.columns[1] == ["très bon café", "déjà"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(csv_file, separator):
    table = read_table(csv_file(text=TWO.replace(",", separator)))
    assert table.columns[2] == ["5", "4"]
    assert notes(table)["separator"] == {"separator": separator}


def test_excel_may_name_the_separator(csv_file):
    table = read_table(csv_file(text="sep=;\na;b,c\n1;2\n"))
    assert (table.headers, table.rows[0]) == (("a", "b,c"), 3)


BAD = {
    "empty": b"",
    "empty_lines": b"\r\n \r\n",
    "header_only": HEAD.encode(),
    "one_column": b"abc\n1\n2\n",
    "no_header": b"1,2,3\n4,5,6\n",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(40),
    "pdf": b"%PDF-1.7 ...",
    "json": b'[{"a": 1}]',
    "web_page": b"<html><table><tr><td>1</td></tr></table></html>",
    "old_excel": OLE + bytes(600),
    "password": OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
    "wrong_encoding": TWO.encode() + b"\xff\xfe\x81,1,2\n",
    "lost": TWO.encode("gbk").decode("utf-8", "replace").encode(),
    "open_quote": (TWO + 'T3,"2025\nT4,1,2\n').encode(),
    "two_tables": (TWO + "\n客服,渠道,评语\nA,B,C\n").encode(),
    "beside": b"a,b,,c,d\n1,2,,3,4\n",
    "columns": (",".join(f"c{at}x" for at in range(300)) + "\n" + ",".join("1" * 300)).encode(),
    "cut_zip": b"PK\x03\x04" + bytes(30),
}
CODES = {
    "empty_lines": "empty",
    "one_column": "no_columns",
    "picture": "not_a_table",
    "pdf": "not_a_table",
    "json": "not_a_table",
    "password": "encrypted",
    "lost": "lost_characters",
    "beside": "tables_beside",
    "columns": "too_many_columns",
    "cut_zip": "damaged",
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_files_are_refused(csv_file, kind):
    assert code(csv_file(text=BAD[kind])) == CODES.get(kind, kind)


def test_files_that_are_not_there(tmp_path):
    assert code(tmp_path / "no.csv") == "not_there"
    assert code(tmp_path) == "not_a_file"


def test_too_many_rows_and_bytes(csv_file, monkeypatch):
    monkeypatch.setattr("cstrain.intake.layout.ROWS", 1)
    assert code(csv_file(text=TWO)) == "too_many_rows"
    monkeypatch.setattr("cstrain.intake.reading.FILE_BYTES", 10)
    assert code(csv_file(text=TWO)) == "too_large"


def test_rows_that_are_no_records_are_listed_with_their_numbers(csv_file):
    text = (
        TWO + "T3,1,2,3\nT4,2025-07-03\n,,\n 合计 ,,9\n工单编号,创建时间,满意度\n制表人：某某,,\n"
    )
    table = read_table(csv_file(text=text))
    assert [(one.row, one.code) for one in table.left_out] == [
        (4, "too_many_cells"),
        (6, "blank_row"),
        (7, "total_row"),
        (8, "repeated_header"),
        (9, "lone_cell"),
    ]
    assert (list(table.rows), table.short, table.read) == ([2, 3, 5], [5], 8)


def test_a_title_above_the_header_is_told(csv_file):
    table = read_table(csv_file(text="2025年7月工单,,\n" + TWO))
    assert notes(table)["rows_above"] == {"row": 2, "count": 1}
    assert list(table.rows) == [3, 4]


def test_row_numbers_are_those_of_a_spreadsheet(csv_file):
    table = read_table(csv_file(text='a,b\n1,"two\nlines"\n3,4\n'))
    assert (list(table.rows), table.columns[1]) == ([2, 3], ["two\nlines", "4"])


def test_names_of_columns_are_made_unique(csv_file):
    table = read_table(csv_file(text="a,a,,b\n1,2,3,4\n"))
    assert table.headers == ("a", "a (2)", "#3", "b")
    assert {"same_names", "unnamed"} <= set(notes(table))


def test_the_content_counts_not_the_name(csv_file, workbook):
    assert notes(read_table(csv_file(text=TWO, name="t.xlsx")))["kind_differs"]
    path = workbook([["id", "x"], ["a", 1]], name="t.csv")
    assert notes(read_table(path))["kind_differs"] == {"named": ".csv", "found": "XLSX"}


# Workbooks


ROWS = [["编号", "创建时间", "金额"], ["T1", dt.datetime(2025, 7, 1, 9, 30), 5], ["T2", None, 2.5]]


def test_a_workbook_gives_typed_cells(workbook):
    table = read_table(workbook(ROWS))
    assert table.columns[1] == [dt.datetime(2025, 7, 1, 9, 30), ""] or table.columns[1][1] is None
    assert table.columns[2] == [5, 2.5]
    assert list(table.rows) == [2, 3]


def test_formulas_are_counted_and_those_without_a_result_told(workbook):
    path = workbook([*ROWS, ["T3", None, "=C2+C3"]])
    found = notes(read_table(path))
    assert found["formulas"] == {"count": 1}
    assert found["formulas_empty"] == {"count": 1}


def test_cells_merged_downwards_are_filled(workbook):
    rows = [["班组", "编号", "金额"], ["一组", "T1", 5], [None, "T2", 6], ["二组", "T3", 7]]
    table = read_table(workbook(rows, change=lambda sheet: sheet.merge_cells("A2:A3")))
    assert table.columns[0] == ["一组", "一组", "二组"]
    assert notes(table)["merged"] == {"count": 1, "cells": 1}


def test_a_merged_title_is_no_header_but_a_merged_header_is_refused(workbook):
    rows = [["七月", None, None], *ROWS]
    assert read_table(workbook(rows, change=lambda s: s.merge_cells("A1:C1"))).headers[0] == "编号"
    assert code(workbook(ROWS, change=lambda s: s.merge_cells("A1:B1"))) == "merged_header"


def test_sheets(workbook, tmp_path):
    def more(sheet):
        book = sheet.parent
        book.create_sheet("空的", 0)
        other = book.create_sheet("别的")
        other.append(["x", "y"])
        other.append(["a", 1])

    path = workbook(ROWS, change=more)
    table = read_table(path)
    assert table.headers[0] == "编号"
    assert notes(table)["sheet"]["others"] == "空的, 别的"
    assert read_table(path, sheet="别的").headers == ("x", "y")
    assert code(path, sheet="没有") == "no_sheet"


def test_two_tables_in_a_sheet(workbook):
    rows = [*ROWS, [None], ["客服", "渠道", "评语"], ["A", "B", "C"]]
    assert code(workbook(rows)) == "two_tables"
    assert code(workbook([[]])) in {"no_rows_in_sheets", "no_header"}


def packed(tmp_path, parts, name="bomb.xlsx"):
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for part, data in parts.items():
            file.writestr(part, data)
    return path


def test_a_small_file_that_unpacks_to_200_mb_is_refused_before_unpacking(tmp_path, monkeypatch):
    part = "xl/worksheets/sheet1.xml"
    path = packed(tmp_path, {"xl/workbook.xml": b"<workbook/>", part: bytes(200_000_000)})
    assert path.stat().st_size < 1_700_000
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("it was unpacked"))
    assert code(path) == "unpacks_too_large"


def test_a_part_that_is_packed_too_tightly_is_refused(tmp_path):
    part = "xl/worksheets/sheet1.xml"
    path = packed(tmp_path, {"xl/workbook.xml": b"<workbook/>", part: bytes(20_000_000)})
    assert code(path) == "bomb"
    many = {f"x{at}": b"" for at in range(limits.MEMBERS)}
    assert code(packed(tmp_path, {"xl/workbook.xml": b"", **many})) == "bomb"


def test_a_declared_size_that_lies_does_not_help(workbook, tmp_path):
    data = bytearray(workbook(ROWS).read_bytes())
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[at + 24 : at + 28] = struct.pack("<I", 20)
    path = tmp_path / "lies.xlsx"
    path.write_bytes(data)
    assert code(path) == "damaged"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"xl/workbook.bin": b""}, "binary_excel"),
        ({"mimetype": b"", "content.xml": b""}, "open_document"),
        ({"word/document.xml": b""}, "not_a_table"),
        ({"xl/workbook.xml": b"not xml"}, "damaged"),
    ],
)
def test_other_packages(tmp_path, parts, expected):
    assert code(packed(tmp_path, parts)) == expected


def test_a_workbook_with_entities_is_refused(workbook, tmp_path):
    path = workbook(ROWS)
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    with zipfile.ZipFile(path) as file:
        parts = {one: file.read(one) for one in file.namelist()}
    parts["xl/workbook.xml"] = doctype + parts["xl/workbook.xml"]
    assert code(packed(tmp_path, parts, "entities.xlsx")) == "unsafe_xml"


def test_encrypted_members_are_refused(workbook, tmp_path):
    data = bytearray(workbook(ROWS).read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    path = tmp_path / "secret.xlsx"
    path.write_bytes(data)
    assert code(path) == "encrypted"


def test_parquet(tmp_path):
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    path = tmp_path / "t.parquet"
    times = [dt.datetime(2025, 7, 1, 9), None]
    pq.write_table(pa.table({"编号": ["a", "b"], "创建时间": times, "n": [1, 2]}), path)
    table = read_table(path)
    assert (table.columns[1], list(table.rows)) == (times, [1, 2])
    path.write_bytes(path.read_bytes()[:-9])
    assert code(path) == "damaged"


def test_without_the_components_a_sentence_says_what_to_install(workbook, tmp_path, monkeypatch):
    path = workbook(ROWS)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert code(path) == "needs_openpyxl"
    parquet = tmp_path / "t.parquet"
    parquet.write_bytes(b"PAR1....PAR1")
    assert code(parquet) == "needs_pyarrow"


@given(st.binary(max_size=300))
def test_no_bytes_whatever_give_anything_but_a_table_or_a_sentence(data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_bytes(data)
        try:
            read_table(path)
        except IntakeError as error:
            assert error.said("zh")


def test_a_broken_zip_inside(tmp_path, workbook):
    data = workbook(ROWS).read_bytes()
    broken = io.BytesIO(data)
    for at in range(200, len(data), 97):
        copy = bytearray(broken.getvalue())
        copy[at] ^= 0xFF
        path = tmp_path / "broken.xlsx"
        path.write_bytes(copy)
        try:
            read_table(path)
        except IntakeError:
            continue
