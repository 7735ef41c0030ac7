"""Every shape, filled in by hand in a browser: the answer sent is the plain value of the contract,
and the checker's own shape module reads it."""

from __future__ import annotations

import pytest
from frame_stage import exercise_view

from cstrain.shapes.table_of import SHAPES

pytestmark = pytest.mark.browser

ABC = [{"key": one, "label": f"Label {one}"} for one in "abc"]
GROUPS = [
    {"key": "S", "label": "Specific"},
    {"key": "M", "label": "Measurable"},
    {"key": "none", "label": "Nothing"},
]
TEXT = {"key": "t", "shape": "text", "label": "What", "lines": 1, "max": 20, "required": True}
NUMBER = {"key": "n", "shape": "number", "label": "Days", "unit": "d", "required": True}
CODE = {"function": "f", "start": "def f(x):\n    ...\n"}
CASES = [{"key": "one", "visible": True, "args": {}}, {"key": "two", "visible": False, "args": {}}]
QUESTIONS = [
    {"key": "base", "label": "Which base?", "options": ABC},
    {"key": "best", "label": "Which best?", "options": ABC},
]
FIELDS = {
    "choice": {"options": ABC},
    "choices": {"options": [*ABC, {"key": "none", "label": "None of these"}], "none": "none"},
    "sort": {"cards": ABC, "groups": GROUPS, "many": False, "none": None},
    "match": {"left": ABC, "right": GROUPS},
    "order": {"items": ABC},
    "number": {"unit": "%"},
    "date": {},
    "text": {"lines": 2, "max": 100, "placeholder": None},
    "form": {
        "sections": [
            {
                "title": "One",
                "fields": [
                    TEXT,
                    {"key": "c", "shape": "choice", "label": "Level", "options": ABC},
                    {
                        "key": "rows",
                        "shape": "rows",
                        "label": "Measures",
                        "least": 2,
                        "add": "Add a measure",
                        "fields": [TEXT, NUMBER],
                    },
                ],
            }
        ]
    },
    "table": {
        "columns": [NUMBER, {"key": "z", "shape": "choice", "label": "Zone", "options": ABC}],
        "rows": [{"key": "r1", "label": "Row one"}, {"key": "r2", "label": "Row two"}],
        "least": 3,
        "most": 4,
    },
    "builder": {"engine": "e", "questions": QUESTIONS, "code": CODE, "cases": CASES},
    "code": {"engine": "e", "code": CODE, "cases": CASES},
}


def field(shape, **more):
    given = {"key": "it", "shape": shape, "label": "The field", "help": "", "required": True}
    return {**given, **FIELDS[shape], **more}


def read(shape, answer, **more):
    params = field(shape, **more)
    return SHAPES[shape].parse(answer.get("it"), params)


@pytest.mark.parametrize("shape", sorted(FIELDS))
def test_an_untouched_form_is_an_empty_answer(mount, shape):
    stage = mount(exercise_view([field(shape)]))
    assert stage.check() == {}
    assert stage.problems == []


STORED = {
    "choice": "b",
    "choices": ["a", "c"],
    "sort": {"a": "S", "c": "none"},
    "match": {"a": "M", "b": "S"},
    "order": ["c", "a", "b"],
    "number": "８５．３％",
    "date": "2026年3月31日",
    "text": "first\nsecond <b>",
    "form": {"t": "x", "c": "a", "rows": [{"t": "y", "n": "2"}, {"t": "z"}, {"n": "3"}]},
    "table": {"r1": {"n": "0.75", "z": "a"}, "r2": {"n": "1"}},
    "builder": {"via": "builder", "choices": {"base": "a", "best": "c"}},
    "code": {"via": "code", "source": "def f(x):\n    return x\n", "results": {"one": 1, "two": 2}},
}


