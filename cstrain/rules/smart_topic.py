"""What a goal is about: which metric of the situation, and whether it serves the objective."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cstrain.text.clauses import Stretch
from cstrain.text.lexicon import HAN, lexicon
from cstrain.text.likeness import (
    Features,
    features,
    idea_share,
    ideas_of,
    pairs_of,
    part_found,
    stem,
    stems_of,
)
from cstrain.text.normalise import fold
from cstrain.text.numbers import Number, numbers_in
from cstrain.text.reading import Reading
from cstrain.text.situation import Metric, Situation
from cstrain.text.units import convert, is_time, unit_of
from cstrain.text.zh import COMMON_COUNTERS

_ENOUGH: Final = 0.55  # this share of a metric's name must be found
_BASE_HELPS: Final = 0.4  # a number equal to the present value speaks for the metric
_CONFLICT: Final = 0.7
_FAR_OFF: Final = 0.2
_NAME_HELPS: Final = 0.3
_COUNTS: Final = frozenset({"", "people"})


@dataclass(frozen=True)
class Topic:
    """A situation made ready to be compared with a goal."""

    metrics: tuple[tuple[Metric, Features, Features], ...]
    objective: Features
    around: Features
    fields: frozenset[str]
    words: str

    def knows(self, piece: str) -> bool:
        """Say whether a word or a pair of characters stands in the situation."""
        return piece in self.words


def topic_of(situation: Situation) -> Topic:
    """Return the situation's features; they are worked out once for each situation."""
    return _cached(_Key(situation))


class _Key:
    """Makes a situation a key of the cache by what it says."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self._mark = repr(situation)

    def __hash__(self) -> int:
        return hash(self._mark)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._mark == other._mark


@lru_cache(maxsize=64)
def _cached(key: _Key) -> Topic:
    situation = key.situation
    names = [f"{m.names.zh} {m.names.en} {' '.join(m.aliases)}" for m in situation.metrics]
    goal = " ".join([situation.objective.zh, situation.objective.en, *names])
    around = " ".join(
        f"{t.zh} {t.en}" for t in (situation.industry, situation.team, situation.constraints)
    )
    metrics = tuple((m, features(m.names.zh), features(m.names.en)) for m in situation.metrics)
    whole = fold(f"{goal} {situation.industry.zh} {situation.industry.en}").text
    fields = frozenset(tag for tag in lexicon().scan(whole) if tag.startswith("o_"))
    return Topic(metrics, features(goal), features(around), fields, fold(f"{goal} {around}").text)


def metric_fit(
    reading: Reading, stretch: Stretch, topic: Topic, values: list[Number]
) -> dict[str, float]:
    """Return how well each metric fits the words of the stretch, by its key."""
    start, end = stretch
    words = reading.text[start:end]
    long = [h for h in reading.group("c_", start, end) if " " in reading.text[h.start : h.end]]
    here = Features(
        ideas_of(
            {
                tag: reading.tagged(tag, start, end)
                for tag in reading.hits
                if tag[:2] in ("c_", "g_")
            }
        ),
        stems_of(words),
        pairs_of(words),
    )
    fits = {}
    for metric, zh, en in topic.metrics:
        ideas = zh.ideas | en.ideas
        taken = [reading.text[h.start : h.end] for h in long if h.tag not in ideas]
        mine = Features(here.ideas, here.stems - stems_of(" ".join(taken)), here.pairs)
        fits[metric.key] = _fit(metric, (zh, en), words, mine) + _base_bonus(metric, values)
        fits[metric.key] += _name_bonus(metric, values)
    return fits


def _fit(metric: Metric, named: tuple[Features, Features], words: str, here: Features) -> float:
    zh, en = named
    for name in (metric.names.zh, metric.names.en, *metric.aliases):
        if fold(name).text in words:
            return 1.2
    both = zh.ideas & en.ideas or zh.ideas | en.ideas
    by_idea = 0.9 * idea_share(both, here.ideas) if any(i.startswith("c_") for i in both) else 0.0
    return max(
        by_idea,
        part_found(zh.pairs, here.pairs, zh.weak),
        part_found(en.stems, here.stems, en.weak),
    )


def _base_bonus(metric: Metric, values: list[Number]) -> float:
    if metric.now is None:
        return 0.0
    for number in values:
        value = in_unit(number.value, number.unit, metric)
        if value is not None and math.isclose(value, metric.now, rel_tol=1e-9):
            return _BASE_HELPS
    return 0.0


def _base_conflict(metric: Metric, bases: list[Number]) -> float:
    """Return how far a quite different present level speaks against the metric."""
    if not metric.now or len(bases) != 1 or metric_unit(metric) not in ("%", "score"):
        return 0.0
    value = in_unit(bases[0].value, bases[0].unit, metric)
    far_off = value is not None and abs(value - metric.now) > _FAR_OFF * abs(metric.now)
    return _CONFLICT if far_off else 0.0


def _name_bonus(metric: Metric, numbers: list[Number]) -> float:
    """Return how far a time of the metric's own name, such as its 20 s, speaks for the metric."""
    own = numbers_of_name(metric)
    return _NAME_HELPS if any(is_time(n.unit) and n.value in own for n in numbers) else 0.0


