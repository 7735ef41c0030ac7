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
# Chinese writes months as numbers ("6" and the character for month), English mostly by name.
_MONTH: Final = re.compile("[0-9]+(?=\u6708)")
_NOTHING: Final = Counter[str]()
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
    zh, en = pair["zh"], pair["en"]
    yield from _step(file, key, "placeholders", (_placeholders(zh), _placeholders(en)))
    yield from _step(file, key, "numbers", (_numbers(zh), _numbers(en)), _months(zh))


def _step(
    file: str,
    key: str,
    what: str,
    both: tuple[Counter[str], Counter[str]],
    may_lack: Counter[str] = _NOTHING,
) -> Iterator[ContentError]:
    zh, en = both
    zh_only, en_only = sorted((zh - may_lack - en).elements()), sorted((en - zh).elements())
    if zh_only or en_only:
        found = f"{what} {zh_only} in zh only, {en_only} in en only"
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


def _months(text: str) -> Counter[str]:
    return Counter(_MONTH.findall(text))
