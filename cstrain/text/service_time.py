"""Whether a stretch of time is allowed for each case or runs until the goal is reached."""

from __future__ import annotations

import re
from typing import Final

from cstrain.text import cues
from cstrain.text.reading import Reading
from cstrain.text.times import Time

_SERVICE_IDEAS: Final = (
    "c_response",
    "c_resolve",
    "c_refund",
    "c_claim",
    "c_repair",
    "c_delivery",
    "c_followup",
    "c_approve",
    "c_answered",
    "c_booking",
)


def is_service(reading: Reading, time: Time) -> bool:
    """Say whether a stretch of days is the time allowed for each case, not for the goal."""
    if time.kind == "service":
        return True
    if time.kind not in ("days", "length"):
        return False
    start, end = reading.clause(time.start)
    words = reading.text[start:end]
    change = reading.has("change_up", (start, end)) or reading.has("change_down", (start, end))
    if time.kind == "length":
        return bool(
            re.match(
                r" of (?:receipt|receiving|the (?:call|request|complaint|visit))",
                reading.text[time.end :],
            )
        )
    ideas = any(reading.has(tag, (start, end)) for tag in _SERVICE_IDEAS)
    others = [
        n
        for n in reading.numbers
        if start <= n.start < end and not time.start <= n.start < time.end
    ]
    per_case = bool(cues.PER_CASE.search(words))
    leads = not reading.text[start : time.start].strip()
    if per_case and (ideas or not change):
        return True
    return ideas and not change and not (others and leads) and not leads
