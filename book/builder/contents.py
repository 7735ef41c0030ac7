"""The book's table of contents in a language: its parts, and lessons by their short names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml  # type: ignore[import-untyped]

from builder.places import BOOK
from cstrain.language import Language
from cstrain.library.course import course
from cstrain.library.words import words


def contents(language: Language, trainer_pages: Iterable[str] = ()) -> dict[str, Any]:
    """Return what _toc.yml says, in words of a language; what only trainers get comes last."""
    made: dict[str, Any] = yaml.safe_load((BOOK / "_toc.yml").read_text(encoding="utf-8"))
    only_trainers = [{"file": name} for name in trainer_pages]
    if only_trainers:
        made["parts"].append({"caption": "part_trainer", "chapters": only_trainers})
    said = words("home_words", language)
    short = short_names(language)
    for part in made["parts"]:
        part["caption"] = said[part["caption"]]
        for chapter in part["chapters"]:
            if chapter["file"] in short:
                chapter["title"] = short[chapter["file"]]
    return made


def short_names(language: Language) -> dict[str, str]:
    """Return how the pages of lessons are called in menus: page -> number and name."""
    return {one.lesson.page: f"{one.label} {one.title[language]}" for one in course() if one.lesson}
