"""Text pairs of a content file: both languages there, placeholders and digits in step."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from cstrain.errors import ContentError
from cstrain.language import LANGUAGES
from cstrain.library.toml_file import shown_name

_PLACEHOLDER: Final = re.compile(r"\{\w+\}")
# A thousands comma belongs to English typography: 1,200 there is 1200 here.
_NUMBER: Final = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_ANSWERS: Final = frozenset({"model", "samples"})  # what a learner of one language may write


def text_problems(path: Path, raw: Mapping[str, Any]) -> Iterator[ContentError]:
    """Return the pairs of a content file that lack a language or are out of step."""
    for key, pair in _pairs(raw, ""):
        yield from pair_problems(shown_name(path), key, pair)


def pair_problems(file: str, key: str, pair: Mapping[str, Any]) -> Iterator[ContentError]:
    """Return what is wrong with one pair of texts."""
    for language in LANGUAGES:
        found = pair.get(language, "nothing")
        if not isinstance(pair.get(language), str) or not pair[language].strip():
            allowed = "a text; zh and en are both required"
            yield ContentError(file, f"{key}.{language}", found=found, allowed=allowed)
            return
    for what, read in (("placeholders", _placeholders), ("numbers", _numbers)):
        zh, en = read(pair["zh"]), read(pair["en"])
        if zh != en:
            found = f"{what} {sorted((zh - en).elements())} in zh only, "
            found += f"{sorted((en - zh).elements())} in en only"
            yield ContentError(file, key, found=found, allowed=f"the same {what} in zh and en")


def _pairs(raw: Any, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(raw, Mapping):
        if any(isinstance(raw.get(language), str) for language in LANGUAGES):
            yield path, raw
        for key, one in raw.items():
            if path or key not in _ANSWERS:
                yield from _pairs(one, f"{path}.{key}" if path else str(key))
    elif isinstance(raw, list):
        for place, one in enumerate(raw):
            yield from _pairs(one, f"{path}[{place}]")


def _placeholders(text: str) -> Counter[str]:
    return Counter(set(_PLACEHOLDER.findall(text)))


def _numbers(text: str) -> Counter[str]:
    bare = _PLACEHOLDER.sub("", text)
    return Counter(one.replace(",", "") for one in _NUMBER.findall(bare))
