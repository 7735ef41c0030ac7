"""Rules for the statement of a case's problem: size, day, place, and nothing of its cause.

The criterion's last field is the choice of the case; what is right stands in tables by case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from cstrain.causes.fish import judge_head
from cstrain.goals.amounts import quantity_of
from cstrain.goals.metrics import METRICS, plain_text
from cstrain.rules.base import Asked, Ruling, code_of_reading
from cstrain.text.dates import times_in
from cstrain.text.levels import Level, read_level
from cstrain.text.normalise import fold

_YEAR: Final = re.compile(r"\d{4}")
_SOME_DAY: Final = date(2026, 1, 31)  # the tables of all cases end before it
# "Since May" says when, not why.
_TIMES_ONLY: Final = frozenset({"since"})
_SHORT: Final = {"han": 4, "words": 2}
_LEAD: Final = 4  # a pronoun may stand before


def figure_of_case(asked: Asked) -> Ruling:
    """Pass when the figure is within `within` (a share) of one in `values` of the chosen case.

    It must also be nearer to them than to any in `others`: of two rates near 1 each lies within
    10 % of the other.
    """
    case = _case(asked)
    if case is None:
        return _no_case(asked)
    found = _share(asked.value)
    if found is None:
        return Ruling(0.0, "no_number", {"words": str(asked.value)}, unreadable=True)
    values: Sequence[float] = asked.params["values"][case]
    others: Sequence[float] = asked.params["others"][case]
    facts = {"words": str(asked.value), "percent": f"{100 * found:.4g}"}
    if _distance(found, others) < _distance(found, values):
        return Ruling(0.0, code_of_reading("other_figure", asked.value, found, 100 * found), facts)
    within = float(asked.params.get("within", 0.1))
    good = any(abs(found - one) <= within * abs(one) + 1e-9 for one in values)
    code = "right" if good else code_of_reading("wrong", asked.value, found, 100 * found)
    return Ruling(float(good), code, facts)


def _share(typed: Any) -> float | None:
    found = quantity_of(typed)
    if found is None:
        return None
    return found.value / 100 if not found.share and abs(found.value) > 1 else found.value


def _distance(found: float, values: Iterable[float]) -> float:
    return min(abs(found - one) for one in values)


def day_of_case(asked: Asked) -> Ruling:
    """Pass when the first day of what was typed lies within `days` of a day in `values`."""
    case = _case(asked)
    if case is None:
        return _no_case(asked)
    days = [date.fromisoformat(one) for one in asked.params["values"][case]]
    found = _first_day(str(asked.value), days[0].year)
    if found is None:
        return Ruling(0.0, "no_day", {"words": str(asked.value)}, unreadable=True)
    away = min(abs((found - one).days) for one in days)
    facts = {"words": str(asked.value), "day": found.isoformat()}
    good = away <= int(asked.params.get("days", 7))
    return Ruling(float(good), "right" if good else "wrong", facts)


def _first_day(typed: str, year: int) -> date | None:
    text = fold(typed).text
    firsts = [one.first for one in times_in(text, _SOME_DAY) if one.first is not None]
    if not firsts or firsts[0] is None:
        return None
    if _YEAR.search(text):
        return firsts[0]
    # 29 February is the one day that another year may not have.
    day = min(firsts[0].day, 28) if firsts[0].month == 2 else firsts[0].day
    return firsts[0].replace(year=year, day=day)


def words_of_case(asked: Asked) -> Ruling:
    """Pass when the text names the case's metric (`metrics`) or one of its `words`."""
    case = _case(asked)
    if case is None:
        return _no_case(asked)
    text: str = asked.value
    if any(METRICS[code].said_in(text) for code in asked.params["metrics"][case]):
        return Ruling(1.0, "named")
    plain = plain_text(text)
    words = asked.params["words"][case]
    said = next((one for side in words.values() for one in side if plain_text(one) in plain), None)
    return Ruling(0.0, "not_named") if said is None else Ruling(1.0, "said", {"words": said})


def choice_of_case(asked: Asked) -> Ruling:
    """Pass when the option chosen for the case is in its list in `expect`.

    Of several fields the one that is shown for the case counts.
    """
    case = _case(asked)
    if case is None:
        return _no_case(asked)
    key = next((one for one in asked.fields[:-1] if _is_shown(asked, one)), None)
    if key is None or asked.values[key] is None:
        return Ruling(0.0, "open")
    good = asked.values[key] in asked.params["expect"][case]
    return Ruling(float(good), "right" if good else "wrong", fields=(key,))


def _is_shown(asked: Asked, key: str) -> bool:
    when = asked.exercise.field(key).when
    return when is None or asked.values[when[0]] == when[1]


def problem_only(asked: Asked) -> Ruling:
    """Pass when the text says what is seen, with no cause, no culprit and no remedy inside."""
    text: str = asked.value
    han = sum("\u4e00" <= sign <= "\u9fff" for sign in text)
    if han < _SHORT["han"] and len(text.split()) < _SHORT["words"]:
        return Ruling(0.0, "too_short", {"words": text})
    level = read_level(text)
    for code, words in (
        ("cause", _because(text)),
        ("remedy", _at_start(level, "ought", "wish", "measure") or level.words("lacking_measure")),
        ("remedy", _aim(text)),
        ("blame", level.words("trait", "nobody_cares") if level.has("staff") else ""),
    ):
        if words:
            return Ruling(0.0, code, {"words": words})
    return Ruling(1.0, "only_problem")


def _because(text: str) -> str:
    # A leading "because" is cut off the level and told as its opening.
    level = read_level(text)
    if level.opening == "because" and not fold(text).text.lstrip().startswith(tuple(_TIMES_ONLY)):
        return level.folded.span(0, level.start).text or text.strip()[:12]
    hits = [hit for tag in ("because", "so") for hit in level.hits.get(tag, ())]
    said = [level.folded.span(level.start + hit.start, level.start + hit.end).text for hit in hits]
    return next((one for one in said if one.lower() not in _TIMES_ONLY), "")


def _aim(text: str) -> str:
    head = judge_head(text)
    return head.evidence if head.reason in ("goal", "measure") else ""


def _at_start(level: Level, *tags: str) -> str:
    # "We have to train" begins a remedy; that customers "have to call twice" is a problem.
    for hit in (hit for tag in tags for hit in level.hits.get(tag, ())):
        if hit.start == 0 or (hit.start < _LEAD and not level.has("customer")):
            return level.folded.span(level.start + hit.start, level.start + hit.end).text
    return ""


def _case(asked: Asked) -> str | None:
    chosen = asked.values[asked.fields[-1]]
    return chosen if isinstance(chosen, str) else None


def _no_case(asked: Asked) -> Ruling:
    return Ruling(0.0, "no_case", fields=(asked.fields[-1],))
