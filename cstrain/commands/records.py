"""An exported record read from a file, for the commands that take one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, Final

from cstrain.errors import CstrainError
from cstrain.language import Language
from cstrain.library.words import message, words
from cstrain.progress.exchange import MOST_MEGABYTES, Imported, Problem, read_export
from cstrain.wording import sentence

_TAG: Final = re.compile(r"</?\w+>")


class RecordFileError(CstrainError):
    """A file that cannot be used: a reason code and its facts."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code, self.facts = code, facts
        super().__init__(self.said("en"))

    def said(self, language: Language) -> str:
        """Return the sentence in a language, with the way out."""
        return said(self.code, language, **self.facts)


@dataclass(frozen=True)
class RecordFile:
    """The good records of a file, and what was wrong with the rest."""

    records: tuple[Mapping[str, Any], ...]
    problems: tuple[Problem, ...]

    def problems_said(self, language: Language) -> list[str]:
        """Return a sentence for everything that could not be taken."""
        return [problem_said(one, language) for one in self.problems]


def said(code: str, language: Language, **facts: object) -> str:
    """Return a sentence of the commands report and verify."""
    return words("verify_words", language)[code].format(**facts)


def problem_said(problem: Problem, language: Language) -> str:
    """Return a problem of an import as plain text."""
    html = sentence(message("progress", problem.code), problem.facts, language)
    return unescape(_TAG.sub("", html))


def read_text(file: Path, most_megabytes: int) -> str:
    """Return the text of a file, or raise RecordFileError; nothing too large is ever read."""
    try:
        if file.stat().st_size > most_megabytes * 1_000_000:
            raise RecordFileError("file_too_large", most=most_megabytes)
        return file.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except OSError as error:
        told = error.strerror or type(error).__name__
        raise RecordFileError("file_not_readable", file=file.name, words=told) from error
    except UnicodeDecodeError as error:
        raise RecordFileError("not_text", file=file.name) from error


def read_record_file(file: Path) -> RecordFile:
    """Return the records of an exported file; RecordFileError when it holds none to be read."""
    return taken(read_export(read_text(file, MOST_MEGABYTES)))


def taken(read: Imported) -> RecordFile:
    """Return what was read; a file that was refused as a whole raises RecordFileError."""
    first = read.problems[0] if read.problems else None
    if first and first.code.startswith("file_"):
        raise RefusedRecordError(first)
    return RecordFile(read.records, read.problems)


class RefusedRecordError(RecordFileError):
    """A file that is no record of ours; the sentence is that of the import."""

    def __init__(self, problem: Problem) -> None:
        self.problem: Final = problem
        super().__init__(problem.code, **problem.facts)

    def said(self, language: Language) -> str:
        """Return the sentence in a language, with the way out."""
        return problem_said(self.problem, language)