def in_unit(value: float, unit: str, metric: Metric) -> float | None:
    """Return a value in the metric's own unit, None when the two do not measure the same."""
    wanted = metric_unit(metric)
    if unit == "":
        return value
    if is_time(unit) and is_time(wanted):
        return convert(value, unit, wanted)
    if unit == wanted or (unit == "money" and wanted in _COUNTS):
        return value
    if unit == "score" and wanted in ("%", *_COUNTS):
        return value
    if unit == "%" and wanted == "score":
        return value
    return value if unit in _COUNTS and wanted != "%" and not is_time(wanted) else None


def metric_unit(metric: Metric) -> str:
    """Return the short code of the metric's unit, "" for things that are counted."""
    return unit_of(metric.unit)


def best_metric(
    reading: Reading, number: Number, topic: Topic, bases: list[Number], *, far: bool
) -> tuple[Metric | None, bool]:
    """Return the metric that the number speaks of, and whether its own clause names it.

    Only with `far` the rest of the sentence and then of the text is asked as well.
    """
    place = number.start
    sentence = reading.sentence(place)
    near = reading.clause(place)
    behind = reading.text[number.words_end : number.words_end + 1]
    odd = bool(HAN.match(behind)) and behind not in COMMON_COUNTERS
    before = (sentence[0], place)  # "complaints: cut by a quarter"
    for stretch in (near, sentence, (0, len(reading.text))) if far else (near, before):
        values = [
            n for n in reading.numbers if sentence[0] <= n.start < sentence[1] and n != number
        ]
        fits = metric_fit(reading, stretch, topic, values)
        usable = [
            (fit, -i, m)
            for i, (m, _, _) in enumerate(topic.metrics)
            if (fit := fits[m.key] - _base_conflict(m, bases)) >= _ENOUGH
            and _comparable(number, m, far=far, odd_counter=odd)
        ]
        if usable:
            return max(usable, key=lambda one: (one[0], one[1]))[2], stretch == near
    return None, False


def _comparable(number: Number, metric: Metric, *, far: bool, odd_counter: bool) -> bool:
    if number.kind == "factor" or number.unit in ("x", "pp"):
        return True
    if not number.unit and odd_counter:
        return False
    if not number.unit and not far and metric_unit(metric) != "":
        return False  # a bare number by the way: 60 articles are no 60 %
    return in_unit(number.value, number.unit, metric) is not None or number.unit == "%"


def numbers_of_name(metric: Metric) -> frozenset[float]:
    """Return the numbers that are part of a metric's name, such as the 20 of "within 20 s"."""
    names = f"{metric.names.zh} {metric.names.en} {' '.join(metric.aliases)}"
    return frozenset(number.value for number in numbers_in(fold(names).text))


def is_known(topic: Topic) -> Callable[[str], bool]:
    """Return a test of whether a word or pair of characters occurs in the situation."""
    return lambda piece: topic.knows(piece) or (piece.isascii() and topic.knows(stem(piece)))
