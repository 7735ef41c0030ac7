"""A cause before a company's own data, as it is chosen: a table, two columns with a cut, strata.

{"table": "mine.tickets", "exposure": {"column", "how", "value"}, "outcome": {...},
"strata": ["site"], "result": {"day", "ratio", "low", "high", "n"} or None}

The result is what the data said when they were last at hand; it is told with its day where they
are not. Which verdict it means is never kept.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

from cstrain.causes.mends import Mender

# How a column is cut in two: the cell is the value, or from it on, or up to it.
HOWS: Final = ("is", "from", "upto")
MOST_STRATA: Final = 2
_KEYS: Final = ("table", "exposure", "outcome", "strata", "result")
_PICK_KEYS: Final = ("column", "how", "value")
_RESULT_KEYS: Final = ("day", "ratio", "low", "high", "n")
_MOST_NAME: Final = 300  # characters of the name of a table or column, or of a value
_MOST_ROWS: Final = 10**9
_LARGEST: Final = 1e12


@dataclass(frozen=True)
class Pick:
    """The rows in which a column is a value, or at least or at most a number or day."""

    column: str = ""
    how: str = "is"
    value: str = ""

    @property
    def whole(self) -> bool:
        """Whether it says enough to sort rows by."""
        return bool(self.column and self.value.strip())

    def as_plain(self) -> dict[str, str]:
        """Return the choice as plain JSON values."""
        return {"column": self.column, "how": self.how, "value": self.value}


@dataclass(frozen=True)
class OwnResult:
    """What came out, and when: the ratio within strata with its interval, and the rows."""

    day: str
    ratio: float | None
    low: float | None
    high: float | None
    n: int

    def as_plain(self) -> dict[str, Any]:
        """Return the result as plain JSON values."""
        return {
            "day": self.day,
            "ratio": self.ratio,
            "low": self.low,
            "high": self.high,
            "n": self.n,
        }


@dataclass(frozen=True)
class OwnTest:
    """The choices of a test before own data, with what it last came to."""

    table: str = ""
    exposure: Pick = Pick()
    outcome: Pick = Pick()
    strata: tuple[str, ...] = ()
    result: OwnResult | None = None

    @property
    def whole(self) -> bool:
        """Whether table, exposure and outcome are all chosen; strata need not be."""
        return bool(self.table) and self.exposure.whole and self.outcome.whole

    def as_plain(self) -> dict[str, Any]:
        """Return the test as plain JSON values."""
        return {
            "table": self.table,
            "exposure": self.exposure.as_plain(),
            "outcome": self.outcome.as_plain(),
            "strata": list(self.strata),
            "result": None if self.result is None else self.result.as_plain(),
        }


def read_own_test(found: Any, mender: Mender) -> OwnTest | None:
    """Return the test in plain JSON values, None where there is none.

    >>> read_own_test({"table": "calls.csv", "strata": ["site", "site"]}, Mender()).strata
    ('site',)
    """
    if found is None:
        return None
    raw = mender.table(found, _KEYS)
    strata = dict.fromkeys(one[:_MOST_NAME] for one in mender.evidence(raw.get("strata")))
    return OwnTest(
        table=mender.text(raw.get("table"), "table")[:_MOST_NAME],
        exposure=_pick(raw.get("exposure"), mender),
        outcome=_pick(raw.get("outcome"), mender),
        strata=tuple(strata)[:MOST_STRATA],
        result=_result(raw.get("result"), mender),
    )


def _pick(found: Any, mender: Mender) -> Pick:
    raw = mender.table(found, _PICK_KEYS)
    column, value = (mender.text(raw.get(key), key)[:_MOST_NAME] for key in ("column", "value"))
    how = mender.name(raw.get("how"))
    return Pick(column, how if how in HOWS else "is", value)


def _result(found: Any, mender: Mender) -> OwnResult | None:
    raw = mender.table(found, _RESULT_KEYS)
    if not raw:
        return None
    ratio, low, high = (_amount(raw.get(key)) for key in ("ratio", "low", "high"))
    if ratio is None or low is None or high is None or not low <= ratio <= high:
        low = high = None
    rows = mender.whole(raw.get("n"), least=0, most=_MOST_ROWS, key="n") or 0
    return OwnResult(mender.text(raw.get("day"), "day")[:10], ratio, low, high, rows)


def _amount(found: Any) -> float | None:
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        return None
    return float(found) if math.isfinite(found) and 0 <= found < _LARGEST else None
