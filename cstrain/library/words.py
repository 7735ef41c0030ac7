"""Messages and interface words: the only source of sentences that a learner reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from cstrain.errors import UnknownNameError
from cstrain.language import Language, Text
from cstrain.library.toml_file import CONTENT, read_toml, shown_name
from cstrain.table_reader import TableReader


@cache
def texts(name: str) -> Mapping[str, Text]:
    """Return all texts of content/<name>.toml by key; every one has both languages."""
    path = CONTENT / f"{name}.toml"
    reader = TableReader(shown_name(path), read_toml(path))
    return {key: reader.text(key) for key in reader.raw}


@cache
def words(name: str, language: Language) -> Mapping[str, str]:
    """Return the texts of a file in one language."""
    return {key: one[language] for key, one in texts(name).items()}


@cache
def messages() -> Mapping[str, Mapping[str, Text]]:
    """Return the messages of every rule: {rule: {code: text}}."""
    names = sorted(path.stem for path in (CONTENT / "messages").glob("*.toml"))
    return {name: texts(f"messages/{name}") for name in names}


def messages_of(rule: str) -> Mapping[str, Text]:
    """Return the messages of one rule by code, none where it has no file of its own.

    The files of the others are not read: on a page they may not be there yet.
    """
    path = CONTENT / "messages" / f"{rule}.toml"
    return texts(f"messages/{rule}") if path.is_file() else {}


def message(group: str, code: str) -> Text:
    """Return the message of a rule for a result code."""
    known = messages_of(group)
    if code not in known:
        raise UnknownNameError(f"message of {group}", code, known)
    return known[code]


def code_names(kind: str, language: Language) -> Mapping[str, str]:
    """Return what the codes of one kind of column are called in a language.

    >>> code_names("matter", "en")["simple"]
    'simple matters'
    """
    path = CONTENT / "code_names.toml"
    reader = TableReader(shown_name(path), read_toml(path))
    if kind not in reader.raw:
        raise UnknownNameError("kind of code", kind, reader.raw)
    return {key: one[language] for key, one in reader.texts(kind).items()}
