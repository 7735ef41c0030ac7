"""The fishbone: a head, bones with causes, whys below a cause, measures, causes before the data.

{"head": {"statement", "metric", "value", "standard"}, "scheme": "6P",
"categories": [{"id", "name"}], "causes": [{"id", "category", "parent", "text", "votes", "top",
"evidence", "test"}], "whys": {cause id: [nodes of a why tree]},
"measures": [{"id", "text", "cause", "impact", "effort", "owner", "chosen"}]}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Final

from cstrain.causes.case_test import CauseTest, read_cause_test
from cstrain.causes.forest import (
    children_by_parent,
    free_id,
    in_depth,
    sound_ids,
    sound_parents,
    way_to,
)
from cstrain.causes.mends import MOST_ENTRIES, Mend, Mender
from cstrain.causes.tree import WhyNode, WhyTree, read_nodes

# The categories of each scheme; names in both languages are in content/rca_words.toml.
SCHEMES: Final[Mapping[str, tuple[str, ...]]] = {
    "6P": ("people", "process", "policy", "product", "platform", "place"),
    "5M1E": ("man", "machine", "material", "method", "environment", "measurement"),
    "4S": ("surroundings", "suppliers", "systems", "skills"),
    "own": (),
}
_KNOWN_BONES: Final = frozenset(one for scheme in SCHEMES.values() for one in scheme)
FIRST_SCHEME: Final = "6P"
OTHER: Final = "other"  # the bone for causes whose bone nobody knows
RATINGS: Final = (1, 5)  # least and most of impact and effort
MOST_VOTES: Final = 9_999

KEYS: Final = ("head", "scheme", "categories", "causes", "whys", "measures")
_ABOUT: Final = ("format", "version")  # of an exported file, which exchange.py reads
_HEAD_KEYS: Final = ("statement", "metric", "value", "standard")
_CAUSE_KEYS: Final = (
    "id", "category", "parent", "text", "votes", "top", "evidence", "test",
)  # fmt: skip
_MEASURE_KEYS: Final = ("id", "text", "cause", "impact", "effort", "owner", "chosen")


@dataclass(frozen=True)
class Head:
    """The problem: what is wrong, in which metric, how large, against which standard."""

    statement: str = ""
    metric: str = ""
    value: str = ""
    standard: str = ""

    def as_plain(self) -> dict[str, Any]:
        """Return the head as plain JSON values."""
        return {
            "statement": self.statement,
            "metric": self.metric,
            "value": self.value,
            "standard": self.standard,
        }


@dataclass(frozen=True)
class Category:
    """A bone; only one of the learner's own has a name, the others are named by content."""

    id: str
    name: str = ""

    def as_plain(self) -> dict[str, Any]:
        """Return the bone as plain JSON values."""
        return {"id": self.id, "name": self.name}


@dataclass(frozen=True)
class Cause:
    """A cause on a bone, or below another cause (`parent`) on the same bone."""

    id: str
    category: str
    parent: str = ""
    text: str = ""
    votes: int = 0
    top: bool = False
    evidence: tuple[str, ...] = ()
    test: CauseTest | None = None

    def as_plain(self) -> dict[str, Any]:
        """Return the cause as plain JSON values."""
        return {
            "id": self.id,
            "category": self.category,
            "parent": self.parent,
            "text": self.text,
            "votes": self.votes,
            "top": self.top,
            "evidence": list(self.evidence),
            "test": None if self.test is None else self.test.as_plain(),
        }


@dataclass(frozen=True)
class Measure:
    """A countermeasure, the cause it is for ("" none yet), and what it is worth."""

    id: str
    text: str = ""
    cause: str = ""
    impact: int | None = None
    effort: int | None = None
    owner: str = ""
    chosen: bool = False

    @property
    def ratio(self) -> float | None:
        """Impact for each step of effort, None while one of them is open."""
        return self.impact / self.effort if self.impact and self.effort else None

    def as_plain(self) -> dict[str, Any]:
        """Return the measure as plain JSON values."""
        return {
            "id": self.id,
            "text": self.text,
            "cause": self.cause,
            "impact": self.impact,
            "effort": self.effort,
            "owner": self.owner,
            "chosen": self.chosen,
        }


def bones_of(scheme: str) -> tuple[Category, ...]:
    """Return the empty bones of a scheme.

    >>> [one.id for one in bones_of("4S")]
    ['surroundings', 'suppliers', 'systems', 'skills']
    """
    return tuple(Category(one) for one in SCHEMES[scheme])


