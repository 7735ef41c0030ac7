"""Hands on a keyboard: the editors of causes are worked with no pointer at all."""

from __future__ import annotations

from cstrain.library.toml_file import CONTENT, read_toml

WORDS = read_toml(CONTENT / "rca_editor_words.toml")
CAUSES = {
    "people": ["4 agents are new to bedding", "Agents answer from memory", "Nobody at nights",
               "Two agents share a log-in"],
    "process": ["Nobody checks a page", "Returns wait for Tuesday", "Reviews are not sorted",
                "Claims pass three desks"],
    "policy": ["No job owns product data", "Discounts rise each week", "Refunds need a signature",
               "Targets count parcels only"],
    "product": ["Size table shows the carton", "Bedding runs small", "Colours differ from photos",
                "Zips come from a new maker"],
    "platform": ["Template v2 takes pack_cm", "Chat drops since its update",
                 "Search hides the old page", "Stock figures lag a day"],
}  # fmt: skip
WHYS = [
    "The template reads pack_cm",
    "Whoever built it took the first field",
    "The fields have no description",
    "Nobody owns the list of fields",
    "There is no rule for changing a template",
]
HEAD = {
    "statement": "Bedding gets more bad reviews",
    "metric": "Negative-review rate",
    "value": "9%",
    "standard": "4%",
}
MARKED = ("Nobody checks a page", "Size table shows the carton", "Template v2 takes pack_cm")
MEASURES = ("Correct 10 size tables", "Two people check", "Name an owner")
# What stands for a cause in the data, rows, strata, and what the data then say.
TESTED = {
    "4 agents are new to bedding": ("D1", "since_page", "page", "rejected"),
    "Size table shows the carton": ("A1", "since_page", "late", "supported"),
    "Returns wait for Tuesday": ("A2", "since_batch", "page", "supported"),
}


def word(key, language="en", **facts):
    return WORDS[key][language].format(**facts)


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


# How many stops there surely are from the focus to an element, both left out; -1 on it.
_STOPS = """target => {
  const focus = document.activeElement;
  const shown = { visibilityProperty: true };
  if (focus === target) return -1;
  const stops = "button, a[href], input:not([type=radio]), select, textarea, summary, [tabindex='0']";
  const found = [...document.querySelectorAll(stops)].filter(
    (one) => one !== target && !one.disabled && one.tabIndex >= 0 && one.checkVisibility(shown) &&
      focus !== document.body && focus.compareDocumentPosition(one) & 4 && !focus.contains(one) &&
      target.compareDocumentPosition(one) & 2,
  );
  return found.length;
}"""


def tab_to(page, target, most=500):
    """Press Tab until the element has the focus; there is no other way for a keyboard."""
    for _ in range(most):
        stops = target.evaluate(_STOPS)
        if stops < 0:
            return
        for _ in range(stops + 1):
            page.keyboard.press("Tab")
    raise AssertionError(target)


def back_to(page, target, most=200):
    """Press Shift+Tab until the element has the focus."""
    for _ in range(most):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab")
    raise AssertionError(target)


def choose(page, menu, value):
    """Choose in a menu by its digit or by the arrows, as a keyboard does."""
    tab_to(page, menu)
    if value.isdigit():
        press(page, value)
    for _ in range(80):
        if menu.evaluate("one => one.value") == value:
            return
        press(page, "ArrowDown")
    raise AssertionError(value)


def type_lines(page, lines):
    """Type lines, each after the first in a new entry."""
    for place, line in enumerate(lines):
        if place:
            press(page, "Enter")
        page.keyboard.type(line)


def step(root, n):
    return root.locator(".c-step").nth(n - 1)


def open_step(page, root, n):
    tab_to(page, step(root, n).locator("summary").first)
    press(page, "Enter")


def build_fishbone(page, root):
    """Fill the fishbone of a case: head, 20 causes, whys, measures, causes before the data."""
    tab_to(page, root.get_by_role("radio").first)
    press(page, "Space")
    for key, text in HEAD.items():
        tab_to(page, root.get_by_label(word(key), exact=True))
        page.keyboard.type(text)
    open_step(page, root, 3)
    for at, lines in enumerate(CAUSES.values()):
        add = root.locator(".c-bone").nth(at).get_by_role("button", name=word("cause_add"))
        tab_to(page, add)
        press(page, "Enter")
        type_lines(page, lines)
    open_step(page, root, 4)
    for text in MARKED:
        _vote(page, root, text)
    open_step(page, root, 5)
    tab_to(page, step(root, 5).locator(".c-outline-text").first)
    type_lines(page, WHYS)
    open_step(page, root, 6)
    _measures(page, root)
    open_step(page, root, 7)
    for text, (*chosen, _verdict) in TESTED.items():
        _test(page, root, text, chosen)


def _vote(page, root, text):
    more = root.get_by_role("button", name=word("vote_more", words=text), exact=True)
    tab_to(page, more)
    press(page, "Enter", "Enter")
    tab_to(page, root.get_by_role("button", name=word("top_mark", words=text), exact=True))
    press(page, "Space")


def _measures(page, root):
    tab_to(page, root.get_by_role("button", name=word("measure_add"), exact=True))
    press(page, "Enter")
    type_lines(page, MEASURES)
    back_to(page, step(root, 6).locator("summary").first)
    for n in range(1, len(MEASURES) + 1):
        for key, value in (("impact", str(6 - n)), ("effort", str(n))):
            label = word("measure_of", n=n, label=word(key))
            choose(page, root.get_by_label(label, exact=True), value)
        label = word("measure_of", n=n, label=word("choose_it"))
        tab_to(page, root.get_by_role("button", name=label, exact=True))
        press(page, "Space")


def _test(page, root, text, chosen):
    menu = root.get_by_label(word("test_add"), exact=True)
    choose(page, menu, menu.locator("option", has_text=text).get_attribute("value"))
    tab_to(page, root.get_by_role("button", name=word("test_begin")))
    press(page, "Enter")
    menus = root.locator(".c-test", has_text=text).first.locator("select:visible")
    assert menus.first.evaluate("one => one === document.activeElement")
    for at, value in enumerate(chosen):
        choose(page, menus.nth(at), value)


def check_built(answer):
    """Assert that a fishbone as plain values holds all that the keyboard put into it."""
    found = {one["text"]: one for one in answer["causes"]}
    assert [one for lines in CAUSES.values() for one in lines] == [*found]
    assert {one["category"] for one in found.values()} == set(CAUSES)
    assert {text: one["votes"] for text, one in found.items() if one["votes"]} == dict.fromkeys(
        MARKED, 2
    )
    assert {text for text, one in found.items() if one["top"]} == set(MARKED)
    tests = {text: one["test"] for text, one in found.items() if one["test"]}
    assert {text: one["factor"] for text, one in tests.items()} == {
        text: factor for text, (factor, *_) in TESTED.items()
    }
    (whys,) = answer["whys"].values()
    assert [one["text"] for one in whys] == WHYS
    rated = [(one["text"], one["impact"], one["effort"]) for one in answer["measures"]]
    assert rated == [(text, 5 - at, at + 1) for at, text in enumerate(MEASURES)]
    assert all(one["chosen"] for one in answer["measures"])
    assert answer["head"] == HEAD
