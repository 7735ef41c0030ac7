"""A learner at work: what is kept, what comes back, what is told when nothing can be saved."""

from __future__ import annotations

import json

import pytest

from cstrain.library.exercises import exercise
from cstrain.progress.store import SaveError, Store
from cstrain.session import Session

NAME = "n03/match_stories"


@pytest.fixture
def session(tmp_path):
    return Session("n03", "zh", Store(tmp_path / "answers"))


def again(session, language="zh"):
    return Session("n03", language, Store(session.store.folder))


def model():
    return dict(exercise(NAME).model.answers["zh"])


def half():
    pairs = model()["stories"]
    return {"stories": dict(list(pairs.items())[:3])}


def test_fresh_state_is_empty(session):
    assert session.state(NAME)["answer"] is None
    assert session.state(NAME)["attempts"] == 0


def test_answer_and_recomputed_feedback_come_back(session):
    told = session.told(NAME, {"do": "check", "answer": half()})
    assert [one["do"] for one in told] == ["feedback", "saved", "score"]
    state = again(session).state(NAME)
    assert state["answer"] == half()
    assert state["feedback"]["points"] == told[0]["feedback"]["points"] == 3
    assert state["attempts"] == 1
    english = again(session, "en").state(NAME)
    assert english["feedback"]["headline"] != state["feedback"]["headline"]


def test_newer_draft_comes_back_without_the_old_feedback(session):
    session.told(NAME, {"do": "check", "answer": half()})
    session.told(NAME, {"do": "draft", "answer": model()})
    state = again(session).state(NAME)
    assert state["answer"] == model()
    assert state["feedback"] is None
    assert state["points"] == 3


def test_blank_and_unreadable_answers_cost_no_attempt(session):
    for answer in ({}, {"stories": {"alice": "nothing"}}, {"stories": 3}, None):
        session.told(NAME, {"do": "check", "answer": answer})
    assert again(session).state(NAME)["attempts"] == 0


def test_hints_open_one_by_one_and_stay_open(session):
    assert session.told(NAME, {"do": "hint", "level": 1})[0]["do"] == "refused"
    session.told(NAME, {"do": "check", "answer": half()})
    assert session.told(NAME, {"do": "hint", "level": 1})[0]["do"] == "hint"
    assert session.told(NAME, {"do": "hint", "level": 2})[0]["do"] == "refused"
    assert len(again(session).state(NAME)["hints"]) == 1


def test_best_attempt_counts_for_the_score(session):
    session.told(NAME, {"do": "check", "answer": model()})
    told = session.told(NAME, {"do": "check", "answer": half()})
    assert told[0]["points"] == 5
    assert session.score()["score"]["points"] == 5


def test_solution_after_passing(session):
    assert session.told(NAME, {"do": "solution"})[0]["do"] == "refused"
    session.told(NAME, {"do": "check", "answer": model()})
    assert session.told(NAME, {"do": "solution"})[0]["do"] == "solution"


def test_export_and_import_carry_everything_over(session, tmp_path):
    session.told(NAME, {"do": "check", "answer": half()})
    session.told(NAME, {"do": "hint", "level": 1})
    text = session.told(NAME, {"do": "export"})[0]["text"]
    other = Session("n03", "en", Store(tmp_path / "elsewhere"))
    told = other.told("", {"do": "import", "text": text})
    assert told[0]["do"] == "imported"
    assert told[0]["problems"] == []
    assert other.state(NAME)["answer"] == half()
    twice = other.told("", {"do": "import", "text": text})
    assert "0" in twice[0]["text"]


def test_forged_points_in_an_export_change_nothing(session, tmp_path):
    session.told(NAME, {"do": "check", "answer": half()})
    raw = json.loads(session.told(NAME, {"do": "export"})[0]["text"])
    for record in raw["attempts"]:
        record.update(points=100, outcome="passed", score=100)
    other = Session("n03", "zh", Store(tmp_path / "elsewhere"))
    other.told("", {"do": "import", "text": json.dumps(raw)})
    assert other.score()["score"]["points"] == 3


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"schema": "cstrain.record"}', "\x00"])
def test_bad_import_is_told_and_nothing_is_lost(session, text):
    session.told(NAME, {"do": "check", "answer": half()})
    told = session.told("", {"do": "import", "text": text})
    assert told[0]["problems"]
    assert session.state(NAME)["attempts"] == 1


def test_full_disk_keeps_the_answer_and_says_so(session, monkeypatch):
    def full(*_):
        raise SaveError("save_disk_full", "No space left on device")

    monkeypatch.setattr(Store, "_put", full)
    told = session.told(NAME, {"do": "check", "answer": half()})
    assert told[0]["do"] == "feedback"
    assert told[1]["ok"] is False
    assert "No space left" in told[1]["text"]
    assert session.state(NAME)["answer"] == half()
    monkeypatch.undo()
    session.told(NAME, {"do": "draft", "answer": model()})
    assert again(session).state(NAME)["attempts"] == 1


def test_two_sessions_on_one_folder_lose_nothing(session):
    other = again(session)
    for answer in (half(), model()):
        session.told(NAME, {"do": "check", "answer": answer})
        other.told(NAME, {"do": "check", "answer": answer})
    assert again(session).state(NAME)["attempts"] == 4


@pytest.mark.parametrize("message", [None, 3, {}, {"do": "dance"}, {"do": ["x"]}, {"do": "hint"}])
def test_strange_messages_get_an_answer(session, message):
    told = session.told(NAME, message)
    assert told[0]["do"] in {"error", "refused"}


def test_a_stored_file_cut_in_half_is_told_and_the_rest_is_there(session):
    session.told(NAME, {"do": "check", "answer": half()})
    session.told(NAME, {"do": "check", "answer": model()})
    first = min((session.store.folder / "n03" / "match_stories").glob("*.json"))
    first.write_text(first.read_text(encoding="utf-8")[:40], encoding="utf-8")
    later = again(session)
    assert first.name in later.problems()[0]
    assert later.state(NAME)["answer"] == model()
    assert first.exists()
