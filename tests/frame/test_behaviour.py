"""How the frame behaves with its host: drafts, checks, silence, hints, state, findings, paper."""

from __future__ import annotations

import json

import pytest
from frame_stage import exercise_view

from cstrain.library.words import words

pytestmark = pytest.mark.browser

TEXT = {"key": "t", "shape": "text", "label": "Your goal", "help": "", "lines": 2, "max": 100}
MATCH = {
    "key": "m",
    "shape": "match",
    "label": "Pairs",
    "help": "<code>R</code> looks up",
    "left": [{"key": "l1", "label": "Left one"}, {"key": "l2", "label": "Left two"}],
    "right": [{"key": "r1", "label": "Right one"}, {"key": "r2", "label": "Right two"}],
}
VIEW = exercise_view([TEXT, MATCH])
SAY = words("words", "en")


def finding(criterion, outcome, fields, **more):
    return {
        "criterion": criterion,
        "fields": fields,
        "title": f"Title {criterion}",
        "outcome": outcome,
        "points": 1,
        "of": 2,
        "text": "You wrote <q>&lt;b&gt;</q>.",
        "next": "" if outcome == "passed" else "Do this.",
        "items": [],
        **more,
    }


def item(key, outcome):
    return {"key": key, "label": key, "outcome": outcome, "text": f"about {key}"}


FEEDBACK = {
    "outcome": "partly",
    "points": 4.5,
    "of": 10,
    "headline": "4.5 of 10 points so far.",
    "findings": [
        finding("text", "failed", ["t"]),
        finding("pairs", "partly", ["m"], items=[item("l1", "passed"), item("l2", "failed")]),
        finding("whole", "passed", ["unknown"]),
    ],
    "notes": ["Read as <strong>0.85</strong>"],
    "drawing": '<svg id="drawn"></svg>',
    "hints_open": 1,
    "solution_open": False,
}
TOLD = {"do": "feedback", "feedback": FEEDBACK, "attempts": 1, "points": 4.5}


def wait_ms(stage, time):
    stage.page.wait_for_timeout(time)


def test_typing_is_kept_as_one_draft_after_a_pause(mount):
    stage = mount(VIEW)
    stage.page.get_by_label("Your goal").press_sequentially("goal", delay=20)
    assert stage.sent("draft") == []
    wait_ms(stage, 950)
    assert stage.sent("draft") == [{"do": "draft", "answer": {"t": "goal"}}]
    stage.tell({"do": "saved", "ok": True, "text": "x"})
    assert stage.page.locator(".c-saved").inner_text() == SAY["saved"]


@pytest.mark.parametrize(
    "leave",
    [
        "dispatchEvent(new Event('pagehide'))",
        """Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
           document.dispatchEvent(new Event('visibilitychange'))""",
        "close_frame()",
    ],
    ids=["pagehide", "hidden", "taken away"],
)
def test_nothing_typed_is_lost_when_the_page_goes(mount, leave):
    stage = mount(VIEW)
    stage.page.get_by_label("Your goal").fill("goal")
    stage.page.evaluate(leave)
    assert stage.sent("draft") == [{"do": "draft", "answer": {"t": "goal"}}]


def test_an_input_method_is_not_disturbed(mount):
    stage = mount(VIEW)
    stage.page.get_by_label("Your goal").evaluate(
        """area => {
          area.dispatchEvent(new CompositionEvent("compositionstart"));
          area.value = "mubiao";
          area.dispatchEvent(new InputEvent("input", { isComposing: true }));
          area.dispatchEvent(new KeyboardEvent("keydown",
            { key: "Enter", ctrlKey: true, isComposing: true, bubbles: true }));
        }"""
    )
    wait_ms(stage, 950)
    assert stage.sent() == []


@pytest.mark.parametrize("keys", ["Control+Enter", "Meta+Enter"])
def test_keys_check_and_focus_stays(mount, keys):
    stage = mount(VIEW, replies={"check": [TOLD]})
    area = stage.page.get_by_label("Your goal")
    area.fill("goal")
    area.press(keys)
    stage.page.wait_for_selector(".c-finding")
    assert stage.sent("check") == [{"do": "check", "answer": {"t": "goal"}}]
    assert area.evaluate("one => one === document.activeElement")


def test_one_check_at_a_time_and_the_later_one_waits(mount):
    stage = mount(VIEW)
    button = stage.page.locator(".c-primary")
    stage.page.get_by_label("Your goal").fill("one")
    button.click()
    assert button.get_attribute("aria-disabled") == "true"
    assert button.inner_text() == SAY["checking"]
    button.press("Enter")
    stage.page.get_by_label("Your goal").fill("two")
    assert len(stage.sent("check")) == 1
    stage.tell(TOLD)
    assert [one["answer"]["t"] for one in stage.sent("check")] == ["one", "two"]
    stage.tell(TOLD)
    assert button.get_attribute("aria-disabled") == "false"
    assert button.inner_text() == SAY["check"]


