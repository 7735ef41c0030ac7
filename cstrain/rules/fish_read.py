"""What is written on a fishbone, as its check looks at it: each cause and each measure once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeGuard, TypeVar

from cstrain.causes.case_test import CauseTest
from cstrain.causes.effects import badge
from cstrain.causes.fish import CauseFinding, FishJudgement, judge_fishbone
from cstrain.causes.fishbone import Cause, Fishbone, Measure
from cstrain.causes.likeness import alike, plain
from cstrain.causes.own_effects import verdict_of

MOST: Final = 400  # causes, and measures, that are compared with each other
_COMPARED: Final = 200  # characters of a text
_LEAST: Final = 3  # letters or characters that say something; "a" and "1" are no entries

One = TypeVar("One", Cause, Measure)
Doubles = tuple[tuple[str, str], ...]  # texts that say again what another one says, and that one


@dataclass(frozen=True)
class BeforeData:
    """A cause put before the data: the factor it was tested by, and the verdict."""

    cause: Cause
    factor: str
    verdict: str


@dataclass(frozen=True)
class FishRead:
    """A fishbone with its distinct causes and measures, judged and tested."""

    fishbone: Fishbone
    causes: tuple[Cause, ...]
    doubles: Doubles
    measures: tuple[Measure, ...]
    measure_doubles: Doubles
    judged: FishJudgement
    tests: tuple[BeforeData, ...]

    @property
    def found(self) -> tuple[tuple[Cause, CauseFinding], ...]:
        """Return the distinct causes with what the judge found in each."""
        return tuple(zip(self.causes, self.judged.causes, strict=True))


def read_fishbone(fishbone: Fishbone, case: str | None) -> FishRead:
    """Return the fishbone as the check looks at it; tests of other cases do not count."""
    causes, doubles = distinct(fishbone.causes)
    measures, measure_doubles = distinct(fishbone.measures)
    head = " ".join(one.strip() for one in fishbone.head.as_plain().values() if one.strip())
    return FishRead(
        fishbone=fishbone,
        causes=causes,
        doubles=doubles,
        measures=measures,
        measure_doubles=measure_doubles,
        judged=judge_fishbone(head, [(one.category, one.text) for one in causes]),
        tests=tuple(_tested(one, one.test, case) for one in causes if _is_tested(one.test, case)),
    )


def distinct(entries: Sequence[One]) -> tuple[tuple[One, ...], Doubles]:
    """Return the written entries without those that say again what one before them says.

    >>> [one.id for one in distinct((Measure("a", "Call back"), Measure("b", "call back!")))[0]]
    ['a']
    """
    kept: list[One] = []
    doubles = []
    for one in [one for one in entries if len(plain(one.text[:_COMPARED])) >= _LEAST][:MOST]:
        text = one.text[:_COMPARED]
        same = next((other for other in kept if alike(other.text[:_COMPARED], text)), None)
        if same is None:
            kept.append(one)
        else:
            doubles.append((one.text, same.text))
    return tuple(kept), tuple(doubles)


def _is_tested(test: CauseTest | None, case: str | None) -> TypeGuard[CauseTest]:
    """Say whether a test is one to look at: in a case own data decide nothing."""
    if test is None or test.own is None:
        return test is not None and bool(test.factor)
    return case is None and test.own.result is not None


def _tested(cause: Cause, test: CauseTest, case: str | None) -> BeforeData:
    """Return the verdict, computed anew; of own data from the interval that was kept.

    The data themselves may be anywhere, and the same answer gets the same points everywhere.
    """
    if test.own is not None and test.own.result is not None:
        factor = " ".join(test.own.exposure.as_plain().values())
        return BeforeData(cause, factor, verdict_of(test.own.result))
    foreign = case is not None and test.case not in ("", case)
    verdict = "untested" if foreign else str(badge(case, test.as_plain())["verdict"])
    return BeforeData(cause, test.factor, verdict)
