"""The map of all lessons: what each is about, how long it takes, and how far the learner is."""

from __future__ import annotations

from collections.abc import Sequence

from builder.cover import meter
from cstrain.html import escape
from cstrain.language import Language
from cstrain.library.course import Planned, Project, course, projects
from cstrain.library.words import words


def course_map(language: Language) -> str:
    """Return the map's MyST Markdown."""
    said = words("home_words", language)
    all_lessons = course()
    short = [one for one in all_lessons if one.short]
    lead = said["map_lead"].format(
        hours=_hours(all_lessons), short=len(short), short_hours=_hours(short)
    )
    parts = [
        f"# {said['map_title']}",
        lead,
        _mine(language),
        f"## {said['map_lessons']}",
        f'<ol class="map-lessons">{"".join(_row(one, language) for one in all_lessons)}</ol>',
        f"## {said['map_projects']}",
        said["map_projects_lead"],
        _projects(language),
    ]
    return "\n\n".join(parts) + "\n"


def _hours(some: Sequence[Planned]) -> str:
    return f"{sum(one.minutes for one in some) / 60:g}"


def _mine(language: Language) -> str:
    said = words("home_words", language)
    return (
        f'<div class="map-mine" role="group" aria-label="{escape(said["map_mine"])}">'
        f"<noscript><p>{escape(said['map_no_script'])}</p></noscript>"
        '<p class="map-told" id="home-told" role="status"></p>'
        '<p class="map-continue" id="home-continue" hidden></p></div>'
    )


def _row(one: Planned, language: Language) -> str:
    said = words("home_words", language)
    facts = [said["minutes"].format(minutes=one.minutes)]
    if one.lesson:
        facts.append(said["exercises"].format(count=len(one.lesson.exercises)))
    facts_html = "".join(f"<span>{escape(fact)}</span>" for fact in facts)
    if one.short:
        facts_html += f'<span class="map-short">{escape(said["short_path"])}</span>'
    title = escape(one.title[language])
    if one.lesson is None:
        state = f'<span class="map-to-come">{escape(said["to_come"])}</span>'
        name = f'<p class="map-title">{title}</p>'
    else:
        state = meter(one.lesson, language, words_too=True)
        name = f'<p class="map-title"><a href="{one.lesson.page}.html">{title}</a></p>'
    css = ' class="to-come"' if one.lesson is None else ""
    return (
        f'<li{css} id="{one.label.lower()}"><span class="map-number">{one.label}</span>'
        f'<div class="map-about">{name}<p class="map-goal">{escape(one.goal[language])}</p>'
        f'<p class="map-facts">{facts_html}</p></div>'
        f'<div class="map-state">{state}</div></li>'
    )


def _projects(language: Language) -> str:
    said = words("home_words", language)
    rows = "".join(_project(one, language) for one in projects())
    return (
        '<table class="map-projects" tabindex="0"><thead><tr>'
        f'<th scope="col">{escape(said["map_project"])}</th>'
        f'<th scope="col">{escape(said["map_project_lessons"])}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _project(project: Project, language: Language) -> str:
    links = "".join(
        f'<a href="#{one.label.lower()}"><b>{one.label}</b> {escape(one.title[language])}</a>'
        for one in course()
        if project.id in one.projects
    )
    return f'<tr><th scope="row">{escape(project.name[language])}</th><td>{links}</td></tr>'