def test_findings_stand_with_their_field_and_their_row(mount):
    stage = mount(VIEW, replies={"check": [TOLD]})
    stage.page.locator(".c-primary").click()
    page = stage.page
    page.wait_for_selector(".c-finding")
    assert "Title text" in page.locator(".c-field-text .c-findings").inner_text()
    assert page.locator(".c-field-text q").inner_text() == "<b>"
    area = page.get_by_label("Your goal")
    assert area.get_attribute("aria-invalid") == "true"
    described = area.get_attribute("aria-describedby")
    assert "You wrote" in page.locator(f"#{described}").inner_text()
    rows = page.locator(".c-match-row")
    assert "about l1" in rows.nth(0).inner_text()
    assert rows.nth(0).locator("select").get_attribute("aria-invalid") is None
    assert rows.nth(1).locator("select").get_attribute("aria-invalid") == "true"
    assert page.locator("#drawn").count() == 1
    assert "4.5/10" in page.locator(".c-badge").inner_text()
    status = page.locator("[role=status] .c-verdict").inner_text()
    assert "4.5 of 10" in status
    assert SAY["outcome_partly"] in status
    stage.tell({"do": "feedback", "feedback": {**FEEDBACK, "findings": []}, "points": 5})
    assert area.get_attribute("aria-invalid") is None
    assert area.get_attribute("aria-describedby") is None
    assert page.locator(".c-finding, .c-note").count() == 0


def test_every_outcome_has_symbol_and_word(mount):
    outcomes = ["passed", "partly", "failed", "not_attempted", "unreadable"]
    findings = [finding(one, one, ["x"]) for one in outcomes]
    stage = mount(VIEW)
    stage.tell({"do": "feedback", "feedback": {**FEEDBACK, "findings": findings}, "points": 0})
    marks = stage.page.locator(".c-finding .c-mark").all_inner_texts()
    symbols = ["✓", "△", "○", "–", "?"]
    expected = [
        f"{sign}{SAY[f'outcome_{one}']}" for sign, one in zip(symbols, outcomes, strict=True)
    ]
    assert ["".join(one.split("\n")) for one in marks] == expected


def test_a_changed_answer_is_told_from_the_checked_one(mount):
    stage = mount(VIEW, replies={"check": [TOLD]})
    area = stage.page.get_by_label("Your goal")
    area.fill("one")
    stage.page.locator(".c-primary").click()
    stage.page.wait_for_selector(".c-finding")
    stale = stage.page.get_by_text(SAY["changed_since"])
    assert not stale.is_visible()
    area.fill("two")
    assert stale.is_visible()
    area.fill("one")
    assert not stale.is_visible()


def test_silence_offers_to_send_again(mount):
    stage = mount(VIEW)
    stage.page.clock.install()
    stage.page.get_by_label("Your goal").fill("goal")
    stage.page.locator(".c-primary").click()
    stage.page.clock.run_for(29_000)
    stage.tell({"do": "busy", "text": "Loading <b>50 %</b>"})
    assert stage.page.locator(".c-work").inner_text() == "Loading <b>50 %</b>"
    stage.page.clock.run_for(29_000)
    assert stage.page.locator(".c-problem").count() == 0
    stage.page.clock.run_for(2_000)
    assert SAY["no_answer"] in stage.page.locator("[role=status] .c-problem").inner_text()
    stage.page.get_by_role("button", name=SAY["retry"]).click()
    assert [one["answer"] for one in stage.sent("check")] == [{"t": "goal"}] * 2


def test_a_closed_kernel_is_told_at_once(mount):
    stage = mount(VIEW)
    stage.page.evaluate("model.dead = true")
    stage.page.locator(".c-primary").click()
    assert SAY["no_answer"] in stage.page.locator(".c-problem").inner_text()
    assert stage.problems == []


def test_an_error_keeps_the_answer(mount):
    reply = {"do": "error", "text": "No: <img src=x onerror=boom()> <q>why</q>"}
    stage = mount(VIEW, replies={"check": [reply]})
    stage.page.get_by_label("Your goal").fill("goal")
    stage.page.locator(".c-primary").click()
    told = stage.page.locator(".c-problem")
    assert "No: <img" in told.inner_text()
    assert told.locator("img").count() == 0
    assert told.locator("q").inner_text() == "why"
    assert stage.page.get_by_label("Your goal").input_value() == "goal"


def test_a_failed_save_is_told(mount):
    stage = mount(VIEW)
    stage.tell({"do": "saved", "ok": False, "text": "Disk is full."})
    assert stage.page.locator("[role=status] .c-problem").inner_text() == "Disk is full."


