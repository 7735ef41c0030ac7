"""What the shapes share: unreadable values, keyed labels, and views in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from cstrain.html import escape
from cstrain.language import Language, Text
from cstrain.model import Facts
from cstrain.table_reader import TableReader

Params = Mapping[str, Any]
View = Mapping[str, Any]


class Unreadable(Exception):  # noqa: N818 - it is an outcome that travels up, not a fault
    """A value that has the wrong form for its field; becomes the finding `unreadable`."""

    def __init__(self, code: str, **facts: str | float) -> None:
        self.code: Final = code
        self.facts: Final[Facts] = facts
        super().__init__(code)


class Shape(Protocol):
    """The four functions every shape module has, see the package's description."""

    load: Callable[[TableReader], Params]
    parse: Callable[[Any, Params], Any]
    sheet: Callable[[View], str]
    shown: Callable[[Any, View], str]


def load_named(reader: TableReader, key: str, *, least: int = 2) -> tuple[dict[str, Any], ...]:
    """Return a list of things with a key and a label in both languages; keys must differ."""
    done: list[dict[str, Any]] = []
    for one in reader.children(key, least=least):
        name = one.string("key")
        if any(name == other["key"] for other in done):
            raise one.wrong("key", "a key that no other entry of this list has")
        one.has("zh"), one.has("en")
        done.append({"key": name, "label": Text(**_labels(one))})
        one.finish()
    return tuple(done)


def _labels(reader: TableReader) -> dict[str, str]:
    return {"zh": reader.string("zh"), "en": reader.string("en")}


def keys(named: Any) -> list[str]:
    """Return the keys of a list of named things."""
    return [one["key"] for one in named]


def in_language(value: Any, language: Language) -> Any:
    """Return the parameters with every Text resolved, as plain JSON values.

    >>> in_language({"unit": Text(zh="miao", en="s"), "least": 2}, "en")
    {'unit': 's', 'least': 2}
    """
    if isinstance(value, Text):
        return value[language]
    if isinstance(value, Mapping):
        return {key: in_language(one, language) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [in_language(one, language) for one in value]
    return value


def label_of(named: Any, key: Any) -> str:
    """Return the label of the named thing with this key, escaped; the key when unknown."""
    return escape(next((one["label"] for one in named if one["key"] == key), key))


def as_table(value: Any) -> Mapping[str, Any]:
    """Return a mapping with string keys, or raise Unreadable."""
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise Unreadable("wrong_form")
    return value


def box(label: str) -> str:
    """Return a label with a box to tick, for paper."""
    return f'<span class="sheet-box">{label}</span>'


def line() -> str:
    """Return a line to write on, for paper."""
    return '<span class="sheet-line"></span>'
