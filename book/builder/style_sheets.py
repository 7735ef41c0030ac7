"""Style sheets without the rules that no page of the site has a use for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Final

_PIECE: Final = re.compile(
    r"""/\*.*?\*/ | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | [{};] | [^"'/{};]+ | /""",
    re.DOTALL | re.VERBOSE,
)
_GROUPS: Final = ("@media", "@supports", "@layer", "@container")
_CLASS: Final = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_INNER: Final = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
_WORD: Final = re.compile(r"-?[A-Za-z_][\w-]*")
# Bootstrap puts these together while a page is open.
_MADE_OF: Final = ("bs-",)


def words_in(text: str) -> set[str]:
    """Return everything in a page or a script that could be the name of a class."""
    return set(_WORD.findall(text))


def pruned(sheet: str, known: AbstractSet[str]) -> str:
    """Return a style sheet without comments and without rules for classes that are not known.

    >>> pruned("/* x */a.b,.c:hover{d:e}@media print{.c{f:g}}", {"b"})
    'a.b{d:e}'
    """
    return "".join(_kept(sheet, known))


def _kept(sheet: str, known: AbstractSet[str]) -> Iterator[str]:
    for head, body in _rules(sheet):
        if body is None:
            yield head
        elif head.startswith(_GROUPS):
            inner = pruned(body, known)
            if inner:
                yield f"{head}{{{inner}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}"
        else:
            used = [one for one in _selectors(head) if _is_used(one, known)]
            if used:
                yield f"{','.join(used)}{{{body}}}"


def _rules(sheet: str) -> Iterator[tuple[str, str | None]]:
    """Yield the head and the body of each rule; what has no body, as @import, without one."""
    head: list[str] = []
    body: list[str] = []
    depth = 0
    for piece in _PIECE.findall(sheet):
        if piece.startswith("/*"):
            continue
        if piece == "}":
            depth -= 1
            if depth == 0:
                yield "".join(head).strip(), "".join(body)
                head, body = [], []
                continue
        if depth:
            body.append(piece)
        elif piece == ";":
            yield f"{''.join(head).strip()};", None
            head = []
        elif piece != "{":
            head.append(piece)
        depth += piece == "{"


def _selectors(head: str) -> Iterator[str]:
    """Yield the selectors of a rule; a comma in brackets parts nothing."""
    depth, begun = 0, 0
    for place, sign in enumerate(head):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            yield head[begun:place].strip()
            begun = place + 1
    yield head[begun:].strip()


def _is_used(selector: str, known: AbstractSet[str]) -> bool:
    # What stands in brackets, as in :not(.x), may hold where the class is not there.
    names = _CLASS.findall(_INNER.sub("", selector).replace("\\", ""))
    return all(one in known or one.startswith(_MADE_OF) for one in names)
