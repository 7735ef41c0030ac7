"""Solutions disguised as causes: a lack, a general remedy, and nothing more specific."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from cstrain.causes.likeness import plain
from cstrain.errors import ContentError
from cstrain.library.toml_file import CONTENT, read_toml, shown_name

_PATH: Final = CONTENT / "lexicon" / "remedies.toml"
_LISTS: Final = ("whose", "lack", "remedy", "short")
_LONGEST: Final = 80  # characters; a longer cause says something more specific


def lacks_remedy(text: str) -> bool:
    """Say whether a cause is nothing but the lack of a general remedy.

    >>> lacks_remedy("Lack of training"), lacks_remedy("No owner for knowledge articles")
    (True, False)
    """
    words = plain(text[: _LONGEST + 1])
    return len(text) <= _LONGEST and _pattern().fullmatch(words) is not None


@cache
def _pattern() -> re.Pattern[str]:
    raw = read_toml(_PATH)
    whose, lack, remedy, short = (_either(raw, name) for name in _LISTS)
    return re.compile(f"(?:{whose})*?(?:(?:{lack})+(?:{remedy})+|(?:{remedy})+(?:{short}))")


def _either(raw: Mapping[str, Mapping[str, Sequence[str]]], name: str) -> str:
    found = raw.get(name, {})
    words = [*found.get("zh", ()), *found.get("en", ())]
    if not words or not all(isinstance(one, str) and one for one in words):
        allowed = "zh and en, each a list of words"
        raise ContentError(shown_name(_PATH), name, found=found, allowed=allowed)
    kept = {plain(one) for one in words} - {""}
    return "|".join(re.escape(one) for one in sorted(kept, key=len, reverse=True))
