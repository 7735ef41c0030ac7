"""Personal data out, pseudonyms in: the same value gives the same pseudonym in one run.

The secret behind the pseudonyms lives in memory only and is gone when the run ends: nobody can
find the value again, and two runs give different pseudonyms.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from cstrain.intake.names import are_names
from cstrain.intake.personal import may_be_personal, spots, whole_kind, without_hidden
from cstrain.intake.vocabulary import Field, mask_words, plain_value, value_words, word
from cstrain.language import Language

_SHORTEST: Final = 4
_CARDS: Final = 0.8  # numbers of records that are all bank cards are bank cards
_MISSING: Final = 16  # characters; longer cells say something
_SHOWN: Final = 40
_LONG: Final = re.compile(r"(?<!\d)(?!19|20)\d{7,}")  # longer than any date or amount is worth


class Masker:
    """Makes pseudonyms and masks texts; `counts` says how many of each kind."""

    def __init__(self, language: Language, secret: bytes | None = None) -> None:
        self.language = language
        self.counts: Counter[str] = Counter()
        self._secret = secret or secrets.token_bytes(16)
        self._made: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def pseudonym(self, kind: str, value: str) -> str:
        """Return the pseudonym of a value: the kind's word and a few letters and digits."""
        key = (kind, value)
        known = self._made.get(key)
        if known is not None:
            return known
        message = f"{kind}\0{value}".encode("utf-8", "surrogatepass")
        digest = hashlib.blake2b(message, key=self._secret, digest_size=16).hexdigest()
        word, length = mask_words()[kind][self.language], _SHORTEST
        made = f"{word}-{digest[:length]}"
        while made in self._taken:  # two values never share one: customers stay apart
            length += 1
            made = f"{word}-{digest[:length]}"
        self._taken.add(made)
        self._made[key] = made
        return made

    def text(self, text: str, names: Iterable[str] = ()) -> str:
        """Return a text with all that looks personal replaced; `names` are replaced too."""
        text = without_hidden(text)
        found = sorted(spots(text), key=lambda one: -one.start) if may_be_personal(text) else []
        for one in found:
            text = text[: one.start] + self.pseudonym(one.kind, one.value) + text[one.end :]
            self.counts[one.kind] += 1
        for name in names:
            if len(name) > 1 and name in text:
                text = text.replace(name, self.pseudonym("name", name))
                self.counts["name"] += 1
        return text

    def cell(self, cell: Any, kind: str) -> str:
        """Return the pseudonym of a whole cell; phones are equal however they are written."""
        text = plain_value(without_hidden(as_text(cell)))
        whole = whole_kind(text)
        return self.pseudonym(kind, whole[1] if whole else text)

    def column(self, cells: Iterable[Any], what: Field) -> Mapping[Any, str | None]:
        """Return for every distinct cell of a column what is written in its place."""
        different = [one for one in set(cells) if not is_missing_text(one)]
        if what.mask == "always":
            return {one: self.cell(one, "customer") for one in different}
        if what.kind == "id":
            return self._ids(different)
        if what.mask == "auto" and self.holds_names(map(as_text, different), what):
            kind = "agent" if what.key == "agent_id" else "name"
            return {one: self.cell(one, kind) for one in different}
        return {one: self.text(as_text(one)) for one in different}

    def holds_names(self, values: Iterable[str], what: Field) -> bool:
        """Say whether a column that is no text holds people's names."""
        return what.kind == "group" and are_names(values, western=what.key == "agent_id")

    def _ids(self, cells: Iterable[Any]) -> dict[Any, str | None]:
        """Return record numbers: only whole cells that are personal data are replaced."""
        made: dict[Any, str | None] = {one: as_text(one) for one in cells}
        whole = {one: whole_kind(without_hidden(text)) for one, text in made.items() if text}
        found = {one: kind for one, kind in whole.items() if kind is not None}
        cards = sum(kind == "card" for kind, _ in found.values())
        for one, (kind, value) in found.items():
            if kind != "card" or cards >= _CARDS * len(made):
                made[one] = self.pseudonym(kind, value)
                self.counts[kind] += 1
        return made


def as_text(cell: Any) -> str:
    """Return a cell as a spreadsheet shows it: 1001.0 is 1001.

    >>> as_text(1001.0), as_text(" a b ")
    ('1001', 'a b')
    """
    if isinstance(cell, str) and cell.isprintable() and cell == cell.strip():
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def is_missing_text(cell: Any) -> bool:
    """Say whether a cell of a text column says that nothing is there."""
    if cell is None or cell == "" or cell != cell:  # noqa: PLR0124 - NaN
        return True
    short = isinstance(cell, str) and len(cell) <= _MISSING
    return short and plain_value(cell) in value_words("missing")


def shown_cell(cell: Any, masker: Masker) -> str:
    """Return what a list of problems may show of a cell: figures and signs, never words.

    A word may be a name that slipped into the wrong column, and a long number may be anything:
    of those only the length is told.

    >>> shown_cell("31/02/2025", Masker("en")), shown_cell("Zhang San", Masker("en"))
    ('31/02/2025', 'text of 9 characters')
    """
    text = without_hidden(as_text(cell))
    if plain_value(text) in value_words("broken") | value_words("endless"):
        return text
    whole = whole_kind(text)
    if whole:
        return masker.pseudonym(*whole)
    words = any(one.isalpha() for one in text) or len(text) > _SHOWN
    if words or next(spots(text), None) is not None:
        return word("text_of", masker.language, n=len(text))
    long = _LONG.search(text)
    return word("digits_of", masker.language, n=len(long[0])) if long else text
