"""The why tree's editor in a browser: by keyboard, with live notes, undo, export and import."""

from __future__ import annotations

import json

import pytest
from frame_stage import exercise_view
from rca_stage import (
    CALLS,
    NIGHTS,
    OF_CASES,
    PROBLEMS,
    choose_own_data,
    focused,
    live,
    mount_editor,
    picture,
    press,
    rca_field,
    tab_to,
    texts,
    type_lines,
    violations,
    word,
)

from cstrain.causes.own_tables import close_files
from cstrain.drawing.view import field_view

pytestmark = pytest.mark.browser

OWN = rca_field("why_tree")
OF_CASE = rca_field("why_tree", **OF_CASES, problems=PROBLEMS)
CHAIN = [
    "One agent is on duty at 18:00",
    "The others hand over at 18:00",
    "The meeting follows office hours",
    "Nobody owns the report of call volumes",
    "The duty list has no staffing review",
]


def chain(*lines, **more):
    nodes = [
        {"id": f"n{at}", "parent": f"n{at - 1}" if at > 1 else "", "text": line, "evidence": [],
         "back_test": None, "controllable": None, **more}
        for at, line in enumerate(lines, 1)
    ]  # fmt: skip
    return {"it": {"problem": "Calls wait at 18:00", "evidence": [], "nodes": nodes}}


def parents(answer):
    return [(one["id"], one["parent"], one["text"]) for one in answer["it"]["nodes"]]


def test_an_untouched_editor_is_an_empty_answer(mount):
    stage = mount_editor(mount, OWN)
    assert stage.check() == {}
    assert stage.problems == []


def test_a_chain_by_keyboard_alone(mount):
    stage = mount_editor(mount, OWN)
    tab_to(stage, stage.page.get_by_label(word("problem_own")))
    stage.page.keyboard.type("Calls wait at 18:00")
    tab_to(stage, stage.page.locator(".c-outline-text").first)
    type_lines(stage, CHAIN)
    assert texts(stage) == CHAIN
    assert focused(stage) == word("why_of", level=5, words=CHAIN[3])
    for flag in ("holds", "breaks"):
        button = stage.page.get_by_role("button", name=word(flag), exact=True).first
        tab_to(stage, button)
        press(stage, "Space")
        assert button.evaluate("one => one === document.activeElement")
        assert button.get_attribute("aria-pressed") == "true"
    tab_to(stage, stage.page.get_by_role("button", name=word("ours"), exact=True))
    press(stage, "Space")
    answer = stage.check()
    assert [(one["parent"], one["text"]) for one in answer["it"]["nodes"]] == list(
        zip(["", "n1", "n2", "n3", "n4"], CHAIN, strict=True)
    )
    assert answer["it"]["nodes"][-1]["back_test"] is False
    assert answer["it"]["nodes"][-1]["controllable"] is True


def test_branch_move_insert_and_remove(mount):
    stage = mount_editor(mount, OWN, answer=chain(*CHAIN[:2]))
    rows = stage.page.locator(".c-outline-text")
    rows.nth(1).focus()
    press(stage, "Alt+Enter")
    stage.page.keyboard.type("Two agents are ill")
    assert parents(stage.check())[-1] == ("n3", "n1", "Two agents are ill")
    rows.nth(2).press("Alt+ArrowUp")
    assert texts(stage) == [CHAIN[0], "Two agents are ill", CHAIN[1]]
    assert live(stage) == word("moved", words="Two agents are ill", place=1, all=2)
    rows.nth(0).press("Shift+Enter")  # a level between the first and both below it
    stage.page.keyboard.type("x")
    answer = stage.check()
    made = next(one for one in answer["it"]["nodes"] if one["text"] == "x")
    assert [one["parent"] for one in answer["it"]["nodes"] if one["text"] != "x"] == [
        "", made["id"], made["id"],
    ]  # fmt: skip
    rows.nth(1).press("Backspace")
    rows.nth(1).press("Backspace")  # the line is empty now: what hangs on it moves up
    assert texts(stage) == [CHAIN[0], "Two agents are ill", CHAIN[1]]
    assert {one["parent"] for one in stage.check()["it"]["nodes"]} == {"", "n1"}