@pytest.mark.parametrize("shape", sorted(STORED))
@pytest.mark.parametrize("host", ["page", "lab"])
def test_a_stored_answer_comes_back_unchanged(mount, shape, host):
    stage = mount(exercise_view([field(shape)]), state={"answer": {"it": STORED[shape]}}, host=host)
    answer = stage.check()
    assert answer == {"it": STORED[shape]}
    assert read(shape, answer) is not None


def test_sort_with_many_groups_has_an_explicit_nothing(mount):
    stage = mount(exercise_view([field("sort", many=True, none="none")]))
    first, second = (stage.page.locator(".c-card").nth(at) for at in (0, 1))
    first.get_by_role("button", name="Specific").click()
    first.get_by_role("button", name="Measurable").press("Space")
    second.get_by_role("button", name="Measurable").press("Enter")
    second.get_by_role("button", name="Nothing").press("Enter")
    answer = stage.check()
    assert answer == {"it": {"a": ["S", "M"], "b": ["none"]}}
    assert read("sort", answer, many=True, none="none") == answer["it"]
    first.get_by_role("button", name="Specific").click()
    assert stage.page.locator(".c-progress").inner_text() == "2 of 3 done"


def test_sort_into_one_group_by_menu_and_by_dragging(mount):
    stage = mount(exercise_view([field("sort")]))
    stage.page.get_by_label("Label a").select_option("M")
    drag(stage.page, "li.c-card:has-text('Label b') .c-grip", zone("Specific"))
    assert stage.check() == {"it": {"a": "M", "b": "S"}}
    drag(stage.page, "li.c-card:has-text('Label b') .c-grip", zone("Not sorted yet"))
    stage.tell({"do": "error", "text": "x"})
    assert stage.check() == {"it": {"a": "M"}}


def zone(title):
    return f".c-zone:has(.c-zone-title:text-is('{title}'))"


def drag(page, start, end):
    page.locator(start).scroll_into_view_if_needed()
    boxes = [page.locator(one).first.bounding_box() for one in (start, end)]
    (x1, y1), (x2, y2) = ((b["x"] + b["width"] / 2, b["y"] + 12) for b in boxes)
    page.mouse.move(x1, y1)
    page.mouse.down()
    page.mouse.move(x1 + 10, y1 + 5)
    page.mouse.move(x2, y2, steps=4)
    page.mouse.up()


def test_match_shows_what_is_used(mount):
    stage = mount(exercise_view([field("match")]))
    stage.page.get_by_label("Label a").select_option("S")
    assert stage.page.locator(".c-chip.c-is-used").inner_text().split() == ["Specific", "used"]
    drag(stage.page, ".c-chip:has-text('Measurable') .c-grip", ".c-match-row:has-text('Label c')")
    assert stage.check() == {"it": {"a": "S", "c": "M"}}


def test_order_by_buttons_keeps_the_focus_and_says_the_place(mount):
    stage = mount(exercise_view([field("order")]))
    down = stage.page.get_by_role("button", name="Move down: Label a")
    down.press("Enter")
    down.press("Enter")
    assert down.evaluate("one => one === document.activeElement")
    assert stage.page.locator(".c-sr[role=status]").inner_text() == '"Label a" is now number 3 of 3'
    assert stage.check() == {"it": ["b", "c", "a"]}
    drag(stage.page, "li:has-text('Label a') .c-grip", "li:has-text('Label b')")
    stage.tell({"do": "error", "text": "x"})
    assert stage.check() == {"it": ["a", "b", "c"]}


def test_choices_none_excludes_the_others(mount):
    stage = mount(exercise_view([field("choices")]))
    stage.page.get_by_label("Label a").check()
    stage.page.get_by_label("None of these").check()
    assert not stage.page.get_by_label("Label a").is_checked()
    stage.page.get_by_label("Label b").check()
    assert stage.check() == {"it": ["b"]}


