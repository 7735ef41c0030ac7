"""The target of a goal: a level, a change with a known start, or a result that can be checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cstrain.rules.smart_measure import Mode, Target
from cstrain.rules.smart_results import results, zeros
from cstrain.rules.smart_topic import Topic, best_metric, metric_unit, numbers_of_name
from cstrain.rules.smart_who import content_left
from cstrain.text import cues
from cstrain.text.clauses import Stretch
from cstrain.text.numbers import Number
from cstrain.text.reading import Reading
from cstrain.text.roles import Placed, placed_numbers
from cstrain.text.service_time import is_service
from cstrain.text.situation import Metric
from cstrain.text.units import is_time

_DROP: Final = ("at_least", "at_most", "change_keep", "keyword_only", "all_cases")


@dataclass(frozen=True)
class Targets:
    """All targets found, the main one first, and why there is none."""

    found: tuple[Target, ...]
    reason: str
    words: str = ""


def targets_of(reading: Reading, live: tuple[Stretch, ...], topic: Topic) -> Targets:
    """Return the targets that stand in the living stretches."""
    placed = placed_numbers(reading)
    mine = [p for p in placed if _in(live, p.number.start)]
    bases = [p for p in placed if p.role == "now"]
    found = [t for p in mine if (t := _from_number(reading, p, bases, (topic, live)))]
    found += zeros(reading, live, topic)
    measured = [t for t in found if t.mode not in ("change", "factor") or t.base is not None]
    if not any(t.mode in ("level", "zero") or t.base is not None for t in measured):
        measured = [*results(reading, live), *measured]
    if measured:
        return Targets(tuple(sorted(measured, key=_importance)), "target")
    return _none(reading, live, mine, found)


def _none(
    reading: Reading, live: tuple[Stretch, ...], mine: list[Placed], found: list[Target]
) -> Targets:
    if found:
        return Targets((), "no_baseline", reading.words(found[0].start, found[0].end))
    roles = {p.role: p for p in mine}
    for role, reason in (
        ("rhythm", "frequency_only"),
        ("activity", "activity_only"),
        ("people", "head_count_only"),
        ("now", "baseline_only"),
    ):
        if role in roles:
            number = roles[role].number
            return Targets((), reason, reading.words(number.start, number.end))
    if any(reading.has("activity", stretch) for stretch in live):
        return Targets((), "activity_only")
    if any(reading.has("vague_describe", stretch) for stretch in live):
        return Targets((), "vague_target")
    return Targets((), "no_target")


def _in(stretches: tuple[Stretch, ...], place: int) -> bool:
    return any(start <= place < end for start, end in stretches)


def _importance(target: Target) -> tuple[int, int]:
    rank = (
        0
        if target.metric
        else {"level": 1, "zero": 1, "change": 1, "factor": 2}.get(target.mode, 3)
    )
    return rank, target.start


def _from_number(
    reading: Reading, placed: Placed, bases: list[Placed], where: tuple[Topic, tuple[Stretch, ...]]
) -> Target | None:
    topic, live = where
    if placed.role not in ("level", "change", "free"):
        return None
    number = placed.number
    sentence = reading.sentence(number.start)
    own = [b.number for b in bases if sentence[0] <= b.number.start < sentence[1]]
    strong = placed.role == "level" or _follows_base(number, own)
    metric, near = best_metric(reading, number, topic, own, far=strong)
    if placed.role == "change":
        return _change(reading, placed, bases, metric)
    said = (strong and metric is not None) or _says_level(reading, placed, metric)
    if _part_of_name(reading, placed, topic) or not said:
        return None
    if _abstract(reading, placed) or not _has_object(reading, placed, metric):
        return None
    service = is_time(number.unit) and _in_service(reading, placed)
    if service and _other_level(reading, placed, live):
        return None
    mode: Mode = "service" if service and metric is None else "level"
    base = _base_for(placed, bases)
    return Target(
        placed.start, placed.end, mode, number.value, number.unit, metric, base, bound=placed.bound,
        down=_goes_down(reading, placed), second=strong and near,
    )  # fmt: skip


def _follows_base(number: Number, bases: list[Number]) -> bool:
    """Say whether the number stands bare behind the present level: 5.2 now, 4.7 by May."""
    return any(b.end <= number.start and b.unit == number.unit and not b.unit for b in bases)


def _in_service(reading: Reading, placed: Placed) -> bool:
    return any(
        t.kind in ("service", "days", "length") and t.start <= placed.number.start < t.end
        for t in reading.times
    )


def _other_level(reading: Reading, placed: Placed, live: tuple[Stretch, ...]) -> bool:
    """Say whether another number is the target, so that this time is only its condition."""
    sentence = reading.sentence(placed.number.start)
    return any(
        n is not placed.number
        and n.is_share
        and _in(live, n.start)
        and sentence[0] <= n.start < sentence[1]
        for n in reading.numbers
    )


def _change(
    reading: Reading, placed: Placed, bases: list[Placed], metric: Metric | None
) -> Target | None:
    number = placed.number
    down = _goes_down(reading, placed)
    mode: Mode = "factor" if number.kind == "factor" or number.unit == "x" else "change"
    own = _base_for(placed, bases)
    base = own if own is not None else (metric.now if metric else None)
    if base is None and not number.unit and cues.ADDED.search(reading.text[: number.start]):
        return Target(placed.start, placed.end, "level", number.value)
    start = placed.start if placed.marker != "factor" else number.start
    return Target(start, placed.end, mode, number.value, number.unit, metric, base, down=down)


def _base_for(placed: Placed, bases: list[Placed]) -> float | None:
    near = [
        b.number.value
        for b in bases
        if b.number.unit == placed.number.unit
        or not (b.number.unit and placed.number.unit)
        or placed.number.unit in ("%", "pp", "x")
    ]
    return near[0] if near else None


def _goes_down(reading: Reading, placed: Placed) -> bool | None:
    if placed.marker in ("change_up", "change_down"):
        return placed.marker == "change_down"
    start, end = reading.sentence(placed.number.start)
    text = reading.text[placed.number.start : placed.number.end]
    if placed.number.kind == "factor":
        return placed.number.value < 1 or "half" in text or "halv" in text
    near = [
        (abs(h.start - placed.number.start), tag)
        for tag in ("change_up", "change_down")
        for h in reading.tagged(tag, start, end)
    ]
    return min(near)[1] == "change_down" if near else None


def _part_of_name(reading: Reading, placed: Placed, topic: Topic) -> bool:
    number = placed.number
    if number.unit in ("%", "pp"):
        return False
    if (
        placed.role == "free"
        and is_time(number.unit)
        and any(
            t.kind in ("days", "length", "window", "date") and t.start <= number.start < t.end
            for t in reading.times
        )
        and not _service_days(reading, placed)
    ):
        return True
    clause = reading.clause(number.start)
    if is_time(number.unit) and not any(n.is_share for n in reading.numbers):
        return False  # "answered within 3 days" and nothing else: the time is the standard itself
    for metric, zh, en in topic.metrics:
        wanted = zh.ideas | en.ideas
        if metric.now is not None and number.value in numbers_of_name(metric):
            here = {h.tag for h in reading.group("c_", *clause)}
            same = not is_time(number.unit) or not is_time(metric_unit(metric))
            if same and wanted & here:
                return True
    return False


def _service_days(reading: Reading, placed: Placed) -> bool:
    return any(
        is_service(reading, t) for t in reading.times if t.start <= placed.number.start < t.end
    )


def _says_level(reading: Reading, placed: Placed, metric: Metric | None) -> bool:
    """Say whether the number is something to be reached and not a number by the way."""
    number = placed.number
    clause = reading.clause(number.start)
    if (placed.role == "level" and placed.marker in ("at_least", "at_most")) or placed.bound:
        return True
    if metric is not None and (number.unit or placed.role == "level" or metric_unit(metric) == ""):
        return True
    if number.unit in ("%", "score") or placed.role == "level":
        return True
    verbs = (
        "result_make",
        "result_done",
        "change_up",
        "change_down",
        "change_any",
        "behaviour",
        "goal_sign",
    )
    if any(reading.has(tag, clause) for tag in verbs):
        return not is_time(number.unit) and number.unit != "money"
    return any(True for _ in reading.group("o_", *clause))


def _abstract(reading: Reading, placed: Placed) -> bool:
    """Say whether the number measures nothing: 200 % passion."""
    number = placed.number
    near = reading.tagged(
        "abstract", max(0, number.start - 5), min(len(reading.text), number.end + 18)
    )
    clause = reading.clause(number.start)
    near = [h for h in near if clause[0] <= h.start < clause[1]]
    if not near or not number.is_share:
        return False
    concrete = [h for p in ("c_", "count_noun") for h in reading.group(p, *clause)]
    behind = [h for h in near if 0 <= h.start - number.end <= 6]
    return (
        bool(behind) and not reading.tagged("count_noun", behind[-1].end, behind[-1].end + 3)
    ) or not concrete


def _has_object(reading: Reading, placed: Placed, metric: Metric | None) -> bool:
    if metric is not None:
        return True
    sentence = reading.sentence(placed.number.start)
    least = 2 if cues.HAN.search(reading.text, *sentence) else 1
    return content_left(reading, sentence, _DROP) >= least
