"""Tables as rows, as typed rows and as frames; what a wrong name or a broken file is told."""

from datetime import date, datetime

import pandas as pd
import pytest

from cstrain import datasets
from cstrain.datasets import dataset_names, load_dataset, rows, table, typed_rows
from cstrain.datasets import index as index_module
from cstrain.errors import ContentError, UnknownNameError

READERS = [rows, typed_rows, load_dataset]
INDEX = """
recipe = "none.py"
[tables.visits]
title = { zh = "到访", en = "visits" }
rows = 3
lessons = ["n04"]
[tables.visits.columns]
id = { type = "text", zh = "编号", en = "id" }
day = { type = "date", zh = "日期", en = "day" }
at = { type = "time", empty = "missing", zh = "时刻", en = "time" }
"n m" = { type = "int", empty = "missing", zh = "个数", en = "counts" }
k = { type = "int", zh = "次数", en = "times" }
share = { type = "float", unit = "share", zh = "比例", en = "share" }
good = { type = "bool", zh = "好", en = "good" }
asked = { type = "bool", empty = "missing", zh = "问过", en = "asked" }
note = { type = "text", empty = "missing", zh = "备注", en = "note" }
parent = { type = "text", empty = "blank", zh = "上级", en = "parent" }
"""
HEADER = "id,day,at,n,m,k,share,good,asked,note,parent"
LINES = [
    "007,2025-07-01,2025-07-01T09:30:00,4,1,0,0.50,true,false,NA,",
    "008,2025-07-02,,,2,0,1.00,false,,,007",
    '009,2025-07-03,2025-07-03T00:00:00,6,3,-12,-0.25,true,true,"a, b",nan',
]


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """Return a function that writes the table of a shelf of its own, "mine.visits"."""
    home = tmp_path / "own"
    home.mkdir()
    (home / "index.toml").write_text(INDEX, encoding="utf-8")
    monkeypatch.setattr(index_module, "shelves", lambda: {"": tmp_path, "mine": home})
    (tmp_path / "index.toml").write_text("[tables]\n", encoding="utf-8")

    def write(lines=(HEADER, *LINES), **how):
        text = "".join(f"{line}\n" for line in lines)
        (home / "visits.csv").write_bytes(text.encode(**how))

    write()
    return write


def test_rows_are_text(shelf):
    assert rows("mine.visits")[1] == {
        "id": "008", "day": "2025-07-02", "at": "", "n": "", "m": "2", "k": "0", "share": "1.00",
        "good": "false", "asked": "", "note": "", "parent": "007",
    }  # fmt: skip


def test_typed_rows(shelf):
    assert typed_rows("mine.visits")[:2] == [
        {
            "id": "007", "day": date(2025, 7, 1), "at": datetime(2025, 7, 1, 9, 30), "n": 4, "m": 1, "k": 0,  # noqa: DTZ001 - the tables hold local times
            "share": 0.5, "good": True, "asked": False, "note": "NA", "parent": "",
        },
        {
            "id": "008", "day": date(2025, 7, 2), "at": None, "n": None, "m": 2, "k": 0, "share": 1.0,
            "good": False, "asked": None, "note": None, "parent": "007",
        },
    ]  # fmt: skip


def test_frame(shelf):
    frame = load_dataset("mine.visits")
    assert frame.dtypes.astype(str).to_dict() == {
        "id": "str", "day": "datetime64[us]", "at": "datetime64[us]", "n": "float64", "m": "float64", "k": "int64",
        "share": "float64", "good": "bool", "asked": "boolean", "note": "str", "parent": "str",
    }  # fmt: skip
    assert frame.isna().sum().to_dict() == dict.fromkeys(HEADER.split(","), 0) | {
        "at": 1, "n": 1, "asked": 1, "note": 1
    }  # fmt: skip
    assert list(frame["note"])[::2] == ["NA", "a, b"]
    assert list(frame["parent"]) == ["", "007", "nan"]
    assert frame["n"].mean() == 5
    assert frame["at"][0] == pd.Timestamp("2025-07-01 09:30")


