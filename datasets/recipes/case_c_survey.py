"""Case C, Tuohe Appliances: the survey of expectations and perceptions."""

from __future__ import annotations

from dataclasses import make_dataclass, replace
from typing import Any, Final

from draws import Draws, score
from survey import CELLS, DIMENSIONS, ITEMS, REVERSED

EXPECTED: Final = {"TAN": 5.6, "EMP": 5.7, "RES": 5.9, "PRO": 6.0, "REL": 5.95}
# Without the two effects below; with them the gaps are those of `GAPS`.
PERCEIVED: Final = {"TAN": 5.4, "EMP": 5.16, "RES": 5.3, "PRO": 4.93, "REL": 4.88}
GAPS: Final = {"TAN": -0.2, "EMP": -0.7, "RES": -0.6, "PRO": -1.3, "REL": -1.2}
DRIVERS: Final = {"TAN": 0.04, "EMP": 0.10, "RES": 0.18, "PRO": 0.44, "REL": 0.34}
# What owners of AC-X2 and callers of S2 perceive below the others.
X2_EFFECT: Final = {"PRO": -0.9, "REL": -0.5}
S2_EFFECT: Final = {"EMP": -0.4}
PRODUCTS: Final = (("AC-X2", "AC", "fridge", "washer", "kitchen"), (0.25, 0.30, 0.19, 0.15, 0.11))
OTHER_CHANNELS: Final = (("phone", "wechat", "mail"), (0.75, 0.20, 0.05))
S2_SHARE, CHAT_X2, CHAT_OTHERS = 0.40, 0.62, 0.20
RESPONDENTS, STRAIGHT, DUPLICATES = 1_188, 24, 12
MISSING: Final = 0.03

Answer: Final = make_dataclass(
    "Answer",
    [
        *((name, str) for name in ("resp_id", "product", "site", "channel")),
        *((name, "int | None") for name in CELLS),
        ("overall", int),
        ("nps", int),
    ],
    frozen=True,
)


def survey(draws: Draws) -> list[Any]:
    """Return the rows as they came in, straight-liners and doubled rows among them."""
    straight = set(draws.shuffled(range(RESPONDENTS))[:STRAIGHT])
    rows = [
        _person(draws, f"V{place + 1:04d}", straight=place in straight)
        for place in range(RESPONDENTS)
    ]
    rows = [_with_holes(draws, one) for one in rows]
    honest = [one for place, one in enumerate(rows) if place not in straight]
    doubled = draws.shuffled(honest)[:DUPLICATES]
    return rows + sorted(doubled, key=lambda one: one.resp_id)


def _person(draws: Draws, resp_id: str, *, straight: bool) -> Any:
    product = draws.weighted(*PRODUCTS)
    site = "S2" if draws.chance(S2_SHARE) else "S1"
    chat = draws.chance(CHAT_X2 if product == "AC-X2" else CHAT_OTHERS)
    feeling = _feeling(draws, x2=product == "AC-X2", s2=site == "S2")
    wish = draws.normal()
    cells = {}
    for name in DIMENSIONS:
        for item in ITEMS[name]:
            expected = score(EXPECTED[name] + 0.3 * wish + draws.normal(0, 0.4), 1, 7)
            seen = score(PERCEIVED[name] + 0.8 * feeling[name] + draws.normal(0, 0.64), 1, 7)
            turn = item == REVERSED
            cells[f"E_{item}"] = 8 - expected if turn else expected
            cells[f"P_{item}"] = 8 - seen if turn else seen
    if straight:
        mark = draws.whole(3, 6)
        cells = dict.fromkeys(cells, mark)
    pull = sum(DRIVERS[name] * feeling[name] for name in DIMENSIONS)
    overall = score(6.8 + 1.6 * pull + draws.normal(0, 0.6), 1, 10)
    return Answer(
        resp_id=resp_id,
        product=product,
        site=site,
        channel="chat" if chat else draws.weighted(*OTHER_CHANNELS),
        overall=overall,
        nps=score(overall + 0.5 + draws.normal(0, 0.9), 0, 10),
        **cells,
    )


def _feeling(draws: Draws, *, x2: bool, s2: bool) -> dict[str, float]:
    """Return how a person perceives each dimension, in standard deviations."""
    whole = draws.normal()
    return {
        name: 0.6 * whole
        + 0.8 * draws.normal()
        + (x2 * X2_EFFECT.get(name, 0) + s2 * S2_EFFECT.get(name, 0)) / 0.8
        for name in DIMENSIONS
    }


def _with_holes(draws: Draws, answer: Any) -> Any:
    holes = {name: None for name in CELLS if draws.chance(MISSING)}
    return replace(answer, **holes)
