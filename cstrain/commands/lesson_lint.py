"""A lesson's source: zh and en texts in pairs, in step, and exercises that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cstrain.commands.text_lint import pair_problems
from cstrain.errors import ContentError
from cstrain.library.exercises import exercise_ids
from cstrain.library.toml_file import CONTENT

_MARK: Final = re.compile(r'^\+\+\+ *\{.*?"tags": *\[([^\]]*)\].*\}\s*$')
_FENCE: Final = re.compile(r"^```\{code-cell\}.*?^```\s*$", re.MULTILINE | re.DOTALL)
_EXERCISE: Final = re.compile(r'\b(\w+)\.exercise\("(\w+)"\)')
_HEADING: Final = re.compile(r"^(#+) ", re.MULTILINE)
_LINK: Final = re.compile(r"\]\(([^)]+)\)")


@dataclass(frozen=True)
class _Cell:
    line: int
    language: str
    text: str


def lesson_problems(path: Path) -> Iterator[ContentError]:
    """Return what is wrong with the source of a lesson."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        yield ContentError(path.name, "file", found=str(error), allowed="a readable UTF-8 file")
        return
    cells = list(_cells(text))
    place = 0
    while place < len(cells):
        zh, en = cells[place], cells[place + 1] if place + 1 < len(cells) else None
        if zh.language != "zh" or en is None or en.language != "en":
            key, allowed = f"line {zh.line}", "a cell tagged zh followed by its pair tagged en"
            yield ContentError(path.name, key, found=f"a {zh.language} cell alone", allowed=allowed)
            place += 1
            continue
        yield from _pair_problems(path.name, zh, en)
        place += 2
    yield from _unknown_exercises(path, text)


def _cells(text: str) -> Iterator[_Cell]:
    """Return the language cells in order; a code cell ends the one before it."""
    bare = _FENCE.sub(lambda found: "+++\n" + "\n" * (found[0].count("\n") - 1), text)
    line, language, kept = 0, "", list[str]()
    for number, one in enumerate([*bare.splitlines(), "+++"], start=1):
        if not one.startswith("+++"):
            kept.append(one)
            continue
        if language:
            yield _Cell(line, language, "\n".join(kept))
        mark = _MARK.match(one)
        tags = re.findall(r"\w+", mark[1]) if mark else []
        line, kept = number, []
        language = next((tag for tag in tags if tag in {"zh", "en"}), "")


def _pair_problems(file: str, zh: _Cell, en: _Cell) -> Iterator[ContentError]:
    key = f"lines {zh.line} and {en.line}"
    yield from pair_problems(file, key, {"zh": zh.text, "en": en.text})
    for what, pattern in (("headings", _HEADING), ("links", _LINK)):
        here, there = pattern.findall(zh.text), pattern.findall(en.text)
        if here != there:
            found = f"{what} {here} in zh, {there} in en"
            yield ContentError(file, key, found=found, allowed=f"the same {what} in zh and en")


def _unknown_exercises(path: Path, text: str) -> Iterator[ContentError]:
    known = exercise_ids()
    for lesson, name in _EXERCISE.findall(text):
        if f"{lesson}/{name}" not in known:
            allowed = f"the name of a file in {CONTENT.name}/exercises/{lesson}"
            yield ContentError(path.name, f"{lesson}.exercise", found=name, allowed=allowed)
