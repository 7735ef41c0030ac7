"""Charts of the lessons, drawn by Matplotlib with labels in the lesson's language.

Each function takes the id of a picture in content/pictures.toml and returns a picture;
`language` chooses the labels.
"""

from cstrain.charts.goals import goal_tree, progress_chart, review_gantt, stretch_gauge

__all__ = ["goal_tree", "progress_chart", "review_gantt", "stretch_gauge"]
