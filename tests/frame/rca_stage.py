"""The editors of why trees and fishbones, mounted with Python answering as the kernel does."""

from __future__ import annotations

import rca_keys
from frame_stage import exercise_view
from rca_keys import word

from cstrain.drawing.preview import preview_view
from cstrain.drawing.view import field_view
from cstrain.language import Text
from cstrain.model import Field
from cstrain.shapes.table_of import SHAPES
from cstrain.table_reader import TableReader

PROBLEMS = {
    "A": {"zh": "中差评率由4%升到9%", "en": "The negative-review rate rose from 4% to 9%"},
    "B": {"zh": "收缴率由88%降到81%", "en": "The collection rate fell from 88% to 81%"},
    "C": {
        "zh": "首次解决率由0.84降到0.73",
        "en": "First-contact resolution fell from 0.84 to 0.73",
    },
}
OF_CASES = {"case_field": "case", "cards": {one: f"evidence_{one}" for one in "ABC"}}
CASE = {
    "key": "case",
    "shape": "choice",
    "label": "Company",
    "help": "",
    "required": True,
    "options": [{"key": one, "label": f"Company {one}"} for one in "ABC"],
}


def rca_field(shape, **raw):
    params = SHAPES[shape].load(TableReader("trial", raw))
    return Field("it", shape, Text(zh="练习", en="The field"), None, True, params)  # noqa: FBT003


def mount_editor(mount, field, *, language="en", answer=None, cases=False, **context):
    """Return the stage of an editor; its questions are answered by the real preview."""
    fields = [CASE] if cases else []
    view = exercise_view([*fields, field_view(field, language)], language)
    context.setdefault("replies", {"check": [{"do": "refused", "text": "read"}]})
    stage = mount(view, state={"answer": answer} if answer else None, **context)

    def ask(message):
        shown = preview_view(field, message.get("choices"), message["part"], language)
        place = {key: message[key] for key in ("field", "part", "serial")}
        return {**shown, **place, "do": "preview"}

    stage.page.expose_function("askPython", ask)
    stage.page.evaluate(
        """() => {
          const { send } = model;
          const ask = (message) => askPython(message).then((reply) => model.tell(reply));
          const before = model.sent.filter((one) => one.do === "preview"); // on a slow machine
          model.send = (message) => {
            send(message);
            if (message.do === "preview") ask(message);
          };
          before.forEach(ask);
        }"""
    )
    return stage


def tab_to(stage, target):
    rca_keys.tab_to(stage.page, target)


def press(stage, *keys):
    rca_keys.press(stage.page, *keys)


def type_lines(stage, lines):
    rca_keys.type_lines(stage.page, lines)


def focused(stage):
    return stage.page.evaluate("document.activeElement.getAttribute('aria-label')")


def texts(stage):
    boxes = stage.page.locator(".c-outline-text:visible")
    return boxes.evaluate_all("many => many.map(one => one.value)")


def live(stage):
    return stage.page.locator(".c-sr[role=status]").inner_text()


def picture(stage):
    stage.page.wait_for_selector(".c-rca-canvas svg")
    stage.page.wait_for_selector(".c-rca-picture:not([aria-busy])")
    return stage.page.locator(".c-rca-canvas")


def violations(stage, axe):
    stage.page.evaluate(axe)
    found = stage.page.evaluate("axe.run('.cstrain-live').then(found => found.violations)")
    return [
        (one["id"], one["nodes"][0]["html"][:200])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


# Calls of two sites, told apart by hand: nights 30 of 100 and 60 of 100 late, days 10 and 40.
CALLS = "site,shift,wait_s\n" + "\n".join(
    f"{site},{shift},{130 if at < late else 20}"
    for site, shift, late in (("S1", "night", 30), ("S1", "day", 10), ("S2", "night", 60),
                              ("S2", "day", 40))
    for at in range(100)
)  # fmt: skip


def choose_own_data(stage, file, language="en"):
    """Open a file of calls in the form that is there, and put nights before the waits."""
    page = stage.page

    def menu(key, **facts):
        return page.get_by_label(word(key, language, **facts), exact=True)

    cause, bad = (word(one, language) for one in ("own_exposure", "own_outcome"))
    page.locator(".c-own-source input[type=file]").set_input_files(file)
    page.wait_for_function("document.querySelector('.c-own-source select').value !== ''")
    menu("own_column", what=cause).select_option("shift")
    page.wait_for_selector(".c-own-pick option[value=night]", state="attached")
    menu("own_value", what=cause).select_option("night")
    menu("own_column", what=bad).select_option("wait_s")
    menu("own_value", what=bad).fill("120")
    menu("own_stratum", n=1).select_option("site")
    page.wait_for_selector(".c-own .c-verdict-badge:not([hidden])")


NIGHTS = {
    "table": "calls.csv",
    "exposure": {"column": "shift", "how": "is", "value": "night"},
    "outcome": {"column": "wait_s", "how": "from", "value": "120"},
    "strata": ["site"],
}
