"""The handle of a lesson in a notebook: the code way, what is kept, and helpful refusals."""

from __future__ import annotations

import pytest

import cstrain
from cstrain import lesson
from cstrain.errors import UnknownNameError


def orphans(tree):
    known = {goal["goal_id"] for goal in tree}
    return {g["goal_id"] for g in tree if g["level"] != "company" and g["parent_id"] not in known}


def late_children(tree):
    deadlines = {goal["goal_id"]: goal["deadline"] for goal in tree}
    return [
        goal["goal_id"]
        for goal in tree
        if goal["parent_id"] in deadlines and goal["deadline"] > deadlines[goal["parent_id"]]
    ]


def test_functions_get_the_points_of_the_choices():
    n03 = lesson("n03", language="en")
    told = n03.check("check_goal_tree", orphans, late_children)
    assert told.points == 10
    assert "10/15" in repr(told)
    assert "<li>" in told._repr_html_()


def test_an_empty_function_is_not_attempted_and_costs_nothing():
    n03 = lesson("n03", language="zh")

    def stretch(history, target, direction, peers=None): ...

    told = n03.check("stretch_ratio", stretch)
    assert told.feedback["outcome"] == "not_attempted"
    assert n03.score() == 0


def test_a_function_that_raises_is_told_and_the_form_stays():
    n03 = lesson("n03", language="en")
    n03.answer("stretch_ratio", {"base": "85.3"})

    def stretch(history, target, direction, peers=None):
        return 1 / 0

    told = n03.check("stretch_ratio", stretch)
    assert "ZeroDivisionError" in told._repr_html_()
    assert told.points == 0.5


def test_a_function_that_changes_its_table_spoils_nothing():
    n03 = lesson("n03", language="en")

    def late_children(tree):
        tree.clear()
        return []

    assert n03.check("check_goal_tree", orphans, late_children).points == 5


def test_the_answers_of_one_handle_are_there_in_the_next():
    lesson("n03", language="zh").answer("match_stories", {"stories": {"alice": "S"}})
    assert lesson("n03", language="en").score() == 1


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: lesson("n3"), 'Did you mean "n03"'),
        (lambda: lesson("n03", language="fr"), "no language"),
        (lambda: lesson("n03").answer("strech_ratio", {}), "stretch_ratio"),
        (lambda: lesson("n03").check("check_goal_tree", len), "orphans"),
        (lambda: lesson("n03").exercise("nothing"), "no exercise"),
    ],
)
def test_unknown_names_are_answered_with_the_nearest(call, said):
    with pytest.raises(UnknownNameError, match=said):
        call()


def test_a_frame_has_its_printed_form_beside_it_and_answers_messages():
    n03 = lesson("n03", language="zh")
    frame = n03.exercise("match_stories")
    sent = []
    frame.send = lambda message, *_: sent.append(message)
    frame._answer(frame, {"do": "check", "answer": {"stories": {"alice": "S"}}}, None)
    assert [one["do"] for one in sent] == ["feedback", "saved", "score"]
    data, _ = frame._repr_mimebundle_()
    assert "cstrain-sheet" in data["text/html"]
    assert data["text/plain"] == repr(frame)
    n03.answer("match_stories", n03.model("match_stories"))
    assert frame.state["points"] == 5


def test_the_record_frame_has_the_score():
    n03 = lesson("n03", language="en")
    n03.answer("match_stories", n03.model("match_stories"))
    assert n03.record().state["score"]["points"] == 5


def test_public_names_are_few_and_all_there():
    assert len([name for name in cstrain.__all__ if name != "__version__"]) <= 12
    assert all(getattr(cstrain, name) for name in cstrain.__all__)
    with pytest.raises(AttributeError, match="no attribute"):
        _ = cstrain.nothing