@dataclass(frozen=True)
class Fishbone:
    """The whole fishbone; `whys` holds the nodes of a why tree for each cause that was dug."""

    head: Head = Head()
    scheme: str = FIRST_SCHEME
    categories: tuple[Category, ...] = bones_of(FIRST_SCHEME)
    causes: tuple[Cause, ...] = ()
    whys: Mapping[str, tuple[WhyNode, ...]] = field(default_factory=dict)
    measures: tuple[Measure, ...] = ()

    @classmethod
    def from_plain(cls, value: Any) -> tuple[Fishbone, tuple[Mend, ...]]:
        """Return the fishbone in plain JSON values, and what had to be mended in them.

        >>> fishbone, mends = Fishbone.from_plain({"causes": [{"id": "a", "category": "moon"}]})
        >>> fishbone.causes[0].category, mends[0].code
        ('other', 'bone_unknown')
        """
        mender = Mender()
        raw = mender.table(value, (*KEYS, *_ABOUT))
        scheme, bones = _read_bones(raw, mender)
        causes, new_ids = _read_causes(raw.get("causes"), bones, mender)
        whys, causes = _read_whys(raw.get("whys"), causes, new_ids, mender)
        used = dict.fromkeys(one.category for one in causes)
        fishbone = cls(
            head=_read_head(raw.get("head"), mender),
            scheme=scheme,
            categories=(*bones.values(), *(Category(one) for one in used if one not in bones)),
            causes=causes,
            whys=whys,
            measures=_read_measures(raw.get("measures"), new_ids, mender),
        )
        return fishbone, mender.named()

    def as_plain(self) -> dict[str, Any]:
        """Return the fishbone as plain JSON values."""
        return {
            "head": self.head.as_plain(),
            "scheme": self.scheme,
            "categories": [one.as_plain() for one in self.categories],
            "causes": [one.as_plain() for one in self.causes],
            "whys": {key: [one.as_plain() for one in nodes] for key, nodes in self.whys.items()},
            "measures": [one.as_plain() for one in self.measures],
        }


def top_causes(fishbone: Fishbone, category: str | None = None) -> tuple[Cause, ...]:
    """Return the causes that stand directly on a bone (of all bones, or of one)."""
    fitting = (one for one in fishbone.causes if one.parent == "")
    return tuple(one for one in fitting if category in (None, one.category))


def marked_causes(fishbone: Fishbone) -> tuple[Cause, ...]:
    """Return the causes marked as the likely true ones."""
    return tuple(one for one in fishbone.causes if one.top)


def sub_causes(fishbone: Fishbone, cause: str) -> tuple[Cause, ...]:
    """Return the causes directly below a cause."""
    return tuple(children_by_parent(fishbone.causes).get(cause, []))


def cause_path(fishbone: Fishbone, cause: str) -> tuple[Cause, ...]:
    """Return the causes from the bone down to this one; () for an unknown id."""
    return way_to(fishbone.causes, cause)


def dug(fishbone: Fishbone, cause: str) -> WhyTree:
    """Return the whys below a cause as a tree with the cause as its problem."""
    found = cause_path(fishbone, cause)
    text, cards = (found[-1].text, found[-1].evidence) if found else ("", ())
    return WhyTree(text, cards, fishbone.whys.get(cause, ()))


def _read_head(found: Any, mender: Mender) -> Head:
    raw = mender.table({"statement": found} if isinstance(found, str) else found, _HEAD_KEYS)
    return Head(**{key: mender.text(raw.get(key), key) for key in _HEAD_KEYS})


def _read_bones(raw: Mapping[str, Any], mender: Mender) -> tuple[str, dict[str, Category]]:
    found = mender.entries(raw.get("categories"), ("id", "name"), "categories")
    bones: dict[str, Category] = {}
    for one in found:
        bone = _read_bone(one, bones, mender)
        if bone.id in bones or not bone.id.strip():
            mender.note("bone_double", words=bone.name or bone.id)
        else:
            bones[bone.id] = bone
    scheme = mender.name(raw.get("scheme"))
    if scheme not in SCHEMES:
        if raw.get("scheme") not in (None, ""):
            mender.note("scheme_unknown", words=raw["scheme"])
        scheme = "own" if any(one.name for one in bones.values()) else FIRST_SCHEME
    return scheme, bones or {one.id: one for one in bones_of(scheme)}


def _read_bone(raw: Mapping[str, Any], bones: Mapping[str, Category], mender: Mender) -> Category:
    key, name = mender.text(raw.get("id"), "id"), mender.text(raw.get("name"), "name")
    bare = mender.text(raw.get("text"), "text")  # in a list of texts: an id we know, or a name
    if not key and bare in _KNOWN_BONES:
        key = bare
    name = name if key else name or bare
    return Category(free_id("b", bones) if name and not key else key, name)