def test_hints_come_one_by_one_and_a_refusal_is_shown(mount):
    stage = mount(VIEW)
    button = stage.page.get_by_role("button", name="Hint 1 of 3")
    button.click()
    assert stage.sent("hint") == [{"do": "hint", "level": 1}]
    stage.tell({"do": "refused", "text": "Check first."})
    assert stage.page.locator(".c-notice").inner_text() == "Check first."
    button.click()
    for level in (1, 2, 3):
        stage.tell({"do": "hint", "level": level, "html": f"<p>hint {level}</p>"})
    assert stage.page.locator(".c-notice").count() == 0
    assert stage.page.locator(".c-hint p:not(.c-label)").all_inner_texts() == [
        "hint 1",
        "hint 2",
        "hint 3",
    ]
    assert not stage.page.get_by_role("button", name="Hint").first.is_visible()


def test_the_model_answer_is_shown_apart_from_ones_own(mount):
    told = {"do": "solution", "answer": {"t": "best"}, "note": "<p>N</p>", "shown": "<p>best</p>"}
    stage = mount(VIEW, replies={"solution": [told]})
    stage.page.get_by_label("Your goal").fill("mine")
    stage.page.get_by_role("button", name=SAY["solution"]).click()
    stage.page.wait_for_selector(".c-solution")
    assert stage.page.locator(".c-shown").inner_text() == "best"
    assert stage.page.get_by_label("Your goal").input_value() == "mine"


def test_start_again_asks_once(mount):
    state = {"answer": {"t": "goal"}, "feedback": FEEDBACK, "points": 4.5}
    stage = mount(VIEW, state=state)
    page = stage.page
    assert page.locator(".c-finding").count() == 3
    page.get_by_role("button", name=SAY["again"]).click()
    page.get_by_role("button", name=SAY["again_no"]).click()
    assert page.get_by_label("Your goal").input_value() == "goal"
    page.get_by_role("button", name=SAY["again"]).click()
    page.get_by_role("button", name=SAY["again_yes"]).click()
    assert page.get_by_label("Your goal").input_value() == ""
    assert page.locator(".c-finding").count() == 0
    assert stage.sent() == [{"do": "draft", "answer": {}}]
    assert "4.5/10" in page.locator(".c-badge").inner_text()


def test_a_new_state_never_overwrites_what_is_being_typed(mount):
    stage = mount(VIEW, state={"answer": {"t": "stored"}})
    area = stage.page.get_by_label("Your goal")
    stage.page.evaluate("model.setState({ answer: { t: 'newer' }, points: 3 })")
    assert area.input_value() == "newer"
    area.fill("typing")
    stage.page.evaluate("model.setState({ answer: { t: 'other' }, points: 4 })")
    assert area.input_value() == "typing"
    assert "4/10" in stage.page.locator(".c-badge").inner_text()


def test_a_missing_word_is_an_error(mount):
    view = {**VIEW, "words": {key: one for key, one in VIEW["words"].items() if key != "check"}}
    with pytest.raises(Exception, match=r"words\.check"):
        mount(view)


def test_the_score_reaches_the_record_of_the_page(mount):
    stage = mount(VIEW)
    stage.page.evaluate(
        "document.addEventListener('cstrain-score', (event) => (window.heard = event.detail))"
    )
    stage.tell({"do": "score", "score": {"points": 5}})
    assert stage.page.evaluate("heard") == {"lesson": "n03", "score": {"points": 5}}


SHEET = '<section class="cstrain cstrain-sheet"><p class="sheet-label">Paper</p></section>'


def test_paper_gets_the_printable_form_and_the_screen_the_live_one(mount):
    stage = mount(VIEW, sheet=SHEET)
    live, paper = (stage.page.locator(one) for one in (".cstrain-live", ".cstrain-sheet"))
    assert live.is_visible()
    assert not paper.is_visible()
    stage.page.emulate_media(media="print", color_scheme="dark")
    assert not live.is_visible()
    assert paper.is_visible()
    assert paper.evaluate("one => getComputedStyle(one).color") == "rgb(29, 43, 47)"


@pytest.mark.parametrize(
    ("set_up", "scheme", "dark"),
    [
        ("", "light", False),
        ("", "dark", True),
        ("document.documentElement.dataset.theme = 'dark'", "light", True),
        ("document.documentElement.dataset.theme = 'light'", "dark", False),
        ("document.body.dataset.jpThemeLight = 'false'", "light", True),
        ("document.body.dataset.jpThemeLight = 'true'", "dark", False),
    ],
)
def test_the_theme_follows_the_host(mount, set_up, scheme, dark):
    stage = mount(VIEW, color_scheme=scheme)
    stage.page.evaluate(set_up or "0")
    paint = stage.page.locator(".cstrain-live").evaluate("one => getComputedStyle(one).color")
    assert paint == ("rgb(230, 238, 240)" if dark else "rgb(29, 43, 47)")


