"""Pictures of what leads to what, out of the content: links in boxes, and a chain of whys."""

from __future__ import annotations

from cstrain.causes.tree import WhyTree
from cstrain.charts.causes import in_language
from cstrain.charts.picture import Drawing, entry
from cstrain.drawing.links_figure import links_svg
from cstrain.drawing.why_figure import why_svg
from cstrain.language import as_language


def cause_links(picture: str, language: str) -> Drawing:
    """Return boxes joined by arrows, such as the circle of blame beside a chain of causes."""
    raw = in_language(dict(entry("links", picture).raw), as_language(language))
    svg = links_svg(
        raw["boxes"],
        raw["arrows"],
        heads=raw.get("heads", ()),
        title=raw["name"],
        description=raw["alt"],
    )
    return Drawing(svg, raw["alt"])


def why_chain(picture: str, language: str) -> Drawing:
    """Return a chain or a tree of whys with its evidence and links."""
    chosen = as_language(language)
    raw = in_language(dict(entry("whys", picture).raw), chosen)
    plain = {key: raw[key] for key in ("problem", "evidence", "nodes") if key in raw}
    return Drawing(why_svg(WhyTree.from_plain(plain)[0], chosen), raw["alt"])
