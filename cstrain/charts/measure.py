"""What a chart is about, and how its numbers and findings are said in one language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, reduce
from typing import Final, Literal

from cstrain.charts.errors import ChartError
from cstrain.charts.labels import shortened, tidy
from cstrain.goals.metrics import METRICS
from cstrain.kpi.definitions import codes, definition
from cstrain.language import Language, Text, as_language
from cstrain.library.words import texts

Good = Literal["up", "down", "range"]
_UNITS: Final = frozenset(
    {"share", "percent", "per_1000", "s", "min", "h", "d", "score"}
    | {"cny", "ten_thousand_cny", "count"}
)
_NAME: Final = 60  # halves of an em of a name in a sentence
_LISTED: Final = 5  # of a longer list the rest is only counted


@dataclass(frozen=True)
class Measure:
    """What is measured: a name, the unit of the values, which way is better (None: neither).

    The unit is a key of metrics.toml (share, s, h, d, score, cny, count, per_1000 ...) or any
    text that stands behind the number. A code is shown with the name.
    """

    name: str | Text = ""
    unit: str = ""
    good: Good | None = None
    code: str = ""


@dataclass(frozen=True)
class Speech:
    """Words, numbers and sentences of one chart in one language."""

    measure: Measure
    language: Language

    @property
    def title(self) -> str:
        """What the chart is about, empty when nobody said."""
        code = tidy(self.measure.code)
        return self.word("kpi", name=self.name, code=code) if code else self.name

    @property
    def name(self) -> str:
        """The name without the code."""
        name = self.measure.name
        return tidy(name if isinstance(name, str) else name[self.language])

    @property
    def unit(self) -> str:
        """The unit alone, for a label; empty for plain numbers."""
        return self._with_unit("").strip()

    def word(self, key: str, **facts: object) -> str:
        """Return a word or a clause of content/chart_words.toml, its placeholders filled."""
        return texts("chart_words")[key][self.language].format_map(facts)

    def value(self, value: float) -> str:
        """Return a value with its unit; shares as percent with one decimal."""
        if self.measure.unit == "share":
            return self._with_unit(percent(value))
        return self._with_unit(number(value))

    def tick(self, value: float) -> str:
        """Return a value for the mark of an axis: no zeros at the end."""
        return self._with_unit(self.bare(value))

    def bare(self, value: float) -> str:
        """Return a value without its unit, shares in percent."""
        return number(100 * value if self.measure.unit == "share" else value)

    def span(self, low: float, high: float) -> str:
        """Return a range of values, the unit said once."""
        return self._with_unit(self.word("span", low=self.bare(low), high=self.bare(high)))

    def named(self, name: str) -> str:
        """Return somebody's name of a thing for a sentence, where it must not be endless."""
        return shortened(name, _NAME)

    def listed(self, names: Iterable[str]) -> str:
        """Return names as a list; of a long one only the first are named."""
        every = list(names)
        said = self._joined("comma", every[:_LISTED])
        rest = len(every) - _LISTED
        return said if rest <= 0 else self.word("and_more", listed=said, rest=number(rest))

    def alt(self, kind: str, *sentences: Sequence[str]) -> str:
        """Return the alternative text: the title, then each sentence, made of its clauses."""
        head = shortened(self.title, 2 * _NAME) or self.word(kind)
        joined = (self._joined("semicolon", each) for each in sentences)
        said = self._joined("next", joined)
        return self.word("alt", head=head, said=said) if said else head

    def _joined(self, key: str, parts: Iterable[str]) -> str:
        """Join what is not empty, two at a time: {first} and {then}."""
        there = [one for one in parts if one]
        return reduce(lambda first, then: self.word(key, first=first, then=then), there or [""])

    def _with_unit(self, value: str) -> str:
        unit = self.measure.unit
        if unit in _UNITS:
            return self.word(f"unit_{unit}", value=value)
        return self.word("unit_other", value=value, unit=tidy(unit)) if unit else value


def speech(about: str | Text | Measure, language: str) -> Speech:
    """Return the speech of a chart.

    `about` is a code or Python name of a KPI, which brings name, unit and direction along; or a
    `Measure`; or any other text, which is the title.
    """
    return Speech(_measure(about), as_language(language))


def share_speech(about: str | Text | Measure, language: str) -> Speech:
    """Return the speech of a chart whose values are shares, whatever the KPI's own unit is."""
    found = speech(about, language)
    return replace(found, measure=replace(found.measure, unit="share"))


def _measure(about: object) -> Measure:
    if isinstance(about, Measure):
        return _checked(about)
    if isinstance(about, Text):
        return Measure(about)
    if not isinstance(about, str):
        raise ChartError("about", found=repr(about), allowed="a KPI code, a title, a Measure")
    if about in METRICS:
        known = METRICS[about]
        return Measure(known.name, known.unit.key, known.good, about)
    if about in codes() or (about.isidentifier() and about in _python_names()):
        kpi = definition(about)
        good: Good | None = next((one for one in ("up", "down", "range") if one == kpi.good), None)
        return Measure(kpi.name, kpi.unit, good, kpi.code)
    return Measure(about)


def _checked(found: Measure) -> Measure:
    if found.good not in {None, "up", "down", "range"}:
        raise ChartError("good", found=repr(found.good), allowed="up, down, range or None")
    given = {"name": found.name, "unit": found.unit, "code": found.code}
    for key, text in given.items():
        if not isinstance(text, str) and not (key == "name" and isinstance(text, Text)):
            raise ChartError(key, found=repr(text), allowed="a text")
    return found


@cache
def _python_names() -> frozenset[str]:
    return frozenset(definition(code).python for code in codes())


def number(value: float) -> str:
    """Return a number as people write it: some three figures, no zeros at the end.

    >>> number(0.5), number(12.345), number(41080), number(-0.001), number(2e20)
    ('0.5', '12.3', '41,080', '-0.001', '2e+20')
    """
    size = abs(value)
    if size >= 1e15 or 0 < size < 0.01:
        return f"{value:.2g}"
    text = f"{value:,.{0 if size >= 100 else 1 if size >= 10 else 2}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def percent(share: float) -> str:
    """Return a share as percent with one decimal, without the sign.

    >>> percent(0.0913), percent(0.5), percent(0.0004)
    ('9.1', '50.0', '0.04')
    """
    found = 100 * share
    small = 0 < abs(found) < 0.1
    return number(found) if small or abs(found) >= 1000 else f"{found:.1f}"