@pytest.mark.parametrize("width", [360, 390])
def test_a_phone_needs_no_sideways_scrolling(mount, width):
    table = {
        "key": "x",
        "shape": "table",
        "label": "T",
        "help": "",
        "rows": [{"key": "a", "label": "A long heading of a row"}],
        "columns": [
            {"key": "n", "shape": "number", "label": "Number", "unit": "percent"},
            {"key": "d", "shape": "date", "label": "Date"},
        ],
    }
    view = exercise_view([TEXT, MATCH, table])
    stage = mount(view, state={"feedback": FEEDBACK}, width=width, has_touch=True, is_mobile=True)
    widest = "document.documentElement.scrollWidth"
    assert stage.page.evaluate(widest) <= width
    small = stage.page.evaluate(
        """[...document.querySelectorAll("button, select, input:not(.c-picker), textarea")]
          .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 43.5)
          .map((one) => one.outerHTML)"""
    )
    assert small == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_table_gives_writing_the_room_that_is_left(mount, width):
    columns = [
        {"key": "t", "shape": "text", "label": "What", "lines": 2},
        {"key": "k", "shape": "choice", "label": "Kind", "options": [{"key": "a", "label": "A"}]},
    ]
    table = {"key": "x", "shape": "table", "label": "T", "help": "", "rows": None, "least": 2}
    stage = mount(exercise_view([{**table, "most": 9, "columns": columns}]), width=width)
    empty = stage.page.locator("textarea").first.bounding_box()["width"]
    assert empty > (250 if width == 390 else 500)


RECORD = {
    "kind": "record",
    "lesson": "n03",
    "language": "en",
    "lang": "en",
    "title": "SMART",
    "exercises": [{"id": "n03/a", "label": "Q1", "title": "One", "points": 15}],
    "words": VIEW["words"],
}
SCORE = {
    "points": 9.5,
    "of": 15,
    "passed": True,
    "band": "good",
    "text": "Lesson score 9.5 of 15.",
    "exercises": [
        {"id": "n03/a", "label": "Q1", "title": "One", "points": 9.5, "of": 15, "outcome": "partly"}
    ],
}


def test_the_record_asks_for_the_score_and_shows_it(mount):
    stage = mount(RECORD, replies={"score": [{"do": "score", "score": SCORE}]})
    row = stage.page.locator("tbody tr")
    row.get_by_text("9.5/15").wait_for()
    assert SAY["outcome_partly"] in row.inner_text()
    assert stage.page.locator(".c-total").inner_text() == "Lesson score 9.5 of 15."
    better = {**SCORE, "text": "Better."}
    stage.page.evaluate(
        """score => document.dispatchEvent(new CustomEvent("cstrain-score",
             { detail: { lesson: "n03", score } }))""",
        better,
    )
    assert stage.page.locator(".c-total").inner_text() == "Better."


def test_the_record_goes_out_and_comes_back_as_a_file(mount, tmp_path):
    text = json.dumps({"schema": "cstrain.record"})
    told = {"do": "imported", "text": "1 attempt added.", "problems": ["Row <q>2</q> is cut off."]}
    replies = {
        "export": [{"do": "file", "name": "cstrain-record.json", "text": text}],
        "import": [told],
    }
    stage = mount(RECORD, state={"score": SCORE}, replies=replies)
    with stage.page.expect_download() as download:
        stage.page.get_by_role("button", name=SAY["export"]).click()
    assert download.value.suggested_filename == "cstrain-record.json"
    path = tmp_path / "back.json"
    download.value.save_as(path)
    assert path.read_text(encoding="utf-8") == text
    stage.page.get_by_label(SAY["import"]).set_input_files(path)
    stage.page.get_by_text("Row 2 is cut off.").wait_for()
    assert stage.sent("import") == [{"do": "import", "text": text}]
    assert SAY["privacy"] in stage.page.locator(".c-exchange").inner_text()


def test_a_dropped_file_is_read(mount):
    stage = mount(RECORD, state={"score": SCORE})
    stage.page.locator(".c-drop").evaluate(
        """zone => {
          const data = new DataTransfer();
          data.items.add(new File(["{}"], "r.json", { type: "application/json" }));
          zone.dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true }));
        }"""
    )
    stage.page.wait_for_function("model.sent.length === 1")
    assert stage.sent() == [{"do": "import", "text": "{}"}]


def test_keys_in_the_form_are_no_commands_of_jupyterlab(mount):
    # JupyterLab walks up from the focused element and stops where it finds this mark.
    stage = mount(VIEW)
    for control in stage.page.locator("textarea, select, button:visible").all():
        control.focus()
        assert control.get_attribute("data-lm-suppress-shortcuts") == "true"
