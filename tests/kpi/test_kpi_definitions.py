"""The definition files: what a right one says, and what a wrong one is told."""

import pytest

from cstrain.commands.check_content import problems_in
from cstrain.commands.kpi_lint import kpi_problems, python_name_problems
from cstrain.errors import ContentError, UnknownNameError
from cstrain.goals.metrics import METRICS
from cstrain.kpi import explain
from cstrain.kpi.definition_file import load_definition
from cstrain.kpi.definitions import FOLDER, codes, definition
from cstrain.language import LANGUAGES

FILES = sorted(FOLDER.glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_right_and_agrees_with_the_dictionary(path):
    assert list(kpi_problems(path)) == []


def test_python_names_are_their_own():
    assert list(python_name_problems()) == []


@pytest.mark.parametrize("code", [one for one in codes() if one in METRICS])
def test_name_unit_good_and_kind_are_those_of_the_dictionary(code):
    ours, theirs = definition(code), METRICS[code]
    assert (ours.name, ours.unit, ours.good, ours.kind) == (
        theirs.name,
        theirs.unit.key,
        theirs.good,
        theirs.kind,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", codes())
def test_every_card_can_be_shown(code, language):
    card = explain(code, language)
    assert card.startswith(f"## {definition(code).name[language]} ({code})")
    assert "{" not in card


def test_definitions_by_both_names():
    assert definition("FCR") is definition("first_contact_resolution")
    with pytest.raises(UnknownNameError, match='Did you mean "service_level"'):
        definition("service_levle")


def test_the_card_says_the_numbers_of_the_definition():
    assert "20 s" in explain("SL", "en")
    assert "20秒内" in explain("SL", "zh")


SL = (FOLDER / "SL.toml").read_text(encoding="utf-8")
FCR = (FOLDER / "FCR.toml").read_text(encoding="utf-8")
RPR = (FOLDER / "RPR.toml").read_text(encoding="utf-8")
RFT = (FOLDER / "RFT.toml").read_text(encoding="utf-8")


def said_of(tmp_path, text, name="SL"):
    path = tmp_path / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_definition(path)
    return str(caught.value)


WRONG = [
    ('code = "SL"', 'code = "SLX"', "SL.toml, code: found 'SLX'"),
    ('unit = "share"', 'unit = "furlong"', "unit: found 'furlong'; allowed: a key of units"),
    ('unit = "share"', 'unit = "seconds"', "unit: found 'seconds'; allowed: a key of units"),
    ('good = "up"', 'good = "upp"', 'did you mean "up"?'),
    ('statistic = "ratio"', 'statistic = "mean"', "statistic: found 'mean'"),
    ('kind = "process"', 'kind = "process"\nfoo = 1', "foo: found 'an unknown key'"),
    ('time = "at"', 'time = "when"', "time: found 'when'; allowed: one of wait_s, outcome, at"),
    ("wait_s <= target_s", "wait_s <= taget_s", 'Did you mean "target_s"?'),
    ("wait_s <= target_s", "round(wait_s) <= target_s", "formula.above: found 'round(wait_s)'"),
    ("wait_s <= target_s", "wait_s <=", "formula.above: found"),
    (
        "wait_s <= target_s",
        "wait_s <= base",
        "formula: wait_s: found 'text'; allowed: number or time",
    ),
    ("wait_s <= target_s", "wait_s == 'x'", "formula: wait_s"),
    ('above = "outcome == ', 'abvoe = "outcome == ', "formula.above: found nothing"),
    ("[formula.base.answered]", "[formula.base.answred]", "formula.base: found 'answred'"),
    ("[formula.base.less_short]", "[formula.bas.less_short]", "found 'an unknown key'"),
    ("[formula.base.less_short]\nbelow", "[formula.base.offered_x]\nbelow", "offered_x"),
    ("default = 20\n", "", "params.target_s.default: found nothing; allowed: exactly one of"),
    ("default = 20\n", "default = -3\n", "params.target_s.default: found -3"),
    ("default = 20\n", "default = true\n", "params.target_s.default: found True"),
    ("default = 20\n", 'default = 20\nlatest = ["at"]\n', "found 'default and latest'"),
    ("default = 20\n", "default = 20\nmots = 3\n", "params.target_s.mots: found 'an unknown key'"),
    ('default = "less_short"', 'default = "less"', "params.base.default: found 'less'"),
    ('label = { zh = "分母', 'lable = { zh = "分母', "params.base.label"),
    (', en = "which calls stand below the line"', "", "params.base.label.en"),
    ('trap = { zh = "没有', 'tarp = { zh = "没有', "card.trap: found"),
    ("within {target_s} s,", "within {target} s,", "card.above: found 'target'"),
    ('label = { zh = "按时段', 'labl = { zh = "按时段', "forms.intervals.label"),
    ('below = "answered"', 'below = "answerde"', "forms.intervals: found 'answerde'"),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG, ids=[f"{one[1][:30]}" for one in WRONG])
def test_what_a_wrong_file_is_told(tmp_path, old, new, said):
    assert old in SL
    assert said in said_of(tmp_path, SL.replace(old, new, 1))


def test_wrong_derived_columns(tmp_path):
    assert "derive.next_at.kind: found 'next'" in said_of(
        tmp_path, FCR.replace('kind = "next_time"', 'kind = "next"'), "FCR"
    )
    assert "derive.next_at.keys: found 'key'" in said_of(
        tmp_path, FCR.replace('keys = "keys"', 'keys = "key"', 1), "FCR"
    )
    assert "params.end: found 'when'" in said_of(
        tmp_path, FCR.replace('latest = ["at"]', 'latest = ["when"]'), "FCR"
    )


def test_wrong_units(tmp_path):
    assert "per.order_days: found 'median(at)'" in said_of(
        tmp_path, RPR.replace("distinct(day(at))", "median(at)"), "RPR"
    )
    assert "per.keys: found 'customer'" in said_of(
        tmp_path, RPR.replace('keys = ["customer_id"]', 'keys = ["customer"]'), "RPR"
    )
    # a unit has its own columns, not those of its rows
    assert "formula: found 'at'" in said_of(
        tmp_path, RPR.replace('above = "orders >= times"', 'above = "known(at)"', 1), "RPR"
    )
    assert "per.times: found 'count'" in said_of(
        tmp_path, RPR.replace('orders = "count"', 'times = "count"'), "RPR"
    )


def test_a_quantile_needs_its_parameter(tmp_path):
    text = RFT.replace("[params.q]", "[params.p]").replace("{q}", "{p}")
    assert "params.q: found nothing" in said_of(tmp_path, text, "RFT")


KAPPA = """
code = "KAP"
python = "auditor_kappa"
name = { zh = "质检一致性", en = "auditor agreement" }
unit = "share"
good = "up"
kind = "process"
statistic = "function"
function = "cstrain.kpi.compute:kpi"
columns = ["first", "second"]
"""


def card_of(text):
    return text[text.index("[card]") :].replace("{window}", "7")


def test_a_kpi_that_is_a_function(tmp_path):
    path = tmp_path / "KAP.toml"
    path.write_text(KAPPA + card_of(FCR), encoding="utf-8")
    assert list(problems_in(path)) == []
    path.write_text(KAPPA.replace(":kpi", ":kappa") + card_of(FCR), encoding="utf-8")
    (problem,) = problems_in(path)
    assert "function: found 'cstrain.kpi.compute:kappa'" in str(problem)
    said = said_of(tmp_path, KAPPA.replace("cstrain.kpi.", "os.") + card_of(FCR), "KAP")
    assert "function: found 'os.compute:kpi'" in said


def test_check_reads_definitions_anywhere(tmp_path):
    path = tmp_path / "SL.toml"
    path.write_text(SL.replace('good = "up"', 'good = "down"'), encoding="utf-8")
    (problem,) = problems_in(path)
    assert str(problem) == "SL.toml, good: found 'down'; allowed: up, as in metrics.toml."


def test_required_parameters(tmp_path):
    text = SL.replace("default = 20\n", 'required = "number"\n').replace("{target_s}", "T")
    path = tmp_path / "SL.toml"
    path.write_text(text, encoding="utf-8")
    param = load_definition(path).params["target_s"]
    assert (param.kind, param.default, param.unit) == ("number", None, "s")
