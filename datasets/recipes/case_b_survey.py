"""Case B, Chengwan Property: the residents' survey, with the faults that have to be cleaned."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from statistics import fmean
from typing import Any, Final

from case_b_plan import DIMENSIONS, FEE_OPINIONS, Plan
from case_b_rows import BUILDINGS, Reply
from draws import Draws, score
from survey import CELLS, ITEMS, REVERSED

TEXTS: Final = Path(__file__).with_name("case_b_texts.toml")
Texts = Mapping[tuple[str, str], list[tuple[str, str]]]


def texts() -> Texts:
    """Return the comments, zh and en, by dimension (or fee) and tone."""
    found = defaultdict(list)
    for one in tomllib.loads(TEXTS.read_text(encoding="utf-8"))["text"]:
        found[one["tag"], one["tone"]].append((one["zh"], one["en"]))
    return found


def survey(draws: Draws, plan: Plan) -> list[Any]:
    """Return the replies in order of arrival, some of them sent twice."""
    pool = texts()
    straight = set(draws.shuffled(range(plan.replies))[: plan.straight_liners])
    replies = [
        _straight(draws, plan, f"Q{place + 1:03d}")
        if place in straight
        else _reply(draws, plan, f"Q{place + 1:03d}", pool)
        for place in range(plan.replies)
    ]
    honest = [place for place in range(plan.replies) if place not in straight]
    for place in sorted(draws.shuffled(honest)[: plan.duplicates], reverse=True):
        replies.insert(place + draws.whole(1, 12), replies[place])
    return replies


def _reply(draws: Draws, plan: Plan, resp_id: str, pool: Texts) -> Any:
    general, demanding = draws.normal(), draws.normal()
    felt = {one.code: 0.6 * general + 0.8 * draws.normal() for one in DIMENSIONS}
    answers = {}
    for one in DIMENSIONS:
        for item in ITEMS[one.code]:
            wish = one.expected + 0.3 * demanding + draws.normal(0, 0.4)
            answers[f"E_{item}"] = score(wish, 1, 7)
            seen = one.perceived + 0.8 * felt[one.code] + draws.normal(0, 0.64)
            answers[f"P_{item}"] = score(seen, 1, 7)
    gaps = {
        one.code: fmean(answers[f"P_{item}"] - answers[f"E_{item}"] for item in ITEMS[one.code])
        for one in DIMENSIONS
    }
    weighted = sum(one.weight * felt[one.code] for one in DIMENSIONS)
    overall = score(6.5 + 1.6 * weighted + draws.normal(0, 0.6), 1, 10)
    for item in (f"E_{REVERSED}", f"P_{REVERSED}"):
        answers[item] = 8 - answers[item]
    opinion = draws.weighted(*FEE_OPINIONS)
    comment = _comment(draws, plan, pool, (gaps, overall, opinion))
    return Reply(
        resp_id=resp_id,
        building=draws.one_of(BUILDINGS),
        **_with_holes(draws, plan, answers),
        overall=overall,
        nps=score(overall - 0.3 + draws.normal(0, 0.9), 0, 10),
        fee_opinion=opinion,
        comment_zh=comment[0],
        comment_en=comment[1],
    )


def _comment(
    draws: Draws, plan: Plan, pool: Texts, about: tuple[Mapping[str, float], int, str]
) -> tuple[str | None, str | None]:
    gaps, overall, opinion = about
    if not draws.chance(plan.commented):
        return None, None
    if opinion == "fee_high" and draws.chance(plan.fee_comment):
        return draws.one_of(pool["fee", "bad"])
    tone, pick = ("bad", min) if overall <= 6 else ("good", max)
    return draws.one_of(pool[pick(gaps, key=lambda code: gaps[code]), tone])


def _straight(draws: Draws, plan: Plan, resp_id: str) -> Any:
    mark = draws.whole(3, 7)
    return Reply(
        resp_id=resp_id,
        building=draws.one_of(BUILDINGS),
        **_with_holes(draws, plan, dict.fromkeys(CELLS, mark)),
        overall=mark + 2,
        nps=mark + 2,
        fee_opinion=draws.weighted(*FEE_OPINIONS),
        comment_zh=None,
        comment_en=None,
    )


def _with_holes(draws: Draws, plan: Plan, answers: Mapping[str, int]) -> dict[str, int | None]:
    return {item: None if draws.chance(plan.item_missing) else answers[item] for item in CELLS}
