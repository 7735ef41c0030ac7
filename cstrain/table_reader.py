"""Reads one table of a content file key by key; every complaint names file and key."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping, Sequence
from typing import Any

from cstrain.errors import ContentError
from cstrain.language import LANGUAGES, Text


class TableReader:
    """A table of a content file, with the file's name and the path of keys that led here.

    Each method takes a key, checks what stands there and returns it; `finish` complains about
    keys that nobody asked for, which are mostly typing slips.
    """

    def __init__(self, file: str, raw: Any, path: str = "") -> None:
        if not isinstance(raw, Mapping):
            raise ContentError(file, path or "file", found=raw, allowed="a table")
        self.file, self.raw, self.path = file, raw, path
        self._asked: set[str] = set()

    def has(self, key: str) -> bool:
        """Say whether the key is there."""
        self._asked.add(key)
        return key in self.raw

    def wrong(self, key: str, allowed: str) -> ContentError:
        """Return the error for this key: what was found, what is allowed."""
        found = self.raw.get(key, "nothing")
        return ContentError(self.file, self._name(key), found=found, allowed=allowed)

    def wrong_value(self, key: str, found: object, allowed: str) -> ContentError:
        """Return the error for this key with what was found said in words."""
        return ContentError(self.file, self._name(key), found=found, allowed=allowed)

    def text(self, key: str) -> Text:
        """Return a text with both languages; either one missing or blank is an error."""
        found = self._get(key)
        if not isinstance(found, Mapping):
            raise self.wrong(key, "a table with zh and en")
        return both_languages(self.file, self._name(key), found)

    def optional_text(self, key: str) -> Text | None:
        """Return a text with both languages, or None when the key is absent."""
        return self.text(key) if self.has(key) else None

    def texts(self, key: str) -> dict[str, Text]:
        """Return a table of texts, empty when the key is absent."""
        if not self.has(key):
            return {}
        child = self.child(key)
        return {name: child.text(name) for name in child.raw}

    def string(self, key: str, default: str | None = None) -> str:
        """Return a string that is not blank."""
        found = self._get(key, default)
        if not isinstance(found, str) or not found.strip():
            raise self.wrong(key, "a string that is not blank")
        return found

    def one_of(self, key: str, allowed: Sequence[str]) -> str:
        """Return one of the allowed strings; a near miss is named in the complaint."""
        found = self._get(key)
        if found not in allowed:
            near = difflib.get_close_matches(str(found), allowed, n=1)
            hint = f' (did you mean "{near[0]}"?)' if near else ""
            raise self.wrong(key, f"one of {', '.join(allowed)}{hint}")
        return str(found)

    def strings(self, key: str) -> tuple[str, ...]:
        """Return a list of strings."""
        found = self._get(key)
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise self.wrong(key, "a list of strings")
        return tuple(found)

    def number(self, key: str, *, least: float, most: float = math.inf) -> float:
        """Return a number within the bounds, both included."""
        found = self._get(key)
        good = isinstance(found, (int, float)) and not isinstance(found, bool)
        if not good or not least <= found <= most:
            bounds = f"from {least:g}" + (f" to {most:g}" if most < math.inf else "")
            raise self.wrong(key, f"a number {bounds}")
        return float(found)

    def whole(self, key: str, default: int | None = None, *, least: int = 1) -> int:
        """Return a whole number of at least `least`."""
        found = self._get(key, default)
        if not isinstance(found, int) or isinstance(found, bool) or found < least:
            raise self.wrong(key, f"a whole number from {least}")
        return found

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        found = self._get(key, default)
        if not isinstance(found, bool):
            raise self.wrong(key, "true or false")
        return found

    def plain(self, key: str) -> Mapping[str, Any]:
        """Return a table as it stands, empty when the key is absent."""
        return self.child(key).raw if self.has(key) else {}

    def child(self, key: str) -> TableReader:
        """Return the reader of a table inside this one."""
        return TableReader(self.file, self._get(key), self._name(key))

    def children(self, key: str, *, least: int = 1) -> list[TableReader]:
        """Return the readers of a list of tables."""
        found = self._get(key, [] if least == 0 else None)
        if not isinstance(found, list) or len(found) < least:
            raise self.wrong(key, f"a list of at least {least} table{'s' * (least != 1)}")
        return [
            TableReader(self.file, one, f"{self._name(key)}[{index}]")
            for index, one in enumerate(found)
        ]

    def finish(self) -> None:
        """Complain about the first key that nobody asked for."""
        for key in self.raw:
            if key not in self._asked:
                near = difflib.get_close_matches(key, sorted(self._asked), n=1)
                known = f'"{near[0]}"' if near else ", ".join(sorted(self._asked))
                raise ContentError(
                    self.file, self._name(key), found="an unknown key", allowed=known
                )

    def _get(self, key: str, default: Any = None) -> Any:
        self._asked.add(key)
        return self.raw.get(key, default)

    def _name(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def both_languages(file: str, key: str, raw: Mapping[str, Any]) -> Text:
    """Return the text, or complain about the language that is missing or blank."""
    for language in LANGUAGES:
        found = raw.get(language)
        if not isinstance(found, str) or not found.strip():
            raise ContentError(
                file,
                f"{key}.{language}",
                found=raw.get(language, "nothing"),
                allowed="a text; zh and en are both required",
            )
    return Text(zh=raw["zh"].strip(), en=raw["en"].strip())
