"""The causes of the cases that can be put before the data: table C-0 with tempting alternatives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from cstrain.errors import UnknownNameError
from cstrain.language import Text
from cstrain.library.toml_file import CONTENT, read_toml, shown_name
from cstrain.table_reader import TableReader

RISK_RATIO: Final = "risk_ratio"
# How a factor is measured that is no risk by exposure, and its value when there is no effect.
NOTHING: Final[Mapping[str, float]] = {
    RISK_RATIO: 1.0,
    "median_difference": 0.0,
    "median_ratio": 1.0,
    "count_ratio": 1.0,
    "share_difference": 0.0,
    "correlation": 0.0,
}
_VERDICTS: Final = ("supported", "rejected", "untested")


@dataclass(frozen=True)
class Choice:
    """One way to choose rows or strata, and what a test misses that is made this way."""

    key: str
    label: Text
    miss: Text


@dataclass(frozen=True)
class CauseTest:
    """A factor of a case: who is exposed, what is the outcome, the choices, the right ones.

    `why` says in words what the data show when the right rows and strata are chosen.
    """

    case: str
    factor: str
    name: Text
    exposed: Text
    outcome: Text
    how: str
    unit: Text | None
    within: tuple[float, float]
    rows: tuple[Choice, ...]
    strata: tuple[Choice, ...]
    right_rows: str
    right_strata: str
    verdict: str
    why: Text

    def row(self, key: Any) -> Choice:
        """Return the choice of rows with this key; an unknown one is an error."""
        return _chosen("rows", key, self.rows)

    def stratum(self, key: Any) -> Choice:
        """Return the choice of strata with this key; an unknown one is an error."""
        return _chosen("strata", key, self.strata)


@cache
def cause_tests_of(case: str) -> tuple[CauseTest, ...]:
    """Return the tests of a case in the order in which they are offered.

    >>> [one.factor for one in cause_tests_of("A")]
    ['D1', 'D2', 'A1', 'D4', 'A2', 'D3', 'D5']
    """
    found = _all()
    if case not in found:
        raise UnknownNameError("case", str(case), found)
    return found[case]


def cause_test(case: Any, factor: Any) -> CauseTest:
    """Return the test of a factor; an unknown one is answered with those that there are.

    >>> cause_test("C", "D3").right_strata
    'causes'
    """
    tests = {one.factor: one for one in cause_tests_of(case if isinstance(case, str) else "")}
    if not isinstance(factor, str) or factor not in tests:
        raise UnknownNameError(f"factor of case {case}", str(factor), tests)
    return tests[factor]


@cache
def level_names() -> Mapping[str, Text]:
    """Return what the parts of a stratum are called."""
    return _reader().texts("levels")


def stratum_name(stratum: str, language: Any) -> str:
    """Return what a stratum is called, its parts one after the other.

    >>> stratum_name("v2+late", "en")
    'new page · late'
    """
    names = level_names()
    return " · ".join(names[one][language] if one in names else one for one in stratum.split("+"))


@cache
def _reader() -> TableReader:
    path = CONTENT / "effect_tests.toml"
    return TableReader(shown_name(path), read_toml(path))


@cache
def _all() -> Mapping[str, tuple[CauseTest, ...]]:
    reader = _reader()
    cases = reader.child("cases")
    choices = {
        case: {kind: _choices(cases.child(case), kind) for kind in ("rows", "strata")}
        for case in cases.raw
    }
    made: dict[str, list[CauseTest]] = {case: [] for case in cases.raw}
    for one in reader.children("tests"):
        case = one.one_of("case", tuple(choices))
        made[case].append(_test(one, case, choices[case]))
    return {case: tuple(tests) for case, tests in made.items()}


def _choices(reader: TableReader, kind: str) -> dict[str, Choice]:
    made = {}
    for one in reader.children(kind):
        key = one.string("key")
        label = Text(zh=one.string("zh"), en=one.string("en"))
        made[key] = Choice(key, label, one.text("miss"))
        one.finish()
    return made


def _test(reader: TableReader, case: str, choices: Mapping[str, Mapping[str, Choice]]) -> CauseTest:
    own = reader.texts("miss")
    rows, strata = (_listed(reader, kind, choices[kind], own) for kind in ("rows", "strata"))
    right = reader.child("right")
    how = reader.one_of("how", tuple(NOTHING)) if reader.has("how") else RISK_RATIO
    made = CauseTest(
        case=case,
        factor=reader.string("factor"),
        name=reader.text("name"),
        exposed=reader.text("exposed"),
        outcome=reader.text("outcome"),
        how=how,
        unit=reader.optional_text("unit"),
        within=_bounds(reader, how),
        rows=rows,
        strata=strata,
        right_rows=right.one_of("rows", [one.key for one in rows]),
        right_strata=right.one_of("strata", [one.key for one in strata]),
        verdict=reader.one_of("verdict", _VERDICTS),
        why=reader.text("why"),
    )
    reader.finish()
    return made


def _listed(
    reader: TableReader, kind: str, choices: Mapping[str, Choice], own: Mapping[str, Text]
) -> tuple[Choice, ...]:
    keys = reader.strings(kind)
    unknown = [one for one in keys if one not in choices]
    if unknown or not keys:
        raise reader.wrong(kind, f"one or more of {', '.join(choices)}")
    return tuple(Choice(key, choices[key].label, own.get(key, choices[key].miss)) for key in keys)


def _bounds(reader: TableReader, how: str) -> tuple[float, float]:
    if how == RISK_RATIO:
        return (0.0, 0.0)
    found = reader.raw.get("within")
    reader.has("within")
    if not isinstance(found, list) or len(found) != 2:
        raise reader.wrong("within", "two numbers")
    return float(found[0]), float(found[1])


def _chosen(kind: str, key: Any, choices: Sequence[Choice]) -> Choice:
    for one in choices:
        if one.key == key:
            return one
    raise UnknownNameError(kind, str(key), [one.key for one in choices])
