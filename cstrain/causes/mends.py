"""Reading of what others wrote: whatever stands there is taken or mended, and every mend named."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cstrain.model import Facts

MOST_TEXT: Final = 5_000  # characters of one text
MOST_NODES: Final = 5_000  # of one why tree; the largest honest ones have some hundred
MOST_ENTRIES: Final = 20_000  # of any other list: the causes of a class, put together
MOST_MENDS: Final = 100  # named one by one; the rest are counted
_MOST_EVIDENCE: Final = 200
_QUOTED: Final = 60
# What XML 1.0 cannot carry, so no picture could show it; lone surrogates have no UTF-8.
_UNSHOWN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_LONE: Final = re.compile("[\ud800-\udfff]")

# Every code a mend of a model can have; each has its sentence in content/messages/rca.toml.
CODES: Final = (
    "wrong_form",
    "wrong_kind",
    "entry_left",
    "entries_left",
    "text_cut",
    "text_cleaned",
    "evidence_left",
    "flag_open",
    "number_left",
    "number_limited",
    "keys_unknown",
    "id_new",
    "id_double",
    "parent_missing",
    "cycle",
    "scheme_unknown",
    "bone_double",
    "bone_unknown",
    "bone_of_parent",
    "whys_without_cause",
    "measure_without_cause",
    "more_mends",
)


@dataclass(frozen=True)
class Mend:
    """Something that was not taken as it stood: a reason code and its facts."""

    code: str
    facts: Facts = field(default_factory=dict)


class Mender:
    """Takes values of any kind, and keeps a list of what it had to mend.

    >>> mender = Mender()
    >>> mender.whole("many", least=0, most=9, key="votes"), mender.named()[0].code
    (None, 'number_left')
    """

    def __init__(self) -> None:
        self._mends: list[Mend] = []
        self._more = 0

    def named(self) -> tuple[Mend, ...]:
        """Return the mends so far; those beyond `MOST_MENDS` are counted."""
        more = (Mend("more_mends", {"count": self._more}),) if self._more else ()
        return (*self._mends, *more)

    def note(self, code: str, **facts: str | float) -> None:
        """Name a mend; a fact called words is a piece of the writer's text."""
        if len(self._mends) >= MOST_MENDS:
            self._more += 1
            return
        if "words" in facts:
            facts["words"] = quoted(facts["words"])
        self._mends.append(Mend(code, facts))

    def table(self, found: Any, known: tuple[str, ...]) -> Mapping[str, Any]:
        """Return a table, an empty one for anything else; keys beyond the known are named."""
        if not isinstance(found, Mapping):
            if found is not None:
                self.note("wrong_form", words=found)
            return {}
        unknown = [str(key) for key in found if key not in known]
        if unknown:
            self.note("keys_unknown", words=", ".join(unknown))
        return found

    def entries(
        self, found: Any, known: tuple[str, ...], key: str, most: int = MOST_ENTRIES
    ) -> list[Mapping[str, Any]]:
        """Return the tables in a list; a bare text stands for the table with that text."""
        if not isinstance(found, (list, tuple)):
            if found not in (None, ""):
                self.note("wrong_kind", key=key, words=found)
            return []
        if len(found) > most:
            self.note("entries_left", key=key, count=len(found) - most, most=most)
        taken: list[Mapping[str, Any]] = []
        for one in found[:most]:
            if isinstance(one, str):
                taken.append({"text": one})
            elif isinstance(one, Mapping):
                taken.append(self.table(one, known))
            else:
                self.note("entry_left", key=key, words=one)
        return taken

    def text(self, found: Any, key: str) -> str:
        """Return a text that every screen and file can carry, at most `MOST_TEXT` long."""
        if found is None:
            return ""
        if _is_number(found):
            return str(found)
        if not isinstance(found, str):
            self.note("wrong_kind", key=key, words=found)
            return ""
        text = _LONE.sub("\ufffd", _UNSHOWN.sub("", found))
        if text != found:
            self.note("text_cleaned", words=text)
        if len(text) > MOST_TEXT:
            self.note("text_cut", words=text, most=MOST_TEXT, count=len(text))
        return text[:MOST_TEXT]

    def name(self, found: Any) -> str:
        """Return an id or a code as it stands, without a word about it."""
        return found if isinstance(found, str) else str(found) if _is_number(found) else ""

    def flag(self, found: Any, key: str) -> bool | None:
        """Return true, false, or None for "not said"."""
        if found is None or isinstance(found, bool):
            return found
        self.note("flag_open", key=key, words=found)
        return None

    def whole(self, found: Any, *, least: int, most: int, key: str) -> int | None:
        """Return a whole number within its limits, or None."""
        if found is None or found == "":
            return None
        number = _as_whole(found)
        if number is None:
            self.note("number_left", key=key, words=found)
            return None
        limited = min(max(number, least), most)
        if limited != number:
            self.note("number_limited", key=key, words=number, value=limited)
        return limited

    def evidence(self, found: Any) -> tuple[str, ...]:
        """Return the cards, each once."""
        if found is None or found == "":
            return ()
        if isinstance(found, str):
            found = [found]
        if not isinstance(found, (list, tuple)):
            self.note("evidence_left", words=found)
            return ()
        texts = [self.text(one, "evidence") for one in found[:_MOST_EVIDENCE]]
        if len(found) > _MOST_EVIDENCE:
            left = len(found) - _MOST_EVIDENCE
            self.note("entries_left", key="evidence", count=left, most=_MOST_EVIDENCE)
        return tuple(dict.fromkeys(one for one in texts if one.strip()))


def quoted(found: Any) -> str:
    """Return the beginning of what was found, fit to be shown.

    >>> quoted({"a": 1})
    "{'a': 1}"
    """
    # The text of a whole table could be as long as the file.
    text = found if isinstance(found, str) else _short_repr(found)
    text = _LONE.sub("\ufffd", _UNSHOWN.sub("", text[: _QUOTED * 2])).strip()
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"


def _short_repr(found: Any) -> str:
    if isinstance(found, (Mapping, list, tuple)) and len(found) > 3:
        return "[…]" if not isinstance(found, Mapping) else "{…}"
    try:
        return repr(found)
    except (ValueError, RecursionError):  # too many digits, nested too deep
        return "…"


def _as_whole(found: Any) -> int | None:
    if isinstance(found, str):
        digits = found.strip()
        return int(digits) if re.fullmatch(r"-?[0-9]{1,9}", digits) else None
    if not _is_number(found) or found != int(found):
        return None
    return int(found)


def _is_number(found: Any) -> bool:
    if isinstance(found, bool):
        return False
    if isinstance(found, float):
        return math.isfinite(found)
    return isinstance(found, int) and abs(found) < 10**18  # longer ones are no amounts
