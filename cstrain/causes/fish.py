"""The judge of a fishbone: is the head a problem, what is each cause, which say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cstrain.causes.fish_kinds import KINDS, OTHER, kind_of_bone
from cstrain.causes.fish_pairs import Pair, groups, nearest, pairs, repeated
from cstrain.causes.fish_sense import cause_margins, kind_sums, margin
from cstrain.causes.fish_signs import cause_signs, head_signs, kind_signs, shared
from cstrain.causes.likeness import alike
from cstrain.text.cause_words import Said, read_cause

MOST_COMPARED: Final = 300  # causes behind this many are only compared for equal words
_FAR_FROM_BONE: Final = -3.0  # log odds; a cause is asked about only when it is clearly elsewhere
_RESTATES: Final = 0.3  # share of the words of one text that stands in the other
# What a cause can be, and every reason that can occur.
CAUSES: Final = ("cause", "symptom", "solution", "vague")
REASONS: Final[Mapping[str, tuple[str, ...]]] = {
    "head": ("problem", "problem_without_size", "empty", "measure", "goal", "cause", "blame",
             "topic"),
    "cause": ("cause",),
    "symptom": ("restates_head", "consequence"),
    "solution": ("measure",),
    "vague": ("blame", "boilerplate", "nothing"),
    "category": ("fits", "rather_elsewhere", "own_category", "not_judged"),
    "duplicates": ("same_words", "same_meaning"),
}  # fmt: skip


@dataclass(frozen=True)
class HeadFinding:
    """Whether a head states an observed problem; `evidence` are the writer's own words."""

    ok: bool
    reason: str
    evidence: str


@dataclass(frozen=True)
class CauseFinding:
    """What was found in one cause; `kind` is one of `CAUSES`.

    `fits` is None when its bone is not judged; `rather` names the kind of bone it belongs under.
    """

    kind: str
    reason: str
    evidence: str
    fits: bool | None
    fit_reason: str
    rather: str = ""

    @property
    def symptom(self) -> bool:
        """Say whether it restates the effect or shows what follows from it."""
        return self.kind == "symptom"

    @property
    def solution(self) -> bool:
        """Say whether it is a measure instead of a cause."""
        return self.kind == "solution"

    @property
    def vague(self) -> bool:
        """Say whether it explains nothing: boilerplate, blame, a placeholder."""
        return self.kind == "vague"


@dataclass(frozen=True)
class Duplicates:
    """Causes, by their places from 0, that say the same thing, and the words they say it in."""

    members: tuple[int, ...]
    reason: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class FishJudgement:
    """The findings of a fishbone; causes in the order given."""

    head: HeadFinding
    causes: tuple[CauseFinding, ...]
    duplicates: tuple[Duplicates, ...]

    def labels(self) -> dict[str, Any]:
        """Return the verdicts as 0 and 1, category_fit with None where it is not judged."""
        return {
            "head_ok": int(self.head.ok),
            "category_fit": [None if one.fits is None else int(one.fits) for one in self.causes],
            "symptom": [int(one.symptom) for one in self.causes],
            "solution": [int(one.solution) for one in self.causes],
            "vague": [int(one.vague) for one in self.causes],
            "duplicate_groups": [list(one.members) for one in self.duplicates],
        }


def judge_fishbone(
    head: str | None, causes: Sequence[tuple[str | None, str | None]] | None
) -> FishJudgement:
    """Return the judgement of a fishbone; each cause is a pair of its bone and its text.

    A bone is an id of a scheme ("people") or a name in either language; None counts as empty.
    """
    read_head = read_cause(_text(head))
    bones = [_text(bone) for bone, _ in causes or ()]
    said = [read_cause(_text(text)) for _, text in causes or ()]
    found = tuple(
        _cause(read_head, one, kind_of_bone(bone)) for one, bone in zip(said, bones, strict=True)
    )
    return FishJudgement(_head(read_head), found, tuple(_duplicates(said, found)))


def judge_head(head: str | None) -> HeadFinding:
    """Return what is found in a head alone.

    >>> judge_head("How to improve customer satisfaction").ok
    False
    """
    return _head(read_cause(_text(head)))


