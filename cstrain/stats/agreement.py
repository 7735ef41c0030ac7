"""Agreement of two raters, and of the items of a scale: kappa, alpha, item-total correlation."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cstrain.stats.arguments import cells, mean, missing, share, variance
from cstrain.stats.distributions import z_of
from cstrain.stats.errors import StatsError
from cstrain.stats.intervals import UNKNOWN, Interval

_DUST: Final = 1e-15


@dataclass(frozen=True)
class Kappa:
    """Two raters' agreement, observed, by chance, and beyond chance; n pairs were compared."""

    agreement: float | None
    chance: float | None
    kappa: Interval
    n: int
    excluded: int


@dataclass(frozen=True)
class Alpha:
    """The consistency of a scale of `items` items, from n persons who answered all of them.

    `item_total` has for each item its correlation with the sum of the others.
    """

    alpha: float | None
    item_total: tuple[float | None, ...]
    items: int
    n: int
    excluded: int


def cohen_kappa(first: Iterable[Any], second: Iterable[Any], *, confidence: float = 0.95) -> Kappa:
    """Return Cohen's kappa (1960) of two raters' codes for the same things, in the same order.

    kappa = (agreement - chance) / (1 - chance); the interval has the large-sample variance of
    Fleiss, Cohen and Everitt (1969), unknown when it is 0, as of perfect agreement. A pair with
    a missing code is left out and counted. When agreement by chance is 1 (both always say the
    same one thing) kappa is unknown.

    >>> found = cohen_kappa("PPPPPPPPPPPPPPFFFFFF", "PPPPPPPPPPPPFFPFFFFF")
    >>> round(found.agreement, 2), round(found.chance, 2), round(found.kappa.estimate, 3)
    (0.85, 0.56, 0.659)
    """
    z, codes, codes_2 = z_of(confidence), list(first), list(second)
    if len(codes) != len(codes_2):
        raise StatsError("second", found=f"{len(codes_2)} codes", allowed=f"{len(codes)}")
    both = list(zip(codes, codes_2, strict=True))
    pairs = [pair for pair in both if not any(map(missing, pair))]
    n, excluded = len(pairs), len(both) - len(pairs)
    if not n:
        return Kappa(None, None, UNKNOWN, 0, excluded)
    agreement = sum(a == b for a, b in pairs) / n
    rows, columns = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(rows[code] * columns[code] for code in rows) / n**2
    kappa = kappa_of(agreement, chance)
    if kappa is None:
        return Kappa(agreement, chance, UNKNOWN, n, excluded)
    spread = _kappa_variance(pairs, kappa, chance)
    if spread < _DUST:
        return Kappa(agreement, chance, Interval(kappa, None, None), n, excluded)
    reach = z * math.sqrt(spread)
    around = Interval(kappa, max(-1.0, kappa - reach), min(1.0, kappa + reach))
    return Kappa(agreement, chance, around, n, excluded)


def kappa_of(agreement: float, chance: float) -> float | None:
    """Return kappa of two shares, None when agreement by chance is 1.

    >>> round(kappa_of(0.85, 0.56), 3)
    0.659
    """
    observed, expected = share("agreement", agreement), share("chance", chance)
    return (observed - expected) / (1 - expected) if expected < 1 else None


def cronbach_alpha(answers: Iterable[Sequence[Any]]) -> Alpha:
    """Return Cronbach's alpha (1951) of persons' answers to the items of one scale.

    alpha = k/(k - 1) (1 - sum of the items' variances / variance of the sums). Only complete
    answers count: a person with a missing item is left out and counted, nothing is imputed.
    Below two persons, or when all sums are equal, alpha is unknown. Reverse reversed items first.

    >>> rows = [(5, 6, 5), (4, 4, 5), (6, 7, 6), (3, 3, 4), (5, 5, 6), (2, 3, 2)]
    >>> round(cronbach_alpha(rows).alpha, 3)
    0.954
    """
    rows = [cells(f"answers[{place}]", one) for place, one in enumerate(answers)]
    items = len(rows[0]) if rows else 0
    for place, row in enumerate(rows):
        if len(row) != items or items < 2:
            allowed = "at least 2, in each row the same"
            raise StatsError(f"answers[{place}]", found=f"{len(row)} items", allowed=allowed)
    complete = [[one for one in row if one is not None] for row in rows if None not in row]
    columns = list(zip(*complete, strict=True))
    sums = [math.fsum(row) for row in complete]
    whole = variance(sums)
    alpha = None
    if whole:
        parts = math.fsum(variance(column) or 0.0 for column in columns)
        alpha = items / (items - 1) * (1 - parts / whole)
    rest = [[total - one for total, one in zip(sums, column, strict=True)] for column in columns]
    correlations = (
        correlation(column, others) for column, others in zip(columns, rest, strict=True)
    )
    excluded = len(rows) - len(complete)
    return Alpha(alpha, tuple(correlations), items, len(complete), excluded)


def correlation(first: Iterable[Any], second: Iterable[Any]) -> float | None:
    """Return Pearson's correlation; pairs with a missing value are left out.

    None below two pairs, or when one side does not vary.

    >>> round(correlation([1, 2, 3], [2, 4, 7]), 3)
    0.993
    """
    listed = zip(cells("first", first), cells("second", second), strict=True)
    pairs = [(x, y) for x, y in listed if x is not None and y is not None]
    middle, middle_2 = mean(x for x, _ in pairs), mean(y for _, y in pairs)
    if middle is None or middle_2 is None:
        return None
    spread = math.fsum((x - middle) ** 2 for x, _ in pairs)
    spread_2 = math.fsum((y - middle_2) ** 2 for _, y in pairs)
    if not spread or not spread_2:
        return None
    together = math.fsum((x - middle) * (y - middle_2) for x, y in pairs)
    return min(1.0, max(-1.0, together / math.sqrt(spread * spread_2)))


def _kappa_variance(
    pairs: Sequence[tuple[Hashable, Hashable]], kappa: float, chance: float
) -> float:
    """Return the variance (A + B - C) / (n (1 - chance)^2) of Fleiss, Cohen and Everitt."""
    n = len(pairs)
    rows, columns = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    agreed, apart = 0.0, 0.0
    for (a, b), count in Counter(pairs).items():
        if a == b:
            agreed += count / n * (1 - (rows[a] + columns[a]) / n * (1 - kappa)) ** 2
        else:
            apart += count / n * ((columns[a] + rows[b]) / n) ** 2
    both = agreed + (1 - kappa) ** 2 * apart - (kappa - chance * (1 - kappa)) ** 2
    return max(0.0, both) / (n * (1 - chance) ** 2)
