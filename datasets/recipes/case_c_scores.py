"""Case C, Tuohe Appliances: agents' months read: scorecard totals, ranks, correlations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from statistics import correlation, fmean
from typing import Final

from case_c_plan import MARKS, WEIGHTS, WEIGHTS_S2
from case_c_rows import SITES, AgentMonth
from recipe import Tables

LATER: Final = ("2025-07", "2025-08", "2025-09")


def means(rows: Sequence[AgentMonth], months: Collection[str] = ()) -> dict[str, dict[str, float]]:
    """Return every agent's mean of each indicator over some months, or over all."""
    own: dict[str, list[AgentMonth]] = defaultdict(list)
    for one in rows:
        if not months or one.month in months:
            own[one.agent_id].append(one)
    return {
        agent: {name: fmean(getattr(one, name) for one in found) for name in MARKS}
        for agent, found in own.items()
    }


def mark(name: str, value: float) -> float:
    """Return an indicator's score: minimum 60, target 100, excellent 120, not above or below 0."""
    least, target, excellent = MARKS[name]
    reached = (value - target) / (target - least)
    if reached > 0:
        return min(120.0, 100 + 20 * (value - target) / (excellent - target))
    return max(0.0, 100 + 40 * reached)


def total(shown: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return a scorecard's total."""
    return sum(weight * mark(name, shown[name]) for name, weight in weights.items())


def totals_by_site(tables: Tables) -> dict[str, float]:
    """Return July to September's total of every agent on the scorecard of the agent's site."""
    sites = {one.agent_id: one.site for one in tables["agents"]}
    return {
        agent: total(shown, WEIGHTS_S2 if sites[agent] == "S2" else WEIGHTS)
        for agent, shown in means(tables["agent_months"], LATER).items()
    }


def rank_shift(tables: Tables) -> dict[str, float]:
    """Return the mean gain in rank by site when AHT counts .40, and its tie to FCR (Spearman)."""
    shown = means(tables["agent_months"], LATER)
    before = _ranks({agent: total(one, WEIGHTS) for agent, one in shown.items()})
    after = _ranks({agent: total(one, WEIGHTS_S2) for agent, one in shown.items()})
    gains = {agent: before[agent] - after[agent] for agent in shown}
    own = [[gains[one.agent_id] for one in tables["agents"] if one.site == site] for site in SITES]
    fcrs = [one["FCR"] for one in shown.values()]
    tie = correlation(_mean_ranks(list(gains.values())), _mean_ranks(fcrs))
    return {"S1": fmean(own[0]), "S2": fmean(own[1]), "spearman_gain_fcr": tie}


def _ranks(totals: Mapping[str, float]) -> dict[str, int]:
    best_first = sorted(totals, key=lambda agent: (-totals[agent], agent))
    return {agent: place for place, agent in enumerate(best_first, start=1)}


def _mean_ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value, equal values share the mean of theirs."""
    order = sorted(values)
    return [(bisect_left(order, one) + bisect_right(order, one) + 1) / 2 for one in values]


def fcr_with_aht(tables: Tables, months: Collection[str] = ()) -> float:
    """Return the correlation of FCR and AHT across the agents of S1."""
    s1 = {one.agent_id for one in tables["agents"] if one.site == "S1"}
    found = [one for agent, one in means(tables["agent_months"], months).items() if agent in s1]
    return correlation([one["FCR"] for one in found], [one["AHT"] for one in found])
