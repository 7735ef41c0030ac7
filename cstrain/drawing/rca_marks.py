"""The small signs in pictures of causes: votes, verdicts, ladders, cards, flags.

A sign says what it says three times: by its shape, by its colour, and by a word or number.
Colours have at least 3 : 1 on white and on the dark theme; words take the page's own colour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cstrain.drawing.rca_text import clean, ems, fit
from cstrain.html import escape

# Named here too, so that a picture saved as a file of its own looks the same.
FONTS: Final = (
    "system-ui,-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans SC',sans-serif"
)
SMALL: Final = 11  # size of the words in a sign
MARK_ROW: Final = 20  # a row of signs is this high
TEAL, GREEN, RED, AMBER, BLUE, GREY = (
    "#1a9b8f", "#2e9a4f", "#d0524a", "#c47a1c", "#5b7fd6", "#7a8690",
)  # fmt: skip
VERDICTS: Final = ("supported", "rejected", "untested")
_PADDING, _BETWEEN, _MOST_DOTS, _DOT_STEP = 6, 6, 5, 8


@dataclass(frozen=True)
class Mark:
    """A sign: its kind, its word or number, and how many dots stand before it (votes)."""

    kind: str
    label: str
    dots: int = 0

    @property
    def icon(self) -> float:
        """Return how wide its drawing is."""
        return self.dots * _DOT_STEP + 2 if self.kind == "votes" else _LOOKS[self.kind].icon

    @property
    def width(self) -> float:
        """Return how wide it is, in pixels."""
        padding = 2 * _PADDING if _LOOKS[self.kind].frame else 0
        return self.icon + padding + ems(self.label) * SMALL * 1.03


def votes_mark(count: int) -> Mark:
    """Return the dots and the number of votes.

    >>> votes_mark(12)
    Mark(kind='votes', label='12', dots=5)
    """
    return Mark("votes", str(count), min(count, _MOST_DOTS))


def short_mark(kind: str, label: object, room: float) -> Mark:
    """Return a sign whose word is shortened to the room there is."""
    free = room - _LOOKS[kind].icon - 2 * _PADDING
    lines = fit(label, max(free, 2 * SMALL) / 1.04, SMALL, 1).lines
    return Mark(kind, lines[0] if lines else "")


def narrowed(mark: Mark, room: float) -> Mark:
    """Return a sign no wider than the room."""
    if mark.width <= room or mark.kind == "votes":
        return mark
    return short_mark(mark.kind, mark.label, room)


def flag_labels(codes: object, said: Mapping[str, str]) -> list[str]:
    """Return the words of what was found, each once; of an unknown code the one to look again.

    `codes` are codes or pairs of a code and its facts.
    """
    listed = [codes] if isinstance(codes, str) else codes
    if not isinstance(listed, Iterable):
        return []
    names = (one[0] if isinstance(one, tuple) and one else one for one in listed)
    return list(dict.fromkeys(said.get(f"flag_{one}", said["flag_other"]) for one in names))


def flag_marks(codes: object, said: Mapping[str, str], room: float) -> list[Mark]:
    """Return a flag for every code."""
    return [short_mark("flag", one, room) for one in flag_labels(codes, said)]


def rows_of(marks: Iterable[Mark], room: float) -> tuple[tuple[Mark, ...], ...]:
    """Return the signs in rows that fit the room."""
    rows: list[list[Mark]] = []
    used = 0.0
    for one in marks:
        if not rows or used + one.width > room:
            rows.append([])
            used = 0.0
        rows[-1].append(one)
        used += one.width + _BETWEEN
    return tuple(tuple(row) for row in rows)


def row_width(row: Sequence[Mark]) -> float:
    """Return how wide a row of signs is."""
    return sum(one.width for one in row) + _BETWEEN * max(0, len(row) - 1)


def drawn_row(row: Iterable[Mark], x: float, y: float) -> str:
    """Return a row of signs that begins at x; y is its middle."""
    done = []
    for one in row:
        done.append(drawn(one, x, y))
        x += one.width + _BETWEEN
    return "".join(done)


def drawn(mark: Mark, x: float, y: float) -> str:
    """Return one sign that begins at x; y is its middle."""
    look = _LOOKS[mark.kind]
    start = x + (_PADDING if look.frame else 0)
    paint = "#ffffff" if mark.kind == "white" else "currentColor"
    frame = ""
    if look.frame:
        frame = (
            f'<rect x="{x:.1f}" y="{y - 8:.1f}" width="{mark.width:.1f}" height="16" {look.frame}/>'
        )
    said = words_at(start + mark.icon, y + 4, mark.label, size=SMALL, paint=paint)
    return frame + _icon(mark, look, start, y) + said


def words_at(
    x: float, y: float, words: str, *, size: float, weight: int = 400, paint: str = "currentColor"
) -> str:
    """Return a line of text that begins at x; `paint` may carry an anchor or an opacity too."""
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"{bold} fill="{paint}">'
        f"{escape(words)}</text>"
    )


def star(x: float, y: float) -> str:
    """Return the star of a cause that is marked as likely; (x, y) is its middle."""
    points = "0,-7 2,-2.2 7,-2.2 3,1 4.4,6 0,3 -4.4,6 -3,1 -7,-2.2 -2,-2.2"
    return (
        f'<polygon transform="translate({x:.1f} {y:.1f})" points="{points}" fill="{AMBER}" '
        f'stroke="{AMBER}" stroke-linejoin="round"/>'
    )


def titled(inner: str, whole: str, *, kind: str, key: str) -> str:
    """Return a group with the id of what it shows, and all its words where they were shortened."""
    title = f"<title>{escape(clean(whole))}</title>" if whole else ""
    return f'<g class="{kind}" data-id="{escape(clean(key))}">{title}{inner}</g>'


def _icon(mark: Mark, look: _Look, x: float, y: float) -> str:
    if mark.kind == "votes":
        return "".join(
            f'<circle cx="{x + 3 + _DOT_STEP * one:.1f}" cy="{y:.1f}" r="3" fill="{BLUE}"/>'
            for one in range(mark.dots)
        )
    if mark.kind == "top":
        return star(x + 6, y)
    return f'<path d="{look.path(x, y)}" {look.stroke}/>' if look.path else ""


def _tick(x: float, y: float) -> str:
    return f"M{x:.1f} {y:.1f}l3.5 4 6-7.5"


def _cross(x: float, y: float) -> str:
    return f"M{x:.1f} {y - 3.5:.1f}l7.5 7.5m0-7.5l-7.5 7.5"


def _open(x: float, y: float) -> str:
    return f"M{x:.1f} {y:.1f}h2m2 0h2m2 0h2"


def _ladder(x: float, y: float) -> str:
    return f"M{x + 1:.1f} {y - 7:.1f}v14m7-14v14m-7-11h7m-7 4h7m-7 4h7"


def _card(x: float, y: float) -> str:
    return f"M{x:.1f} {y - 5:.1f}h6l3 3v7h-9zm2 4h5m-5 3h5"


def _pennant(x: float, y: float) -> str:
    return f"M{x + 1:.1f} {y + 6:.1f}v-12l8 3.5-8 3.5"


def _link(x: float, y: float) -> str:
    return f"M{x:.1f} {y:.1f}h24"


def _broken(x: float, y: float) -> str:
    return f"M{x:.1f} {y:.1f}h6m12 0h6m-17-5l10 10m0-10l-10 10"


def _stroke(colour: str, fill: str = "none") -> str:
    return (
        f'fill="{fill}" stroke="{colour}" stroke-width="1.8" stroke-linecap="round" '
        'stroke-linejoin="round"'
    )


def _frame(colour: str, corner: float, rest: str = "") -> str:
    return f'rx="{corner:g}" fill="{colour}" fill-opacity="0.13" stroke="{colour}"{rest}'


@dataclass(frozen=True)
class _Look:
    """How a kind of sign looks: the width of its drawing, what draws it, its frame."""

    icon: float = 14
    path: Callable[[float, float], str] | None = None
    stroke: str = ""
    frame: str = ""


_DASHED: Final = ' stroke-dasharray="3 2.5"'
_GOOD, _BAD, _SO_FAR = _frame(GREEN, 8), _frame(RED, 0), _frame(GREY, 8, _DASHED)
_LOOKS: Final[Mapping[str, _Look]] = {
    "votes": _Look(0),
    "top": _Look(17),
    "supported": _Look(14, _tick, _stroke(GREEN), _GOOD),
    "rejected": _Look(12, _cross, _stroke(RED), _BAD),
    "untested": _Look(14, _open, _stroke(GREY), _SO_FAR),
    "dug": _Look(14, _ladder, _stroke(TEAL)),
    "cards": _Look(13, _card, _stroke(BLUE)),
    "card": _Look(0, frame=_frame(BLUE, 3)),
    "white": _Look(0, frame='rx="3" fill="none" stroke="#ffffff" stroke-opacity="0.8"'),
    "bare": _Look(0, frame=_frame(GREY, 3, _DASHED)),
    "flag": _Look(14, _pennant, _stroke(AMBER, AMBER), _frame(AMBER, 2)),
    "root": _Look(14, _tick, _stroke(GREEN), _GOOD),
    "end": _Look(14, _open, _stroke(GREY), _SO_FAR),
    "out_of_hand": _Look(12, _cross, _stroke(RED), _BAD),
    "link_held": _Look(30, _link, _stroke(TEAL)),
    "link_open": _Look(30, _link, _stroke(GREY) + ' stroke-dasharray="4 4"'),
    "link_broken": _Look(30, _broken, _stroke(RED)),
}
