"""Safe HTML: everything is escaped here, and a small Markdown subset for our own content."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

_INLINE: Final = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"\*(.+?)\*"), r"<em>\1</em>"),
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
)
# Characters that reorder or hide what follows; a learner's text must not disturb our sentences.
_INVISIBLE: Final = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def escape(text: object) -> str:
    """Return the text safe for HTML, also inside attributes, without control characters.

    >>> escape('<script>"')
    '&lt;script&gt;&quot;'
    """
    return html.escape(_INVISIBLE.sub("", str(text)), quote=True)


def quote(text: object, most: int = 160) -> str:
    """Return the learner's own words, shortened, escaped and marked as a quotation.

    >>> quote("as soon as possible")
    '<q>as soon as possible</q>'
    """
    words = " ".join(str(text).split())
    return f"<q>{escape(words if len(words) <= most else words[: most - 1] + '…')}</q>"


def inline(text: str) -> str:
    """Return one line of our Markdown subset as HTML: bold, emphasis, code."""
    done = escape(text)
    for pattern, tag in _INLINE:
        done = pattern.sub(tag, done)
    return done


def markdown(text: str) -> str:
    r"""Return paragraphs, lists and tables of our Markdown subset as HTML.

    >>> markdown("Two **things**:\n\n- one\n- two")
    '<p>Two <strong>things</strong>:</p><ul><li>one</li><li>two</li></ul>'
    """
    blocks = re.split(r"\n\s*\n", text.strip())
    return "".join(part for block in blocks for part in _block(block.splitlines()))


def _block(lines: list[str]) -> Iterator[str]:
    for kind, group in groupby((line.strip() for line in lines if line.strip()), key=_kind):
        rows = list(group)
        if kind == "list":
            yield "<ul>" + "".join(f"<li>{inline(row[2:])}</li>" for row in rows) + "</ul>"
        elif kind == "table":
            yield _table(rows)
        else:
            yield f"<p>{inline(' '.join(rows))}</p>"


def _kind(line: str) -> str:
    if line.startswith("- "):
        return "list"
    return "table" if line.startswith("|") else "paragraph"


def _table(rows: list[str]) -> str:
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    body = [row for row in cells if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
    return table(body[0], body[1:]) if body else ""


def table(head: Iterable[str], rows: Iterable[Iterable[str]], css: str = "") -> str:
    """Return a table with a heading row; cells are our Markdown subset."""
    top = "".join(f'<th scope="col">{inline(cell)}</th>' for cell in head)
    lines = ("".join(f"<td>{inline(cell)}</td>" for cell in row) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    opening = f'<table class="{escape(css)}">' if css else "<table>"
    return f"{opening}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
