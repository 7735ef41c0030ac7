"""`check_fishbone`: the 100 points of a fishbone (curriculum, N06), part by part.

Each part is reached or not; facts and items say how far it is and what is missing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from cstrain.causes.fishbone import OTHER, SCHEMES, Cause, Fishbone, Measure, dug
from cstrain.causes.whys import LEAST_LEVELS
from cstrain.model import Facts, Item
from cstrain.rules.case_graph import CASES
from cstrain.rules.fish_read import FishRead, read_fishbone
from cstrain.rules.fish_remedies import lacks_remedy
from cstrain.rules.rca_points import Part, PointsReport, shown
from cstrain.rules.why_levels import ways, written
from cstrain.text.normalise import fold
from cstrain.text.numbers import numbers_in

WEIGHTS: Final[Mapping[str, float]] = {
    "head": 10, "bones": 10, "causes": 15, "doubles": 5, "disguised": 5, "votes": 10,
    "whys": 15, "measures": 15, "chosen": 5, "verdicts": 10,
}  # fmt: skip
LEAST_BONES: Final = 5
LEAST_CAUSES: Final = 12
LEAST_ON_BONE: Final = 2
MOST_DISGUISED: Final = 2
TOP: Final = 3  # causes marked, and measures chosen
LEAST_MEASURES: Final = 20
_MOST_ITEMS: Final = 12


def check_fishbone(fishbone: Any, case: str | None = None) -> PointsReport:
    """Return the points of a fishbone; whatever it holds, it is never an exception.

    `fishbone` is a Fishbone or its plain JSON. With `case` (A, B, C) only tests before that
    case's data count. Verdicts are always computed anew, never taken from the answer.

    >>> check_fishbone({"head": {"statement": "Calls wait"}}).total
    0.0
    """
    model = fishbone if isinstance(fishbone, Fishbone) else Fishbone.from_plain(fishbone)[0]
    plain = json.dumps(model.as_plain(), sort_keys=True)
    return _checked(plain, case if case in CASES else None)


@lru_cache(maxsize=8)
def _checked(plain: str, case: str | None) -> PointsReport:
    read = read_fishbone(Fishbone.from_plain(json.loads(plain))[0], case)
    return PointsReport(tuple(part(read) for part in _PARTS))


def _part(key: str, code: str, facts: Facts, items: Sequence[Item] = (), *, met: bool) -> Part:
    code = f"{key}_{code}"
    return Part(key, WEIGHTS[key], float(met), code, facts, tuple(items)[:_MOST_ITEMS])


def _item(key: str, text: str, code: str, facts: Facts | None = None) -> Item:
    return Item(key, "failed", code, {"label": shown(text), **(facts or {})})


# --- head, bones, causes -----------------------------------------------------------------------


def _head(read: FishRead) -> Part:
    """Meet when the head says what, in which metric, how large and against which standard."""
    head = read.fishbone.head.as_plain()
    wrong = {
        "statement": "" if head["statement"].strip() else "head_no_statement",
        "metric": "" if head["metric"].strip() else "head_no_metric",
        "value": _no_number(head["value"], "value"),
        "standard": _no_number(head["standard"], "standard"),
    }
    items = [
        Item(f"head_{key}", "failed", code, {"words": shown(head[key])})
        for key, code in wrong.items()
        if code
    ]
    right = len(wrong) - len(items)
    facts: Facts = {"right": right, "all": len(wrong), "words": shown(head["statement"])}
    code = "measurable" if not items else "open" if right else "empty"
    made = _part("head", code, facts, items, met=not items)
    found = read.judged.head
    asked = head["statement"].strip() and not found.ok and found.reason != "empty"
    notes: tuple[tuple[str, Facts], ...] = ((f"head_is_{found.reason}", {}),) if asked else ()
    return replace(made, notes=notes)


def _no_number(text: str, key: str) -> str:
    if not text.strip():
        return f"head_no_{key}"
    return "" if numbers_in(fold(text[:200]).text) else f"head_{key}_not_number"


def _bones(read: FishRead) -> Part:
    """Meet when five bones carry causes; a scheme of four bones asks for all four."""
    used = _on_bones(read)
    of_scheme = len(SCHEMES.get(read.fishbone.scheme, ())) or LEAST_BONES
    least = min(LEAST_BONES, of_scheme)
    facts = {"count": len(used), "least": least}
    code = "enough" if len(used) >= least else "few" if used else "empty"
    bare = [] if len(used) >= least else [
        _bone_item(one.id, one.name, "bone_bare")
        for one in read.fishbone.categories
        if one.id not in used and one.id != OTHER
    ]  # fmt: skip
    return _part("bones", code, facts, bare if used else (), met=len(used) >= least)


def _on_bones(read: FishRead) -> Counter[str]:
    return Counter(one.category for one in read.causes if one.category != OTHER)


def _bone_item(key: str, name: str, code: str, facts: Facts | None = None) -> Item:
    return Item(key, "failed", code, {"bone": shown(name) or key, **(facts or {})})


def _causes(read: FishRead) -> Part:
    """Meet with twelve distinct causes, at least two on every bone that has any."""
    names = {one.id: one.name for one in read.fishbone.categories}
    thin = [
        _bone_item(key, names.get(key, ""), "bone_thin", {"count": number})
        for key, number in _on_bones(read).items()
        if number < LEAST_ON_BONE
    ]
    count = len(read.causes)
    facts = {"count": count, "least": LEAST_CAUSES, "thin": len(thin)}
    code = "few" if count < LEAST_CAUSES else "thin" if thin else "enough"
    return _part("causes", code if count else "empty", facts, thin, met=code == "enough")


def _doubles(read: FishRead) -> Part:
    """Meet when no two causes are written alike; alike in meaning is only asked about."""
    items = [
        _item(f"double{place}", text, "cause_double", {"words": shown(of)})
        for place, (text, of) in enumerate(read.doubles)
    ]
    code = "found" if items else "none" if read.causes else "empty"
    made = _part("doubles", code, {"count": len(items)}, items, met=code == "none")
    texts = [one.text for one in read.causes]
    asked: list[tuple[str, Facts]] = [
        ("same_meaning", {"words": shown(texts[one.members[0]]),
                          "words_other": shown(texts[one.members[1]])})
        for one in read.judged.duplicates
    ]  # fmt: skip
    return replace(made, notes=tuple(asked[:_MOST_ITEMS]))


def _disguised(read: FishRead) -> Part:
    """Meet when at most two causes are solutions: a remedy that is lacking, or a measure."""
    items = [
        _item(cause.id, cause.text, "lacks_remedy" if lacks_remedy(cause.text) else "is_measure")
        for cause, found in read.found
        if lacks_remedy(cause.text) or found.solution
    ]
    facts = {"count": len(items), "most": MOST_DISGUISED}
    many = len(items) > MOST_DISGUISED
    code = "many" if many else "some" if items else "none" if read.causes else "empty"
    return _part("disguised", code, facts, items, met=code in ("some", "none"))


# --- votes, whys -------------------------------------------------------------------------------


def _votes(read: FishRead) -> Part:
    """Meet when votes are given to at least three causes and exactly three are marked."""
    voted = [one for one in read.causes if one.votes > 0]
    marked = [one for one in read.causes if one.top]
    facts = {"votes": sum(one.votes for one in voted), "count": len(marked), "top": TOP}
    if len(marked) > TOP:
        code = "many_marked"
    elif len(marked) < TOP:
        code = "few_marked" if voted or marked else "empty"
    else:
        code = "given" if len(voted) >= TOP else "few_voted"
    made = _part("votes", code, {**facts, "voted": len(voted)}, met=code == "given")
    return replace(made, notes=tuple(_passed_over(voted, marked)))


def _passed_over(voted: Sequence[Cause], marked: Sequence[Cause]) -> Iterator[tuple[str, Facts]]:
    """Yield a marked cause with fewer votes than one that is not marked."""
    others = [one for one in voted if not one.top]
    if not others or not marked:
        return
    above, below = max(others, key=_votes_of), min(marked, key=_votes_of)
    if above.votes > below.votes:
        one, other = shown(below.text), shown(above.text)
        facts: Facts = {"words": one, "words_other": other, "votes": below.votes}
        yield "marked_below", {**facts, "other": above.votes}


def _votes_of(cause: Cause) -> int:
    return cause.votes


def _whys(read: FishRead) -> Part:
    """Meet when a marked cause has five whys below it that each say something new."""
    deep = {one.id: _depth(read.fishbone, one) for one in read.causes}
    marked = [one for one in read.causes if one.top]
    best = max(marked, key=lambda one: deep[one.id], default=None)
    other = max(read.causes, key=lambda one: deep[one.id], default=None)
    facts: dict[str, Any] = {"least": LEAST_LEVELS, "depth": deep[best.id] if best else 0}
    facts["words"] = shown(best.text) if best else ""
    if best and deep[best.id] >= LEAST_LEVELS:
        return _part("whys", "deep", facts, met=True)
    if other and deep[other.id] >= LEAST_LEVELS:
        return _part("whys", "not_on_top", {**facts, "words": shown(other.text)}, met=False)
    if best and deep[best.id]:
        return _part("whys", "shallow", facts, met=False)
    return _part("whys", "empty", facts, met=False)


def _depth(fishbone: Fishbone, cause: Cause) -> int:
    """Return how many levels below a cause say something new, on its deepest path."""
    if not fishbone.whys.get(cause.id):
        return 0
    return max((one.deep for one in ways(written(dug(fishbone, cause.id)))), default=0)


# --- measures, verdicts ------------------------------------------------------------------------


def _measures(read: FishRead) -> Part:
    """Meet with twenty distinct measures that are each tied to a cause."""
    known = {one.id for one in read.fishbone.causes}
    loose = [one for one in read.measures if one.cause not in known]
    tied = len(read.measures) - len(loose)
    items = [_item(one.id, one.text, "measure_loose") for one in loose]
    items += [
        _item(f"again{place}", text, "measure_double", {"words": shown(of)})
        for place, (text, of) in enumerate(read.measure_doubles)
    ]
    facts = {"count": tied, "least": LEAST_MEASURES, "missing": max(0, LEAST_MEASURES - tied)}
    met = tied >= LEAST_MEASURES
    code = "enough" if met else "few" if read.measures else "empty"
    return _part("measures", code, facts, () if met else items, met=met)


def _chosen(read: FishRead) -> Part:
    """Meet when all measures are rated and the three with the best ratio are chosen."""
    rated = {one.id: one.ratio for one in read.measures if one.ratio is not None}
    chosen = [one for one in read.measures if one.chosen]
    facts: dict[str, Any] = {"rated": len(rated), "all": len(read.measures), "count": len(chosen)}
    facts["top"] = TOP
    if len(rated) < len(read.measures) or not rated:
        items = [
            _item(one.id, one.text, "not_rated") for one in read.measures if one.id not in rated
        ]
        return _part("chosen", "not_rated" if rated else "empty", facts, items, met=False)
    if len(chosen) != TOP:
        code = "few" if len(chosen) < TOP else "many"
        return _part("chosen", code, facts, met=False)
    passed_over = _better_left(read.measures, rated)
    if passed_over is None:
        return _part("chosen", "best", facts, met=True)
    left, taken = passed_over
    facts |= {"words": shown(taken.text), "ratio": round(rated[taken.id], 2)}
    facts |= {"words_other": shown(left.text), "other": round(rated[left.id], 2)}
    return _part("chosen", "not_best", facts, met=False)


def _better_left(
    measures: Sequence[Measure], rated: Mapping[str, float]
) -> tuple[Measure, Measure] | None:
    """Return the best measure left out and the weakest chosen, when the first is the better."""
    left = [one for one in measures if not one.chosen]
    if not left:
        return None
    best = max(left, key=lambda one: rated[one.id])
    weakest = min((one for one in measures if one.chosen), key=lambda one: rated[one.id])
    return (best, weakest) if rated[best.id] > rated[weakest.id] else None


def _verdicts(read: FishRead) -> Part:
    """Meet when the data support one factor and reject another."""
    by = {
        verdict: [one for one in read.tests if one.verdict == verdict]
        for verdict in ("supported", "rejected", "untested")
    }
    stands = any(one.factor != other.factor for one in by["supported"] for other in by["rejected"])
    facts = {key: len(found) for key, found in by.items()}
    items = [_item(one.cause.id, one.cause.text, "test_untested") for one in by["untested"]]
    if stands:
        code = "both"
    elif by["supported"] and by["rejected"]:
        code = "same_factor"
    else:
        code = next((f"only_{one}" for one in ("supported", "rejected", "untested") if by[one]),
                    "empty")  # fmt: skip
    return _part("verdicts", code, facts, () if stands else items, met=stands)


_PARTS: Final[tuple[Callable[[FishRead], Part], ...]] = (
    _head, _bones, _causes, _doubles, _disguised, _votes, _whys, _measures, _chosen, _verdicts,
)  # fmt: skip
