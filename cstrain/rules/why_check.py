"""`check_whys`: the points of a why tree, for a case by its causal graph, else by what was tried.

Depth 25, evidence 25, no blame and no dead end 20, links 20, root 10 (curriculum, N05).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from cstrain.causes.tree import WhyNode, WhyTree
from cstrain.causes.whys import LEAST_LEVELS, LevelFinding
from cstrain.model import Facts, Item
from cstrain.rules.case_graph import CASES, CaseGraph, case_graph
from cstrain.rules.rca_points import Part, PointsReport, shown
from cstrain.rules.why_levels import Levels, Way, ways, written
from cstrain.rules.why_places import Stand, stands

WEIGHTS: Final[Mapping[str, float]] = {
    "depth": 25, "evidence": 25, "blame": 20, "links": 20, "root": 10,
}  # fmt: skip
_MOST_ITEMS: Final = 20
# Any other kind of a last level is a dead end: nothing to ask on about, or nothing to change.
_ALIVE: Final = ("cause",)


@dataclass(frozen=True)
class _Read:
    """All that the parts look at; `graph` and `places` only in a case."""

    levels: Levels
    best: Way
    found: Mapping[str, LevelFinding]
    graph: CaseGraph | None
    places: Mapping[str, Stand]


def check_whys(tree: Any, case: str | None = None) -> PointsReport:
    """Return the points of a why tree; whatever it holds, it is never an exception.

    `tree` is a WhyTree or its plain JSON. With `case` (A, B, C) evidence and links are judged by
    the case's causal graph; without one, evidence is whatever a level names, and a link counts
    when its back-test was confirmed. The best path decides depth and root; evidence and links
    are shares over all levels.

    >>> report = check_whys({"problem": "late", "nodes": [{"id": "a", "text": "no roster"}]})
    >>> report.part("depth").code, report.total
    ('depth_few', 20.0)
    """
    model = tree if isinstance(tree, WhyTree) else WhyTree.from_plain(tree)[0]
    return _checked(model, case if case in CASES else None)


@lru_cache(maxsize=16)
def _checked(tree: WhyTree, case: str | None) -> PointsReport:
    levels = written(tree)
    if not levels.nodes:
        return PointsReport(tuple(_part(key, 0.0, f"{key}_empty", {}) for key in WEIGHTS))
    read = _read(levels, case_graph(case) if case else None)
    parts = (_depth(read), _evidence(read), _blame(read), _links(read), _root(read))
    return PointsReport(parts)


def _read(levels: Levels, graph: CaseGraph | None) -> _Read:
    places = stands(levels.nodes, graph) if graph else {}
    judged = [_by_graph(one, places) for one in ways(levels)]
    best = max(judged, key=lambda one: _merit(one, places))
    found: dict[str, LevelFinding] = {}
    for way in (best, *judged):
        for node, level in zip(way.nodes, way.judged.levels, strict=True):
            found.setdefault(node.id, level)
    return _Read(levels, best, found, graph, places)


def _by_graph(way: Way, places: Mapping[str, Stand]) -> Way:
    """Return a path on which the case decides what says something new.

    Levels of one chain share many words ("no article", "no line for documents"). Where the cards
    put a level on the next place, it is the next step, even if it reads like one before it.
    """
    levels = tuple(
        replace(level, kind="cause", circle_to=None)
        if level.kind.startswith("restates_")
        and node.id in places
        and places[node.id].link == "next"
        else level
        for node, level in zip(way.nodes, way.judged.levels, strict=True)
    )
    return replace(way, judged=replace(way.judged, levels=levels))


def _merit(way: Way, places: Mapping[str, Stand]) -> tuple[float, ...]:
    """Return what makes a path the one that the tree is judged by."""
    last = way.nodes[-1]
    placed = sum(places[one.id].place is not None for one in way.nodes if one.id in places)
    return (
        min(way.deep, LEAST_LEVELS),
        way.judged.levels[-1].kind in _ALIVE,
        _is_process(way, places),
        last.controllable is True,
        placed,
        way.deep,
    )


def _is_process(way: Way, places: Mapping[str, Stand]) -> bool:
    """Say whether a path ends in a process, rule or design; the case's own root is one."""
    if way.judged.root_actionable.value:
        return True
    stand = places.get(way.nodes[-1].id)
    at_root = stand is not None and stand.place is not None and stand.place.root
    return at_root and way.judged.levels[-1].kind in _ALIVE


def _part(key: str, share: float, code: str, facts: Facts, items: Sequence[Item] = ()) -> Part:
    return Part(key, WEIGHTS[key], share, code, facts, tuple(items)[:_MOST_ITEMS])


# --- depth -------------------------------------------------------------------------------------


def _depth(read: _Read) -> Part:
    levels = read.best.judged.levels
    deep = read.best.deep
    facts: Facts = {
        "new": deep,
        "given": len(levels),
        "least": LEAST_LEVELS,
        "words": shown(read.best.nodes[-1].text),
    }
    items = [
        _item(node, f"level_{one.kind}", {"to": one.circle_to or 0})
        for node, one in zip(read.best.nodes, levels, strict=True)
        if not one.adds
    ]
    items += _again(read, "level_again")
    if deep >= LEAST_LEVELS:
        code = "depth_reached"
    else:
        code = "depth_few" if len(levels) < LEAST_LEVELS else "depth_not_new"
    made = _part("depth", float(deep >= LEAST_LEVELS), code, facts, items)
    return replace(made, notes=tuple(_depth_notes(read)))


