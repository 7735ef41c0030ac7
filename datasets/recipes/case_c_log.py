"""Case C, Tuohe Appliances: reading the contact log: chains, repeats, first contact resolution.

A repeat is a strictly later contact of the same customer about the same issue (product and
reason) within 7 days; contacts of the last 7 days are not eligible, their week is not over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from case_c_rows import LOG_END, Contact, e7_before, month, s2_since
from effect import Row

WINDOW: Final = timedelta(days=7)
Test = Callable[["Seen"], bool]


@dataclass(frozen=True, slots=True)
class Seen:
    """A contact and its place in the log."""

    contact: Contact
    first: bool  # no contact about the same within the 7 days before
    repeated: bool  # a contact about the same within the 7 days after
    eligible: bool
    new_agent: bool

    @property
    def day(self) -> date:
        """The day of the contact."""
        return self.contact.at.date()

    @property
    def e7(self) -> bool:
        """Whether it is about error E7."""
        return self.contact.error_code == "E7"

    @property
    def e7_before(self) -> bool:
        """Whether it is about E7 before there was an article."""
        return e7_before(self.contact.error_code, self.contact.at)

    @property
    def s2_since(self) -> bool:
        """Whether it was answered at S2 under the new scorecard."""
        return s2_since(self.contact.site, self.contact.at)


def reading(
    log: Sequence[Contact], new_agents: Iterable[str], end: datetime = LOG_END
) -> list[Seen]:
    """Return the log in its order, each contact with its place among those of its issue."""
    times: dict[tuple[str, str, str], list[datetime]] = defaultdict(list)
    for one in log:
        times[one.issue].append(one.at)
    before: set[tuple[str, str, str, datetime]] = set()
    after: set[tuple[str, str, str, datetime]] = set()
    for issue, found in times.items():
        for early, late in pairwise(sorted(set(found))):
            if late - early <= WINDOW:
                after.add((*issue, early))
                before.add((*issue, late))
    new = set(new_agents)
    return [
        Seen(
            contact=one,
            first=(*one.issue, one.at) not in before,
            repeated=(*one.issue, one.at) in after,
            eligible=one.at <= end - WINDOW,
            new_agent=one.agent_id in new,
        )
        for one in log
    ]


def fcr(seen: Iterable[Seen]) -> float | None:
    """Return first contact resolution: the eligible contacts that no repeat follows."""
    found = [one.repeated for one in seen if one.eligible]
    return 1 - sum(found) / len(found) if found else None


def fcri(seen: Iterable[Seen]) -> float | None:
    """Return it at issue level: of the first contacts of a chain only."""
    return fcr(one for one in seen if one.first)


def by_month(seen: Iterable[Seen]) -> Mapping[str, list[Seen]]:
    """Return the contacts by month, oldest first."""
    groups: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        groups[month(one.day)].append(one)
    return dict(sorted(groups.items()))


def share(values: Iterable[bool]) -> float | None:
    """Return the share of true values; nothing for no values."""
    found = list(values)
    return sum(found) / len(found) if found else None


def effect_rows(
    seen: Iterable[Seen], exposed: Test, strata: Callable[[Seen], Hashable], since: date = date.min
) -> list[Row]:
    """Return the rows of an effect test: repeats of the eligible first contacts since a day."""
    return [
        (strata(one), exposed(one), one.repeated)
        for one in seen
        if one.first and one.eligible and one.day >= since
    ]
