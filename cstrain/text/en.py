"""English grammar of numbers and of times: patterns and what their parts mean."""

from __future__ import annotations

import re
from typing import Final

_ONES: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS: Final = {w: i for i, w in enumerate(_ONES)} | {w: 20 + 10 * i for i, w in enumerate(_TENS)}
_SCALES: Final = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
MULTIPLIERS: Final = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9, "hundred": 100,
}  # fmt: skip
_PARTS: Final = {
    "half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "sixth": 1 / 6,
    "eighth": 1 / 8, "tenth": 1 / 10,
}  # fmt: skip
_W: Final = rf"(?:{'|'.join([*_TENS, *_ONES[::-1]])})"
_PART: Final = (
    "halves|thirds|quarters|fifths|sixths|eighths|tenths|half|third|quarter|fifth|"
    "sixth|eighth|tenth"
)
ENGLISH_NUMBER: Final = re.compile(
    rf"\b(?:(?P<of>\d+|{_W}) (?:out of|in) (?:every )?(?P<among>\d+|{_W})(?![-\w]| (?:day|week|"
    rf"month|year|hour|minute))"
    rf"|(?P<some>an?|one|two|three|four|\d) ?-?(?P<part>{_PART})(?! (?:of )?(?:time|party|"
    rf"level|line|floor|call|visit|shift|quarter))(?= |[,.;:)]|$)"
    rf"|(?P<half>half)(?= (?:of|the|that|as|its|their|our|a (?:day|point|star))\b|[,.;)]|$)"
    rf"|(?P<words>(?:an? (?:hundred|thousand|dozen)|{_W})"
    rf"(?:[ -](?:and )?(?:{_W}|hundred|thousand|million|dozen|"
    rf"point))*(?P<and_half> and a half)?))\b"
)
FACTOR: Final = re.compile(
    r"\b(?P<double>doubl(?:e|es|ed|ing)|twice as|two-?fold)\b|\b(?P<triple>tripl(?:e|es|ed|"
    r"ing)|treble)\b"
    r"|\b(?P<halve>halv(?:e|es|ed|ing)|cut (?:it |them )?in half|in half|by half)\b"
    r"|\b(?P<times>\d+(?:\.\d+)?|two|three|four|five|ten) times (?:as |more|better|less|fewer|"
    r"faster|higher)"
)


def english_value(words: str) -> float | None:
    """Return the value of a number in words, None when it is none.

    >>> english_value("four point seven")
    4.7
    """
    whole, _, part = words.replace("-", " ").partition(" point ")
    value = _whole(whole.split())
    if value is None:
        return None
    if not part:
        return float(value)
    digits = [WORDS.get(word, -1) for word in part.split()]
    good = digits and all(0 <= digit <= 99 for digit in digits)
    return float(f"{value}.{''.join(map(str, digits))}") if good else None


def _whole(words: list[str]) -> int | None:
    total = group = 0
    for word in words:
        if word in ("and", "a", "an"):
            continue
        if word in WORDS:
            group += WORDS[word]
        elif word in ("hundred", "dozen"):
            group = (group or 1) * _SCALES[word]
        elif word in _SCALES:
            total += (group or 1) * _SCALES[word]
            group = 0
        else:
            return None
    return total + group


def part_value(some: str, part: str) -> float | None:
    """Return the share said as "a third" or "three quarters"."""
    stem = "half" if part == "halves" else part.removesuffix("s")
    count = {"a": 1, "an": 1}.get(some) or (int(some) if some.isdigit() else WORDS.get(some))
    value = _PARTS.get(stem)
    if count is None or value is None or count * value > 1:
        return None
    return count * value


