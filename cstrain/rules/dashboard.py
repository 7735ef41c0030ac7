"""The rule for a dashboard laid out as rows: KPI, target, unit, period, role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cstrain.goals.amounts import amount_of
from cstrain.goals.metrics import METRICS, KpiName, Unit, relations, unit_named
from cstrain.model import Facts, Item
from cstrain.rules.base import Asked, Ruling

FEWEST, MOST = 4, 6


@dataclass(frozen=True)
class Panel:
    """One row of the dashboard: what was chosen, and what was typed as its target."""

    key: str
    metric: KpiName | None
    typed: str
    unit: Unit | None
    period: str
    guard: bool

    @property
    def target(self) -> float | None:
        """Return the target in the KPI's own unit, None when it cannot be read."""
        return amount_of(self.typed, self.metric, self.unit) if self.typed else None

    @property
    def facts(self) -> Facts:
        """Return what a sentence about this row needs."""
        return {"label": self.key, "metric": self.metric.code if self.metric else "–"}


def panels_of(rows: Any) -> list[Panel]:
    """Return the rows of a dashboard, numbered from 1."""
    return [_panel(str(place), row) for place, row in enumerate(rows or (), start=1)]


def _panel(key: str, row: Mapping[str, Any]) -> Panel:
    unit = row.get("unit")
    return Panel(
        key=key,
        metric=METRICS.get(str(row.get("kpi"))),
        typed=str(row.get("target") or "").strip(),
        unit=unit_named(unit) if isinstance(unit, str) else None,
        period=str(row.get("period") or ""),
        guard=row.get("role") == "guard",
    )


def dashboard(asked: Asked) -> Ruling:
    """Judge one side of the dashboard, named by `side`."""
    return _SIDES[asked.params["side"]](panels_of(asked.value))


def _count(panels: list[Panel]) -> Ruling:
    """Give a share for every KPI up to the fewest; too many are half right."""
    codes = [one.metric.code for one in panels if one.metric]
    number = len(set(codes))
    facts = {"count": number, "least": FEWEST, "most": MOST}
    if number > MOST:
        return Ruling(0.5, "count_many", facts)
    if number < FEWEST:
        return Ruling(number / FEWEST, "count_few", facts)
    return Ruling(1.0, "count_right", facts)


def _each(panels: list[Panel], fault: Callable[[Panel], str], name: str) -> Ruling:
    """Give the share of rows without the fault."""
    faults = {one.key: fault(one) for one in panels}
    items = tuple(
        Item(one.key, "failed", faults[one.key], one.facts) for one in panels if faults[one.key]
    )
    good = len(panels) - len(items)
    facts = {"right": good, "all": len(panels)}
    return Ruling(good / len(panels), f"{name}_part" if items else f"{name}_right", facts, items)


def _target_fault(panel: Panel) -> str:
    if panel.metric is None:
        return "row_no_kpi"
    if not panel.typed:
        return "row_no_target"
    if panel.target is None:
        return "row_no_number"
    return "" if panel.metric.allows(panel.target) else "row_out_of_bounds"


def _unit_fault(panel: Panel) -> str:
    if panel.metric is None:
        return "row_no_kpi"
    if panel.unit is None:
        return "row_no_unit"
    return "" if panel.unit.kind == panel.metric.unit.kind else "row_other_unit"


def _period_fault(panel: Panel) -> str:
    if panel.metric is None:
        return "row_no_kpi"
    return "" if panel.period else "row_no_period"


def _kind(panels: list[Panel], kind: str) -> Ruling:
    found = [one.metric for one in panels if one.metric and one.metric.kind == kind]
    if found:
        return Ruling(1.0, f"{kind}_right", {"metric": found[0].code})
    return Ruling(0.0, f"{kind}_none")


def _guard(panels: list[Panel]) -> Ruling:
    """Pass when a guard pulls against another KPI, or is one of those that always guard."""
    named = [one for one in panels if one.guard and one.metric]
    if not named:
        return Ruling(0.0, "guard_none")
    codes = {one.metric.code for one in panels if one.metric}
    known = relations()
    pairs = [{one[0], other[0]} for one, other in known.conflicts]
    for panel in named:
        own = panel.metric.code if panel.metric else ""
        other = next((two - {own} for two in pairs if own in two and two <= codes), None)
        if other:
            return Ruling(1.0, "guard_pair", {"guard": own, "metric": other.pop()})
    general = [one.metric.code for one in named if one.metric and one.metric.code in known.guards]
    if general and len(codes) > 1:
        return Ruling(1.0, "guard_general", {"guard": general[0]})
    return Ruling(0.0, "guard_idle", {"guard": named[0].metric.code if named[0].metric else ""})


_SIDES: Final[Mapping[str, Callable[[list[Panel]], Ruling]]] = {
    "count": _count,
    "targets": lambda panels: _each(panels, _target_fault, "targets"),
    "units": lambda panels: _each(panels, _unit_fault, "units"),
    "periods": lambda panels: _each(panels, _period_fault, "periods"),
    "outcome": lambda panels: _kind(panels, "outcome"),
    "process": lambda panels: _kind(panels, "process"),
    "guard": _guard,
}
