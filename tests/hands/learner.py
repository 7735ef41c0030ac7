"""A learner's hands: fills an exercise's form in a real page, and reads what it says.

The same hands work in JupyterLab and in a page of the book, because the frame is the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Locator, Page

from cstrain.drawing.view import exercise_view
from cstrain.language import Language

WAIT_MS = 30_000


def press(control: Locator) -> None:
    """Press a control as the page allows: by finger on a touch screen, else by mouse."""
    if control.evaluate("() => navigator.maxTouchPoints > 0"):
        control.tap()
    else:
        control.click()


class Learner:
    """One exercise in one page."""

    def __init__(self, page: Page, exercise: str, language: Language) -> None:
        self.page = page
        self.view = exercise_view(exercise, language)
        label = f"{self.view['label']} {self.view['title']}"
        self.root = page.locator(f'.cstrain-live[aria-label="{label}"]').first

    def fill(self, answer: Mapping[str, Any]) -> None:
        """Fill the fields of the answer; what the answer leaves out stays as it is."""
        self.root.wait_for(state="attached", timeout=WAIT_MS)
        self.root.scroll_into_view_if_needed()
        blocks = self.root.locator(".c-fields > .c-field")
        for place, field in enumerate(self.view["fields"]):
            if field["key"] in answer:
                box = blocks.nth(place).locator(".c-field-form").first
                FILLERS[field["shape"]](box, field, answer[field["key"]])

    def start_again(self) -> None:
        """Empty the form by its own button."""
        words = self.view["words"]
        press(self.root.get_by_role("button", name=words["again"], exact=True))
        press(self.root.get_by_role("button", name=words["again_yes"], exact=True))

    def check(self) -> str:
        """Press Check and return the verdict's sentence."""
        self.root.locator(".c-verdict").evaluate("one => one.replaceChildren()")
        press(self.root.locator("button.c-primary"))
        line = self.root.locator(".c-verdict .c-verdict-line")
        line.wait_for(state="visible", timeout=WAIT_MS)
        return line.inner_text()

    def points(self) -> float:
        """Return the sum of the points shown on the findings."""
        texts = self.root.locator(".c-finding .c-points").all_text_contents()
        return sum(float(one.split("/")[0]) for one in texts)

    def answer(self) -> list[str]:
        """Return the values of all controls, in order."""
        return self.root.evaluate(
            "root => [...root.querySelectorAll('input,select,textarea,[aria-pressed]')]"
            ".map(one => one.type === 'radio' || one.type === 'checkbox' ? String(one.checked)"
            " : one.getAttribute('aria-pressed') ?? one.value)"
        )


def _choice(box: Locator, _field: Mapping[str, Any], value: str) -> None:
    menu = box.locator("select")
    if menu.count():
        menu.first.select_option(value)
    else:
        _tick(box.locator(f'input[type=radio][value="{value}"]').first, ticked=True)


def _choices(box: Locator, field: Mapping[str, Any], value: list[str]) -> None:
    for one in field["options"]:
        own = box.locator(f'input[type=checkbox][value="{one["key"]}"]')
        _tick(own, ticked=one["key"] in value)


def _tick(control: Locator, *, ticked: bool) -> None:
    for _ in range(3):  # a page that moves while it is pressed is pressed again
        if control.is_checked() == ticked:
            return
        press(control)
        control.page.wait_for_timeout(100)
    assert control.is_checked() == ticked


def _typed(box: Locator, _field: Mapping[str, Any], value: Any) -> None:
    control = box.locator("textarea, input.c-input").first
    press(control)
    control.fill(str(value))


def _sort(box: Locator, field: Mapping[str, Any], value: Mapping[str, Any]) -> None:
    for card in field["cards"]:
        if card["key"] not in value:
            continue
        place = box.locator(f'li.c-card[data-key="{card["key"]}"]')  # it moves to its group
        if not field["many"]:
            place.locator("select").select_option(value[card["key"]])
            continue
        for group in field["groups"]:
            button = place.locator(f'button[data-key="{group["key"]}"]')
            wanted = group["key"] in value[card["key"]]
            if (button.get_attribute("aria-pressed") == "true") != wanted:
                press(button)


