"""Errors that tell where, what was found and what is allowed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class CstrainError(Exception):
    """The family of all errors raised on purpose by cstrain."""


class ContentError(CstrainError):
    """A content file is wrong: file, key, what was found, what is allowed.

    >>> print(ContentError("a.toml", "points", found=0, allowed="a number above 0"))
    a.toml, points: found 0; allowed: a number above 0.
    """

    def __init__(self, file: object, key: str, *, found: object, allowed: str) -> None:
        self.file, self.key, self.found, self.allowed = str(file), key, found, allowed
        super().__init__(f"{file}, {key}: found {_short(found)}; allowed: {allowed}.")


class UnknownNameError(CstrainError):
    """A name that nothing carries, with the nearest known names.

    >>> print(UnknownNameError("exercise", "strech_ratio", ["stretch_ratio", "goal_card"]))
    no exercise "strech_ratio". Did you mean "stretch_ratio"?
    """

    def __init__(self, kind: str, name: object, known: Iterable[str]) -> None:
        names = sorted(known)
        near = difflib.get_close_matches(str(name), names, n=1)
        way_out = f'Did you mean "{near[0]}"?' if near else f"Known: {', '.join(names)}."
        self.kind, self.name, self.known = kind, name, names
        super().__init__(f'no {kind} "{name}". {way_out}')


class StoreError(CstrainError):
    """A learner's record could not be read or written; the reason is the operating system's."""


def _short(found: object, most: int = 60) -> str:
    text = "nothing" if found == "nothing" else repr(found)
    return text if len(text) <= most else text[: most - 1] + "…"