def judge_cause(head: str | None, text: str | None, category: str | None = "") -> CauseFinding:
    """Return what is found in one cause, for a note while it is written.

    >>> judge_cause("Only 55% of calls are answered", "hire more night staff", "people").kind
    'solution'
    """
    return _cause(read_cause(_text(head)), read_cause(_text(text)), kind_of_bone(_text(category)))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _head(head: Said) -> HeadFinding:
    signs = head_signs(head)
    if head.keys and margin("head", signs) > 0:
        reason = "problem" if "<n>" in head.row or head.numbers else "problem_without_size"
        return HeadFinding(ok=True, reason=reason, evidence=head.whole())
    reason, evidence = _bad_head(head)
    return HeadFinding(ok=False, reason=reason, evidence=evidence or head.whole())


def _bad_head(head: Said) -> tuple[str, str]:
    if not head.keys:
        return "empty", ""
    because = head.hits.get("because", ())
    if because and because[0].start <= 1:
        return "cause", head.words("because")
    if head.has("trait") or head.has("nobody_cares"):
        return "blame", head.words("trait", "nobody_cares")
    for tag, reason in (("aim", "goal"), ("ask", "measure"), ("ought", "measure")):
        if head.has(tag):
            return reason, head.words(tag)
    if any(one.start <= 1 for one in head.hits.get("do", ())):
        return "measure", head.words("do")
    return ("cause" if head.denies or because else "topic"), ""


def _cause(head: Said, cause: Said, bone: str) -> CauseFinding:
    kind, reason = _kind(head, cause, bone)
    evidence = cause.words(*_SHOWN.get(reason, ())) or cause.whole()
    if kind in ("symptom", "solution"):
        return CauseFinding(kind, reason, evidence, None, "not_judged")
    fits, fit_reason, rather = _fit(cause, bone)
    return CauseFinding(kind, reason, evidence, fits, fit_reason, rather)


_SHOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "consequence": ("react", "felt", "loss", "grow"),
    "measure": ("do", "ask", "ought", "do_or_thing"),
    "blame": ("trait", "nobody_cares", "human_error"),
    "boilerplate": ("empty_words", "empty"),
}


def _kind(head: Said, cause: Said, bone: str) -> tuple[str, str]:
    if not cause.keys or _is_nothing(cause):
        return "vague", "nothing"
    margins = cause_margins(cause_signs(cause, head, bone))
    name = max(margins, key=lambda one: margins[one])
    if margins[name] <= 0:
        return "cause", "cause"
    if name == "symptom":
        again = max(shared(cause, head)) >= _RESTATES
        return "symptom", "restates_head" if again else "consequence"
    if name == "solution":
        return "solution", "measure"
    blames = any(cause.has(tag) for tag in _SHOWN["blame"])
    return "vague", "blame" if blames else "boilerplate"


def _is_nothing(cause: Said) -> bool:
    words = cause.text.strip(" .,;:!?-_~()[]。")
    return any(cause.text[hit.start : hit.end] == words for hit in cause.hits.get("nothing", ()))


def _fit(cause: Said, bone: str) -> tuple[bool, str, str]:
    if bone not in KINDS:
        return True, "own_category" if bone == OTHER else "fits", ""
    sums = kind_sums(kind_signs(cause))
    best = max(sums, key=lambda one: sums[one])
    if sums[bone] - sums[best] >= _FAR_FROM_BONE:
        return True, "fits", ""
    return False, "rather_elsewhere", best


def _duplicates(said: Sequence[Said], found: Sequence[CauseFinding]) -> list[Duplicates]:
    weighed = {
        (one.first, one.second): weight
        for one in pairs(said[:MOST_COMPARED])
        if (weight := _same(one, found[one.first], found[one.second])) > 0
    }
    done = []
    for members in groups([*nearest(weighed), *repeated(said)]):
        first, *others = members
        worded = all(alike(said[first].text, said[one].text) for one in others)
        reason = "same_words" if worded else "same_meaning"
        evidence = tuple(said[one].whole() for one in members)
        done.append(Duplicates(tuple(members), reason, evidence))
    return done


def _same(pair: Pair, first: CauseFinding, second: CauseFinding) -> float:
    """Return how surely two causes say the same; 0 and below when they do not."""
    # A measure never says the same as a cause, however many words they share.
    if first.solution != second.solution:
        return 0.0
    return margin("same", pair.signs | kinds_of_pair(first.kind, second.kind), pair.amounts)


def kinds_of_pair(first: str, second: str) -> frozenset[str]:
    """Return the signs of a pair that its kinds of causes give."""
    if first != second:
        return frozenset({"kinds:differ"})
    return frozenset({"kinds:same", f"kinds:{first}"})
