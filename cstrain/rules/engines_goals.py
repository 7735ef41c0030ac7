"""The engines of lesson N03: the stretch ratio, and the troubles of a goal tree."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from cstrain.datasets import rows
from cstrain.goals.goal_tree import (
    Guard,
    Late,
    Levels,
    Parent,
    Under,
    conflicts,
    late_children,
    orphans,
)
from cstrain.goals.metrics import relations
from cstrain.goals.stretch import (
    Above,
    Below,
    Best,
    Bounds,
    Definition,
    Flat,
    StretchReading,
    stretch_reading,
)
from cstrain.rules.engine import CaseArgs, Choices, Difference, Engine, plain_value, short

TOLERANCE: Final = 0.005  # of a stretch ratio, curriculum 0.5


def _stretch_arguments(args: CaseArgs) -> tuple[Any, ...]:
    peers = args.get("peers")
    history = list(args["history"])
    if peers is None:
        return history, args["target"], args["direction"]
    return history, args["target"], args["direction"], list(peers)


def definition_of(choices: Choices) -> Definition:
    """Return the definition that a builder's choices stand for."""
    return Definition(
        base_periods=int(choices["base"].removeprefix("last_")),
        best=cast("Best", choices["best"]),
        best_window=int(choices["window"].removeprefix("last_")),
        above=cast("Above", choices["above"]),
        below=cast("Below", choices["below"]),
        bounds=cast("Bounds", choices["bounds"]),
        flat=cast("Flat", choices["flat"]),
    )


def _run_stretch(choices: Choices, args: CaseArgs) -> list[Any]:
    reading: StretchReading = stretch_reading(
        args["history"],
        args["target"],
        args["direction"],
        args.get("peers"),
        definition_of(choices),
    )
    return [reading.ratio, reading.zone]


def _compare_stretch(given: Any, right: Any, _: CaseArgs) -> Difference | None:
    if not isinstance(given, list) or len(given) != 2:
        return Difference("not_a_pair", {"words": short(given)})
    if not _same_ratio(given[0], right[0]):
        return Difference("other_ratio", {"words": short(given[0])})
    if not isinstance(given[1], str) or given[1].strip() != right[1]:
        return Difference("other_zone", {"words": short(given[1])})
    return None


def _same_ratio(given: Any, right: float | None) -> bool:
    if right is None or given is None:
        return given is right
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        return False
    return math.isclose(given, right, rel_tol=0, abs_tol=TOLERANCE)


def _tree(args: CaseArgs) -> list[dict[str, Any]]:
    if "dataset" in args:
        return [dict(row) for row in rows(args["dataset"])]
    return [dict(row) for row in args["tree"]]


def _run_orphans(choices: Choices, args: CaseArgs) -> Any:
    found = orphans(
        _tree(args),
        levels=cast("Levels", choices["levels"]),
        parent=cast("Parent", choices["parent"]),
    )
    return plain_value(found)


def _run_late(choices: Choices, args: CaseArgs) -> Any:
    return plain_value(late_children(_tree(args), late=cast("Late", choices["late"])))


def _run_conflicts(choices: Choices, args: CaseArgs) -> Any:
    found = conflicts(
        _tree(args),
        relations().conflicts,
        under=cast("Under", choices["under"]),
        guard=cast("Guard", choices["guard"]),
    )
    return plain_value({tuple(sorted(pair)) for pair in found})


def _compare_ids(given: Any, right: Any, _: CaseArgs) -> Difference | None:
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        return Difference("not_ids", {"words": short(given)})
    return _compare_sets(set(given), set(right))


def _compare_pairs(given: Any, right: Any, _: CaseArgs) -> Difference | None:
    if not isinstance(given, list) or not all(_is_pair(one) for one in given):
        return Difference("not_pairs", {"words": short(given)})
    return _compare_sets(_unordered(given), _unordered(right))


def _is_pair(one: Any) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(isinstance(name, str) for name in one)


def _unordered(pairs: Iterable[list[str]]) -> set[str]:
    return {" + ".join(sorted(pair)) for pair in pairs}


def _compare_sets(given: set[str], right: set[str]) -> Difference | None:
    if given == right:
        return None
    facts = {"missing": len(right - given), "extra": len(given - right)}
    return Difference("other_set", facts)


GOAL_ENGINES: Final[Mapping[str, Engine]] = {
    "stretch": Engine(
        questions={
            "base": ("last_1", "last_3", "last_6", "last_12"),
            "best": ("single", "mean3", "mean"),
            "window": ("last_12", "last_24"),
            "above": ("target_base", "best_target", "target_best"),
            "below": ("best_base", "target_base", "base"),
            "bounds": ("both_in", "lower_in", "upper_in", "both_out"),
            "flat": ("peers", "zero", "none"),
        },
        right={
            "base": "last_3",
            "best": "mean3",
            "window": "last_12",
            "above": "target_base",
            "below": "best_base",
            "bounds": "both_in",
            "flat": "peers",
        },
        arguments=_stretch_arguments,
        run=_run_stretch,
        compare=_compare_stretch,
    ),
    "orphans": Engine(
        questions={
            "levels": ("below_company", "all", "team_person"),
            "parent": ("empty_or_missing", "empty"),
        },
        right={"levels": "below_company", "parent": "empty_or_missing"},
        arguments=lambda args: (_tree(args),),
        run=_run_orphans,
        compare=_compare_ids,
    ),
    "late_children": Engine(
        questions={"late": ("later", "later_or_same")},
        right={"late": "later"},
        arguments=lambda args: (_tree(args),),
        run=_run_late,
        compare=_compare_ids,
    ),
    "conflicts": Engine(
        questions={"under": ("same", "any"), "guard": ("either", "both", "ignored")},
        right={"under": "same", "guard": "either"},
        arguments=lambda args: (_tree(args), list(relations().conflicts)),
        run=_run_conflicts,
        compare=_compare_pairs,
    ),
}