def test_undo_and_redo_by_keys_and_buttons(mount):
    stage = mount_editor(mount, OWN, answer=chain(*CHAIN))
    before = stage.check()
    row = stage.page.locator(".c-entry").nth(1)
    row.locator("textarea").focus()
    row.get_by_role("button", name=word("remove"), exact=True).click()
    assert texts(stage) == CHAIN[:1]
    assert live(stage) == word("removed_more", words=CHAIN[1], count=3)
    press(stage, "Control+z")
    assert texts(stage) == CHAIN
    assert stage.check() == before
    stage.page.get_by_role("button", name=word("redo")).click()
    assert texts(stage) == CHAIN[:1]
    press(stage, "Control+z")
    stage.page.locator(".c-outline-text").first.focus()
    stage.page.keyboard.type(" and more")
    press(stage, "Control+z")
    assert texts(stage) == CHAIN
    press(stage, "Control+y")
    assert texts(stage)[0].endswith(" and more")


def test_notes_and_picture_come_without_moving_the_focus(mount):
    stage = mount_editor(mount, OWN, answer=chain("Calls wait at 18:00", "The agents are lazy"))
    box = stage.page.locator(".c-outline-text").nth(1)
    box.focus()
    assert picture(stage).locator("svg > title").count() == 1
    assert picture(stage).locator("svg > desc").count() == 1
    notes = stage.page.locator(".c-entry-notes").all_inner_texts()
    assert "says the problem once more" in notes[0]
    assert "let it happen" in notes[1]
    assert box.evaluate("one => one === document.activeElement")
    assert "let it happen" in box.evaluate(
        "one => document.getElementById(one.getAttribute('aria-describedby')).textContent"
    )


def test_a_case_gives_problem_and_evidence(mount):
    stage = mount_editor(mount, OF_CASE, cases=True)
    assert word("problem_case") in stage.page.locator(".c-rca-head").inner_text()
    stage.page.get_by_label("Company A").check()
    assert PROBLEMS["A"]["en"] in stage.page.locator(".c-rca-head").inner_text()
    stage.page.locator(".c-outline-text").first.focus()
    stage.page.keyboard.type("The size table is wrong")
    tab_to(stage, stage.page.get_by_role("button", name=word("evidence_add"), exact=True))
    press(stage, "Enter")
    stage.page.keyboard.type("10 goods were measured")
    press(stage, "Tab", "Space", "Escape")
    assert focused(stage) is None  # back on the button
    assert "A04" in stage.page.locator(".c-entry .c-proofs").first.inner_text()
    answer = stage.check()
    assert answer["it"]["problem"] == PROBLEMS["A"]["en"]
    assert answer["it"]["nodes"][0]["evidence"] == ["A04"]
    stage.page.get_by_role("button", name=word("evidence_take", card="A04")).click()
    assert stage.check()["it"]["nodes"][0]["evidence"] == []


def test_own_evidence_without_cards(mount):
    stage = mount_editor(mount, OWN, answer=chain(CHAIN[0]))
    stage.page.locator(".c-outline-text").first.focus()
    stage.page.get_by_role("button", name=word("evidence_add"), exact=True).click()
    stage.page.keyboard.type("<b>roster</b>")
    press(stage, "Enter", "Escape")
    assert stage.check()["it"]["nodes"][0]["evidence"] == ["<b>roster</b>"]
    assert stage.page.locator(".c-proofs b").count() == 0


def test_the_problem_rests_on_evidence_too(mount):
    stage = mount_editor(mount, OF_CASE, cases=True, answer={"case": "A", **chain(CHAIN[0])})
    tab_to(stage, stage.page.get_by_role("button", name=word("evidence_head")))
    press(stage, "Enter")
    stage.page.keyboard.type("10 goods were measured")
    press(stage, "Tab", "Space", "Escape")
    answer = stage.check()
    assert answer["it"]["evidence"] == ["A04"]
    stage.page.get_by_role("button", name=word("evidence_take", card="A04")).click()
    assert stage.check()["it"]["evidence"] == []
    stage.page.get_by_role("button", name=word("undo")).click()
    assert stage.check() == answer