def _read_causes(
    found: Any, bones: Mapping[str, Category], mender: Mender
) -> tuple[tuple[Cause, ...], dict[str, str]]:
    """Return the causes, and the id that each id of the file has now."""
    raws = mender.entries(found, _CAUSE_KEYS, "causes")
    names = [mender.name(raw.get("id")) for raw in raws]
    texts = [mender.text(raw.get("text"), "text") for raw in raws]
    ids = sound_ids(names, "c", texts, mender)
    wanted = [mender.name(raw.get("parent")) for raw in raws]
    parents = sound_parents(names, wanted, texts, mender)
    causes = tuple(
        Cause(
            id=ids[place],
            category=mender.name(raw.get("category")),
            parent="" if parent is None else ids[parent],
            text=texts[place],
            votes=mender.whole(raw.get("votes"), least=0, most=MOST_VOTES, key="votes") or 0,
            top=bool(mender.flag(raw.get("top"), "top")),
            evidence=mender.evidence(raw.get("evidence")),
            test=read_cause_test(raw.get("test"), mender),
        )
        for place, (raw, parent) in enumerate(zip(raws, parents, strict=True))
    )
    new_ids: dict[str, str] = {}
    for name, key in zip(names, ids, strict=True):
        new_ids.setdefault(name, key)
    return _on_bones(causes, bones, mender), new_ids


def _on_bones(
    causes: Sequence[Cause], bones: Mapping[str, Category], mender: Mender
) -> tuple[Cause, ...]:
    """Put every cause on a bone that is there, and what hangs on a cause on the same one."""
    known = _KNOWN_BONES | bones.keys()
    at: dict[str, str] = {}
    for _level, one in in_depth(causes):
        if one.parent:
            at[one.id] = at[one.parent]
            if one.category not in ("", at[one.id]):
                mender.note("bone_of_parent", words=one.text, bone=one.category)
        elif one.category in known:
            at[one.id] = one.category
        else:
            at[one.id] = OTHER
            if one.category != OTHER:
                mender.note("bone_unknown", words=one.text, bone=one.category)
    return tuple(replace(one, category=at[one.id]) for one in causes)


def _read_whys(
    found: Any, causes: tuple[Cause, ...], new_ids: Mapping[str, str], mender: Mender
) -> tuple[dict[str, tuple[WhyNode, ...]], tuple[Cause, ...]]:
    """Return the whys by cause; those of a cause that is not there get an empty one to hang on."""
    raw = found if isinstance(found, Mapping) else {}
    if found and not isinstance(found, Mapping):
        mender.note("wrong_kind", key="whys", words=found)
    whys: dict[str, tuple[WhyNode, ...]] = {}
    kept = list(causes)
    number = int(free_id("c", (one.id for one in causes)).removeprefix("c"))
    if len(raw) > MOST_ENTRIES:
        mender.note("entries_left", key="whys", count=len(raw) - MOST_ENTRIES, most=MOST_ENTRIES)
    for key, one in islice(raw.items(), MOST_ENTRIES):
        nodes = read_nodes(one, mender)
        if not nodes:
            continue
        cause = new_ids.get(str(key))
        if cause is None:
            cause = f"c{number}"
            number += 1
            kept.append(Cause(cause, OTHER))
            mender.note("whys_without_cause", words=nodes[0].text)
        whys[cause] = nodes
    return whys, tuple(kept)


def _read_measures(found: Any, new_ids: Mapping[str, str], mender: Mender) -> tuple[Measure, ...]:
    raws = mender.entries(found, _MEASURE_KEYS, "measures")
    texts = [mender.text(raw.get("text"), "text") for raw in raws]
    ids = sound_ids([mender.name(raw.get("id")) for raw in raws], "m", texts, mender)
    least, most = RATINGS
    measures = []
    for key, text, raw in zip(ids, texts, raws, strict=True):
        wanted = mender.name(raw.get("cause"))
        if wanted and wanted not in new_ids:
            mender.note("measure_without_cause", words=text)
        measures.append(
            Measure(
                id=key,
                text=text,
                cause=new_ids.get(wanted, "") if wanted else "",
                impact=mender.whole(raw.get("impact"), least=least, most=most, key="impact"),
                effort=mender.whole(raw.get("effort"), least=least, most=most, key="effort"),
                owner=mender.text(raw.get("owner"), "owner"),
                chosen=bool(mender.flag(raw.get("chosen"), "chosen")),
            )
        )
    return tuple(measures)
