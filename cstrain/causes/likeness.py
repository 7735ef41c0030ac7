"""Whether two short texts say the same: the likeness of their pairs of neighbouring characters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

SAME: Final = 0.7  # from here on two texts are the same: curriculum, check_fishbone


def dice(a: str, b: str) -> float:
    """Return Dice's coefficient of the two sets of character pairs: 0 nothing in common, 1 same.

    Case, spaces and punctuation do not count. Texts with nothing else in them are like none.

    >>> dice("Night", "nacht!")
    0.25
    """
    if plain(a) == plain(b):
        return float(bool(plain(a)))
    one, other = pairs(a), pairs(b)
    together = len(one) + len(other)
    return 2 * len(one & other) / together if together else 0.0


def alike(a: str, b: str) -> bool:
    """Say whether two texts are near enough to be the same entry."""
    return dice(a, b) >= SAME


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """Return the letters and digits of a text, lower-cased, of one width."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in folded if unicodedata.category(one)[0] in "LNM")


@lru_cache(maxsize=2048)
def pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a text, its plain form taken first."""
    kept = plain(text)
    return frozenset(kept[i : i + 2] for i in range(len(kept) - 1))
