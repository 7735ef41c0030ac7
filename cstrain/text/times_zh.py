"""Time expressions in Chinese, resolved against today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from cstrain.text import zh
from cstrain.text.calendar import (
    Period,
    add_days,
    add_months,
    day,
    holiday_date,
    holiday_names,
    month_days,
    month_period,
    months_period,
    next_holiday,
    week_of,
)
from cstrain.text.times import Time, TimeKind, dated, stretch

_RELATIVE_YEARS: Final = {
    "今年": 0, "本年": 0, "本年度": 0, "当年": 0, "年内": 0, "明年": 1, "来年": 1, "次年": 1,
    "下年": 1,
    "下一年": 1, "下年度": 1, "下一年度": 1, "后年": 2, "去年": -1, "上年": -1, "上一年": -1,
    "上年度": -1, "上一年度": -1, "前年": -2,
}  # fmt: skip
_MONTH_PARTS: Final = zh.PARTS
_QUARTER_DIGITS: Final = {"一": 1, "二": 2, "三": 3, "四": 4}
_YEAR_PARTS: Final = {
    "底": (12, 12), "年底": (12, 12), "年末": (12, 12), "年终": (12, 12), "末": (12, 12),
    "终": (12, 12),
    "年中": (6, 6), "中": (6, 6), "年初": (1, 2), "初": (1, 2), "春天": (3, 5), "春季": (3, 5),
    "夏天": (6, 8), "夏季": (6, 8), "秋天": (9, 11), "秋季": (9, 11), "冬天": (12, 2),
    "冬季": (12, 2),
}  # fmt: skip


def chinese_times(text: str, today: date) -> Iterator[Time]:
    """Yield the time expressions of a folded text; they may overlap."""
    for pattern, resolve in _RESOLVERS:
        for match in pattern.finditer(text):
            found = resolve(match, today)
            if found is not None and found.end > found.start:
                yield found
    for match in holiday_names()[0].finditer(text):
        found = _holiday(text, match, today)
        if found is not None:
            yield found


def year_in(match: re.Match[str], today: date) -> int | None:
    """Return the year named by a match of the year pattern, None when it names none."""
    if match["y"]:
        return int(match["y"])
    if match["y2"]:
        return 2000 + int(match["y2"])
    if match["ry"]:
        return today.year + _RELATIVE_YEARS.get(match["ry"], 0)
    return None


def _small(words: str) -> int:
    value = float(words) if words.isdigit() else zh.chinese_value(words)
    return int(value) if value is not None else 0


def _upcoming(year: int | None, month: int, part: tuple[int, int], today: date) -> Period | None:
    if year is not None:
        return month_period(year, month, *part)
    found = month_period(today.year, month, *part)
    return found if found and found.last > today else month_period(today.year + 1, month, *part)


def _date(match: re.Match[str], today: date) -> Time | None:
    month = 1 if match["m"] == "正" else _small(match["m"])
    if not 1 <= month <= 12:
        return None
    year = year_in(match, today)
    number = _small(match["d"]) if match["d"] else 0
    if number:
        known = day(year or 2028, month, number)  # a leap year: 29 February exists somewhere
        if known is None:
            return None
        part = (number, number)
    else:
        part = _MONTH_PARTS.get(match["part"] or "", (1, 31))
    return dated(match.start(), match.end(), _upcoming(year, month, part, today), today)


def _quarter(match: re.Match[str], today: date) -> Time | None:
    year = year_in(match, today)
    if match["h"]:
        first, last = (1, 6) if match["h"] in ("上半年", "h1") else (7, 12)
    else:
        word = match["q"] or match["q2"] or match["q3"]
        number = _QUARTER_DIGITS.get(word) or int(word)
        first, last = number * 3 - 2, number * 3
    if match["part"] in ("末", "底"):
        first = last
    elif match["part"] == "初":
        last = first
    elif match["part"] == "中":
        first = last = first + 1
    period = months_period(year or today.year, first, last)
    if year is None and period and period.last <= today:
        period = months_period(today.year + 1, first, last)
    return dated(match.start(), match.end(), period, today)


def _year(match: re.Match[str], today: date) -> Time | None:
    year = year_in(match, today)
    if year is None:
        return None
    if match["y"] and not re.search("[年度财]", match.group()) and not match["part"]:
        return None  # four digits alone may be any number
    first, last = _YEAR_PARTS.get(match["part"] or "", (1, 12))
    return dated(match.start(), match.end(), months_period(year, first, last), today)


def _relative(match: re.Match[str], today: date) -> Time | None:
    past, this, later = match["past"], match["this"], match["next"]
    unit = match["unit"]
    weekday = zh.WEEKDAYS.get(match["day"] or "")
    if weekday is not None and unit not in ("周", "星期", "礼拜"):
        return None
    if weekday is None and not (past or this or later):
        return None
    if past == "去":
        return None
    step = -1 if past else 0
    if later:
        step = 2 if later.startswith("下下") else 1
    period = _unit_period(unit, step, today)
    if period is None:
        return None
    if weekday is not None:
        one = add_days(period.first, weekday)
        if one <= today and not (past or this or later):
            one = add_days(one, 7)
        period = Period(one, one)
    elif match["part"] in ("末", "底"):
        period = Period(period.last, period.last)
    return dated(match.start(), match.end(), period, today)


def _unit_period(unit: str, step: int, today: date) -> Period | None:
    if unit in ("周", "星期", "礼拜"):
        return week_of(today, step)
    if unit == "月":
        start = add_months(today.replace(day=1), step)
        return month_period(start.year, start.month)
    if unit in ("季度", "季"):
        start = add_months(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), step * 3)
        return months_period(start.year, start.month, start.month + 2)
    if unit == "学期":
        start = add_months(today, max(step, 0) * 5)
        end = add_months(start, 4)
        return Period(start, end)
    return months_period(today.year + step, 1, 12)


def _bare_end(match: re.Match[str], today: date) -> Time | None:
    unit = {"年": "财年"}.get(match["unit"], match["unit"])
    period = _unit_period(unit, 0, today)
    if period is None:
        return None
    if match["part"] == "中":
        if match["unit"] != "年":
            return None
        period = months_period(today.year + (today.month > 6), 6, 6)
    elif match["part"] != "内" and period.last <= today:
        period = _unit_period(unit, 1, today)
    if period and match["part"] not in ("内", "中"):
        period = Period(period.last, period.last)
    return dated(match.start(), match.end(), period, today)


def _season(match: re.Match[str], today: date) -> Time | None:
    first, last = zh.SEASON_MONTHS[match["season"]]
    period = months_period(today.year, first, last)
    if period and period.last <= today:
        period = months_period(today.year + 1, first, last)
    return dated(match.start(), match.end(), period, today)


def _day_word(match: re.Match[str], today: date) -> Time | None:
    steps = {"今天": 0, "今晚": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3}
    if match.group() in ("昨天", "前天"):
        return Time(match.start(), match.end(), "past")
    if match.group() not in steps:
        return Time(match.start(), match.end(), "service")
    one = add_days(today, max(steps[match.group()], 0))
    return Time(match.start(), match.end(), "date", one, one)


def _rhythm(match: re.Match[str], today: date) -> Time | None:  # noqa: ARG001 - one shape for all
    return Time(match.start(), match.end(), "rhythm")


def _length(match: re.Match[str], today: date) -> Time | None:
    lead, tail, unit = match["lead"] or "", match["tail"] or "", match["unit"].removeprefix("个")
    found = _length_kind(match, (lead, tail, unit), today)
    start = match.start("lead") if lead else match.start("n")
    return found.moved(start, found.end) if found else None


def _length_kind(match: re.Match[str], words: tuple[str, str, str], today: date) -> Time | None:
    lead, tail, unit = words
    count = _count(match["n"], unit, half=bool(match["half"]))
    if count is None:
        return None
    if unit in zh.SHORT_UNITS:
        return Time(match.start(), match.end(), "service") if tail or lead else None
    if lead.startswith(zh.PAST_LEADS) and not tail.endswith("内"):
        return Time(match.start(), match.end(), "past")
    if tail in ("前", "之前"):
        return _before_day(match, count, unit, today)
    if not (tail or lead) or tail in ("以上", "来"):
        return Time(match.start(), match.end(), "window")
    return _ahead(match, words, _end_of(today, count, unit), today)


def _ahead(
    match: re.Match[str], words: tuple[str, str, str], end: date | None, today: date
) -> Time | None:
    lead, tail, unit = words
    if end is None:
        return None
    whole = lead.startswith(zh.EXPECTED_LEADS) or lead[:2] in ("期限", "时限", "截止")
    kind: TimeKind = "days" if unit in ("天", "日", "自然日") and not whole else "length"
    marked = tail not in ("内", "") or bool(lead)
    return Time(match.start(), match.end(), kind, today, end, marked=marked)


def _count(words: str, unit: str, *, half: bool) -> float | None:
    if words == "几":
        return None
    count = (
        0.5 if words == "半" else (float(words) if words[0].isdigit() else zh.chinese_value(words))
    )
    if count is None or (unit in ("年", "月") and count > 100):
        return None
    return count + 0.5 if half or (unit in ("半月", "年半") and words != "半") else count


def _end_of(today: date, count: float, unit: str) -> date | None:
    name = {"个半月": "月", "年半": "年"}.get(unit, unit)
    if name in zh.UNIT_DAYS:
        return stretch(today, count, 0, zh.UNIT_DAYS[name])
    return stretch(today, count, zh.UNIT_MONTHS.get(name, 1), 0)


def _before_day(match: re.Match[str], count: float, unit: str, today: date) -> Time | None:
    if unit != "日" or not 1 <= count <= month_days(today.year, today.month):
        return Time(match.start(), match.end(), "past")
    one = today.replace(day=int(count))
    one = one if one > today else add_months(one, 1)
    return Time(match.start(), match.end(), "date", one, one, marked=True)


_YEAR_BEFORE: Final = re.compile(
    r"(?:(?P<y>20\d\d)\s?年?|(?P<y2>\d\d)年|(?P<ry>今年|明年|后年|去年|来年)"
    r"|(?P<next>next|this year's|last))(?: year's)?\s?的?\s?(?:the )?$"
)
_YEAR_BEHIND: Final = re.compile(r",? (?:of |in )?(?:(?P<y>20\d\d)\b|(?P<next>next) year\b)")


def _holiday(text: str, match: re.Match[str], today: date) -> Time | None:
    key = holiday_names()[1][match["name"]]
    start, end, year = match.start(), match.end(), None
    before = _YEAR_BEFORE.search(text[max(0, start - 16) : start])
    behind = _YEAR_BEHIND.match(text, end)
    if before:
        start -= len(before.group())
        year = None if before["next"] else year_in(before, today)
        if before["next"] == "last":
            return Time(start, end, "past")
    elif behind:
        end = behind.end()
        year = int(behind["y"]) if behind["y"] else today.year + 1
    found = holiday_date(key, year) if year else next_holiday(key, today)
    if found is None:
        return None
    return dated(start, end, Period(found, found), today)


_RESOLVERS: Final = (
    (zh.FREQUENCY, _rhythm),
    (zh.DATE, _date),
    (zh.QUARTER, _quarter),
    (zh.YEAR, _year),
    (zh.RELATIVE, _relative),
    (zh.BARE_END, _bare_end),
    (zh.SEASON, _season),
    (zh.DAY_WORD, _day_word),
    (zh.DURATION, _length),
)
