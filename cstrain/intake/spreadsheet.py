"""Cells that no spreadsheet runs: CSV for Excel, with texts that stay texts."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

# With these a spreadsheet begins a formula, also after blanks; the last four are full-width.
_STARTS: Final = ("=", "+", "-", "@", "{=", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BLANKS: Final = " \t\r\n\v\f\u00a0\u3000"
_CONTROL: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
_ODD: Final = re.compile("[\\s=+@{\uff0b\uff0d\uff1d\uff20-]")
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def safe_text(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula, without control characters.

    >>> safe_text("=1+1"), safe_text(" @SUM(A1)"), safe_text("a=1")
    ("'=1+1", "' @SUM(A1)", 'a=1')
    """
    if not _ODD.match(text) and not _UNSEEN.search(text):
        return text
    clean = text.translate(_CONTROL)
    dangerous = clean[:1] in {"\t", "\r", "\n"} or clean.lstrip(_BLANKS).startswith(_STARTS)
    return f"'{clean}" if dangerous else clean


def safe_cell(cell: Any) -> Any:
    """Return a text made safe, nothing for None, and numbers as they are."""
    return safe_text(cell) if isinstance(cell, str) else "" if cell is None else cell


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows for Excel: UTF-8 with a mark, texts in quotation marks.

    The cells must have gone through `safe_cell`.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        # In quotation marks a text with another separator in it stays one cell everywhere.
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
        writer.writerow(list(map(safe_text, header)))
        writer.writerows(rows)
