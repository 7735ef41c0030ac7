"""Live notes beside the entries of a why tree or fishbone: what a colleague would ask back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from cstrain.causes.fish import CauseFinding, HeadFinding, judge_fishbone
from cstrain.causes.fishbone import Category, Fishbone
from cstrain.causes.forest import leaf_paths
from cstrain.causes.likeness import alike, dice, plain
from cstrain.causes.names import bone_name
from cstrain.causes.tree import WhyNode, WhyTree
from cstrain.causes.whys import LEAST_LEVELS, LevelFinding, WhysJudgement, judge_whys
from cstrain.language import Language
from cstrain.library.words import message
from cstrain.wording import sentence

Notes = dict[str, list[dict[str, str | bool]]]
# (code, facts) by the id of the entry that they are about
Codes = dict[str, list[tuple[str, Mapping[str, Any]]]]

_MOST_PATHS: Final = 60  # of a wide tree are judged; every path costs about 2 ms
_MOST_CAUSES: Final = 200
_MOST_MEASURES: Final = 250  # compared with each other
# Among 60 causes are 1770 pairs, and a few of them look alike by chance. Beyond these many causes
# a pair has to share wording to be asked about: measured on fishbones of the corpus and on 60
# different causes of one case, of which the judge alone asks about some 20.
_FEW_CAUSES: Final = 15
_SHARED: Final = 0.45
_HEADS: Final = frozenset({"measure", "goal", "cause", "blame", "topic"})
_QUIET: Final = frozenset({"no_evidence", "levels_short"})
_SAID: Final = frozenset(
    {
        "restates_problem", "restates_level", "blame", "proposal", "wish", "question",
        "boilerplate", "consequence",
    }
)  # fmt: skip


def notes_said(codes: Codes, language: Language) -> Notes:
    """Return the notes in a language; a quiet one is no mistake, only a next step."""
    return {
        key: [_note(code, facts, language) for code, facts in found]
        for key, found in codes.items()
        if found
    }


def _note(code: str, facts: Mapping[str, Any], language: Language) -> dict[str, str | bool]:
    said = dict(facts)
    if "bone" in said:
        said["bone"] = bone_name(Category(said["bone"]), language)
    html = sentence(message("rca_notes", code), said, language)
    return {"code": code, "html": html, "quiet": code in _QUIET}


def why_codes(tree: WhyTree) -> Codes:
    """Return what there is to say about each why; a node on several paths is told it once.

    >>> found = why_codes(WhyTree("Calls wait", (), (WhyNode("n1", "", "Calls wait"),)))
    >>> [code for code, _ in found["n1"]]
    ['restates_problem', 'levels_short']
    """
    codes: Codes = defaultdict(list)
    for path in leaf_paths(tree.nodes)[:_MOST_PATHS]:
        written = [one for one in path if one.text.strip()]
        if written:
            _judge_path(tree.problem, written, codes)
    for one in tree.nodes:
        if one.back_test is False:
            codes[one.id].append(("link_broken", {}))
        elif one.text.strip() and not any(card.strip() for card in one.evidence):
            codes[one.id].append(("no_evidence", {}))
    return {key: _ranked(found) for key, found in codes.items()}


def _judge_path(problem: str, path: Sequence[WhyNode], codes: Codes) -> None:
    texts = [problem, *(one.text for one in path)]
    judged = judge_whys(problem, texts[1:])
    for node, level in zip(path, judged.levels, strict=True):
        last = node is path[-1]
        same = _repeated(texts, level.number)
        found = [same] if same else list(_level_codes(level, last=last))
        for code, facts in found:
            if code not in [given for given, _ in codes[node.id]]:
                codes[node.id].append((code, facts))
    codes[path[-1].id] += _end_codes(judged, len(path))


def _repeated(texts: Sequence[str], at: int) -> tuple[str, Mapping[str, Any]] | None:
    """Return the code of a text that stands there before, letter for letter."""
    earlier = [plain(one) for one in texts[:at]]
    mine = plain(texts[at])
    if not mine or mine not in earlier:
        return None
    place = earlier.index(mine)
    return ("restates_level", {"to": place}) if place else ("restates_problem", {})


def _level_codes(level: LevelFinding, *, last: bool) -> Iterable[tuple[str, Mapping[str, Any]]]:
    if level.reason in _SAID:
        # Whether a link follows is asked in the back-test; here only the others are told.
        yield level.reason, {"words": level.evidence, "to": level.circle_to or 0}
    elif level.kind == "outside" and last:
        yield "outside", {}
    if level.two_levels_in_one:
        yield "two_in_one", {}


def _end_codes(judged: WhysJudgement, count: int) -> list[tuple[str, Mapping[str, Any]]]:
    if judged.root_actionable.value:
        return [] if count >= LEAST_LEVELS else [("levels_short", {"count": count})]
    if count < LEAST_LEVELS:
        return [("levels_short", {"count": count})]
    return [("symptom", {})] if judged.root_actionable.reason == "symptom" else []


def _ranked(found: list[tuple[str, Mapping[str, Any]]]) -> list[tuple[str, Mapping[str, Any]]]:
    """Return what is wrong with the text first; whoever has that to mend needs no word more."""
    wrong = [one for one in found if one[0] in _SAID]
    quiet = _QUIET if wrong else frozenset()
    return [*wrong, *(one for one in found if one[0] not in _SAID | quiet)]


def fish_codes(fishbone: Fishbone) -> Codes:
    """Return what there is to say about head, causes, whys and measures of a fishbone."""
    codes: Codes = defaultdict(list)
    written = [one for one in fishbone.causes if one.text.strip()][:_MOST_CAUSES]
    head = " ".join(one.strip() for one in fishbone.head.as_plain().values() if one.strip())
    bones = {one.id for one in fishbone.categories}
    judged = judge_fishbone(head, [(one.category, one.text) for one in written])
    if fishbone.head.statement.strip():
        codes["head"] += _head_codes(fishbone, judged.head)
    for one, found in zip(written, judged.causes, strict=True):
        codes[one.id] += _cause_codes(found, head, bones)
    for group in judged.duplicates:
        first, *others = (written[place] for place in group.members)
        for one in others:
            if len(written) <= _FEW_CAUSES or dice(one.text, first.text) >= _SHARED:
                codes[one.id].append(("cause_double", {"words": first.text}))
    _doubles([(one.id, one.text) for one in fishbone.measures], codes)
    texts = {one.id: one.text for one in fishbone.causes}
    for cause, nodes in fishbone.whys.items():
        for key, whys in why_codes(WhyTree(texts.get(cause, ""), (), nodes)).items():
            codes[f"{cause}/{key}"] += whys
    return codes


def _head_codes(fishbone: Fishbone, found: HeadFinding) -> list[tuple[str, Mapping[str, Any]]]:
    if not found.ok and found.reason in _HEADS:
        return [(f"head_{found.reason}", {})]
    sized = fishbone.head.value.strip() and fishbone.head.standard.strip()
    return [] if sized else [("head_no_size", {})]


def _cause_codes(
    found: CauseFinding, head: str, bones: set[str]
) -> list[tuple[str, Mapping[str, Any]]]:
    if found.reason == "blame":
        return [("blame", {"words": found.evidence})]
    if found.solution or found.vague or (found.symptom and head):
        return [(f"cause_{found.kind}", {})]
    # Asked back, never judged: many causes have good reasons to hang on either bone.
    elsewhere = found.fits is False and found.rather in bones
    return [("cause_elsewhere", {"bone": found.rather})] if elsewhere else []


def _doubles(entries: Sequence[tuple[str, str]], codes: Codes) -> None:
    written = [one for one in entries if one[1].strip()][:_MOST_MEASURES]
    for place, (key, text) in enumerate(written):
        same = next((one for _, one in written[:place] if alike(one, text)), None)
        if same is not None:
            codes[key].append(("measure_double", {"words": same}))
