"""Which words of the text show the object and the measure."""

from __future__ import annotations

from cstrain.rules.smart_measure import Target
from cstrain.text.clauses import Stretch
from cstrain.text.lexicon import TOKEN
from cstrain.text.likeness import features, stem
from cstrain.text.reading import Reading
from cstrain.text.situation import Metric


def object_words(reading: Reading, start: int, end: int, metric: Metric | None) -> Stretch:
    """Return the words before the target in its clause, or those behind it, as its object."""
    first, last = reading.clause(start)
    sentence = reading.sentence(start)
    low = after_times(reading, first, start)
    named = _metric_words(reading, (low, start), metric) or _metric_words(
        reading, (end, last), metric
    )
    if named is not None:
        return named
    if len(reading.text[low:start].strip()) >= 2:
        return low, _before_markers(reading, low, start)
    if len(reading.text[end:last].strip()) >= 2:
        return end, last
    low = after_times(reading, sentence[0], start)
    return (low, start) if reading.text[low:start].strip() else (start, end)


def measure_start(reading: Reading, target: Target) -> int:
    """Return where the measure begins: with the present level and the verb of change."""
    first, _ = reading.clause(target.start)
    start = target.start
    tags = ("change_up", "change_down", "change_any", "change_keep")
    for _ in range(2):
        before = [h for tag in tags for h in reading.tagged(tag, max(first, start - 12), start)]
        joined = [h for h in before if not reading.text[h.end : start].strip()]
        start = min((h.start for h in joined), default=start)
    for number in reading.numbers:
        if first <= number.start < target.start and target.start - number.end <= 12:
            lead = reading.tagged("from_marker", max(first, number.start - 6), number.start)
            start = min(start, lead[-1].start if lead else number.start)
    return start


def _metric_words(reading: Reading, stretch: Stretch, metric: Metric | None) -> Stretch | None:
    """Return the words of a stretch that name the metric, None when they do not stand there."""
    if metric is None:
        return None
    start, end = stretch
    own = features(f"{metric.names.zh} {metric.names.en}")
    found = [(h.start, h.end) for h in reading.group("c_", start, end) if h.tag in own.ideas]
    text = reading.text
    found += [(i, i + 2) for i in range(start, end - 1) if text[i : i + 2] in own.pairs]
    found += [m.span() for m in TOKEN.finditer(text, start, end) if stem(m.group()) in own.stems]
    return (min(a for a, _ in found), max(b for _, b in found)) if found else None


def after_times(reading: Reading, low: int, high: int) -> int:
    """Return where the words begin once a leading time expression is passed."""
    for time in reading.times:
        if (
            low <= time.start
            and time.end <= high
            and not reading.text[low : time.start].strip(" ,")
        ):
            low = time.end
    for hit in sorted(
        reading.tagged("change_up", low, high)
        + reading.tagged("change_down", low, high)
        + reading.tagged("change_any", low, high),
        key=lambda h: h.start,
    ):
        if (
            not reading.text[low : hit.start].strip(" ,")
            and hit.end < high
            and reading.text[hit.end : high].strip()
        ):
            low = hit.end
    return low


def _before_markers(reading: Reading, low: int, high: int) -> int:
    """Return where the words end before the markers and earlier numbers that lead to the target."""
    cut = high
    for number in reading.numbers:
        if low < number.start < cut and number.unit not in ("s", "h", "min", "day"):
            cut = number.start
    for tag in ("from_marker", "to_marker", "change_up", "change_down", "change_any", "by_marker"):
        for hit in reading.tagged(tag, low + 2, cut):
            if not reading.text[hit.end : cut].strip(" :"):
                cut = hit.start
    return cut if reading.text[low:cut].strip() else high
