"""The checked table as a data set of the user's own: load_dataset("mine.tickets")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from cstrain.datasets.places import MINE, own_folder
from cstrain.intake.findings import Checked
from cstrain.intake.said import Said
from cstrain.intake.spreadsheet import safe_cell, write_csv
from cstrain.intake.vocabulary import fields, word
from cstrain.language import LANGUAGES
from cstrain.library.toml_file import read_toml

_INDEX: Final = "index.toml"
_NO_NAME: Final = re.compile(r"[^\w-]+")
_BLOCK: Final = 50_000  # rows made into cells at once
_LONGEST: Final = 40
_UNITS: Final = {"seconds": "s", "score": "score"}


def dataset_name(stem: str) -> str:
    """Return a name for load_dataset made of a file's name.

    >>> dataset_name("Tickets 2025-07 (final)"), dataset_name("...")
    ('Tickets_2025-07_final', 'table')
    """
    return _NO_NAME.sub("_", stem).strip("_-")[:_LONGEST].strip("_-") or "table"


def write_dataset(folder: Path, name: str, file: str, checked: Checked, said: Said) -> list[Path]:
    """Write table, cards and index into a folder; return them in the order in which they move.

    The folder has the form of the user's own one, to which its files are moved afterwards. The
    index comes last: until it is there, nothing has changed.
    """
    shelf = folder / MINE
    shelf.mkdir(parents=True)
    columns = list(checked.frame.columns)
    table = shelf / f"{name}.csv"
    write_csv(table, columns, _rows(checked.frame))
    made = [table]
    for language in LANGUAGES:
        path = folder / "cards" / f"{MINE}_{name}.{language}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(_card(name, file, checked, said, language), encoding="utf-8")
        made.append(path)
    index = shelf / _INDEX
    index.write_text(_index(name, file, checked, said), encoding="utf-8")
    return [*made, index]


def _rows(frame: Any) -> Iterator[Sequence[Any]]:
    """Yield the rows as safe cells, a block at a time."""
    whole = {one: is_whole(frame[one]) for one in frame.columns if frame[one].dtype == "float64"}
    for start in range(0, len(frame), _BLOCK):
        block = frame.iloc[start : start + _BLOCK]
        columns = [_cells(block[one], whole=whole.get(one, False)) for one in frame.columns]
        yield from zip(*columns, strict=True)


def _cells(column: Any, *, whole: bool) -> list[Any]:
    """Return a column as safe cells: ISO times, true and false, whole numbers whole."""
    import numpy as np  # noqa: PLC0415 - only data need it

    kind = str(column.dtype)
    if kind.startswith("datetime"):
        times = np.datetime_as_string(column.to_numpy(), unit="s").tolist()
        return ["" if one == "NaT" else one for one in times]
    if kind == "float64":
        return [
            "" if one != one else int(one) if whole else one  # noqa: PLR0124 - NaN
            for one in column.tolist()
        ]
    there = {True: "true", False: "false"} if kind == "boolean" else {}
    cells = column.astype(object).where(column.notna(), None).tolist()
    safe = {one: there.get(one, safe_cell(one)) for one in set(cells)}
    return list(map(safe.__getitem__, cells))


def is_whole(column: Any) -> bool:
    """Say whether all numbers of a column are whole."""
    known = column.dropna()
    return bool((known == known.round()).all())


def _kind(column: Any) -> str:
    kind = str(column.dtype)
    if kind.startswith("datetime"):
        return "time"
    if kind == "boolean":
        return "bool"
    if kind == "float64":
        return "int" if is_whole(column) else "float"
    return "text"


def _index(name: str, file: str, checked: Checked, said: Said) -> str:
    """Return the index with this table in it, and all others that were there."""
    others = _others(name)
    title = {one: word("card_title", one, name=name) for one in LANGUAGES}
    lines = [f"[tables.{_key(name)}]", f"title = {_pair(title)}", f"rows = {checked.kept}"]
    lines += ["lessons = []", f"recipe = {_quoted(said.masker.text(file))}"]
    lines.append(f"[tables.{_key(name)}.columns]")
    for one in checked.frame.columns:
        what = fields()[one]
        unit = _UNITS.get(what.kind)
        parts = [f'type = "{_kind(checked.frame[one])}"', *([f'unit = "{unit}"'] if unit else [])]
        parts.append('empty = "missing"')
        parts += [f"{key} = {_quoted(what.label[key])}" for key in LANGUAGES]
        lines.append(f"{one} = {{ {', '.join(parts)} }}")
    shelf = {one: word("own_tables", one) for one in LANGUAGES}
    return "\n\n".join([f"title = {_pair(shelf)}", *others, "\n".join(lines)]) + "\n"


def _others(name: str) -> list[str]:
    """Return the entries of the other tables as they stand in the index."""
    path = own_folder() / MINE / _INDEX
    if not path.is_file():
        return []
    known = read_toml(path).get("tables", {})
    text = path.read_text(encoding="utf-8")
    parts = [one.strip() for one in re.split(r"(?m)^(?=\[tables\.[^\].]+\]$)", text)]
    heads = {f"[tables.{_key(one)}]" for one in known if one != name}
    return [one for one in parts if one.split("\n", 1)[0] in heads]


def _card(name: str, file: str, checked: Checked, said: Said, language: Any) -> str:
    told = {
        "file": said.masker.text(file),
        "rows": f"{checked.kept:,}",
        "zone": checked.zone,
        "read": f"{checked.read:,}",
        "excluded": f"{checked.total('excluded'):,}",
        "blanked": f"{checked.total('blanked'):,}",
    }
    lines = [f"# {word('card_title', language, name=name)}", ""]
    for key in ("card_what", "card_made", "card_private", "card_formula"):
        lines += [word(key, language, **told), ""]
    lines += [f"| {word('header', language)} | {word('field', language)} |", "| --- | --- |"]
    lines += [f"| `{one}` | {fields()[one].label[language]} |" for one in checked.frame.columns]
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _pair(text: dict[Any, str]) -> str:
    return f"{{ {', '.join(f'{key} = {_quoted(one)}' for key, one in text.items())} }}"


def _quoted(text: str) -> str:
    clean = "".join(one for one in text if one.isprintable())
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'
