"""Edits of a fishbone; each returns a new fishbone and leaves the old one as it was.

>>> fishbone = add_cause(Fishbone(), "process", "No check before shipping")
>>> fishbone = vote(add_cause(fishbone, "", "The form has no field", below="c1"), "c1", 2)
>>> [(one.id, one.category, one.parent, one.votes) for one in fishbone.causes]
[('c1', 'process', '', 2), ('c2', 'process', 'c1', 0)]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cstrain.causes.case_test import CauseTest
from cstrain.causes.errors import CausesError
from cstrain.causes.fishbone import (
    MOST_VOTES,
    RATINGS,
    SCHEMES,
    Category,
    Cause,
    Fishbone,
    Measure,
    bones_of,
)
from cstrain.causes.forest import changed, check_id, free_id, moved, subtree
from cstrain.causes.tree import WhyNode
from cstrain.errors import UnknownNameError


def change_scheme(fishbone: Fishbone, scheme: str, own: Sequence[Category] = ()) -> Fishbone:
    """Return the fishbone with the bones of another scheme, `own` ones behind them.

    An old bone stays as long as causes stand on it.
    """
    if scheme not in SCHEMES:
        raise UnknownNameError("scheme", scheme, SCHEMES)
    bones = {one.id: one for one in (*bones_of(scheme), *own)}
    used = {one.category for one in fishbone.causes}
    stay = [one for one in fishbone.categories if one.id in used and one.id not in bones]
    return replace(fishbone, scheme=scheme, categories=(*bones.values(), *stay))


def add_bone(fishbone: Fishbone, name: str) -> Fishbone:
    """Return the fishbone with one more bone, named by the learner."""
    bone = Category(free_id("b", (one.id for one in fishbone.categories)), name)
    return replace(fishbone, categories=(*fishbone.categories, bone))


def add_cause(fishbone: Fishbone, category: str, text: str, *, below: str = "") -> Fishbone:
    """Return the fishbone with one more cause, on a bone or below another cause.

    Its id is `next_cause(fishbone)`, asked before.
    """
    bone = _bone_under(fishbone, below) if below else _known_bone(fishbone, category)
    cause = Cause(next_cause(fishbone), bone, below, text)
    return replace(fishbone, causes=(*fishbone.causes, cause))


def next_cause(fishbone: Fishbone) -> str:
    """Return the id that the next cause gets."""
    return free_id("c", (one.id for one in fishbone.causes))


def edit_cause(fishbone: Fishbone, cause: str, **changes: Any) -> Fishbone:
    """Return the fishbone with fields of a cause changed: text, evidence, votes, top."""
    if "category" in changes:
        raise CausesError("changes", found=["category"], allowed="move_cause, which moves a bone")
    return replace(fishbone, causes=changed(fishbone.causes, cause, **changes))


def move_cause(fishbone: Fishbone, cause: str, category: str, *, before: str = "") -> Fishbone:
    """Return the fishbone with a cause, and all below it, directly on a bone."""
    causes = moved(fishbone.causes, cause, "", before)
    return _rehung(fishbone, causes, cause, _known_bone(fishbone, category))


def nest_cause(fishbone: Fishbone, cause: str, below: str, *, before: str = "") -> Fishbone:
    """Return the fishbone with a cause, and all below it, hung on another cause."""
    causes = moved(fishbone.causes, cause, check_id(fishbone.causes, below), before)
    return _rehung(fishbone, causes, cause, _bone_under(fishbone, below))


def remove_cause(fishbone: Fishbone, cause: str) -> Fishbone:
    """Return the fishbone without a cause, all below it and its whys.

    Measures against it stay, without a cause.
    """
    gone = subtree(fishbone.causes, check_id(fishbone.causes, cause))
    return replace(
        fishbone,
        causes=tuple(one for one in fishbone.causes if one.id not in gone),
        whys={key: nodes for key, nodes in fishbone.whys.items() if key not in gone},
        measures=tuple(
            replace(one, cause="") if one.cause in gone else one for one in fishbone.measures
        ),
    )


def vote(fishbone: Fishbone, cause: str, by: int = 1) -> Fishbone:
    """Return the fishbone with votes added to a cause or taken away; they end at 0."""
    check_id(fishbone.causes, cause)
    now = next(one.votes for one in fishbone.causes if one.id == cause)
    return edit_cause(fishbone, cause, votes=min(max(now + by, 0), MOST_VOTES))


def mark(fishbone: Fishbone, cause: str, *, top: bool = True) -> Fishbone:
    """Return the fishbone with a cause marked as a likely true one, or not any more."""
    return edit_cause(fishbone, cause, top=top)


def put_before_data(fishbone: Fishbone, cause: str, test: CauseTest | None) -> Fishbone:
    """Return the fishbone with what tests a cause against the data; None takes it away."""
    return edit_cause(fishbone, cause, test=test)


def dig(fishbone: Fishbone, cause: str, nodes: Sequence[WhyNode]) -> Fishbone:
    """Return the fishbone with these whys below a cause; none at all takes them away."""
    check_id(fishbone.causes, cause)
    whys = {**fishbone.whys, cause: tuple(nodes)}
    return replace(fishbone, whys={key: one for key, one in whys.items() if one})


def add_measure(fishbone: Fishbone, text: str, cause: str = "") -> Fishbone:
    """Return the fishbone with one more measure, against a cause where one is named."""
    against = cause and check_id(fishbone.causes, cause)
    measure = Measure(next_measure(fishbone), text, against)
    return replace(fishbone, measures=(*fishbone.measures, measure))


def next_measure(fishbone: Fishbone) -> str:
    """Return the id that the next measure gets."""
    return free_id("m", (one.id for one in fishbone.measures))


def edit_measure(fishbone: Fishbone, measure: str, **changes: Any) -> Fishbone:
    """Return the fishbone with fields of a measure changed: text, cause, owner."""
    if changes.get("cause"):
        check_id(fishbone.causes, changes["cause"])
    known = [one.id for one in fishbone.measures]
    if measure not in known:
        raise UnknownNameError("measure", measure, known)
    if "id" in changes:
        raise CausesError("changes", found=["id"], allowed="all but id")
    measures = (replace(one, **changes) if one.id == measure else one for one in fishbone.measures)
    return replace(fishbone, measures=tuple(measures))


def rate(fishbone: Fishbone, measure: str, *, impact: int | None, effort: int | None) -> Fishbone:
    """Return the fishbone with a measure rated; None leaves a rating open."""
    least, most = RATINGS
    for name, found in (("impact", impact), ("effort", effort)):
        if found is not None and not least <= found <= most:
            raise CausesError(name, found=found, allowed=f"{least} to {most}")
    return edit_measure(fishbone, measure, impact=impact, effort=effort)


def choose(fishbone: Fishbone, measure: str, *, chosen: bool = True) -> Fishbone:
    """Return the fishbone with a measure chosen, or not any more."""
    return edit_measure(fishbone, measure, chosen=chosen)


def remove_measure(fishbone: Fishbone, measure: str) -> Fishbone:
    """Return the fishbone without a measure."""
    kept = edit_measure(fishbone, measure).measures
    return replace(fishbone, measures=tuple(one for one in kept if one.id != measure))


def _known_bone(fishbone: Fishbone, category: str) -> str:
    known = [one.id for one in fishbone.categories]
    if category not in known:
        raise UnknownNameError("bone", category, known)
    return category


def _bone_under(fishbone: Fishbone, cause: str) -> str:
    check_id(fishbone.causes, cause)
    return next(one.category for one in fishbone.causes if one.id == cause)


def _rehung(fishbone: Fishbone, causes: Sequence[Cause], cause: str, category: str) -> Fishbone:
    along = subtree(causes, cause)
    return replace(
        fishbone,
        causes=tuple(replace(one, category=category) if one.id in along else one for one in causes),
    )
