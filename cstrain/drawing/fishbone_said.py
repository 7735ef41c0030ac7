"""What a fishbone's picture says beside the causes: signs, legend, and the words for readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from cstrain.causes.fishbone import Cause, Fishbone
from cstrain.causes.forest import in_depth
from cstrain.causes.names import bone_name
from cstrain.drawing.rca_marks import VERDICTS, Mark, flag_marks, votes_mark
from cstrain.drawing.rca_text import clean, fit
from cstrain.language import Language
from cstrain.library.words import words

_FLAG_ROOM, _MOST_FLAGS = 170, 2
_LEGEND: Final = ("votes", "top", "dug", "cards")  # what has no word of its own in the picture
_MOST_NAMED: Final = 5


def verdict_of(cause: Cause, verdicts: Mapping[str, str]) -> str:
    """Return what the data say of a cause; "" of one that was not put before them."""
    found = verdicts.get(cause.id) or ("untested" if cause.test else "")
    return found if found in VERDICTS else ""


def dug_levels(fishbone: Fishbone, cause: str) -> int:
    """Return how many levels of whys hang on a cause."""
    return max((level for level, _ in in_depth(fishbone.whys.get(cause, ()))), default=0)


def cause_marks(
    fishbone: Fishbone,
    said: Mapping[str, str],
    verdicts: Mapping[str, str],
    notes: Mapping[str, Sequence[str]],
) -> dict[str, list[Mark]]:
    """Return the signs of every cause that has some."""
    found: dict[str, list[Mark]] = {}
    for one in fishbone.causes:
        marks = []
        if one.votes > 0:
            marks.append(votes_mark(one.votes))
        levels = dug_levels(fishbone, one.id)
        if levels:
            marks.append(Mark("dug", str(levels)))
        if one.evidence:
            marks.append(Mark("cards", str(len(one.evidence))))
        verdict = verdict_of(one, verdicts)
        if verdict:
            marks.append(Mark(verdict, said[verdict]))
        marks += flag_marks(notes.get(one.id, ()), said, _FLAG_ROOM)[:_MOST_FLAGS]
        if marks:
            found[one.id] = marks
    return found


def legend_marks(
    fishbone: Fishbone, marks: Mapping[str, Sequence[Mark]], said: Mapping[str, str]
) -> list[Mark]:
    """Return the signs that need a word of explanation, each once."""
    used = {one.kind for row in marks.values() for one in row}
    if any(one.top for one in fishbone.causes):
        used.add("top")
    return [Mark(one, said[one], dots=int(one == "votes")) for one in _LEGEND if one in used]


def description(
    fishbone: Fishbone, language: Language, verdicts: Mapping[str, str]
) -> tuple[str, str]:
    """Return the picture's title and what it shows, in sentences."""
    said = words("rca_figure_words", language)
    head = brief(fishbone.head.statement, 40) or said["head_open"]
    return (
        said["fishbone_title"].format(head=head),
        joined(_sentences(fishbone, language, verdicts), said["said_after"]),
    )


def joined(parts: Iterable[str], form: str) -> str:
    """Return words one after the other, as the language joins them."""
    done = ""
    for one in parts:
        done = form.format(first=done, then=one) if done else one
    return done


def brief(text: str, width: float) -> str:
    """Return the beginning of a text, in widths of a Chinese character."""
    return "".join(fit(text, width, 1, 1).lines)


def _sentences(
    fishbone: Fishbone, language: Language, verdicts: Mapping[str, str]
) -> Iterable[str]:
    said = words("rca_figure_words", language)
    counts: dict[str, int] = {}
    for one in fishbone.causes:
        counts[one.category] = counts.get(one.category, 0) + 1
    bones = [
        said["bone_count"].format(
            name=brief(bone_name(one, language), 20), count=counts.get(one.id, 0)
        )
        for one in fishbone.categories
    ]
    listed = joined(bones, said["listed"])
    key = "fishbone_counts" if fishbone.causes else "fishbone_empty"
    yield said[key].format(count=len(fishbone.causes), bones=listed)
    top = [one for one in fishbone.causes if one.top and clean(one.text)][:_MOST_NAMED]
    if top:
        named = (said["quoted"].format(words=brief(one.text, 30)) for one in top)
        yield said["fishbone_top"].format(causes=joined(named, said["listed"]))
    found = [verdict_of(one, verdicts) for one in fishbone.causes]
    if any(found):
        yield said["fishbone_verdicts"].format(**{one: found.count(one) for one in VERDICTS})
    dug = sum(1 for one in fishbone.causes if fishbone.whys.get(one.id))
    if dug:
        yield said["fishbone_dug"].format(count=dug)