def test_a_why_is_put_before_own_data(mount, tmp_path, axe_source):
    file = tmp_path / "calls.csv"
    file.write_text(CALLS, encoding="utf-8")
    stage = mount_editor(mount, OWN, answer=chain(*CHAIN[:2]))
    stage.page.locator(".c-outline-text").first.focus()
    row = stage.page.locator(".c-entry").first
    tab_to(stage, row.get_by_role("button", name=word("own_test")))
    press(stage, "Enter")
    choose_own_data(stage, file)
    assert violations(stage, axe_source) == []
    press(stage, "Escape")
    assert row.locator(".c-own-line").inner_text().startswith(word("supported"))
    assert "supported" in picture(stage).inner_text()
    node = stage.check()["it"]["nodes"][0]
    assert {key: node["own"][key] for key in NIGHTS} == NIGHTS
    row.get_by_role("button", name=word("own_test")).click()
    row.locator(".c-own-head").get_by_role("button", name=word("remove")).click()
    assert "own" not in stage.check()["it"]["nodes"][0]
    stage.page.get_by_role("button", name=word("undo")).click()
    assert stage.check()["it"]["nodes"][0] == node
    assert stage.problems == []
    close_files()


def test_the_chain_reads_itself_back_in_the_learners_words(mount):
    stage = mount_editor(mount, OWN, answer=chain(*CHAIN[:2]))
    said = stage.page.locator(".c-back-said").all_inner_texts()
    assert said == [
        word("therefore", below=CHAIN[1], above=CHAIN[0]),
        word("therefore", below=CHAIN[0], above="Calls wait at 18:00"),
    ]


def test_it_reads_itself_from_the_problem_down_as_well(mount):
    stage = mount_editor(mount, OWN, answer=chain(*CHAIN[:2], controllable=None))
    stage.page.get_by_role("button", name=word("read_down")).click()
    assert stage.page.locator(".c-back-said").all_inner_texts() == [
        word("because", below=CHAIN[0], above="Calls wait at 18:00"),
        word("because", below=CHAIN[1], above=CHAIN[0]),
    ]
    first = stage.page.locator(".c-back-line").first
    first.get_by_role("button", name=word("breaks"), exact=True).click()
    assert [one["back_test"] for one in stage.check()["it"]["nodes"]] == [False, None]
    up = stage.page.get_by_role("button", name=word("read_up"))
    up.click()
    assert up.get_attribute("aria-pressed") == "true"
    said = stage.page.locator(".c-back-broken").inner_text()
    assert word("therefore", below=CHAIN[0], above="Calls wait at 18:00") in said


def test_a_why_is_put_before_the_data_of_the_case(mount, axe_source):
    stage = mount_editor(mount, OF_CASE, cases=True, answer={"case": "A", **chain(*CHAIN[:2])})
    tab_to(stage, stage.page.locator(".c-outline-text").first)
    row = stage.page.locator(".c-entry").first
    tab_to(stage, row.get_by_role("button", name=word("own_test")))
    press(stage, "Enter")
    for key, label in (("D1", "test_factor"), ("since_page", "test_rows"), ("page", "test_strata")):
        menu = row.get_by_label(word(label), exact=True)
        assert menu.evaluate("one => one === document.activeElement") or label != "test_factor"
        menu.select_option(key)
    row.locator(".c-data-rejected:visible").wait_for()
    assert "0.98 (0.82–1.17)" in row.inner_text()
    assert violations(stage, axe_source) == []
    press(stage, "Escape")
    assert row.locator(".c-own-line").inner_text().startswith(word("rejected"))
    assert "rejected" in picture(stage).inner_text()
    answer = stage.check()
    test = {"case": "A", "factor": "D1", "rows": "since_page", "strata": "page"}
    assert answer["it"]["nodes"][0]["test"] == test
    again = mount_editor(mount, OF_CASE, cases=True, answer=answer)
    assert again.check() == answer
    row.get_by_role("button", name=word("own_test")).click()
    row.get_by_role("button", name=word("own_begin")).click()
    assert row.locator(".c-own select").first.evaluate("one => one === document.activeElement")
    assert "test" not in stage.check()["it"]["nodes"][0]
    stage.page.get_by_role("button", name=word("undo")).click()
    assert stage.check() == answer
    assert [stage.problems, again.problems] == [[], []]


