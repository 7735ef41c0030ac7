"""The form in a notebook, driven through its widgets."""

from __future__ import annotations

import pytest

pytest.importorskip("ipywidgets", reason="ipywidgets is not installed")

from cstrain.intake import form
from cstrain.intake.vocabulary import fields


def parts(box):
    head, *rest = box.children
    button, said = rest[-2:]
    more = rest[-3]
    return head, rest[:-3], more.children[0].children, button, said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_guess_is_chosen_and_a_run_says_what_came_out(csv_file, language):
    box = form(csv_file(), language)
    head, first, more, button, said = parts(box)
    assert "98%" in first[0].description
    label = fields()["csat"].label[language]
    chosen = {one.description: one.value for one in first}
    assert any(key.startswith(label) and value == "满意度" for key, value in chosen.items())
    assert all(one.value == "" and one.description for one in more)
    assert "客户姓名" in head.value
    button.click()
    assert box.outcome.checked.kept == 120
    assert "120" in said.value
    assert not button.disabled


def test_choices_can_be_corrected_and_run_again(csv_file):
    box = form(csv_file(), "en")
    _, first, _, button, said = parts(box)
    wait = next(one for one in first if one.description.startswith("waiting"))
    wait.value = ""
    button.click()
    assert "wait_s" not in box.outcome.checked.frame.columns
    csat = next(one for one in first if one.description.startswith("satisfaction"))
    csat.value = "渠道"
    button.click()
    assert "two fields" in said.value


def test_a_refused_file_is_a_sentence(csv_file, tmp_path):
    assert "没有数据" in form(csv_file(text="a,b\n"), "zh").value
    assert "no file" in form(tmp_path / "none.csv", "en").value


def test_headers_are_escaped_and_masked(csv_file):
    box = form(csv_file(text="<b>13812345678</b>的姓名,满意度\nx,5\ny,4\n"), "zh")
    assert "13812345678" not in parts(box)[0].value
    assert "<b>" not in parts(box)[0].value