def test_form_rows_are_added_and_removed_by_keyboard(mount):
    stage = mount(exercise_view([field("form")]))
    page = stage.page
    page.get_by_role("button", name="Add a measure").press("Enter")
    page.keyboard.type("third")
    page.get_by_label("Days").nth(0).fill("２")
    assert stage.check() == {"it": {"rows": [{"n": "２"}, {"t": "third"}]}}
    page.get_by_role("button", name="Remove row 1").press("Enter")
    stage.tell({"do": "error", "text": "x"})
    answer = stage.check()
    assert answer == {"it": {"rows": [{"t": "third"}]}}
    assert read("form", answer) == {"t": None, "c": None, "rows": [{"t": "third", "n": None}]}
    assert page.get_by_role("group", name="Measures 2").count() == 1


def test_free_table_grows_up_to_its_most(mount):
    stage = mount(exercise_view([field("table", rows=None)]))
    add = stage.page.get_by_role("button", name="Add a row")
    add.click()
    assert add.get_attribute("aria-disabled") == "true"
    add.press("Enter")
    assert stage.page.locator("tbody tr:not(.c-note-row)").count() == 4
    stage.page.get_by_role("textbox", name="4 Days").fill("7")
    answer = stage.check()
    assert answer == {"it": [{"n": "7"}]}
    assert read("table", answer, rows=None) == [{"n": "7", "z": None}]


def test_builder_by_code_in_a_page_runs_before_it_checks(mount):
    value = {"via": "code", "source": "def f(x):\n    return x", "results": {"one": [1], "two": 2}}
    view = exercise_view([field("builder")])
    stage = mount(view, replies={"run": [{"do": "ran", "answer": {"it": value}}]})
    page = stage.page
    page.get_by_role("tab", name="By choices").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_label("Your function").fill(value["source"])
    page.locator(".c-primary").click()
    page.wait_for_function("model.sent.some((one) => one.do === 'check')")
    kinds = [one["do"] for one in stage.sent()]
    assert kinds.index("run") < kinds.index("check")
    assert stage.sent("check")[0]["answer"] == {"it": value}
    assert page.locator(".c-results").inner_text().split() == [
        *("Case", "1", "[1]"),
        *["Hidden", "cases", "that", "also", "count", "in", "the", "check:", "1."],
    ]
    page.get_by_label("Your function").press_sequentially("#")
    assert page.locator(".c-results").inner_text() == ""


def test_tab_indents_in_the_code_box_and_escape_leaves_it(mount):
    stage = mount(exercise_view([field("code")]))
    box = stage.page.get_by_label("Your function")
    box.fill("x")
    box.press("Tab")
    assert box.input_value() == "x    "
    box.press("Escape")
    box.press("Tab")
    assert stage.page.get_by_role("button", name="Run").evaluate(
        "one => one === document.activeElement"
    )


def test_builder_by_code_in_lab_is_shown_and_can_go_back_to_choices(mount):
    state = {"answer": {"it": STORED["code"]}}
    stage = mount(exercise_view([field("builder")]), state=state, host="lab")
    assert "return x" in stage.page.locator(".c-source").inner_text()
    assert stage.page.locator("textarea").count() == 0
    stage.page.get_by_role("button", name="Use the choices instead").click()
    stage.page.get_by_label("Label b").first.check()
    assert stage.check() == {"it": {"via": "builder", "choices": {"base": "b"}}}


def test_text_counts_only_near_its_length(mount):
    stage = mount(exercise_view([field("text", max=20)]))
    area = stage.page.get_by_label("The field")
    area.fill("short")
    assert stage.page.locator(".c-count").inner_text() == ""
    area.fill("x" * 21)
    assert stage.page.locator(".c-count.c-over-max").inner_text() == "21 of 20 characters"


def test_the_calendar_writes_an_iso_date(mount):
    stage = mount(exercise_view([field("date")]))
    stage.page.locator(".c-picker").evaluate(
        "one => { one.value = '2026-03-31'; one.dispatchEvent(new Event('change')); }"
    )
    assert stage.check() == {"it": "2026-03-31"}
