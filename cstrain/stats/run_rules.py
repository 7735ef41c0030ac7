"""Run rules: which patterns of points on a control chart are more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

_DUST: Final = 1e-9  # a point on a limit is not beyond it


@dataclass(frozen=True)
class RunRule:
    """A pattern: `needed` of `window` points in a row.

    `beyond`: that many on one side, further than `sigmas` from the centre (None: than the
    chart's own limits), the newest among them. `trend`: each higher, or each lower, than the one
    before. `alternating`: up and down in turn.
    """

    code: str
    kind: Literal["beyond", "trend", "alternating"]
    needed: int
    window: int
    sigmas: float | None = None


# Western Electric, Statistical Quality Control Handbook (1956), the four zone tests.
WESTERN_ELECTRIC: Final = (
    RunRule("WE1", "beyond", 1, 1),
    RunRule("WE2", "beyond", 2, 3, 2),
    RunRule("WE3", "beyond", 4, 5, 1),
    RunRule("WE4", "beyond", 8, 8, 0),
)
# Nelson, Journal of Quality Technology 16 (1984), the first four of eight.
NELSON: Final = (
    RunRule("N1", "beyond", 1, 1),
    RunRule("N2", "beyond", 9, 9, 0),
    RunRule("N3", "trend", 6, 6),
    RunRule("N4", "alternating", 14, 14),
)
LIMITS_ONLY: Final = WESTERN_ELECTRIC[:1]


def broken_rules(
    distances: Sequence[float | None], rules: Sequence[RunRule], limit: float = 3
) -> list[tuple[str, ...]]:
    """Return for each point the codes of the rules whose pattern it completes.

    A distance is (value - centre) / sigma, None for a missing point: that one breaks every run.

    >>> broken_rules([0.5, 2.1, 0.3, 2.4, 3.2], WESTERN_ELECTRIC)
    [(), (), (), ('WE2',), ('WE1', 'WE2')]
    """
    found: list[tuple[str, ...]] = []
    longest = max((rule.window for rule in rules), default=0)
    run: list[float] = []
    for one in distances:
        run = [] if one is None else [*run[-longest:], one]
        found.append(tuple(rule.code for rule in rules if run and _broken(run, rule, limit)))
    return found


def _broken(run: Sequence[float], rule: RunRule, limit: float) -> bool:
    """Say whether the last point of a run completes the pattern."""
    recent = run[-rule.window :]
    if rule.kind == "beyond":
        sigmas = limit if rule.sigmas is None else rule.sigmas
        side = 1 if recent[-1] > 0 else -1
        outside = [one * side > sigmas + _DUST for one in recent]
        return outside[-1] and sum(outside) >= rule.needed
    if len(recent) < rule.window:
        return False
    steps = [(later > one + _DUST) - (later < one - _DUST) for one, later in pairwise(recent)]
    if rule.kind == "trend":
        return 0 not in steps and len(set(steps)) == 1
    return 0 not in steps and all(a == -b for a, b in pairwise(steps))