def test_the_picture_fills_the_window_and_comes_back(mount, axe_source):
    stage = mount_editor(mount, OWN, answer=chain(*CHAIN))
    stage.page.locator(".c-outline-text").first.focus()
    picture(stage)
    tab_to(stage, stage.page.get_by_role("button", name=word("picture_whole")))
    press(stage, "Enter")
    window = stage.page.locator("dialog[open]")
    assert window.locator("svg").count() == 1
    assert window.bounding_box()["width"] == 820
    assert violations(stage, axe_source) == []
    press(stage, "Escape")
    stage.page.wait_for_function("!document.querySelector('dialog')")
    assert stage.page.locator(".c-rca-picture > .c-rca-canvas > svg").count() == 1
    whole = stage.page.get_by_role("button", name=word("picture_whole"))
    assert whole.evaluate("one => one === document.activeElement")
    assert stage.problems == []


@pytest.mark.parametrize("text", ["<svg onload=document.title=1>", "x" * 5000, "a\u202eb\u0000c"])
def test_hostile_text_stays_text(mount, text):
    stage = mount_editor(mount, OWN, answer=chain(text, text))
    stage.page.locator(".c-outline-text").first.focus()
    picture(stage)
    assert stage.page.title() == "t"
    assert texts(stage)[0] == text.replace("\u0000", "\ufffd") or texts(stage)[0] == text
    assert stage.page.locator(".c-rca-canvas svg").count() == 1
    assert stage.problems == []


@pytest.mark.parametrize(
    "stored",
    [
        {"nodes": 7},
        {"nodes": [None, 3, {"id": "n1"}, {"id": "n1", "parent": "n9", "text": ["x"]}]},
        {"nodes": [{"id": "a", "parent": "b", "text": "A"}, {"id": "b", "parent": "a"}]},
    ],
)
def test_a_broken_answer_opens(mount, stored):
    stage = mount_editor(mount, OWN, answer={"it": stored})
    assert stage.page.locator(".c-outline-text").count() >= 1
    assert stage.problems == []


def test_export_and_import_give_the_same(mount, tmp_path):
    stage = mount_editor(mount, OWN, answer=chain(*CHAIN, back_test=True))
    before = stage.check()
    stage.page.locator(".c-more > summary").click()
    with stage.page.expect_download() as download:
        stage.page.get_by_role("button", name=word("export_json")).click()
    file = tmp_path / "tree.json"
    download.value.save_as(file)
    assert json.loads(file.read_text(encoding="utf-8"))["format"] == "cstrain.why_tree"
    other = mount_editor(mount, OWN)
    other.page.locator(".c-more > summary").click()
    other.page.locator("input[type=file]").set_input_files(file)
    other.page.wait_for_function("document.querySelector('.c-told').textContent !== ''")
    assert word("imported") in other.page.locator(".c-told").inner_text()
    assert other.check() == before


def test_a_foreign_file_is_told_and_changes_nothing(mount, tmp_path):
    stage = mount_editor(mount, OWN, answer=chain(*CHAIN))
    before = stage.check()
    stage.page.locator(".c-more > summary").click()
    for name, text in (("a.json", "{"), ("b.json", '{"format": "cstrain.fishbone", "causes": []}')):
        (tmp_path / name).write_text(text, encoding="utf-8")
        stage.page.locator("input[type=file]").set_input_files(tmp_path / name)
        stage.page.wait_for_function("document.querySelector('.c-told').textContent !== ''")
        assert stage.check() == before


def test_every_picture_can_be_taken_out(mount):
    stage = mount_editor(mount, OWN, answer=chain(*CHAIN))
    stage.page.locator(".c-outline-text").first.focus()
    picture(stage)
    stage.page.locator(".c-more > summary").click()
    for key, begins in (
        ("export_svg", b"<svg"),
        ("export_png", b"\x89PNG"),
        ("export_markdown", b"# "),
    ):
        with stage.page.expect_download() as download:
            stage.page.get_by_role("button", name=word(key)).click()
        assert download.value.path().read_bytes().startswith(begins)


