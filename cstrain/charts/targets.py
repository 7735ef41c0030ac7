"""A target on a chart: which values miss it, and how that is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cstrain.charts.errors import ChartError
from cstrain.charts.measure import Speech
from cstrain.charts.readings import value_of

Target = float | tuple[float, float] | None


@dataclass(frozen=True)
class Aim:
    """The least and the most that meets the target; `judged` is false without a direction."""

    lines: tuple[float, ...]
    least: float | None
    most: float | None
    judged: bool

    def missed(self, value: float) -> bool:
        """Say whether a value misses the target.

        >>> Aim((0.05,), None, 0.05, True).missed(0.06)
        True
        """
        low = self.least is not None and value < self.least
        return low or (self.most is not None and value > self.most)

    def said(self, values: Sequence[float], say: Speech) -> str:
        """Return the clause about how many values miss the target."""
        if not self.lines:
            return ""
        facts: dict[str, Any] = {
            "missed": sum(map(self.missed, values)),
            "of": len(values),
            "target": say.value(self.lines[0]),
        }
        if len(self.lines) == 2:
            return say.word("target_outside", **{**facts, "target": say.span(*self.lines)})
        return say.word("target_below" if self.least is not None else "target_above", **facts)

    def label(self, say: Speech) -> str:
        """Return the label of the line: the word and the value, with the good direction."""
        if len(self.lines) == 2:
            return say.word("target", value=say.span(*self.lines))
        good = say.measure.good
        sign = {"up": " ↑", "down": " ↓"}.get(good or "", "") if self.judged else ""
        return say.word("target", value=f"{say.value(self.lines[0])}{sign}")


def aim_of(target: Target, say: Speech) -> Aim:
    """Return the aim: one number with the measure's good direction, or a pair as a range."""
    if target is None:
        return Aim((), None, None, judged=False)
    if isinstance(target, (tuple, list)):
        ends = [value_of("target", one) for one in target]
        if len(ends) != 2 or None in ends or (low := ends[0]) is None or (high := ends[1]) is None:
            raise ChartError("target", found=repr(target), allowed="a number, or a pair of numbers")
        return Aim((min(low, high), max(low, high)), min(low, high), max(low, high), judged=True)
    line = value_of("target", target)
    if line is None:
        return Aim((), None, None, judged=False)
    if say.measure.good == "up":
        return Aim((line,), line, None, judged=True)
    return Aim((line,), None, line, judged=say.measure.good == "down")
