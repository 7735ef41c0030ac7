"""What `compare` found, as a table to read: the risks, the ratios, the verdict in words."""

from __future__ import annotations

from collections.abc import Mapping

from cstrain.html import escape
from cstrain.language import HTML_LANG, as_language
from cstrain.library.words import words
from cstrain.stats.effects import Effect
from cstrain.stats.groups import Group
from cstrain.stats.intervals import Interval


class EffectTable:
    """An effect in one language: HTML in a notebook, a line a finding everywhere else."""

    def __init__(self, found: Effect, language: str) -> None:
        chosen = as_language(language)
        self._lang, self._said = HTML_LANG[chosen], words("effect_words", chosen)
        self._rows = _rows(found, self._said)

    def __repr__(self) -> str:
        lines = (self._said["line"].format(name=name, text=text) for name, text in self._rows)
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        body = "".join(
            f'<tr><th scope="row" style="text-align:start">{escape(name)}</th>'
            f'<td style="text-align:start">{escape(text)}</td></tr>'
            for name, text in self._rows
        )
        opening = f'<table class="cstrain-effect" lang="{self._lang}">'
        return f"{opening}<tbody>{body}</tbody></table>"


def effect_table(found: Effect, language: str) -> EffectTable:
    """Return an effect as a table.

    >>> from cstrain.stats.effects import effect
    >>> print(repr(effect_table(effect([((30, 100), (10, 100))]), "en")).splitlines()[2])
    Risk ratio, all rows: 3.00 (95% interval 1.55 to 5.80)
    """
    return EffectTable(found, language)


def _rows(found: Effect, said: Mapping[str, str]) -> list[tuple[str, str]]:
    strata = said["skipped"].format(used=found.strata_used, skipped=found.strata_skipped)
    return [
        (said["exposed"], _risk(found.exposed, said)),
        (said["unexposed"], _risk(found.unexposed, said)),
        (said["ratio"], _ratio(found.ratio, said)),
        (said["stratified"], _ratio(found.stratified_ratio, said)),
        (said["strata"], strata),
        (said["excluded"], f"{found.excluded:,}"),
        (said["verdict"], said[found.verdict]),
    ]


def _risk(one: Group, said: Mapping[str, str]) -> str:
    share = f"{100 * one.events / one.n:.1f}%" if one.n else said["unknown"]
    return said["risk"].format(events=f"{one.events:,}", n=f"{one.n:,}", share=share)


def _ratio(one: Interval, said: Mapping[str, str]) -> str:
    parts = (one.estimate, one.low, one.high)
    told = ["–" if part is None else f"{part:.2f}" for part in parts]
    if one.estimate is None:
        return said["unknown"]
    return said["interval"].format(**dict(zip(("estimate", "low", "high"), told, strict=True)))
