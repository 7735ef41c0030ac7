"""Erlang A: a queue whose callers hang up, each with an exponential patience (M/M/n+M).

Mandelbaum and Zeltyn, "The Palm/Erlang-A queue, with applications to call centers" (2005). With
arrival rate v, service rate u, n agents and hang-up rate h, let x = n u / h and y = v / h. The
states with k callers waiting are as T(k) = y^k / ((x + 1) ... (x + k)) to the state n, and
sum T = x e^y y^-x g(x, y), g the lower incomplete gamma function. A patient caller who finds all
agents busy would wait longer than t with probability g(x, y e^(-h t)) / g(x, y), and would wait
longer and be served then with probability g(x + 1, y e^(-h t)) / (y g(x, y)).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from cstrain.stats.arguments import number
from cstrain.stats.erlang import Code, checked, erlang_c, inverse_b
from cstrain.stats.errors import StatsError

Base = Literal["offered", "offered_short_ok", "answered", "answered_or_late"]
BASES: Final[tuple[Base, ...]] = ("offered", "offered_short_ok", "answered", "answered_or_late")
_NEGLIGIBLE: Final = 1e-19  # of the largest term of a sum
_SINGLE: Final = 1000  # from here on the next term of the series is below 1e-11
_MOST_PATIENT: Final = 1e7  # arrivals within one mean patience; beyond it say math.inf


@dataclass(frozen=True)
class ErlangA:
    """A queue of callers who hang up, in the long run; None where it is not stable.

    Never unstable, unless patience is infinite and the load at least the number of agents.
    `asa_s` is the mean wait of those answered, `mean_wait_s` that of all callers.
    `service_levels` names its conventions, as the KPI does, with T the target:
    offered: answered within T / all; offered_short_ok: (answered + hung up within T) / all;
    answered: answered within T / answered; answered_or_late: answered within T / (answered +
    hung up after T).
    """

    code: Code
    wait_probability: float | None
    abandonment: float | None
    asa_s: float | None
    mean_wait_s: float | None
    occupancy: float | None
    service_levels: Mapping[Base, float | None]


class _Waiting(NamedTuple):
    """Of those who find all agents busy."""

    log_sum: float  # ln sum T
    queue: float  # mean number waiting
    served_wait: float  # mean of (wait x answered), in patiences


def erlang_a(
    load: float, agents: int, *, aht_s: float, patience_s: float, target_s: float = 20
) -> ErlangA:
    """Return the figures of the queue; patience_s=math.inf gives Erlang C.

    >>> found = erlang_a(10, 13, aht_s=180, patience_s=300, target_s=20)
    >>> [round(one, 3) for one in (found.wait_probability, found.abandonment, found.occupancy)]
    [0.226, 0.025, 0.75]
    >>> round(found.service_levels["offered"], 3), round(found.service_levels["answered"], 3)
    (0.858, 0.88)
    """
    a, n = checked(load, agents)
    handling = number("aht_s", aht_s, above=0)
    target = number("target_s", target_s, least=0)
    if patience_s == math.inf:
        return _patient(a, n, handling, target)
    patience = number("patience_s", patience_s, above=0)
    x, y = n * patience / handling, a * patience / handling
    if x > _MOST_PATIENT or y > _MOST_PATIENT:
        most = _MOST_PATIENT / max(a, n) * handling
        raise StatsError("patience_s", found=patience_s, allowed=f"up to {most:.3g}, or inf")
    if not y:
        return ErlangA("stable", 0.0, 0.0, 0.0, 0.0, a / n, dict.fromkeys(BASES, 1.0))
    waiting = _waiting(x, y)
    # P(wait) = S B / (1 + (S - 1) B), written without B that may be too small or S too large
    chance = 1 / (1 + (inverse_b(a, n) - 1) * math.exp(-waiting.log_sum))
    abandonment = min(1.0, chance * waiting.queue / y)
    served = 1 - abandonment
    late, late_served = _late(x, y, target / patience, waiting.log_sum)
    answered_late = min(served, chance * late_served)
    hung_up_late = min(abandonment, max(0.0, chance * late - answered_late))
    levels = _levels(served - answered_late, abandonment - hung_up_late, abandonment)
    asa = patience * chance * waiting.served_wait / served if served else None
    return ErlangA(
        "stable", chance, abandonment, asa, abandonment * patience, a * served / n, levels
    )


def _patient(load: float, agents: int, aht_s: float, target_s: float) -> ErlangA:
    found = erlang_c(load, agents, aht_s=aht_s, target_s=target_s)
    levels = dict.fromkeys(BASES, found.service_level)
    nobody = None if found.code == "unstable" else 0.0
    return ErlangA(
        found.code,
        found.wait_probability,
        nobody,
        found.asa_s,
        found.asa_s,
        found.occupancy,
        levels,
    )


def _levels(answered: float, hung_up: float, abandonment: float) -> dict[Base, float | None]:
    """Return the service levels from the shares answered and hung up within the target."""
    served, judged = 1 - abandonment, 1 - hung_up
    return {
        "offered": answered,
        "offered_short_ok": answered + hung_up,
        "answered": min(1.0, answered / served) if served else None,
        "answered_or_late": min(1.0, answered / judged) if judged else None,
    }


def _waiting(x: float, y: float) -> _Waiting:
    """Return the figures of those who find all agents busy, from the terms of sum T."""
    log_sum, first, weights = _terms(x, y)
    whole = math.fsum(weights)
    queue = math.fsum(k * weight for k, weight in enumerate(weights, first)) / whole
    served = []
    harmonic = _digamma(x + first + 1) - _digamma(x + 1)  # 1/(x + 1) + ... + 1/(x + k)
    for k, weight in enumerate(weights, first):
        harmonic += 1 / (x + k + 1)
        served.append(weight * x / (x + k + 1) * harmonic)
    return _Waiting(log_sum, queue, math.fsum(served) / whole)


def _late(x: float, y: float, target: float, log_sum: float) -> tuple[float, float]:
    """Return P(patience and offered wait > target), P(answered after it), given all are busy.

    The target is in patiences. g(x, z) = z^x e^-z sum T(z) / x turns the ratios of incomplete
    gamma functions into ratios of sums, in logarithms.
    """
    z = y * math.exp(-target)
    if not z:
        return 0.0, 0.0
    shift = -x * target - y * math.expm1(-target)  # ln of (z / y)^x e^(y - z)
    longer = math.exp(min(0.0, shift + _terms(x, z)[0] - log_sum))
    served = math.exp(min(0.0, shift - target + _terms(x + 1, z)[0] - log_sum)) * x / (x + 1)
    return longer * math.exp(-target), served


def _terms(x: float, y: float) -> tuple[float, int, list[float]]:
    """Return ln sum T(k), the first k that counts, and T from there on, the largest being 1."""
    mode = max(0, math.floor(y - x))
    weight, below = 1.0, []
    for k in range(mode, 0, -1):  # from k to k - 1
        weight *= (x + k) / y
        below.append(weight)
        if weight < _NEGLIGIBLE:
            break
    weights, weight, k = [*reversed(below), 1.0], 1.0, mode
    while weight > _NEGLIGIBLE:
        k += 1
        weight *= y / (x + k)
        weights.append(weight)
    log_sum = _log_term(x, y, mode) + math.log(math.fsum(weights))
    return log_sum, mode - len(below), weights


def _log_term(x: float, y: float, k: int) -> float:
    """Return ln T(k): the first factors one by one, the others by Stirling's series.

    In the series ln y cancels by itself, so that no large numbers are taken from each other.
    """
    single = min(k, _SINGLE)
    log = math.fsum(math.log(y / (x + one)) for one in range(1, single + 1))
    if k == single:
        return log
    a, b = x + single + 1, x + k + 1  # the other factors are gamma(b) / gamma(a)
    log += (a - 0.5) * math.log1p((a - y) / y) - (b - 0.5) * math.log1p((b - y) / y)
    return log + (k - single) - (1 / b - 1 / a) / 12


def _digamma(x: float) -> float:
    """Return the derivative of ln gamma for x > 0 (Abramowitz and Stegun 6.3.5, 6.3.18)."""
    below = 0.0
    while x < 10:
        below -= 1 / x
        x += 1
    inverse, series = 1 / (x * x), 0.0
    for coefficient in (-1 / 132, 1 / 240, -1 / 252, 1 / 120, -1 / 12):
        series = inverse * (coefficient + series)
    return below + math.log(x) - 0.5 / x + series
