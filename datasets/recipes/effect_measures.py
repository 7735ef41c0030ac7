"""The factors of the cases that are no risk by exposure: medians, a share, a correlation."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import correlation, fmean, median
from typing import Final

from effect_rows import BATCH_DAY, Row, returned

from cstrain.datasets import typed_rows
from cstrain.stats.intervals import newcombe

Z: Final = 1.959964
LEFT: Final = datetime(2025, 5, 1)  # noqa: DTZ001 - tables hold local times
Bounds = tuple[float, float, float]  # estimate, low, high


@dataclass(frozen=True)
class Measure:
    """A factor's figures: those of the two groups where there are two, the estimate, its interval.

    `how` differs from that of the test where a tempting choice compares something else.
    """

    case: str
    factor: str
    rows: str
    how: str
    first_n: int
    first: float | None
    second_n: int
    second: float | None
    estimate: float
    low: float
    high: float


def measures() -> list[Measure]:
    """Return all measures, case by case."""
    return [*_finance(), *_technician(), *_complaints(), *_handling_time()]


def _finance() -> list[Measure]:
    back = returned()
    parts = {"since": [], "before": []}
    for one in back:
        parts["since" if one["received_at"].date() >= BATCH_DAY else "before"].append(one)
    made = []
    for name, rows, start in (
        ("whole_wait", parts["since"], "received_at"),
        ("finance_since", parts["since"], "inspected_at"),
        ("finance_before", parts["before"], "inspected_at"),
    ):
        days = {
            site: [
                _days(one[start], one["refunded_at"]) for one in rows if one["warehouse"] == site
            ]
            for site in ("W2", "W1")
        }
        found = difference(middle(days["W2"]), middle(days["W1"]))
        groups = _medians(days["W2"], days["W1"])
        made.append(Measure("A", "D5", name, "median_difference", *groups, *found))
    return made


def _technician() -> list[Measure]:
    made = []
    jobs = typed_rows("B.repairs")
    for name, kept in (
        ("all_jobs", jobs),
        ("wrong_trade", [one for one in jobs if not one["first_trade_ok"]]),
        ("right_trade", [one for one in jobs if one["first_trade_ok"]]),
    ):
        hours: dict[bool, list[float]] = defaultdict(list)
        for one in kept:
            took = 24 * _days(one["reported_at"], one["completed_at"])
            hours[one["reported_at"] >= LEFT].append(took)
        found = ratio(middle(hours[True]), middle(hours[False]))
        groups = _medians(hours[True], hours[False])
        made.append(Measure("B", "D4", name, "median_ratio", *groups, *found))
    return made


def _medians(one: list[float], two: list[float]) -> tuple[int, float, int, float]:
    return len(one), median(one), len(two), median(two)


def _complaints() -> list[Measure]:
    log = typed_rows("C.contacts")
    made = []
    for name, kept in (
        ("share_all", log),
        ("share_phone", [one for one in log if one["channel"] == "phone"]),
    ):
        july, april = (_complaining(kept, month) for month in (7, 4))
        found = newcombe(july, april)
        known = (found.estimate or 0.0, found.low or 0.0, found.high or 0.0)
        shares = (july[1], july[0] / july[1], april[1], april[0] / april[1])
        made.append(Measure("C", "D4", name, "share_difference", *shares, *known))
    july, april = (_complaining(log, month) for month in (7, 4))
    # Two counts: the logarithm of their ratio has the variance 1/a + 1/b.
    error = math.sqrt(1 / july[0] + 1 / april[0])
    times = july[0] / april[0]
    bounds = (times, times * math.exp(-Z * error), times * math.exp(Z * error))
    counts = (july[1], float(july[0]), april[1], float(april[0]))
    return [Measure("C", "D4", "count_all", "count_ratio", *counts, *bounds), *made]


def _complaining(log: Sequence[Row], month: int) -> tuple[int, int]:
    own = [one["reason"] == "complaint" for one in log if one["at"].month == month]
    return sum(own), len(own)


def _handling_time() -> list[Measure]:
    site = {one["agent_id"]: one["site"] for one in typed_rows("C.agents")}
    own: dict[str, list[Row]] = defaultdict(list)
    for one in typed_rows("C.agent_months"):
        own[one["agent_id"]].append(one)
    made = []
    for name, sites in (("all_agents", "S1 S2"), ("s1_agents", "S1"), ("s2_agents", "S2")):
        agents = [rows for agent, rows in own.items() if site[agent] in sites.split()]
        pairs = [[fmean(one[kpi] for one in rows) for kpi in ("AHT", "FCR")] for rows in agents]
        r = correlation(*zip(*pairs, strict=True))
        reach = Z / math.sqrt(len(pairs) - 3)  # of Fisher's z
        low, high = (math.tanh(math.atanh(r) + side * reach) for side in (-1, 1))
        n = len(pairs)
        made.append(Measure("C", "D5", name, "correlation", n, None, n, None, r, low, high))
    return made


def middle(values: Sequence[float]) -> Bounds:
    """Return the median and its 95 % interval by order statistics.

    The k-th smallest and the k-th largest value, k = n/2 - 1.96 sqrt(n)/2 rounded down.
    """
    ordered = sorted(values)
    k = max(1, math.floor(len(ordered) / 2 - Z * math.sqrt(len(ordered)) / 2))
    return median(ordered), ordered[k - 1], ordered[-k]


def difference(one: Bounds, two: Bounds) -> Bounds:
    """Return the difference with an interval from the two intervals (method of variance recovery).

    >>> difference((5, 4, 6), (2, 2, 2))
    (3, 2.0, 4.0)
    """
    (m1, l1, u1), (m2, l2, u2) = one, two
    estimate = m1 - m2
    low = estimate - math.hypot(m1 - l1, u2 - m2)
    return estimate, low, estimate + math.hypot(u1 - m1, m2 - l2)


def ratio(one: Bounds, two: Bounds) -> Bounds:
    """Return the ratio, its interval likewise from logarithms."""
    logs = difference(_logs(one), _logs(two))
    return math.exp(logs[0]), math.exp(logs[1]), math.exp(logs[2])


def _logs(found: Bounds) -> Bounds:
    return math.log(found[0]), math.log(found[1]), math.log(found[2])


def _days(start: datetime, end: datetime) -> float:
    return (end - start) / timedelta(days=1)
