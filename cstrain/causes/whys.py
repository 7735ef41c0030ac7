"""The judge of five whys: what each level is, and what that makes of the chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cstrain.causes.sense import margin
from cstrain.causes.signs import Seen, signs
from cstrain.text.levels import Level, read_level

Fact = str | int
LEAST_LEVELS: Final = 5
LABELS: Final = ("depth_ok", "blame", "circular", "root_actionable")
# What a level can be. A kind that is none of the first three adds nothing to the chain.
KINDS: Final = (
    "cause", "outside", "blame", "restates_problem", "restates_level", "proposal", "wish",
    "question", "placeholder", "boilerplate",
)  # fmt: skip
ADDING: Final = frozenset({"cause", "outside", "blame"})
# Every reason that can occur, by label; messages are checked against it.
REASONS: Final[Mapping[str, tuple[str, ...]]] = {
    "depth_ok": ("deep_enough", "too_few_levels", "too_few_new"),
    "blame": ("no_blame", "blames"),
    "circular": ("no_circle", "back_to_problem", "back_to_level"),
    "root_actionable": (
        "process",
        "no_level",
        "symptom",
        "consequence",
        *(f"ends_in.{kind}" for kind in KINDS if kind != "cause"),
    ),
    "links": ("follows", "no_link", "consequence", *(kind for kind in KINDS if kind != "cause")),
}


@dataclass(frozen=True)
class LevelFinding:
    """What was found in one level; numbers of levels count from 1.

    `evidence` is a piece of the writer's own text, `reason` one of the codes of links.
    """

    number: int
    kind: str
    evidence: str
    reason: str
    follows: bool
    circle_to: int | None = None
    two_levels_in_one: bool = False

    @property
    def adds(self) -> bool:
        """Say whether the level says something new."""
        return self.kind in ADDING

    @property
    def blame(self) -> bool:
        """Say whether it explains by character, attitude or ability."""
        return self.kind == "blame"

    @property
    def restates_problem(self) -> bool:
        """Say whether it says the problem once more."""
        return self.kind == "restates_problem"

    @property
    def proposal(self) -> bool:
        """Say whether it is a measure or a wish instead of a cause."""
        return self.kind in ("proposal", "wish")

    @property
    def placeholder(self) -> bool:
        """Say whether nothing is said."""
        return self.kind in ("placeholder", "boilerplate", "question")

    @property
    def outside(self) -> bool:
        """Say whether it names a force that the organisation cannot change."""
        return self.kind == "outside"


@dataclass(frozen=True)
class Verdict:
    """One label of a chain; `levels` are the numbers of the levels that show it."""

    value: bool
    reason: str
    evidence: str = ""
    levels: tuple[int, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class WhysJudgement:
    """The verdicts of a chain and what was found in each of its levels."""

    depth_ok: Verdict
    blame: Verdict
    circular: Verdict
    root_actionable: Verdict
    levels: tuple[LevelFinding, ...]

    def labels(self) -> dict[str, int | list[int]]:
        """Return the verdicts as 0 and 1, links as a list."""
        plain: dict[str, int | list[int]] = {
            name: int(getattr(self, name).value) for name in LABELS
        }
        return {**plain, "links": [int(one.follows) for one in self.levels]}


def judge_whys(problem: str, whys: Sequence[str | None]) -> WhysJudgement:
    """Return the judgement of a chain of whys; a level that is None counts as empty."""
    read = [read_level(problem), *(read_level(one or "") for one in whys)]
    seen = signs(read)
    found = tuple(
        _finding(place, level, mine)
        for place, (level, mine) in enumerate(zip(read[1:], seen, strict=True), 1)
    )
    return WhysJudgement(
        depth_ok=_depth(found),
        blame=_blame(found),
        circular=_circular(found),
        root_actionable=_root(found, seen),
        levels=found,
    )


def _finding(number: int, level: Level, seen: Seen) -> LevelFinding:
    kind = _kind(level, seen)
    follows = kind in ("cause", "outside") and margin("link", seen) > 0
    reason = kind
    if kind in ("cause", "outside"):
        effect = level.has("felt") and not level.has("paper")
        reason = "follows" if follows else "consequence" if effect else "no_link"
    return LevelFinding(
        number=number,
        kind=kind,
        evidence=_evidence(level, kind),
        reason=reason,
        follows=follows,
        circle_to=seen.nearest if kind == "restates_level" else None,
        two_levels_in_one=level.joins_two(),
    )


def _kind(level: Level, seen: Seen) -> str:
    if not level.pieces or _is_nothing(level):
        return "placeholder"
    margins = {name: margin(name, seen) for name in ("blame", "empty", "restates")}
    name = max(margins, key=lambda one: margins[one])
    if margins[name] <= 0:
        away = level.has("outside") and not level.has("paper") and not level.has("omitted")
        return "outside" if away else "cause"
    if name == "blame":
        return "blame"
    if name == "empty":
        return _empty_kind(level)
    return "restates_problem" if seen.nearest == 0 else "restates_level"


def _is_nothing(level: Level) -> bool:
    text = level.text.strip(" .,;:!?-_~()[]。")
    hits = level.hits.get("nothing", ())
    return any(level.text[hit.start : hit.end] == text for hit in hits)


def _empty_kind(level: Level) -> str:
    if "?" in level.text or (level.has("not_known") and not level.has("ought")):
        return "question"
    for tag, kind in (("wish", "wish"), ("empty_words", "boilerplate")):
        if level.has(tag):
            return kind
    measure = any(level.has(tag) for tag in ("ought", "measure", "lacking_measure"))
    return "proposal" if measure else "boilerplate"


_SHOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "blame": ("trait", "nobody_cares", "human_error"),
    "outside": ("outside",),
    "proposal": ("ought", "lacking_measure"),
    "wish": ("wish",),
    "question": ("not_known",),
    "boilerplate": ("empty_words",),
}


def _evidence(level: Level, kind: str) -> str:
    whole = level.folded.span(0, len(level.folded.text)).text
    return level.words(*_SHOWN.get(kind, ())) or whole


def _depth(found: Sequence[LevelFinding]) -> Verdict:
    adding = tuple(one.number for one in found if one.adds)
    facts: dict[str, Fact] = {"new": len(adding), "given": len(found), "least": LEAST_LEVELS}
    if len(adding) >= LEAST_LEVELS:
        return Verdict(value=True, reason="deep_enough", levels=adding, facts=facts)
    reason = "too_few_levels" if len(found) < LEAST_LEVELS else "too_few_new"
    others = [one for one in found if not one.adds]
    evidence = others[0].evidence if others else ""
    facts["words"] = evidence
    levels = tuple(one.number for one in others)
    return Verdict(value=False, reason=reason, evidence=evidence, levels=levels, facts=facts)


def _blame(found: Sequence[LevelFinding]) -> Verdict:
    blaming = [one for one in found if one.blame]
    if not blaming:
        return Verdict(value=False, reason="no_blame")
    facts: dict[str, Fact] = {"level": blaming[0].number, "words": blaming[0].evidence}
    levels = tuple(one.number for one in blaming)
    return Verdict(
        value=True, reason="blames", evidence=blaming[0].evidence, levels=levels, facts=facts
    )


def _circular(found: Sequence[LevelFinding]) -> Verdict:
    back = [one for one in found if one.restates_problem or one.circle_to is not None]
    if not back:
        return Verdict(value=False, reason="no_circle")
    first = back[0]
    facts: dict[str, Fact] = {"level": first.number, "words": first.evidence}
    if first.circle_to is not None:
        facts["to"] = first.circle_to
    return Verdict(
        value=True,
        reason="back_to_problem" if first.restates_problem else "back_to_level",
        evidence=first.evidence,
        levels=tuple(one.number for one in back),
        facts=facts,
    )


def _root(found: Sequence[LevelFinding], seen: Sequence[Seen]) -> Verdict:
    if not found:
        return Verdict(value=False, reason="no_level")
    last = found[-1]
    facts: dict[str, Fact] = {"level": last.number, "words": last.evidence}
    process = last.kind in ("cause", "outside") and margin("root", seen[-1]) > 0
    if process:
        reason = "process"
    elif last.kind != "cause":
        reason = f"ends_in.{last.kind}"
    else:
        reason = "consequence" if last.reason == "consequence" else "symptom"
    return Verdict(
        value=process, reason=reason, evidence=last.evidence, levels=(last.number,), facts=facts
    )
