"""The exercise rules for a why tree and a fishbone: each criterion gives one part of the points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cstrain.causes.fishbone import Category
from cstrain.causes.names import bone_name
from cstrain.causes.tree import WhyTree
from cstrain.language import Language
from cstrain.model import Facts, Item
from cstrain.rules.base import Asked, Ruling
from cstrain.rules.case_graph import CASES
from cstrain.rules.fish_check import check_fishbone
from cstrain.rules.rca_points import Part
from cstrain.rules.why_check import check_whys

_OF_CASE = ("evidence", "links")  # parts that only the case's own graph can decide


def whys_part(asked: Asked) -> Ruling:
    """Give one part of `check_whys`, named by `part`.

    `case_field` is the choice that names the case; without this parameter the problem is the
    learner's own.
    """
    part, case = asked.params["part"], _case(asked)
    if "case_field" in asked.params and case is None and part in _OF_CASE:
        return Ruling(0.0, "case_open")
    tree, _ = WhyTree.from_plain(asked.value)
    if not tree.problem.strip():
        tree = replace(tree, problem=_preset(asked, case))
    return _ruling(check_whys(tree, case).part(part), asked.language)


def _preset(asked: Asked, case: str | None) -> str:
    """Return the problem that the exercise gives, as an answer need not repeat it."""
    params = asked.exercise.field(asked.fields[0]).params
    text = params.get("problems", {}).get(case) or params.get("problem")
    return text[asked.language] if text else ""


def fishbone_part(asked: Asked) -> Ruling:
    """Give one part of `check_fishbone`, named by `part`; `case_field` as in `whys_part`."""
    return _ruling(check_fishbone(asked.value, _case(asked)).part(asked.params["part"]),
                   asked.language)  # fmt: skip


def _case(asked: Asked) -> str | None:
    chosen = asked.values.get(asked.params.get("case_field", ""))
    return chosen if chosen in CASES else None


def _ruling(part: Part, language: Language) -> Ruling:
    items = tuple(_named(one, language) for one in part.items)
    return Ruling(part.share, part.code, part.facts, items, part.notes)


def _named(item: Item, language: Language) -> Item:
    """Return an item about a bone with the bone's name in a language."""
    if "bone" not in item.facts:
        return item
    facts: Mapping[str, Any] = item.facts
    name = bone_name(Category(str(facts["bone"])), language)
    told: Facts = {**facts, "bone": name, "label": name}
    return replace(item, facts=told)