def test_the_picture_prints_on_one_page(mount, browser):
    stage = mount_editor(mount, OWN, answer=chain(*(f"Level {one} of it" for one in range(12))))
    stage.page.locator(".c-outline-text").first.focus()
    picture(stage)
    stage.page.locator(".c-more > summary").click()
    stage.page.evaluate("HTMLIFrameElement.prototype.remove = () => {}")
    stage.page.get_by_role("button", name=word("export_print")).click()
    stage.page.frame_locator("iframe.cstrain-print").locator("svg").wait_for(state="attached")
    html = stage.page.evaluate(
        "document.querySelector('.cstrain-print').contentDocument.documentElement.outerHTML"
    )
    page = browser.new_page()
    page.set_content(html)
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    assert "Level 11 of it" in html
    assert pdf.count(b"/Type /Page\n") == 1


def test_findings_stand_at_their_level(mount):
    item = {"key": "n2", "outcome": "failed", "label": "", "text": "Not this one"}
    finding = {
        "criterion": "c", "fields": ["it"], "title": "T", "outcome": "failed", "points": 0, "of": 1,
        "text": "said", "next": "", "items": [item],
    }  # fmt: skip
    stage = mount_editor(mount, OWN, answer=chain(*CHAIN[:2]))
    feedback = {
        "outcome": "failed", "points": 0, "of": 1, "headline": "h", "findings": [finding], "notes": [],
    }  # fmt: skip
    stage.tell({"do": "feedback", "feedback": feedback, "attempts": 1, "points": 0})
    assert (
        stage.page.locator(".c-entry")
        .nth(1)
        .locator(".c-note")
        .inner_text()
        .endswith("Not this one")
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_fits_its_page_and_is_accessible(mount, axe_source, language, width):
    answer = {"case": "A", **chain(*CHAIN, "x" * 300, back_test=False)}
    stage = mount_editor(mount, OF_CASE, language=language, answer=answer, cases=True, width=width)
    stage.page.locator(".c-outline-text").nth(1).click()
    stage.page.locator(".c-entry .c-tool[aria-expanded]:visible").first.click()
    stage.page.locator(".c-more > summary").click()
    picture(stage)
    assert stage.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(stage, axe_source) == []
    assert stage.problems == []


def test_sixty_whys_react_at_once(mount):
    stage = mount_editor(mount, OWN, answer=chain(*(f"Level {one}" for one in range(60))))
    stage.page.locator(".c-outline-text").nth(30).focus()
    longest = stage.page.evaluate(
        """async () => {
          const box = document.activeElement;
          const times = [];
          for (let n = 0; n < 10; n += 1) {
            const begin = performance.now();
            box.value += "x";
            box.dispatchEvent(new InputEvent("input", { bubbles: true }));
            void document.body.offsetHeight;
            times.push(performance.now() - begin);
            await new Promise(requestAnimationFrame);
          }
          return times.sort((a, b) => a - b)[5];
        }"""
    )
    print(f"an edit with 60 whys: {longest:.1f} ms")  # noqa: T201
    assert longest < 500  # measured 5 to 20 ms; a busy machine must not fail the test


def test_waiting_for_python_is_told_in_the_pictures_place(mount):
    view = exercise_view([field_view(OWN, "en")])
    stage = mount(view, state={"answer": chain(*CHAIN)})
    stage.page.locator(".c-outline-text").first.focus()
    stage.page.wait_for_function("model.sent.some(one => one.do === 'preview')")
    place = {**stage.sent("preview")[-1], "choices": None}
    stage.tell({**place, "busy": "Getting ready"})
    canvas = stage.page.locator(".c-rca-canvas")
    assert canvas.inner_text() == "Getting ready"
    stage.tell({**place, "text": "Not possible"})
    assert word("picture_silent") in canvas.inner_text()
    asked = len(stage.sent("preview"))
    canvas.get_by_role("button").click()
    stage.page.wait_for_function(f"model.sent.filter(one => one.do === 'preview').length > {asked}")
    stage.tell({**place, "serial": stage.sent("preview")[-1]["serial"], "picture": "<svg></svg>"})
    assert canvas.locator("svg").count() == 1
    assert stage.problems == []
