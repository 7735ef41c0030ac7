"""360-degree feedback: mean per type of rater, weighted, and nobody's rating shown alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cstrain.errors import UnknownNameError
from cstrain.stats.arguments import known, mean, weights, whole
from cstrain.stats.scorecard import weighted_mean

SELF: Final = "self"
# Raters who are known by name to everybody: their rating cannot be hidden in a group.
NAMED: Final = frozenset({"supervisor", SELF, "external"})
SMALLEST_GROUP: Final = 3


@dataclass(frozen=True)
class Rating360:
    """The score, one's own rating apart, the means that may be shown, and what was left out.

    `suppressed` names the types with too few raters to stay anonymous, `absent` those without
    any rating; `weight_present` is the weight of those that count.
    """

    score: float | None
    self_score: float | None
    means: Mapping[str, float]
    suppressed: tuple[str, ...]
    absent: tuple[str, ...]
    weight_present: float


def rating_360(
    ratings: Mapping[str, Iterable[Any]],
    shares: Mapping[str, float],
    *,
    self_counts: bool = False,
    smallest_group: int = SMALLEST_GROUP,
    pooled: bool = False,
    renormalise: bool = True,
) -> Rating360:
    """Return the result from ratings by type of rater and weights by type, which add up to 1.

    First the mean per type, then the weights: eight customers do not outvote one supervisor.
    pooled=True takes the mean of all single ratings instead. A type of fewer than
    `smallest_group` raters is suppressed, unless its raters are known by name anyway
    (supervisor, self, external). The weights of what is left out go to the others; with
    renormalise=False the score is unknown instead. One's own rating counts on demand only.

    >>> found = rating_360(
    ...     {"supervisor": [4], "peers": [5, 4, 3], "subordinates": [1, 2], "self": [5]},
    ...     {"supervisor": 0.5, "peers": 0.3, "subordinates": 0.1, "self": 0.1},
    ... )
    >>> found.score, found.self_score, found.suppressed, round(found.weight_present, 2)
    (4.0, 5.0, ('subordinates',), 0.8)
    """
    parts = weights("weights", shares)
    unknown = [name for name in ratings if name not in parts]
    if unknown:
        raise UnknownNameError("type of rater", unknown[0], parts)
    least = whole("smallest_group", smallest_group, least=1)
    read = {name: known(f"ratings[{name}]", ratings.get(name, ())) for name in parts}
    absent = tuple(name for name, found in read.items() if not found)
    few = (name for name, found in read.items() if found and len(found) < least)
    suppressed = tuple(name for name in few if name not in NAMED)
    means = {name: mean(found) for name, found in read.items() if name not in suppressed}
    shown = {name: found for name, found in means.items() if found is not None}
    counted = {name: one for name, one in shown.items() if self_counts or name != SELF}
    score, present = weighted_mean(counted, parts)
    if pooled:
        score = mean(one for name in counted for one in read[name])
    if not renormalise and any(parts[name] for name in (*absent, *suppressed) if name != SELF):
        score = None
    return Rating360(score, shown.get(SELF), shown, suppressed, absent, present)
