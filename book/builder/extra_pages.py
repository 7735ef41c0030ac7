"""Pages that are no notebooks: made from content for each language, and named in _toc.yml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from builder.agendas import agenda_pages, teaching_page
from builder.course_map import course_map
from builder.entries import GLOSSARY_PAGE, KPI_PAGE
from builder.glossary_page import glossary_page
from builder.kpi_page import kpi_page
from builder.record_page import RECORD_PAGE, record_page
from builder.self_study import SELF_STUDY, self_study
from builder.truths import TRUTHS, truths_page
from cstrain.language import Language

# Name of the page, without an ending -> function that returns its MyST Markdown in a language.
EXTRA_PAGES: Final[Mapping[str, Callable[[Language], str]]] = {
    "course_map": course_map,
    GLOSSARY_PAGE: glossary_page,
    KPI_PAGE: kpi_page,
    SELF_STUDY: self_study,
    RECORD_PAGE: record_page,
}
# The same for the trainer's edition alone; these are named nowhere else.
TRAINER_PAGES: Final[Mapping[str, Callable[[Language], str]]] = {
    "teaching": teaching_page,
    **agenda_pages(),
    TRUTHS: truths_page,
}
