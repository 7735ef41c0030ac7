"""Does a column hold people's names? Told by its values: surnames, length, shape."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from cstrain.intake.vocabulary import signs

_SHARE: Final = 0.8  # of the different values
_FEWEST: Final = 4
_CHINESE: Final = re.compile("[\u4e00-\u9fff]{2,4}")
_WESTERN: Final = re.compile(r"[A-Z][a-z'-]+(?: [A-Z]\.?)?(?: [A-Z][a-z'-]+){1,2}")


def are_names(values: Iterable[str], *, western: bool) -> bool:
    """Say whether most of the different values look like people's names.

    `western` takes two capitalised words for a name too, which teams and products also are.
    """
    different = {one.strip() for one in values if one.strip()}
    found = sum(is_name(one) or (western and bool(_WESTERN.fullmatch(one))) for one in different)
    return len(different) >= _FEWEST and found >= _SHARE * len(different)


def is_name(text: str) -> bool:
    """Say whether a text looks like a Chinese name: a frequent surname, 2 to 4 characters."""
    if not _CHINESE.fullmatch(text) or text.startswith(_no_names()):
        return False
    double, single = _surnames()
    return text.startswith(double) if len(text) == 4 else text[0] in single or text[:2] in double


@cache
def _surnames() -> tuple[tuple[str, ...], frozenset[str]]:
    said = signs()
    return said.strings("double_surnames"), frozenset(said.string("surnames"))


@cache
def _no_names() -> tuple[str, ...]:
    return signs().strings("no_names")
