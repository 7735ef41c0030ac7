"""Charts of the lessons, drawn by Matplotlib with labels in the lesson's language.

The charts of goals take the id of a picture in content/pictures.toml; the charts of KPIs take
data: plain sequences, mappings, frames, or what `kpi` returned. `language` chooses the labels.
Each returns a picture with the words for those who cannot see it.
"""

from cstrain.charts.anatomy import kpi_anatomy
from cstrain.charts.causes import (
    fishbone,
    fishbone_measures,
    fishbone_outline,
    fishbone_pareto,
    fishbone_whys,
)
from cstrain.charts.controls import control_chart
from cstrain.charts.dashboards import Tile, dashboard
from cstrain.charts.errors import ChartError
from cstrain.charts.funnels import funnel
from cstrain.charts.goals import goal_tree, progress_chart, review_gantt, stretch_gauge
from cstrain.charts.impacts import impact_effort
from cstrain.charts.kpi_tables import kpi_choices, kpi_list, kpi_table
from cstrain.charts.links import cause_links, why_chain
from cstrain.charts.measure import Measure
from cstrain.charts.over_time import run_chart
from cstrain.charts.paretos import pareto
from cstrain.charts.queues import queue_chart
from cstrain.charts.shares import intervals
from cstrain.charts.strata import simpson_slope
from cstrain.charts.week import week_table

__all__ = [
    "ChartError",
    "Measure",
    "Tile",
    "cause_links",
    "control_chart",
    "dashboard",
    "fishbone",
    "fishbone_measures",
    "fishbone_outline",
    "fishbone_pareto",
    "fishbone_whys",
    "funnel",
    "goal_tree",
    "impact_effort",
    "intervals",
    "kpi_anatomy",
    "kpi_choices",
    "kpi_list",
    "kpi_table",
    "pareto",
    "progress_chart",
    "queue_chart",
    "review_gantt",
    "run_chart",
    "simpson_slope",
    "stretch_gauge",
    "week_table",
    "why_chain",
]