def _order(box: Locator, field: Mapping[str, Any], value: list[str]) -> None:
    rows = box.locator("ol.c-order > li")
    _step(rows.nth(0), 1)  # an order nobody has touched is no answer
    for place, key in enumerate(value):
        row = box.locator(f'ol.c-order > li[data-key="{key}"]')
        now = row.evaluate("one => [...one.parentElement.children].indexOf(one)")
        for _ in range(now - place):
            _step(row, 0)


def _step(row: Locator, way: int) -> None:
    press(row.locator(".c-order-row button").nth(way))


def _match(box: Locator, field: Mapping[str, Any], value: Mapping[str, str]) -> None:
    rows = box.locator("li.c-match-row")
    for place, left in enumerate(field["left"]):
        if left["key"] in value:
            rows.nth(place).locator("select").select_option(value[left["key"]])


def _cells(line: Locator, columns: list[Mapping[str, Any]], row: Mapping[str, Any]) -> None:
    cells = line.locator("td")
    for place, column in enumerate(columns):
        if row.get(column["key"]) is not None:
            FILLERS[column["shape"]](cells.nth(place), column, row[column["key"]])


def _table(box: Locator, field: Mapping[str, Any], value: Any) -> None:
    lines = box.locator("tbody tr:not(.c-note-row)")
    if field["rows"] is not None:
        for place, row in enumerate(field["rows"]):
            _cells(lines.nth(place), field["columns"], value.get(row["key"], {}))
        return
    while lines.count() < len(value):
        press(box.locator("button.c-add"))
    for place, row in enumerate(value):
        _cells(lines.nth(place), field["columns"], row)


def _rows(box: Locator, field: Mapping[str, Any], value: list[Mapping[str, Any]]) -> None:
    lines = box.locator(".c-repeat-row")
    while lines.count() < len(value):
        press(box.locator("button.c-add"))
    for place, row in enumerate(value):
        inner = lines.nth(place).locator(".c-repeat-fields > .c-inner")
        for at, one in enumerate(field["fields"]):
            if row.get(one["key"]) is not None:
                FILLERS[one["shape"]](inner.nth(at), one, row[one["key"]])


def _form(box: Locator, field: Mapping[str, Any], value: Mapping[str, Any]) -> None:
    inner = box.locator(".c-inner-grid > .c-inner")
    fields = [one for section in field["sections"] for one in section["fields"]]
    for at, one in enumerate(fields):
        if value.get(one["key"]) is not None:
            FILLERS[one["shape"]](inner.nth(at), one, value[one["key"]])


def _builder(box: Locator, field: Mapping[str, Any], value: Mapping[str, Any]) -> None:
    if value["via"] != "builder":
        return
    questions = box.locator(".c-question")
    for place, question in enumerate(sorted(field["questions"], key=_where(field))):
        if question["key"] in value["choices"]:
            _choice(questions.nth(place), question, value["choices"][question["key"]])


def _where(field: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], tuple[int, int]]:
    """Return where a question stands in its form: part by part, the line's two sides first."""
    parts = [one["key"] for one in field.get("parts", ())]
    sides = ["above", "below"]

    def place(question: Mapping[str, Any]) -> tuple[int, int]:
        side = question.get("place") if field.get("compact") else None
        own = question.get("part", "")
        return parts.index(own) if own else 0, sides.index(side) if side in sides else 2

    return place


def _causes(box: Locator, field: Mapping[str, Any], value: Mapping[str, Any]) -> None:
    """Bring a why tree or fishbone in as a file; entry by entry is tried in tests/frame."""
    told = box.locator(".c-told")
    told.evaluate("one => one.replaceChildren()")
    text = json.dumps({"format": f"cstrain.{field['shape']}", "version": 1, **value})
    file = {"name": "causes.json", "mimeType": "application/json", "buffer": text.encode()}
    box.locator("input[type=file]").first.set_input_files(file)
    told.locator("p").first.wait_for(state="attached", timeout=WAIT_MS)


FILLERS = {
    "choice": _choice,
    "choices": _choices,
    "number": _typed,
    "text": _typed,
    "date": _typed,
    "sort": _sort,
    "order": _order,
    "match": _match,
    "table": _table,
    "rows": _rows,
    "form": _form,
    "builder": _builder,
    "why_tree": _causes,
    "fishbone": _causes,
}
