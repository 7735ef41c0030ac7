"""cstrain kpi: statuses, sentences in the user's language, nothing half-written."""

from __future__ import annotations

import io
import sys

import pytest
from ticket_rows import HEADER, ticket

from cstrain.cli import main
from cstrain.intake.reading import read_table


@pytest.fixture(autouse=True)
def inside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def names(folder):
    return sorted(one.name for one in folder.iterdir())


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(("language", "word"), [("zh", "完成"), ("en", "Done")])
def test_a_report_is_made(csv_file, capsys, tmp_path, language, word):
    path = csv_file()
    assert main(["kpi", str(path), "--yes", "--language", language]) == 0
    told = capsys.readouterr()
    assert word in told.out
    assert told.err == ""
    assert names(tmp_path / "工单-kpi") == [
        "mapping.toml",
        "problems.csv",
        "report.html",
        "report.xlsx",
    ]
    assert "13910000000" not in told.out


def test_without_a_terminal_it_wants_a_yes(csv_file, capsys, tmp_path, monkeypatch):
    path = csv_file()
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert main(["kpi", str(path), "--language", "en"]) == 2
    told = capsys.readouterr()
    assert "--yes" in told.err
    assert "98%" in told.out
    assert names(tmp_path) == ["工单.csv"]


@pytest.mark.parametrize(("answer", "status"), [("\n", 0), ("y\n", 0), ("n\n", 2), ("", 2)])
def test_on_a_terminal_it_asks(csv_file, monkeypatch, answer, status):
    path = csv_file()
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    assert main(["kpi", str(path), "--language", "zh"]) == status


def test_a_mapping_is_written_corrected_and_used(csv_file, capsys, tmp_path):
    path = csv_file()
    assert main(["kpi", str(path), "--write-mapping", "--language", "zh"]) == 0
    mapping = tmp_path / "工单.mapping.toml"
    text = mapping.read_text(encoding="utf-8")
    assert 'csat = "满意度"' in text
    assert main(["kpi", str(path), "--write-mapping", "--language", "zh"]) == 2
    assert mapping.read_text(encoding="utf-8") == text
    mapping.write_text('opened_at = "创建时间"\ncsat = "满意度"\n', encoding="utf-8")
    assert (
        main(["kpi", str(path), "--mapping", str(mapping), "--out", "out", "--language", "zh"]) == 0
    )
    assert 'csat = "满意度"' in (tmp_path / "out" / "mapping.toml").read_text(encoding="utf-8")
    assert main(["kpi", str(path), "--mapping", "out/mapping.toml", "--out", "out"]) == 0
    capsys.readouterr()


BAD = {
    "empty": b"",
    "header_only": (",".join(HEADER) + "\n").encode(),
    "wide": (
        ",".join(f"列{at}x" for at in range(300)) + "\n" + ",".join("1" * 300) + "\n"
    ).encode(),
    "two_tables": ("编号,创建时间\nT1,2025-07-01\n\n客服,渠道\nA,B\n").encode(),
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(20),
    "password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "lost": "编号,满意度\n锟斤拷,5\n".replace("编号", "锟斤拷").encode(),
    "nothing": "编号,满意度\nT1,nan\nT2,inf\n".encode(),
    "no_fields": b"alpha,beta\nx,y\n",
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_one_sentence_and_status_2(
    csv_file, capsys, tmp_path, own_data, kind, language
):
    path = csv_file(text=BAD[kind], name="x.csv")
    assert main(["kpi", str(path), "--yes", "--language", language]) == 2
    told = capsys.readouterr().err.strip()
    assert len(told.splitlines()) == 1
    chinese = any("\u4e00" <= one <= "\u9fff" for one in told)
    assert chinese == (language == "zh") or "列" in told
    assert names(tmp_path) == ["x.csv"]
    assert not own_data.exists()


def test_wrong_mapping_and_folder(csv_file, capsys, tmp_path):
    path = csv_file()
    (tmp_path / "m.toml").write_text('csat = "没有"\n', encoding="utf-8")
    assert main(["kpi", str(path), "--mapping", "m.toml", "--language", "zh"]) == 2
    assert "没有" in capsys.readouterr().err
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    assert main(["kpi", str(path), "--yes", "--out", "full", "--language", "en"]) == 2
    assert "full" in capsys.readouterr().err
    assert main(["kpi", "none.csv", "--yes", "--language", "en"]) == 2


def test_ten_million_different_groups_are_refused_soon(csv_file, capsys, monkeypatch):
    """The limit is 3,000,000 rows; here it stands lower, so that the test is quick."""
    monkeypatch.setattr("cstrain.intake.layout.ROWS", 20_000)
    path = csv_file([ticket(at, 客服=f"A{at}") for at in range(45_000)])
    assert main(["kpi", str(path), "--yes", "--language", "zh"]) == 2
    assert "20,000" in capsys.readouterr().err


def test_a_bar_is_shown_only_where_somebody_sees_it(csv_file, monkeypatch):
    path, seen = csv_file(), Terminal()
    monkeypatch.setattr("cstrain.commands.run_kpi._WAIT_S", 0.0)
    monkeypatch.setattr(sys, "stderr", seen)
    assert main(["kpi", str(path), "--yes", "--language", "en"]) == 0
    assert "computing" in seen.getvalue()
    assert seen.getvalue().endswith("\r")


def test_a_workbook_by_sheet(workbook, capsys):
    def more(sheet):
        other = sheet.parent.create_sheet("工单")
        for row in [HEADER, *(ticket(at) for at in range(30))]:
            other.append(row)

    path = workbook([["说明", "x"], ["a", "b"]], change=more)
    assert main(["kpi", str(path), "--yes", "--sheet", "工单", "--language", "zh"]) == 0
    assert len(read_table(path, sheet="工单").rows) == 30
    capsys.readouterr()
