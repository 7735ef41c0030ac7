"""The pictures of the editors, until there is something to draw a word instead."""

from __future__ import annotations

from cstrain.causes.fishbone import Fishbone
from cstrain.causes.tree import WhyTree
from cstrain.drawing.rca_notes import Codes
from cstrain.language import Language
from cstrain.shapes.why_tree import shown


def why_picture(tree: WhyTree, codes: Codes, language: Language) -> str:
    """Return the why tree as SVG."""
    return shown(tree.as_plain(), {})


def fishbone_picture(
    fishbone: Fishbone, verdicts: dict[str, str], codes: Codes, language: Language
) -> str:
    """Return the fishbone as SVG."""
    from cstrain.shapes.fishbone import shown as fish_shown

    return fish_shown(fishbone.as_plain(), {})
