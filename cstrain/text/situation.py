"""The situation a goal is written for: today, team, objective, constraints, metrics."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from cstrain.errors import CstrainError
from cstrain.language import Text


@dataclass(frozen=True)
class Metric:
    """A measured quantity: its present value and the best level realistic within some months."""

    key: str
    names: Text
    now: float | None
    unit: str
    better: Literal["up", "down"]
    reach: Mapping[int, float]
    aliases: tuple[str, ...] = ()

    def reach_within(self, months: int) -> float | None:
        """Return the best realistic level for a deadline that many months away."""
        later = [horizon for horizon in sorted(self.reach) if horizon >= months]
        if later:
            return self.reach[later[0]]
        return self.reach[max(self.reach)] if self.reach else None


@dataclass(frozen=True)
class Situation:
    """What a goal is judged against."""

    today: date
    industry: Text
    team: Text
    objective: Text
    constraints: Text
    metrics: tuple[Metric, ...]

    @classmethod
    def from_dict(cls, d: Mapping[str, Any]) -> Situation:
        """Return the situation in a plain table; a wrong key is named in the error."""
        if not isinstance(d, Mapping):
            raise _wrong("", d, "a table")
        metrics = d.get("metrics", [])
        if not isinstance(metrics, (list, tuple)):
            raise _wrong("metrics", metrics, "a list of metrics")
        return cls(
            today=_day(d.get("today")),
            industry=_text(d, "industry"),
            team=_text(d, "team"),
            objective=_text(d, "objective"),
            constraints=_text(d, "constraints"),
            metrics=tuple(_metric(one, f"metrics[{i}]") for i, one in enumerate(metrics)),
        )


def _wrong(key: str, found: object, allowed: str) -> CstrainError:
    return CstrainError(f"situation, {key or 'itself'}: found {found!r:.60}; allowed: {allowed}.")


def _day(found: object) -> date:
    if isinstance(found, date):
        return found
    try:
        return date.fromisoformat(str(found))
    except ValueError:
        raise _wrong("today", found, "a date such as 2027-03-31") from None


def _text(d: Mapping[str, Any], key: str) -> Text:
    both = d.get(key)
    if isinstance(both, Text):
        return both
    if both is not None:
        zh, en = (both.get("zh"), both.get("en")) if isinstance(both, Mapping) else (both, None)
    else:
        zh, en = d.get(f"{key}_zh", ""), d.get(f"{key}_en", "")
    for name, found in (("zh", zh), ("en", en)):
        if not isinstance(found, str):
            raise _wrong(f"{key}_{name}", found, "a text")
    return Text(zh=cast("str", zh), en=cast("str", en))


def _metric(raw: Any, place: str) -> Metric:
    if not isinstance(raw, Mapping):
        raise _wrong(place, raw, "a table")
    names = {name: raw.get(name) for name in ("zh", "en")}
    for name, found in names.items():
        if not isinstance(found, str) or not found.strip():
            raise _wrong(f"{place}.{name}", found, "a name")
    better = raw.get("better")
    if better not in ("up", "down"):
        raise _wrong(f"{place}.better", better, "up or down")
    now = raw.get("now")
    return Metric(
        key=str(raw.get("key", names["en"])),
        names=Text(zh=str(names["zh"]), en=str(names["en"])),
        now=None if now is None else _number(now, f"{place}.now"),
        unit=str(raw.get("unit", "")),
        better=cast("Literal['up', 'down']", better),
        reach=_reach(raw.get("reach") or {}, place),
        aliases=tuple(str(one) for one in raw.get("aliases", ())),
    )


def _reach(raw: Any, place: str) -> dict[int, float]:
    if not isinstance(raw, Mapping):
        raise _wrong(f"{place}.reach", raw, "a table such as {3m = 85, 6m = 88}")
    found: dict[int, float] = {}
    for key, value in raw.items():
        months = re.fullmatch(r"(\d{1,3})m?", str(key))
        if not months:
            raise _wrong(f"{place}.reach", key, "months such as 3m")
        if value is not None:
            found[int(months[1])] = _number(value, f"{place}.reach.{key}")
    return found


def _number(found: Any, place: str) -> float:
    good = isinstance(found, (int, float)) and not isinstance(found, bool) and math.isfinite(found)
    if not good:
        raise _wrong(place, found, "a finite number")
    return float(found)
