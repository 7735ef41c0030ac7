"""A cause before the data, as HTML: the counts of every stratum, the ratios as a picture."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from cstrain.causes.effects import CauseEffect, Measured
from cstrain.drawing import svg
from cstrain.html import escape
from cstrain.language import Language, as_language
from cstrain.library.cause_tests import stratum_name
from cstrain.library.words import words
from cstrain.rules.seen import SeenFigures
from cstrain.stats.effects import Effect, Stratum, risk_ratio
from cstrain.stats.groups import Group
from cstrain.stats.intervals import Interval
from cstrain.wording import shown_number

_MOST_STRATA: Final = 12
_SIZE: Final = (330, 96)
_LEFT, _RIGHT, _ROWS, _FOOT = 92, 318, (22, 52), 72
_TICKS: Final = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20)
_NARROWEST: Final = (0.5, 2.0)  # what the scale shows at least
_WIDEST: Final = (0.1, 20.0)


def effect_view(found: CauseEffect, language: str, *, verdict: bool = True) -> str:
    """Return what the data say of a cause: strata, picture, and the verdict where it is wanted.

    >>> from cstrain.causes.effects import effect_of
    >>> "<svg" in effect_view(effect_of("A", "D1"), "en")
    True
    """
    chosen = as_language(language)
    said = words("effect_words", chosen)
    if found.measured is not None:
        parts = _measured(found, found.measured, said, chosen)
    else:
        about = {"exposed": found.test.exposed[chosen], "outcome": found.test.outcome[chosen]}
        ratios = [("ratio", found.raw)]
        if verdict:  # else the ratio within strata is already the head of it
            ratios.append(("stratified", found.deciding))
        lines = [said["line"].format(name=said[key], text=_ratio(one, said)) for key, one in ratios]
        told = "<br>".join(map(escape, lines))
        parts = [
            f"<p>{escape(said['compared'].format(**about))}</p>",
            strata_table(_named(found.cells, chosen), found.found, chosen),
            f"<p>{told}</p>",
            ratio_picture(found.raw, found.deciding, chosen),
        ]
    if verdict:
        named = said["line"].format(name=said["verdict"], text=said[found.verdict])
        parts.append(f"<p><strong>{escape(named)}</strong></p>")
    return "".join(parts)


def seen_view(seen: CauseEffect | SeenFigures, language: Language) -> dict[str, str]:
    """Return a preview's head and body; the verdict of a test is for the learner to give."""
    said = words("effect_words", language)
    if isinstance(seen, CauseEffect):
        name = said["stratified" if seen.measured is None else seen.how]
        head = said["line"].format(name=name, text=_ratio(seen.deciding, said))
        return {"head": head, "html": effect_view(seen, language, verdict=False)}
    rows = "".join(
        f'<tr><th scope="row">{escape(said[key])}</th><td>{escape(_shown(one, said))}</td></tr>'
        for key, one in seen.figures
    )
    table = f'<table class="c-preview-table"><tbody>{rows}</tbody></table>'
    return {"head": said["figure"], "html": table}


def _shown(value: Any, said: Mapping[str, str]) -> str:
    if value is None:
        return said["unknown"]
    return said[f"verdict_{value}"] if isinstance(value, str) else f"{value:.3f}"


def misses_said(found: CauseEffect, language: str) -> list[str]:
    """Return what the chosen rows and strata miss, a sentence each; none for those of the course.

    >>> from cstrain.causes.effects import effect_of
    >>> misses_said(effect_of("A", "D1"), "en")
    []
    """
    return [one.miss[as_language(language)] for one in found.misses]


def ratio_picture(raw: Interval, within: Interval, language: str) -> str:
    """Return the two ratios with their intervals on one scale, 1 in the middle of it all.

    >>> "cstrain-figure" in ratio_picture(Interval(2, 1.5, 3), Interval(None, None, None), "en")
    True
    """
    said = words("effect_words", as_language(language))
    low, high = _reach(raw, within)

    def x(value: float) -> float:
        share = math.log(value / low) / math.log(high / low)
        return _LEFT + min(1.0, max(0.0, share)) * (_RIGHT - _LEFT)

    parts = [svg.line((_LEFT, _FOOT), (_RIGHT, _FOOT), "axis")]
    parts += [svg.line((x(1), 6), (x(1), _FOOT), "axis")]
    for tick in _TICKS:
        if low <= tick <= high:
            parts.append(svg.line((x(tick), _FOOT), (x(tick), _FOOT + 4), "axis"))
            parts.append(
                svg.text(x(tick), _FOOT + 18, shown_number(tick), anchor="middle", size=12)
            )
    for y, name, one in zip(_ROWS, ("raw_short", "within_short"), (raw, within), strict=True):
        parts.append(svg.text(_LEFT - 8, y + 4, said[name], anchor="end"))
        parts += _mark(one, y, x)
    told = {"raw": _ratio(raw, said), "within": _ratio(within, said)}
    description = said["picture_said"].format(**told)
    return svg.figure(parts, size=_SIZE, title=said["picture"], description=description)


