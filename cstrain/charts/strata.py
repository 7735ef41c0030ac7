"""Two groups compared stratum by stratum and as a whole: where Simpson's paradox shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from cstrain.charts.canvas import SMALL, blank, name_marks, note, picture, sheet, spread
from cstrain.charts.errors import ChartError
from cstrain.charts.labels import names_of, shortened
from cstrain.charts.measure import Measure, Speech, number, share_speech
from cstrain.charts.picture import Picture
from cstrain.charts.readings import Columns, rows_of
from cstrain.charts.shares import Share, share_of
from cstrain.charts.style import GREY, INDIGO, TEAL, WINE, look
from cstrain.language import Text

_MOST: Final = 6  # strata; of more the largest are drawn
_PAINT: Final = (INDIGO, TEAL, GREY)  # each dark enough for its label
_MARKS: Final = "os^vPX"
_HEIGHT: Final = 4.0
Pair = tuple[Share, Share]


@dataclass(frozen=True)
class _Slopes:
    """The two groups by name, each stratum's pair of shares, and both groups as a whole."""

    groups: tuple[str, str]
    strata: tuple[Pair, ...]
    whole: Pair

    @property
    def steps(self) -> list[int]:
        """Which way each stratum goes that has members in both groups: 1, -1 or 0."""
        return [_way(one) for one in self.strata if one[0].n and one[1].n]

    @property
    def paradox(self) -> bool:
        """Whether all strata go one way, and the whole the other."""
        ways = set(self.steps)
        return len(ways) == 1 and _way(self.whole) == -ways.pop() != 0


def simpson_slope(
    rates: Any, columns: Columns = None, *, about: str | Text | Measure = "", language: str
) -> Picture:
    """Return the shares of two groups as slopes: one line a stratum, one for the whole.

    `rates` are rows of group, stratum, events and n, a frame, or a mapping of mappings.

    >>> site = {"S1": {"phone": (680, 800), "chat": (120, 200)}}
    >>> site["S2"] = {"phone": (180, 200), "chat": (520, 800)}
    >>> print(simpson_slope(site, about="FCR", language="en").alt.partition(". ")[2])
    ... # doctest: +ELLIPSIS
    S2 is higher than S1 in 2 of 2 strata; put together it is the other way round: Simpson's ...
    """
    say = share_speech(about, language)
    found = _slopes(rows_of("rates", rates, columns, 4), say)
    if found is None:
        return blank(say, "simpson")
    with look():
        drawn, axes = sheet(_HEIGHT, say)
        shown = sorted(found.strata, key=lambda one: -one[0].n - one[1].n)[:_MOST]
        kept = [one for one in found.strata if one in shown]
        for index, pair in enumerate(kept):
            style = {"color": _PAINT[index % len(_PAINT)], "marker": _MARKS[index % len(_MARKS)]}
            _draw(axes, pair, {**style, "linewidth": 1.8, "markersize": 7})
        bold = {"color": WINE, "marker": "D", "linewidth": 3.0, "linestyle": "--", "markersize": 8}
        _draw(axes, found.whole, bold)
        _name_ends(axes, [*kept, found.whole], say)
        name_marks(axes.xaxis, [0, 1], [shortened(one, 24) for one in found.groups])
        rest = len(found.strata) - len(kept)
        note(axes, say.word("strata_left_out", count=number(rest)) if rest else "")
        return picture(drawn, _alt(found, say))


def _slopes(rows: Sequence[tuple[Any, ...]], say: Speech) -> _Slopes | None:
    groups = names_of([row[0] for row in rows])
    names = names_of([row[1] for row in rows])
    sums: dict[str, dict[str, Share]] = {}
    for index, row in enumerate(rows):
        one = share_of(f"rates[{index}]", names[index], row[2], row[3])
        before = sums.setdefault(groups[index], {}).get(one.name, Share(one.name, 0, 0))
        sums[groups[index]][one.name] = _together(one.name, [before, one])
    if not sums:
        return None
    if len(sums) != 2:
        raise ChartError("rates", found=f"{len(sums)} groups", allowed="exactly 2")
    left, right = sums.values()
    every = list(dict.fromkeys([*left, *right]))
    empty = {one: Share(one, 0, 0) for one in every}
    pairs = tuple((left.get(one, empty[one]), right.get(one, empty[one])) for one in every)
    name = say.word("all_strata")
    whole = (_together(name, left.values()), _together(name, right.values()))
    if not whole[0].n or not whole[1].n:
        return None
    first, second = sums
    return _Slopes((first, second), pairs, whole)


def _together(name: str, shares: Any) -> Share:
    listed = list(shares)
    return Share(name, sum(one.events for one in listed), sum(one.n for one in listed))


def _way(pair: Pair) -> int:
    first, second = pair
    before, after = first.events * second.n, second.events * first.n
    return (after > before) - (after < before)


def _draw(axes: Any, pair: Pair, style: dict[str, Any]) -> None:
    ends = [(place, one.rate) for place, one in enumerate(pair) if one.n]
    axes.plot(*zip(*ends, strict=True), **style)


def _name_ends(axes: Any, pairs: Sequence[Pair], say: Speech) -> None:
    axes.set_xlim(-0.06, 1.06)
    axes.margins(y=0.15)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    low, high = axes.get_ylim()
    gap = 1.35 * SMALL / 72 / (_HEIGHT - 0.9) * (high - low)
    for side, (edge, align) in enumerate(((-0.02, "right"), (1.02, "left"))):
        there = [(index, pair[side]) for index, pair in enumerate(pairs) if pair[side].n]
        places = spread([one.rate for _, one in there], gap, (low, high))
        for (index, one), place in zip(there, places, strict=True):
            last = index == len(pairs) - 1
            told = say.word(
                "slope", name=shortened(one.name, 16), value=say.value(one.rate), n=number(one.n)
            )
            axes.text(
                edge,
                place,
                told,
                transform=axes.get_yaxis_transform(),
                ha=align,
                va="center",
                fontsize=SMALL,
                color=WINE if last else _PAINT[index % len(_PAINT)],
            )


def _alt(found: _Slopes, say: Speech) -> str:
    first, second = (say.named(one) for one in found.groups)
    each = [_said(one, (first, second), say) for one in (*found.strata, found.whole)]
    ups, downs = found.steps.count(1), found.steps.count(-1)
    key, count = ("slope_up", ups) if ups >= downs else ("slope_down", downs)
    facts = {"count": number(count), "of": number(len(found.steps))}
    told = [say.word(key, first=first, second=second, **facts), say.word(_verdict(found))]
    if not found.steps:
        told = [say.word("no_common")]
    shown = each if len(each) <= _MOST + 1 else [*each[:_MOST], each[-1]]
    return say.alt("simpson", shown, told)


def _verdict(found: _Slopes) -> str:
    if found.paradox:
        return "reversed"
    ways = {*found.steps, _way(found.whole)}
    return "not_reversed" if len(ways) == 1 else "mixed"


def _said(pair: Pair, groups: tuple[str, str], say: Speech) -> str:
    ends = [say.value(one.rate) if one.n else "–" for one in pair]
    facts = {"first": groups[0], "second": groups[1], "from": ends[0], "to": ends[1]}
    return say.word("slope_from_to", name=say.named(pair[0].name), **facts)
