"""The plan for learning alone in six weeks, with the lessons that are there and those to come."""

from __future__ import annotations

from typing import Final

from builder.print_places import SHEETS
from builder.teaching_file import planned, teaching
from cstrain.language import Language
from cstrain.library.course import Planned, course

SELF_STUDY: Final = "self_study"
_HOUR: Final = 60


def self_study(language: Language) -> str:
    """Return the page in a language."""
    file = teaching("self_study")
    said = {key: file.text(key)[language] for key, one in file.raw.items() if isinstance(one, dict)}
    rows, whole = [], 0
    for number, week in enumerate(file.raw["weeks"], start=1):
        lessons = [planned(one, file, "weeks") for one in week]
        minutes = sum(one.minutes for one in lessons)
        whole += minutes
        names = "<br>".join(_name(one, language, said) for one in lessons)
        cells = (said["week"].format(number=number), names, _hours(minutes, said["hours"]))
        rows.append(f"| {' | '.join(cells)} |")
    path = " · ".join(_name(one, language, said) for one in course() if one.short)
    head = f"| {said['head_week']} | {said['head_lessons']} | {said['head_hours']} |\n|---|---|---|"
    missing = [said["missing"]] if any(one.lesson is None for one in course()) else []
    parts = [
        f"# {said['title']}",
        said["lead"],
        "\n".join([head, *rows]),
        _hours(whole, said["total"]),
        *missing,
        f"## {said['each_week']}",
        f"- {said['diary']}\n- {said['review']}",
        f"## {said['short_path']}",
        f"{said['short_lead']}\n\n{path}",
    ]
    return "\n\n".join(parts) + "\n"


def _name(about: Planned, language: Language, said: dict[str, str]) -> str:
    name = f"{about.label} {about.title[language]}"
    if about.lesson is None:
        return said["to_come"].format(name=name)
    sheets = f'<a href="{SHEETS}/{about.lesson.id}.html">{said["sheets"]}</a>'
    return f"[{name}]({about.lesson.page}.ipynb) · {sheets}"


def _hours(minutes: int, form: str) -> str:
    return form.format(hours=f"{minutes / _HOUR:.2f}".rstrip("0").rstrip("."))