_MONTHS: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTH_NUMBER: Final = {
    **{name: i + 1 for i, name in enumerate(_MONTHS)},
    **{name[:3]: i + 1 for i, name in enumerate(_MONTHS)},
    "sept": 9,
}
WEEKDAY_NUMBER: Final = {
    name: i
    for i, name in enumerate(
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    )
}
_M: Final = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)"
)
_Y: Final = r"(?:(?:19|20)\d\d|'\d\d)"
_RY: Final = r"(?:next year|this year|last year|the year after next)"
_YEAR: Final = rf"(?:,? (?:of )?(?P<y>{_Y})\b(?!%)|,? (?:of )?(?P<ry>{_RY})\b)"
DATE: Final = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -](?P<m>{_M})\b\.?(?:-(?P<y3>{_Y})\b|{_YEAR})?"
)
MONTH: Final = re.compile(
    rf"\b(?:(?P<part>early|mid|late|the middle of|the end of|end of|the close of|close of|"
    rf"the start of|the beginning of|end|"
    rf"the first half of|the second half of|first week of|the first week of|last week of|"
    rf"the last week of)[ -])?"
    rf"(?P<next>next |last |this |coming |this coming )?(?P<m>{_M})\b\.?"
    rf"(?: (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?! ?(?:%|percent|h\b|min|sec|points?|cases|days|"
    rf"tickets|calls|to \d)))?(?:{_YEAR})?"
)
QUARTER: Final = re.compile(
    rf"\b(?:(?P<part>early|mid|late|the end of|end of|the close of|close of|the start of|"
    rf"the beginning of|end)[ -])?"
    rf"(?:the )?(?:(?P<qy>(?:19|20)\d\d)[ -]?)?"
    rf"(?:q(?P<q>[1-4])(?!\d)|(?P<qw>first|second|third|fourth|last|1st|2nd|3rd|4th) quarter|"
    rf"h(?P<h>[12])(?!\d)|(?P<hw>first|second) half)"
    rf"(?: of (?P<whole>the year|the fiscal year))?(?:[ -]?fy ?\d\d)?(?:{_YEAR})?(?: (?P<end>end))?"
)
RELATIVE: Final = re.compile(
    r"\b(?:(?P<part>early|mid|late|the end of|end of|the close of|close of|the start of|"
    r"the beginning of)[ -])?"
    r"(?:(?P<which>this|next|last|previous|the coming|the current|the following|the|current|"
    r"coming|our|past|the past|the last|the next)[ -])?"
    r"(?:(?:current|coming|following) )?(?P<unit>fiscal year|financial year|calendar year|"
    r"school year|year|quarter|month|week|semester|term|"
    r"summer|winter|spring|autumn|fall)(?P<tail>[ -]end)?\b"
)
SHORT_END: Final = re.compile(r"\b(?P<what>eoy|eom|eoq|eow|ye)\b")
FISCAL: Final = re.compile(r"\bfy ?'?(?P<y>\d\d|\d{4})\b")
WEEKDAY: Final = re.compile(
    r"\b(?P<which>next |this |coming |last |every |each )?(?P<day>monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday)(?P<many>s)?\b"
)
DAY_WORD: Final = re.compile(
    r"\b(?:the day after tomorrow|tomorrow|today|tonight|yesterday|same[ -]day|next[ -]day)\b"
)
NUMERIC: Final = re.compile(
    r"(?<![\d.])(?P<y>(?:19|"
    r"20)\d\d)(?P<sep>[-/.])(?P<m>\d{1,2})(?:(?P=sep)(?P<d>\d{1,2}))?(?![\d%])"
    r"|(?<![\d.])(?P<a>\d{1,2})(?P<sep2>[/.-])(?P<b>\d{1,2})(?P=sep2)(?P<y2>(?:20)?\d\d)(?![\d%])"
)
SLASH_DAY: Final = re.compile(
    r"(?:\b(?:by|before|until|due|on|from)[: ]+)(?P<m>1[0-2]|0?[1-9])/(?P<d>3[01]|[12]\d|"
    r"0?[1-9])(?![\d/%])"
)
SHORT_NUMERIC: Final = re.compile(
    r"(?<![\d./])(?P<m>1[0-2]|0?[1-9])(?:[./])(?P<d>3[01]|[12]\d|0?[1-9])(?=\s?(?:\u524d|"
    r"\u4e4b\u524d|\u4ee5\u524d|\u5e95\u524d|\u8d77|\u622a\u6b62))"
)
YEAR: Final = re.compile(
    r"\b(?P<lead>in|by|during|throughout|before|until|for|from|of|within|end|"
    r"since) (?:the )?(?:whole of |year |end of |the end of )?(?P<y>20\d\d)\b(?![%\d]|"
    r" [a-z]*(?:tickets|cases|calls|members|guests))"
)
_N: Final = (
    rf"(?:\d+(?:\.\d+)?|an?|half an?|a half|the|a couple of|a few|several|{_W}(?:[ -]{_W})?)"
)
DURATION: Final = re.compile(
    rf"\b(?P<lead>within|in under|in less than|in|over|for|during|after|through|throughout|"
    rf"last|past|previous|under|inside|next|"
    rf"deadline|timeframe|time frame|timeline|duration|due|when|time)?:? ?"
    rf"(?:the )?(?P<next>next |coming |following |last |past |"
    rf"previous )?(?:of )?\b(?P<n>{_N})(?P<hyphen>[ -])?"
    rf"(?P<unit>working days?|business days?|calendar days?|fortnights?|quarters?|seconds?|"
    rf"secs?|minutes?|mins?|hours?|hrs?|"
    rf"days?|weeks?|months?|years?|s|h|min)\b'?s?(?P<tail> from (?:now|today)| from its| later|"
    rf" time\b| at most| ago| old)?"
)
FREQUENCY: Final = re.compile(
    r"\b(?:every|each|per) (?:single |other |working |business |\d+ |two |three |four |six )?"
    r"(?:days?|weeks?|months?|quarters?|years?|hours?|minutes?|shifts?|mornings?|evenings?|nights?|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b|\b(?:daily|weekly|fortnightly|monthly|"
    r"quarterly|annually|yearly|hourly|nightly)\b"
    r"|\b(?<!by )(?<!of )a (?:day|week|month|quarter|shift)\b|\b(?:once|twice|three times|"
    r"\d+ times) an? (?:day|week|month|quarter|year)\b"
    r"|\b(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)days\b|\b\d{1,2}(?:st|nd|rd|"
    r"th) of (?:each|every) month\b|/ ?(?:month|week|day|mo|wk)\b"
    r"|\bfirst (?:mon|tues|wednes|thurs|fri)day of (?:each|every|the) month\b|\bmonth-on-month\b"
)
SHORT_UNITS: Final = (
    "second",
    "sec",
    "minute",
    "min",
    "hour",
    "hr",
    "h",
    "s",
    "working",
    "business",
)
LEADS: Final = re.compile(
    r"(?:\b(?:by|before|until|till|no later than|not later than|latest|at the latest|due|"
    r"deadline|when|by the end of|to be completed|"
    r"from|as of|starting|starting from|effective|target date|date|in|during|on|at|through|for|"
    r"ahead of|prior to|timeline|completed by|"
    r"between|end|the end of|by the start of|after|since|throughout|within|over|come)|"
    r"[:=(\u2192,-])\s*(?:the |our )?$"
)
