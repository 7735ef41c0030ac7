"""The desk: every request of the frame, and every bad one, in both languages."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstrain.checking import check
from cstrain.desk import reply
from cstrain.language import LANGUAGES
from cstrain.library.lessons import lesson
from cstrain.library.words import words

EXERCISES = lesson("n03").all_exercises()
LONG = "提高满意度 " * 200_000
HOSTILE = [
    "",
    "   ",
    LONG,
    "\x00\x00",
    "\u202egnihton\u202c",
    "😀🎯🚀",
    "<script>alert(1)</script>",
    "$$\\frac{1}{0}$$",
    "，。！？……",
    "９月３０日前，ＣＳＡＴ达到８６．２％",
    "在2026年6月30日前，將客戶滿意度由85.3%提升至86.2%",
    "\ud800",
    "{words} {0} %s",
    "=HYPERLINK(1)",
]


def ask(do, **more):
    return reply({"do": do, "language": "en", **more})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("about", EXERCISES, ids=lambda one: one.id)
def test_model_answer_passes_and_says_why(about, language):
    answer = about.model.answers[language]
    done = reply({"do": "check", "exercise": about.id, "language": language, "answer": answer})
    feedback = done["feedback"]
    assert feedback["outcome"] == "passed"
    assert feedback["points"] == about.points == check(about, answer, language).points
    assert all(len(one["text"]) > 20 for one in feedback["findings"])
    assert json.loads(json.dumps(done)) == done


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("about", EXERCISES, ids=lambda one: one.id)
def test_every_sample_gets_a_next_step_for_what_is_open(about, language):
    for sample in about.samples:
        if sample.language in {None, language}:
            request = {"do": "check", "exercise": about.id, "language": language}
            done = reply({**request, "answer": sample.answer})
            for one in done["feedback"]["findings"]:
                assert one["outcome"] == "passed" or one["next"], (sample.name, one["criterion"])


@pytest.mark.parametrize("about", EXERCISES, ids=lambda one: one.id)
def test_nothing_and_nonsense_cost_no_attempt(about):
    for answer in (None, {}, [], "x", 3, {"unknown": 1}):
        done = ask("check", exercise=about.id, answer=answer)
        assert done["feedback"]["outcome"] == "not_attempted"
        assert done["counts"] is False


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("about", EXERCISES, ids=lambda one: one.id)
def test_hostile_text_in_every_field_ends_in_sentences(about, text):
    answers = [dict.fromkeys((one.key for one in about.fields), text)]
    answers.append({one.key: _everywhere(one, text) for one in about.fields})
    for answer in answers:
        done = ask("check", exercise=about.id, answer=answer)
        assert done["do"] == "feedback"
        shown = json.dumps(done["feedback"])
        assert "<script" not in shown
        assert done["feedback"]["points"] < about.points


def _everywhere(field, text):
    """Return a value of the field's own form with the text in every place that is typed."""
    if field.shape == "form":
        inner = [one for section in field.params["sections"] for one in section["fields"]]
        return {one["key"]: _inner(one, text) for one in inner}
    if field.shape == "table" and field.params["rows"] is None:
        return [{one["key"]: text for one in field.params["columns"]}] * 3
    if field.shape == "table":
        row = {one["key"]: text for one in field.params["columns"] if one["shape"] != "choice"}
        return {one["key"]: row for one in field.params["rows"]}
    return text


def _inner(one, text):
    if one["shape"] == "rows":
        return [{inner["key"]: text for inner in one["fields"]}] * 2
    if one["shape"] == "choice":
        return one["options"][0]["key"]
    return text


def test_hint_needs_as_many_attempts_as_its_number():
    name = EXERCISES[0].id
    assert ask("hint", exercise=name, level=1, attempts=0)["do"] == "refused"
    assert ask("hint", exercise=name, level=1, attempts=1)["do"] == "hint"
    assert ask("hint", exercise=name, level=2, attempts=1)["do"] == "refused"
    assert ask("hint", exercise=name, level=3, attempts=3)["do"] == "hint"
    assert ask("hint", exercise=name, level=4, attempts=9)["do"] == "refused"