def test_a_byte_order_mark_is_no_part_of_the_header(shelf):
    shelf(encoding="utf-8-sig")
    assert load_dataset("mine.visits").shape == (3, 11)
    assert rows("mine.visits")[0]["id"] == "007"


def swapped(line, old, new):
    return [HEADER, *(one.replace(old, new) if at == line else one for at, one in enumerate(LINES))]


BROKEN = [
    ([HEADER.replace("share", "rate"), *LINES], r'header, column 7: found \'rate\'; allowed: "share"'),
    ([HEADER + ",more", *LINES], "header, column 12: found 'more'; allowed: nothing more"),
    ([HEADER.removesuffix(",parent"), *LINES], 'header, column 11: found nothing; allowed: "parent"'),
    ([], "header, column 1: found nothing"),
    ([HEADER, *LINES[:2]], "rows: found 2; allowed: 3"),
    ([HEADER, *LINES, LINES[0]], "rows: found 4; allowed: 3"),
    ([HEADER, *LINES[:2], LINES[2][:20]], "line 4: found 3; allowed: 11 cells"),
    ([HEADER, LINES[0] + ",x", *LINES[1:]], "line 2: found 12; allowed: 11 cells"),
    ([HEADER, *LINES[:2], LINES[2].replace('b"', "b")], "file: found '.*'; allowed: CSV"),
]  # fmt: skip
WRONG_CELLS = [
    (swapped(0, "007", ""), "line 2, id: found nothing; allowed: a text"),
    (swapped(1, "2025-07-02", "July"), "line 3, day: found 'July'; allowed: a date"),
    (swapped(2, "T00:00:00", "T25:00:00"), "line 4, at: found '.*'; allowed: a time"),
    (swapped(0, ",4,", ",four,"), "line 2, n: found 'four'; allowed: a whole number"),
    (swapped(1, "1.00", ""), "line 3, share: found nothing; allowed: a number"),
    (swapped(0, "true", "yes"), "line 2, good: found 'yes'; allowed: true or false"),
]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(("lines", "told"), BROKEN, ids=[told for _, told in BROKEN])
def test_a_broken_file_is_told_in_one_sentence(shelf, read, lines, told):
    shelf(lines)
    with pytest.raises(ContentError, match=f"^datasets/own/visits.csv, {told}"):
        read("mine.visits")


@pytest.mark.parametrize("read", READERS[1:])
@pytest.mark.parametrize(("lines", "told"), WRONG_CELLS, ids=[told for _, told in WRONG_CELLS])
def test_a_wrong_cell_is_named(shelf, read, lines, told):
    shelf(lines)
    with pytest.raises(ContentError, match=f"^datasets/own/visits.csv, {told}"):
        read("mine.visits")


@pytest.mark.parametrize("read", READERS)
def test_a_missing_file_and_another_encoding(shelf, read):
    shelf(swapped(0, "NA", "备注"), encoding="gbk")
    with pytest.raises(ContentError, match=r"file: found .*; allowed: UTF-8 text"):
        read("mine.visits")
    table("mine.visits").file.unlink()
    with pytest.raises(ContentError, match="file: found nothing; allowed: a readable file"):
        read("mine.visits")


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    ("asked", "nearest"),
    [("goal_treee", "goal_tree"), ("orders", "A.orders"), ("a.orders", "A.orders"), ("A", "A.")],
)
def test_an_unknown_name_is_answered_with_the_nearest(read, asked, nearest):
    with pytest.raises(UnknownNameError, match=nearest):
        read(asked)


def test_hidden_tables_load_and_are_not_listed():
    hidden = set(dataset_names(hidden=True)) - set(dataset_names())
    assert "goal_tree_hidden" in hidden
    assert len(rows("goal_tree_hidden")) == 16
    with pytest.raises(UnknownNameError) as error:
        datasets.table("no such table at all")
    assert hidden & set(error.value.known) == set()
