"""A cause before the data of a case, as it is chosen: {"case", "factor", "rows", "strata"}.

Which verdict comes out is computed each time and never kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from cstrain.causes.mends import Mender
from cstrain.causes.own_test import OwnTest, read_own_test

_KEYS: Final = ("case", "factor", "rows", "strata")
_OWN: Final = "own"


@dataclass(frozen=True)
class CauseTest:
    """What the learner chose to put a cause before the data; the verdict is never stored.

    The data are those of a case, or with `own` a company's own.
    """

    case: str = ""
    factor: str = ""
    rows: str = ""
    strata: str = ""
    own: OwnTest | None = None

    def as_plain(self) -> dict[str, Any]:
        """Return the choices as plain JSON values."""
        plain = {key: getattr(self, key) for key in _KEYS}
        return plain if self.own is None else {**plain, _OWN: self.own.as_plain()}


def read_cause_test(found: Any, mender: Mender) -> CauseTest | None:
    """Return the test in plain JSON values, None where nothing is chosen.

    >>> read_cause_test({"case": "A", "factor": "D1"}, Mender())
    CauseTest(case='A', factor='D1', rows='', strata='', own=None)
    """
    raw = mender.table(found, (*_KEYS, _OWN))
    texts = {key: mender.text(raw.get(key), key) for key in _KEYS}
    test = CauseTest(**texts, own=read_own_test(raw.get(_OWN), mender))
    return None if test == CauseTest() else test
