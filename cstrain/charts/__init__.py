"""Charts of the lessons, drawn by Matplotlib with labels in the lesson's language.

Each function takes the id of a picture in content/pictures.toml, or plain data, and returns a
Matplotlib figure; `language` chooses the labels.
"""

from cstrain.charts.goals import progress_chart, review_gantt, stretch_gauge

__all__ = ["progress_chart", "review_gantt", "stretch_gauge"]