def _depth_notes(read: _Read) -> Iterator[tuple[str, Facts]]:
    if read.levels.left:
        yield "levels_left", {"count": read.levels.left}
    for node in read.levels.nodes:
        if node.id in read.found and read.found[node.id].two_levels_in_one:
            yield "two_in_one", {"words": shown(node.text)}


def _item(node: WhyNode, code: str, facts: Facts | None = None, *, good: bool = False) -> Item:
    label = {"label": shown(node.text)}
    return Item(node.id, "passed" if good else "failed", code, {**label, **(facts or {})})


def _again(read: _Read, code: str) -> list[Item]:
    return [_item(one.node, code, {"words": one.of}) for one in read.levels.repeated]


# --- evidence ----------------------------------------------------------------------------------


def _evidence(read: _Read) -> Part:
    items = [_evidence_item(one, read) for one in read.levels.nodes]
    good = sum(one.outcome == "passed" for one in items)
    items += _again(read, "said_again")
    facts = {"right": good, "all": read.levels.count}
    made = _part("evidence", good / read.levels.count, _how_many("evidence", facts), facts, items)
    return replace(made, notes=tuple(_opinions(read)))


def _how_many(key: str, facts: Mapping[str, int]) -> str:
    if facts["right"] == facts["all"]:
        return f"{key}_all"
    return f"{key}_some" if facts["right"] else f"{key}_none"


def _evidence_item(node: WhyNode, read: _Read) -> Item:
    given = tuple(one for one in node.evidence if one.strip())
    if read.graph is None:
        if not given:
            return _item(node, "no_evidence")
        return _item(node, "own_evidence", {"words": shown(given[0])}, good=True)
    cards = {"cards": shown(", ".join(given))}
    if read.places[node.id].place is not None:
        return _item(node, "card_fits", cards, good=True)
    return _item(node, _misfit(given, read.graph), cards)


def _misfit(cards: tuple[str, ...], graph: CaseGraph) -> str:
    """Return why cards are no evidence where they are: the kindest reason that holds."""
    if not cards:
        return "no_card"
    kinds = {graph.kinds.get(one, "unknown") for one in cards}
    if "true" in kinds:
        return "card_elsewhere" if graph.supported(cards) else "card_of_head"
    return f"card_{next(one for one in ('irrelevant', 'opinion', 'unknown') if one in kinds)}"


def _opinions(read: _Read) -> Iterator[tuple[str, Facts]]:
    """Yield opinions among the cards: a finding of its own, whatever else stands on the level."""
    kinds = read.graph.kinds if read.graph else {}
    for node in read.levels.nodes:
        said = [one for one in node.evidence if kinds.get(one) == "opinion"]
        if said:
            yield "opinion_card", {"words": shown(node.text), "cards": ", ".join(said)}


# --- blame and dead ends -----------------------------------------------------------------------


def _blame(read: _Read) -> Part:
    blamed = [one for one in read.levels.nodes if _kind(one, read) == "blame"]
    last = read.best.nodes[-1]
    kind = read.best.judged.levels[-1].kind
    items = [_item(one, "blames", {"words": shown(read.found[one.id].evidence)}) for one in blamed]
    if kind not in _ALIVE and kind != "blame":
        items.append(_item(last, f"end_{kind}"))
    facts: Facts = {"count": len(blamed), "words": shown(blamed[0].text if blamed else last.text)}
    code = "blame_free" if not items else "blame_found" if blamed else "dead_end"
    return _part("blame", float(not items), code, facts, items)


def _kind(node: WhyNode, read: _Read) -> str:
    return read.found[node.id].kind if node.id in read.found else ""


# --- links -------------------------------------------------------------------------------------


def _links(read: _Read) -> Part:
    items = [_link_item(one, read) for one in read.levels.nodes]
    good = sum(one.outcome == "passed" for one in items)
    facts = {"right": good, "all": read.levels.count}
    wrong = [one for one in items if one.outcome != "passed"] + _again(read, "said_again")
    made = _part("links", good / read.levels.count, _how_many("links", facts), facts, wrong)
    return replace(made, notes=tuple(_own_breaks(read)))


def _own_breaks(read: _Read) -> Iterator[tuple[str, Facts]]:
    """Yield the links of a case that the learner herself found broken."""
    for node in read.levels.nodes:
        if read.graph and node.back_test is False:
            yield "own_break", {"words": shown(node.text)}


def _link_item(node: WhyNode, read: _Read) -> Item:
    texts = {one.id: one.text for one in read.levels.nodes}
    above = {"words": shown(texts.get(node.parent, read.levels.problem))}
    if read.graph is None:
        code = {True: "holds", None: "not_asked", False: "broken"}[node.back_test]
        return _item(node, code, above, good=node.back_test is True)
    stand = read.places[node.id]
    if stand.linked:
        return _item(node, "holds", above, good=True)
    code = stand.link
    if code == "jump" and not node.parent:
        code = "jump_from_problem"
    elif code == "open" and stand.place is not None:
        code = "open_above"
    return _item(node, code, above)


# --- root --------------------------------------------------------------------------------------


def _root(read: _Read) -> Part:
    last = read.best.nodes[-1]
    facts = {"words": shown(last.text)}
    if not _is_process(read.best, read.places):
        judged = read.best.judged
        reason = judged.root_actionable.reason.replace(".", "_")
        if "restates" in reason and judged.levels[-1].kind in _ALIVE:  # the graph said otherwise
            reason = "symptom"
        return _part("root", 0.0, f"root_{reason}", facts)
    code = {True: "root_right", None: "root_not_asked", False: "root_not_ours"}
    return _part("root", float(last.controllable is True), code[last.controllable], facts)