def _mark(one: Interval, y: float, x: Any) -> Iterator[str]:
    if one.estimate is None:
        return
    if one.low is not None and one.high is not None:
        yield svg.line((x(one.low), y), (x(one.high), y), "plan")
    yield svg.dot(x(one.estimate), y, "point")


def _reach(*ratios: Interval) -> tuple[float, float]:
    """Return the ends of the scale: wide enough for all, and never without bounds."""
    known = [
        value
        for one in ratios
        for value in (one.estimate, one.low, one.high)
        if value is not None and value > 0
    ]
    low, high = min([_NARROWEST[0], *known]), max([_NARROWEST[1], *known])
    return max(_WIDEST[0], low * 0.9), min(_WIDEST[1], high * 1.1)


def _named(cells: Sequence[tuple[str, Stratum]], language: Language) -> list[tuple[str, Stratum]]:
    return [(stratum_name(stratum, language), one) for stratum, one in cells]


def strata_table(
    cells: Sequence[tuple[str, Stratum]], whole: Effect | None, language: Language
) -> str:
    """Return the risks with and without a factor in each stratum, and all together."""
    said = words("effect_words", language)
    heads = ("with_factor", "without_factor", "ratio_short")
    head = f'<th scope="col">{escape(said["stratum"])}</th>' + "".join(
        f'<th scope="col" class="c-amount">{escape(said[one])}</th>' for one in heads
    )
    rows = list(_rows(cells, whole, said))
    caption = escape(said["caption"])
    return (
        f'<div class="c-preview-box c-effect" tabindex="0" role="group" aria-label="{caption}">'
        f'<table class="c-preview-table"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _rows(
    cells: Sequence[tuple[str, Stratum]],
    whole: Effect | None,
    said: Mapping[str, str],
) -> Iterator[str]:
    if len(cells) > 1:
        for stratum, one in cells[:_MOST_STRATA]:
            yield _row(stratum, one)
        more = len(cells) - _MOST_STRATA
        if more > 0:
            rest = escape(said["more_strata"].format(n=more))
            yield f'<tr><td colspan="4">{rest}</td></tr>'
    if whole is not None:
        yield _row(said["together"], Stratum(whole.exposed, whole.unexposed))


def _row(name: str, one: Stratum) -> str:
    ratio = risk_ratio([one]).estimate
    cells = [_risk(one.exposed), _risk(one.unexposed)]
    cells.append("–" if ratio is None else f"{ratio:.2f}")
    data = "".join(f'<td class="c-amount">{each}</td>' for each in cells)
    return f'<tr><th scope="row">{escape(name)}</th>{data}</tr>'


def _risk(one: Group) -> str:
    """Return a risk as HTML: the share, below it what was divided by what."""
    if not one.n:
        return "–"
    return f"{100 * one.events / one.n:.1f}%<br><small>{one.events:,}/{one.n:,}</small>"


def ratio_said(one: Interval, language: Language) -> str:
    """Return a ratio with its interval in words."""
    return _ratio(one, words("effect_words", language))


def _ratio(one: Interval, said: Mapping[str, str], decimals: int = 2) -> str:
    if one.estimate is None:
        return said["no_ratio"]
    if one.low is None or one.high is None:
        return said["no_interval"].format(estimate=f"{one.estimate:.2f}")
    told = {"estimate": one.estimate, "low": one.low, "high": one.high}
    return said["interval"].format(**{key: f"{each:.{decimals}f}" for key, each in told.items()})


def _measured(
    found: CauseEffect, one: Measured, said: Mapping[str, str], language: Language
) -> list[str]:
    lines = [found.test.row(found.rows).label[language]]
    if one.first is not None and one.second is not None:
        counts = {"first_n": f"{one.first_n:,}", "second_n": f"{one.second_n:,}"}
        share = one.how == "share_difference"
        values = {
            "first": _figure(one.first, share=share),
            "second": _figure(one.second, share=share),
        }
        lines.append(said["measured"].format(what=found.test.outcome[language], **values, **counts))
    unit = f" {found.test.unit[language]}" if found.test.unit else ""
    told = _ratio(found.deciding, said, 3 if one.how == "share_difference" else 2)
    own = unit if one.how == "median_difference" else ""
    lines.append(said["line"].format(name=said[one.how], text=told + own))
    return [f"<p>{escape(each)}</p>" for each in lines]


def _figure(value: float, *, share: bool) -> str:
    return f"{100 * value:.1f}%" if share else shown_number(round(value, 2))
