"""The bones of a fishbone: which kind of cause belongs under one, by its id or its name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from cstrain.errors import ContentError
from cstrain.library.toml_file import CONTENT, read_toml, shown_name
from cstrain.text.normalise import fold

KINDS: Final = (
    "people", "process", "policy", "product", "platform", "place", "measurement", "suppliers",
)  # fmt: skip
OTHER: Final = "other"  # a bone with a name of the learner's own
_MOST: Final = 40
_IDS: Final[Mapping[str, str]] = {
    "man": "people", "machine": "platform", "material": "product", "method": "process",
    "environment": "place", "measurement": "measurement", "surroundings": "place",
    "suppliers": "suppliers", "systems": "platform", "skills": "people",
}  # fmt: skip


@lru_cache(maxsize=256)
def kind_of_bone(category: str) -> str:
    """Return the kind of a bone; one with an unknown name is of the other kind.

    >>> kind_of_bone("Machine"), kind_of_bone("Tools"), kind_of_bone("Zebra")
    ('platform', 'platform', 'other')
    """
    name = fold(category[:_MOST]).text.strip(" .:")
    if name in KINDS:
        return name
    if name in _IDS:
        return _IDS[name]
    exact, beginnings = _names()
    found = exact.get(name) or next(
        (kind for begins, kind in beginnings if name.startswith(begins)), None
    )
    return found or next((exact[one] for one in name.split() if one in exact), OTHER)


@cache
def _names() -> tuple[Mapping[str, str], tuple[tuple[str, str], ...]]:
    path = CONTENT / "lexicon" / "fish_kinds.toml"
    exact: dict[str, str] = {}
    beginnings: list[tuple[str, str]] = []
    for kind, raw in read_toml(path).items():
        words = [*raw.get("zh", ()), *raw.get("en", ())] if isinstance(raw, Mapping) else []
        if not words or not all(isinstance(one, str) and one for one in words):
            raise ContentError(shown_name(path), kind, found=raw, allowed="zh and en, words")
        for word in words:
            if word.endswith("*"):
                beginnings.append((word[:-1], kind))
            else:
                exact.setdefault(word, kind)
    return exact, tuple(beginnings)
