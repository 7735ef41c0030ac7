"""Export and import of fishbones and why trees: one JSON text, read with patience.

{"format": "cstrain.fishbone" or "cstrain.why_tree", "version": 1, ... the keys of the model}
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cstrain.causes.fishbone import KEYS, Fishbone
from cstrain.causes.mends import Mend, quoted
from cstrain.causes.tree import TREE_KEYS, WhyTree
from cstrain.errors import CstrainError

FORMATS: Final[Mapping[str, type[WhyTree | Fishbone]]] = {
    "cstrain.fishbone": Fishbone,
    "cstrain.why_tree": WhyTree,
}
VERSION: Final = 1
MOST_MEGABYTES: Final = 10  # the largest honest files have some hundred kB
_MOST_BYTES: Final = MOST_MEGABYTES * 1_000_000
_LIKELY: Final = {"cstrain.fishbone": {*KEYS} - {"head"}, "cstrain.why_tree": {*TREE_KEYS}}
_BOMS: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

# Every code a file as a whole can have, beside those of mends.py; each has its sentence in
# content/messages/rca.toml. The first five refuse the file.
REFUSALS: Final = ("file_too_large", "file_not_text", "file_broken", "file_cut", "file_foreign")
CODES: Final = (*REFUSALS, "file_newer", "file_version", "format_guessed", "key_double")


@dataclass(frozen=True)
class Imported:
    """What a file holds; without a model it could not be read, and `mends` says why."""

    model: WhyTree | Fishbone | None
    mends: tuple[Mend, ...] = ()

    @property
    def format(self) -> str:
        """The format of the model, "" without one."""
        return next((key for key, one in FORMATS.items() if isinstance(self.model, one)), "")


class _RefusedError(CstrainError):
    """A file that holds no model: a reason code and its facts, no sentence."""

    def __init__(self, code: str, **facts: str | float) -> None:
        self.imported: Final = Imported(None, (Mend(code, facts),))
        super().__init__(code)


def export_text(model: WhyTree | Fishbone) -> str:
    """Return a model as the text of a file that `read_export` reads back as the same model.

    >>> read_export(export_text(WhyTree("Calls wait"))).model.problem
    'Calls wait'
    """
    about = {"format": Imported(model).format, "version": VERSION}
    text = json.dumps({**about, **model.as_plain()}, ensure_ascii=False, indent=1)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair: only the escaped form can carry it
        return json.dumps({**about, **model.as_plain()}, indent=1)
    return text


def read_export(data: Any) -> Imported:
    """Return what a file holds, given as text or bytes; whatever stands in it, nothing is raised.

    >>> read_export('{"nodes": [{"te').mends
    (Mend(code='file_cut', facts={}),)
    """
    doubled: dict[str, None] = {}
    try:
        raw = _parsed(data, doubled)
    except _RefusedError as error:
        return error.imported
    found = read_plain(raw)
    if not doubled:
        return found
    said = Mend("key_double", {"words": quoted(", ".join(doubled))})
    return Imported(found.model, (said, *found.mends))


def _parsed(data: Any, doubled: dict[str, None]) -> Any:
    if not isinstance(data, (str, bytes)):
        raise _RefusedError("file_foreign")
    if len(data) > _MOST_BYTES:
        raise _RefusedError("file_too_large", most=MOST_MEGABYTES)
    try:
        text = data if isinstance(data, str) else data.decode(_BOMS.get(data[:2], "utf-8"))
        return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_table_maker(doubled))
    except json.JSONDecodeError as error:
        raise _RefusedError("file_cut" if _breaks_off(error) else "file_broken") from error
    except UnicodeDecodeError as error:
        raise _RefusedError("file_not_text") from error
    except (ValueError, RecursionError) as error:  # too many digits, nested too deep
        raise _RefusedError("file_broken") from error


def _table_maker(doubled: dict[str, None]) -> Callable[[list[tuple[str, Any]]], dict[str, Any]]:
    """Return what makes tables of pairs; keys given twice are noted, the last one counts."""

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            counts = Counter(key for key, _value in pairs)
            doubled.update((key, None) for key, count in counts.items() if count > 1)
        return made

    return table


def read_plain(raw: Any) -> Imported:
    """Return what the plain JSON values of a file hold.

    >>> read_plain({"format": "cstrain.why_tree", "version": 7, "problem": "late"}).mends[0].code
    'file_newer'
    """
    if not isinstance(raw, Mapping):
        return _RefusedError("file_foreign").imported
    named = raw.get("format")
    kind = named if isinstance(named, str) and named in FORMATS else _guessed(raw, named)
    if not kind:
        return _RefusedError("file_foreign").imported
    about = [] if kind == named else [Mend("format_guessed")]
    about += _version_mends(raw, named)
    model, mends = FORMATS[kind].from_plain(raw)
    return Imported(model, (*about, *mends))


def _guessed(raw: Mapping[str, Any], named: Any) -> str:
    """Return the format that the keys look like; a file that names another one is not ours."""
    if named not in (None, ""):
        return ""
    return next((key for key, keys in _LIKELY.items() if keys & raw.keys()), "")


def _version_mends(raw: Mapping[str, Any], named: Any) -> list[Mend]:
    version = raw.get("version")
    if isinstance(version, int) and not isinstance(version, bool) and version >= 1:
        newer = version > VERSION
        return [Mend("file_newer", {"value": min(version, 10**9)})] if newer else []
    return [Mend("file_version")] if named or version is not None else []


def _breaks_off(error: json.JSONDecodeError) -> bool:
    at_end = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated")
    return at_end and bool(error.doc.strip())
