"""Units as people write them, and the few conversions a service team needs."""

from __future__ import annotations

import re
from typing import Final

_NAMES: Final = {
    "%": ("%", "percent", "per cent", "pct", "个百分比"),
    "pp": ("个百分点", "百分点", "percentage points", "percentage point", "pct points", "%-points",
           "pp", "ppt", "pts", "% points", "个点"),
    "permille": ("‰",),
    "s": ("秒钟", "秒", "seconds", "second", "secs", "sec", "s"),
    "min": ("分钟", "分半钟", "minutes", "minute", "mins", "min"),
    "h": ("个小时", "小时", "个钟头", "钟头", "hours", "hour", "hrs", "hr", "h"),
    "day": ("个工作日", "工作日", "个自然日", "自然日", "working days", "working day",
    "business days",
            "business day", "days", "day", "天", "日", "d"),
    "week": ("个星期", "星期", "周", "weeks", "week", "wks"),
    "month": ("个月", "months", "month"),
    "year": ("年", "years", "year"),
    "score": ("分", "points", "point", "score", "scores", "stars", "star", "星"),
    "money": ("万元", "元", "块钱", "块", "yuan", "rmb", "cny", "usd", "eur", "dollars", "euros",
    "pounds"),
    "x": ("倍", "times", "-fold", "fold", "x"),
    "people": ("名", "人", "位", "people", "persons", "staff", "agents", "employees",
    "members of staff"),
}  # fmt: skip
_OF: Final = {word: unit for unit, words in _NAMES.items() for word in words}
_ALTERNATIVES: Final = "|".join(
    re.escape(word) + (r"(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else "")
    for word in sorted(_OF, key=len, reverse=True)
)
UNIT: Final = re.compile(rf"\s?-?(?P<unit>{_ALTERNATIVES})")
MONEY_SIGN: Final = re.compile(r"(?:[¥$€£]|\b(?:cny|rmb|usd|eur|gbp|hk\$|us\$|aud|sgd)) ?$")
_SECONDS: Final = {
    "s": 1.0, "min": 60.0, "h": 3600.0, "day": 86_400.0, "week": 604_800.0, "month": 2_629_800.0,
    "year": 31_557_600.0,
}  # fmt: skip


def unit_of(words: str) -> str:
    """Return the short code of a unit, "" for an unknown one.

    >>> unit_of("Minutes")
    'min'
    """
    return _OF.get(words.strip().lower(), "")


def is_time(unit: str) -> bool:
    """Say whether the unit measures time."""
    return unit in _SECONDS


def convert(value: float, unit: str, wanted: str) -> float | None:
    """Return the value in another unit of time, None when the two do not measure the same.

    >>> convert(2, "min", "s")
    120.0
    """
    if unit == wanted:
        return value
    if unit in _SECONDS and wanted in _SECONDS:
        return value * _SECONDS[unit] / _SECONDS[wanted]
    return None