def test_model_answer_opens_after_the_third_hint_or_once_passed():
    name = EXERCISES[0].id
    assert ask("solution", exercise=name, attempts=3, hints=2)["do"] == "refused"
    assert ask("solution", exercise=name, attempts=0, hints=3)["do"] == "refused"
    assert ask("solution", exercise=name, attempts=3, hints=3)["do"] == "solution"
    assert ask("solution", exercise=name, attempts=1, hints=0, passed=True)["do"] == "solution"


@pytest.mark.parametrize("language", LANGUAGES)
def test_solution_shows_every_field(language):
    for about in EXERCISES:
        request = {"do": "solution", "exercise": about.id, "language": language}
        done = reply({**request, "attempts": 1, "passed": True})
        assert done["shown"]
        assert done["note"].startswith("<p>")


def test_score_counts_the_best_attempt():
    about = EXERCISES[-1]
    answers = {about.id: [about.model.answers["en"], {}]}
    done = ask("score", lesson="n03", answers=answers)["score"]
    assert done["points"] == about.points
    assert done["passed"] is False
    full = {one.id: [one.model.answers["en"]] for one in EXERCISES}
    done = ask("score", lesson="n03", answers=full)["score"]
    assert done["points"] == done["of"] == 100
    assert done["passed"] is True


BAD = [
    None,
    3,
    [],
    {},
    {"do": "check"},
    {"do": "check", "exercise": "n03/nothing"},
    {"do": "check", "exercise": ["n03"]},
    {"do": "dance"},
    {"do": ["check"]},
    {"do": "score", "lesson": "n99"},
    {"do": "score", "lesson": "n03", "answers": 3},
    {"do": "score", "lesson": "n03", "answers": {"n03/goal_card": 3}},
    {"do": "import"},
    {"do": "run", "exercise": "n03/stretch_ratio"},
]


@pytest.mark.parametrize("request_", BAD, ids=range(len(BAD)))
@pytest.mark.parametrize("language", LANGUAGES)
def test_bad_request_is_one_sentence(request_, language):
    asked = {**request_, "language": language} if isinstance(request_, dict) else request_
    done = reply(asked)
    assert done["do"] == "error"
    assert done["text"]


def test_code_is_run_only_on_request_and_its_results_are_checked():
    about = next(one for one in EXERCISES if one.id == "n03/check_goal_tree")
    source = "def late_children(tree):\n    return [1 / 0]"
    answer = {one.key: {"via": "code", "source": source} for one in about.fields[:1]}
    done = ask("run", exercise=about.id, answer=answer)
    assert done["do"] == "error"
    assert "orphans" in done["text"]
    checked = ask("check", exercise=about.id, answer=answer)
    assert checked["feedback"]["points"] == 0


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("def orphans(tree): return 1 / 0", "ZeroDivisionError"),
        ("def orphans(tree) return", "SyntaxError"),
        ("raise SystemExit", "SystemExit"),
        ("def orphans(t): return orphans(t)", "Recursion"),
    ],
)
def test_an_error_in_learner_code_is_told(source, words):
    about = next(one for one in EXERCISES if one.id == "n03/check_goal_tree")
    key = about.fields[0].key
    done = ask("run", exercise=about.id, answer={key: {"via": "code", "source": source}})
    if done["do"] == "ran":
        done = ask("check", exercise=about.id, answer=done["answer"])
    assert words in json.dumps(done)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=10,
)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_answer_gets_a_report_with_points_in_range(data):
    about = data.draw(st.sampled_from(EXERCISES))
    answer = data.draw(st.fixed_dictionaries({one.key: anything for one in about.fields}))
    done = ask("check", exercise=about.id, answer=answer)
    assert done["do"] == "feedback"
    assert 0 <= done["feedback"]["points"] < about.points


def test_interface_words_have_both_languages():
    assert words("words", "zh").keys() == words("words", "en").keys()
