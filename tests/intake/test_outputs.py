"""What is written: nothing personal, nothing that runs, all of it or nothing."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import openpyxl
import pandas as pd
import pytest
from ticket_rows import HEADER, ticket

from cstrain.datasets import dataset_names, load_dataset, typed_rows
from cstrain.drawing.data_card import data_card
from cstrain.intake import finish, open_file
from cstrain.intake.columns import guess_columns
from cstrain.intake.dataset import dataset_name
from cstrain.intake.errors import IntakeError
from cstrain.intake.mapping import ColumnMapping, Options, as_mapping
from cstrain.intake.outputs import check_folder
from cstrain.intake.spreadsheet import safe_text
from cstrain.kpi import kpi

SECRETS = [
    "13987654321",
    "司马相如",
    "诸葛孔明",
    "11010519491231002X",
    "someone@example.com",
    "6222021234567890128",
    "京A54321",
    "010-62345678",
    "某某路18号",
    "张无忌",
]
ATTACKS = [
    "=1+1",
    "+1",
    "-1+cmd",
    "@SUM(A1)",
    "\t=1",
    "{=1}",
    " =1",
    "＝1",
    "\r=1",
    '=HYPERLINK("x")',
]


def run(path, language="zh", out=None, columns=None, **options):
    opened = open_file(path)
    mapping = as_mapping(opened.guesses, Options(**options))
    if columns:
        mapping = ColumnMapping({**mapping.columns, **columns}, mapping.options)
    return finish(opened, mapping, language, out=out)


def everything(*folders):
    """Return the text of all files, those inside of workbooks too."""
    found = {}
    for folder in folders:
        for path in (one for one in folder.rglob("*") if one.is_file()):
            data = path.read_bytes()
            found[path.name] = data.decode("utf-8", "ignore")
            if path.suffix == ".xlsx":
                with zipfile.ZipFile(io.BytesIO(data)) as parts:
                    for name in parts.namelist():
                        found[f"{path.name}/{name}"] = parts.read(name).decode("utf-8", "ignore")
    return found


def leaky_rows():
    rows = [ticket(at) for at in range(60)]
    rows[1] = ticket(1, 客户姓名="司马相如", 备注="司马相如说13987654321没人接")
    rows[2] = ticket(2, 客户编号="13987654321", 备注="证件11010519491231002X")
    rows[3] = ticket(3, 备注="邮箱someone@example.com，卡6222021234567890128")
    rows[4] = ticket(4, 备注="京A54321挡道，张无忌先生，010-62345678")
    rows[5] = ticket(5, **{"等待时长(秒)": "诸葛孔明", "满意度": "13987654321"})
    rows[6] = ticket(6, 创建时间="司马相如", 关闭时间="13987654321")
    rows[7] = ticket(7, 工单编号="13987654321")
    rows[8] = ticket(8, 问题类型="找13987654321")
    rows[9] = ticket(9, 渠道="someone@example.com")
    return rows


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_personal_reaches_any_file(csv_file, own_data, language, tmp_path):
    header = [*HEADER, "地址"]
    rows = [[*row, "某某路18号"] for row in leaky_rows()]
    outcome = run(csv_file(rows, "13987654321的工单.csv", header=header), language)
    texts = everything(outcome.written.folder, own_data)
    assert len(texts) > 8
    for name, text in texts.items():
        for secret in SECRETS:
            assert secret not in text, f"{secret} in {name}"
    assert not any("13987654321" in one for one in dataset_names())


def test_agents_that_are_names_become_pseudonyms_everywhere(csv_file, own_data):
    names = ["张无忌", "王语嫣", "李寻欢", "陈家洛", "赵敏"]
    rows = [ticket(at, 客服=names[at % 5], 备注=f"{names[at % 5]}态度好") for at in range(60)]
    outcome = run(csv_file(rows))
    for text in everything(outcome.written.folder, own_data).values():
        assert not any(one in text for one in names)
    assert len(outcome.report.groups["agent_id"]) == 5


def test_a_refusal_tells_no_cell(csv_file, capsys):
    rows = [[one if one not in {"", None} else "x" for one in row] for row in leaky_rows()]
    path = csv_file([[f"{one}司马相如13987654321" for one in row] for row in rows])
    with pytest.raises(IntakeError) as told:
        run(path)
    for language in ("zh", "en"):
        assert not any(secret in told.value.said(language) for secret in SECRETS)
    assert told.value.__cause__ is None
    assert "司马" not in "".join(capsys.readouterr())


def test_an_unexpected_fault_tells_only_its_kind(csv_file, monkeypatch):
    def broken(*_arguments, **_named):
        raise ValueError("司马相如")

    monkeypatch.setattr("cstrain.intake.running.make_report", broken)
    with pytest.raises(IntakeError) as told:
        run(csv_file())
    assert (told.value.code, told.value.facts) == ("not_expected", {"kind": "ValueError"})
    assert told.value.__suppress_context__


def test_customers_still_join_and_so_the_kpis_are_those_of_the_raw_table(csv_file):
    path = csv_file()
    outcome = run(path)
    raw = pd.read_csv(path, parse_dates=["创建时间"])
    columns = {"customer_id": "客户电话", "issue": "问题类型", "at": "创建时间"}
    expected = kpi("FCR", raw, columns=columns).iloc[0]
    made = next(one for one in outcome.report.computed if one.code == "FCR")
    assert (made.numerator, made.denominator) == (expected["numerator"], expected["denominator"])
    csat = next(one for one in outcome.report.computed if one.code == "CSAT")
    assert (csat.numerator, csat.denominator, csat.value) == (48, 120, 0.4)
    assert (round(csat.interval.low, 3), round(csat.interval.high, 3)) == (0.317, 0.489)


@pytest.mark.parametrize("text", ATTACKS)
def test_text_that_would_run_is_made_safe(text):
    safe = safe_text(text)
    assert safe.startswith("'")
    assert safe_text("a=1, b-2") == "a=1, b-2"


def test_no_formula_survives_in_workbook_or_csv(csv_file, own_data):
    rows = [
        ticket(at, 问题类型=ATTACKS[at % len(ATTACKS)], 备注=ATTACKS[-1 - at % len(ATTACKS)])
        for at in range(100)
    ]
    header = [*HEADER[:-1], "=备注"]
    outcome = run(csv_file(rows, header=header), columns={"comment": "=备注"})
    book = openpyxl.load_workbook(outcome.written.excel)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    assert any(cell.value == "=1+1" for cell in cells)  # there, as a text
    for path in [outcome.written.problems, *own_data.rglob("*.csv")]:
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")  # so that Excel reads Chinese
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
            assert not any(re.match(r"\s*(\{=|[=+@\t\r＝＋－＠]|-(?![\d.]+$))", one) for one in row)


def test_the_data_set_loads_typed_with_its_card(csv_file, own_data):
    run(csv_file(name="七月 工单(终).csv"))
    assert "mine.七月_工单_终" in dataset_names()
    frame = load_dataset("mine.七月_工单_终")
    assert len(frame) == 120
    assert str(frame["opened_at"].dtype).startswith("datetime64")
    assert frame["csat"].tolist() == [1 + at % 5 for at in range(120)]
    first = typed_rows("mine.七月_工单_终")[0]
    assert first["customer_id"].startswith("客户-")
    for language in ("zh", "en"):
        assert "opened_at" in data_card("mine.七月_工单_终", language)._repr_html_()
        assert data_card("", language)
    value = kpi("CSAT", frame, columns={"at": "opened_at"})["value"].iloc[0]
    assert value == 0.4


def test_several_data_sets_live_beside_each_other_and_are_replaced_by_name(csv_file):
    run(csv_file(name="a.csv"))
    run(csv_file([ticket(at) for at in range(50)], name="b.csv"))
    run(csv_file([ticket(at) for at in range(70)], name="a.csv"))
    assert [one for one in dataset_names() if one.startswith("mine.")] == ["mine.b", "mine.a"]
    assert (len(load_dataset("mine.a")), len(load_dataset("mine.b"))) == (70, 50)
    assert len(load_dataset("goal_tree")) == 18


def test_names_of_data_sets():
    assert dataset_name("../../etc/passwd") == "etc_passwd"
    assert dataset_name('x"]\ny') == "x_y"
    assert dataset_name("") == "table"
    assert len(dataset_name("长" * 300)) == 40


def test_an_earlier_report_is_replaced_and_other_folders_are_left_alone(csv_file, tmp_path):
    path = csv_file()
    first = run(path).written
    before = first.report.stat().st_ino
    assert run(path).written.report.stat().st_ino != before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["own", "工单-kpi", "工单.csv"]
    other = tmp_path / "mine"
    other.mkdir()
    (other / "notes.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(IntakeError, match="mine"):
        check_folder(other)
    with pytest.raises(IntakeError):
        run(path, out=other)
    assert [one.name for one in other.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("at", ["write_workbook", "write_csv", "write_dataset", "_move_folder"])
def test_a_fault_while_writing_leaves_nothing_behind(csv_file, own_data, tmp_path, monkeypatch, at):
    def full(*_arguments, **_named):
        raise OSError(28, "no space")

    path = csv_file()
    monkeypatch.setattr(f"cstrain.intake.outputs.{at}", full)
    before = sorted(one.name for one in tmp_path.iterdir())
    with pytest.raises(IntakeError) as told:
        run(path)
    assert told.value.code == "folder_closed"
    assert sorted(one.name for one in tmp_path.iterdir() if one != own_data) == before
    assert not own_data.exists() or list(own_data.iterdir()) == []


def test_small_groups_are_hidden_and_large_ones_counted(csv_file):
    rows = [ticket(at, 客服="A" if at < 56 else f"B{at}", 渠道="x") for at in range(60)]
    outcome = run(csv_file(rows))
    assert "channel" not in outcome.report.groups  # one value is no comparison
    assert [one.name for one in outcome.report.groups["agent_id"]] == ["A"]
    codes = {one.code: dict(one.facts) for one in outcome.report.notes}
    assert codes["small_groups"] == {"least": 5, "count": 4}
    page = outcome.written.report.read_text(encoding="utf-8")
    assert not any(f">B{at}<" in page for at in range(56, 60))


def test_figures_of_few_are_hidden_within_a_large_group(csv_file):
    rows = [
        ticket(at, 满意度="" if at % 3 and at > 6 else "5", 客服=f"A{at % 3}") for at in range(60)
    ]
    outcome = run(csv_file(rows))
    cells = {row.name: row.cells["CSAT"] for row in outcome.report.groups["agent_id"]}
    assert (cells["A0"].n, cells["A1"].hidden, cells["A1"].value) == (20, True, None)


def test_too_many_different_values_are_no_groups(csv_file):
    rows = [ticket(at, 客服=f"A{at:04d}") for at in range(700)]
    outcome = run(csv_file(rows))
    assert "agent_id" not in outcome.report.groups
    assert any(one.code == "too_many_groups" for one in outcome.report.notes)


def test_skipped_kpis_say_why(csv_file):
    outcome = run(csv_file())
    why = {one.definition.code: (one.why, one.needs) for one in outcome.report.skipped}
    assert why["SL"] == ("needs", ("outcome",))
    assert why["RPR"][0] == "needs"
    assert why["CHT"][0] == "only_asked"
    chosen = run(csv_file(), kpis=("CHT", "CSAT")).report
    assert [one.code for one in chosen.computed] == ["CHT", "CSAT"]


def test_nothing_computable_names_what_is_missing(csv_file):
    path = csv_file([["A", "x"], ["B", "y"]] * 5, header=["客服", "渠道"])
    with pytest.raises(IntakeError) as told:
        run(path)
    assert told.value.code == "nothing_computable"
    assert told.value.said("zh") != told.value.said("en")


@pytest.mark.parametrize("cell", ["nan", "inf", "-inf", "#DIV/0!", ""])
def test_no_number_anywhere_is_one_sentence(csv_file, cell):
    path = csv_file(
        [[f"T{at}", cell, cell] for at in range(20)], header=["工单编号", "满意度", "创建时间"]
    )
    with pytest.raises(IntakeError) as told:
        run(path)
    assert told.value.code == ("nothing_computable" if cell else "nothing_left")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_placeholder_and_no_key_is_left_in_a_report(csv_file, language):
    page = run(csv_file(leaky_rows()), language).written.report.read_text(encoding="utf-8")
    body = re.sub(r"<style>.*?</style>|src=\"data:[^\"]*\"", "", page, flags=re.DOTALL)
    assert not re.search(r"\{\w+\}|>None<|\bnan\b", body)
    assert f'lang="{"zh-Hans" if language == "zh" else "en"}"' in page


def test_html_in_cells_and_headers_is_text(csv_file):
    attack = "<script>alert(1)</script>"
    rows = [ticket(at, 客服=[attack, '"><img src=x onerror=alert(1)>'][at % 2]) for at in range(40)]
    page = run(csv_file(rows, f"{attack.replace('/', '')}.csv")).written.report.read_text(
        encoding="utf-8"
    )
    assert "<script" not in page.casefold()
    assert "<img src=x" not in page


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_asks_for_nothing_and_fits(csv_file, browser, axe_source, language, width):
    page_file = run(csv_file(leaky_rows()), language).written.report
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    asked, told = [], []
    page.on("request", lambda one: asked.append(one.url))
    page.on("console", lambda one: told.append(one.text))
    page.goto(page_file.as_uri())
    assert [one for one in asked if not one.startswith(("file:", "data:"))] == []
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    broken = page.evaluate("[...document.images].filter((one) => !one.naturalWidth).length")
    assert broken == 0
    page.evaluate(axe_source)
    result = page.evaluate("axe.run()")
    assert [(one["id"], one["nodes"][0]["html"][:90]) for one in result["violations"]] == []
    context.close()


def test_the_columns_of_a_file_that_was_guessed_are_those_computed(csv_file):
    opened = open_file(csv_file())
    assert opened.guesses == guess_columns(opened.table)
