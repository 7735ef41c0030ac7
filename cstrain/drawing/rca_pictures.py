"""The pictures of the editors: the same SVG as everywhere, with the flags of the live notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cstrain.causes.fishbone import Fishbone
from cstrain.causes.tree import WhyTree
from cstrain.drawing.fishbone_figure import fishbone_svg
from cstrain.drawing.rca_notes import Codes
from cstrain.drawing.why_figure import why_svg
from cstrain.language import Language

# What the picture shows by signs of its own, or what is only worth saying beside the entry.
_UNFLAGGED: Final = frozenset({"no_evidence", "link_broken", "levels_short"})


def why_picture(
    tree: WhyTree, verdicts: Mapping[str, str], codes: Codes, language: Language
) -> str:
    """Return the why tree as SVG."""
    return why_svg(tree, language, verdicts=verdicts, notes=_flags(codes))


def fishbone_picture(
    fishbone: Fishbone, verdicts: Mapping[str, str], codes: Codes, language: Language
) -> str:
    """Return the fishbone as SVG."""
    return fishbone_svg(fishbone, language, verdicts=verdicts, notes=_flags(codes))


def _flags(codes: Codes) -> dict[str, list[str]]:
    return {
        key: [code for code, _ in found if code not in _UNFLAGGED] for key, found in codes.items()
    }
