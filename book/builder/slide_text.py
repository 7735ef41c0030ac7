"""What of a lesson's prose is said on a slide: sentences in bold, and the start of an item."""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

_READER: Final = MarkdownIt("commonmark", {"html": False}).enable("table")
# A sentence ends with its mark and what closes a quotation; in Chinese no space need follow.
_SENTENCE: Final = re.compile(r".+?(?:[。！？][”」』）]*|[.!?][\"”)*]*(?=\s|$)|$)", re.DOTALL)
_BRACKETS: Final = ("()", "\uff08\uff09")
_GOING_ON: Final = (",", ";", "\uff0c", "\u3001", "\uff1b")  # with these no sentence begins
_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")
_WIDE: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_ITEM: Final = 46  # as wide as so many Latin letters twice over: two lines of a slide


def blocks(text: str) -> list[SyntaxTreeNode]:
    """Return the blocks of a Markdown text: headings, paragraphs, lists, tables."""
    return SyntaxTreeNode(_READER.parse(text)).children


def html_of(node: SyntaxTreeNode) -> str:
    """Return a block as HTML; nothing in it is taken for HTML."""
    return rendered(node.to_tokens())


def rendered(tokens: list[Token]) -> str:
    """Return tokens as HTML."""
    done: str = _READER.renderer.render(tokens, _READER.options, {})
    return done.strip()


def inline(text: str) -> str:
    """Return a line of Markdown as HTML."""
    done: str = _READER.renderInline(text)
    return done


def source_of(node: SyntaxTreeNode) -> str:
    """Return the Markdown of what a heading, a paragraph or an item says."""
    inner = next((one for one in node.walk() if one.type == "inline"), None)
    return " ".join(inner.content.split("\n")) if inner else ""


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph.

    >>> sentences("One. Two, **three.** Four?")
    ['One.', 'Two, **three.**', 'Four?']
    >>> sentences("Three kinds (is it solved? Is she content?), no more. End.")
    ['Three kinds (is it solved? Is she content?), no more.', 'End.']
    """
    found: list[str] = []
    for one in _SENTENCE.findall(text):
        if found and (_inside_brackets(found[-1]) or one.startswith(_GOING_ON)):
            found[-1] += one
            continue
        if found and found[-1].count("**") % 2 and one.startswith("**"):
            # The sentence ended inside its bold: the mark that closes it is its own.
            found[-1], one = f"{found[-1]}**", one[2:]  # noqa: PLW2901
        if one.strip():
            found.append(one.strip())
    return found


def _inside_brackets(text: str) -> bool:
    return any(text.count(opening) > text.count(closing) for opening, closing in _BRACKETS)


def key_sentences(text: str, labels: frozenset[str]) -> list[str]:
    """Return what of a paragraph is said on a slide: its sentences with something in bold.

    A paragraph that begins with a label, such as "Example.", only tells; it says nothing new.

    >>> key_sentences("Long ago. **Ask what, not who.** Then go on.", frozenset())
    ['**Ask what, not who.**']
    >>> key_sentences("**Step one: ask.** One cause a level. More.", frozenset())
    ['**Step one: ask.** One cause a level.']
    """
    every = sentences(text)
    opening = _BOLD.match(text)
    if opening and opening[1].rstrip("。.：:") in labels:
        return []
    found = [one for one in every if "**" in one]
    if opening and found and found[0] == every[0] == opening[0] and len(every) > 1:
        # With a space also in Chinese: without one the bold would not be read as ended.
        found[0] = f"{every[0]} {every[1]}"
    return [_closed(one) for one in found]


def _closed(text: str) -> str:
    """Return the text with its bold closed, where the sentence ended in the middle of it."""
    return text if text.count("**") % 2 == 0 else text.replace("**", "")


def short(text: str, most: int = _ITEM * 2) -> str:
    """Return an item as a slide has it: whole when it is short, else its first sentence."""
    if width(text) <= most:
        return text
    first = sentences(text)[0]
    opening = _BOLD.match(text)
    if opening and first == opening[0]:
        first = " ".join(sentences(text)[:2])
    return _closed(first)


def width(text: str) -> int:
    """Return how wide a text is, in Latin letters.

    >>> width("ab"), width("\u4e2d")
    (2, 2)
    """
    return len(text) + len(_WIDE.findall(text))
