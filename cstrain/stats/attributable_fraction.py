"""How much of an outcome would not be there without the exposure."""

from __future__ import annotations

from cstrain.stats.arguments import number, share


def attributable_fraction(exposed_share: float | None, ratio: float | None) -> float | None:
    """Return the population attributable fraction p (1 - 1/RR), after Miettinen (1974).

    `exposed_share` is the share of the exposed among those with the outcome, `ratio` the risk
    ratio, raw or stratified. Below a ratio of 1 the fraction is negative: the exposure protects.
    None when either is unknown or the ratio is 0.

    >>> round(attributable_fraction(0.7, 10), 2)
    0.63
    """
    if exposed_share is None or ratio is None:
        return None
    p, relative = share("exposed_share", exposed_share), number("ratio", ratio, least=0)
    return p * (1 - 1 / relative) if relative else None
