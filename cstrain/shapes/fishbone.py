"""A fishbone: head, bones with causes, whys below a cause, measures, causes before the data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cstrain.causes.fishbone import Cause, Fishbone
from cstrain.causes.forest import in_depth
from cstrain.html import escape
from cstrain.shapes.base import Params, Unreadable, View, as_table, line
from cstrain.shapes.rca_parts import cards_shown, has_words, load_parts, nested, said
from cstrain.shapes.why_tree import nested_whys
from cstrain.table_reader import TableReader

_LISTS: Final = ("categories", "causes", "measures")
_BONES: Final = 6
_MEASURES: Final = 20  # lines on paper: as many as the steps of a fishbone ask for
_SIZE: Final = (700, 330)


def load(reader: TableReader) -> Params:
    """Return the case field, the evidence cards and the problems, see `load_parts`."""
    return load_parts(reader)


def parse(value: Any, params: Params) -> dict[str, Any] | None:  # noqa: ARG001 - as every shape
    """Return the fishbone as plain values, mended where need be; None while nothing is written."""
    if value is None:
        return None
    given = as_table(value)
    if not all(isinstance(given.get(key) or [], (list, tuple)) for key in _LISTS):
        raise Unreadable("wrong_form")
    fishbone, _ = Fishbone.from_plain(given)
    parts = (fishbone.head.as_plain(), [one.text for one in fishbone.causes],
             [one.text for one in fishbone.measures])  # fmt: skip
    return fishbone.as_plain() if has_words(parts) else None


def sheet(view: View) -> str:
    """Return an empty fishbone to write on, and lines for what comes after it."""
    row = f"<tr>{f'<td>{line()}</td>' * 5}</tr>"
    return (
        f'<p class="sheet-field">{said(view, "statement")} {line()}</p>'
        f"{_skeleton(view)}"
        f'<table class="sheet-table"><thead><tr><th scope="col">{said(view, "measure")}</th>'
        f'<th scope="col">{said(view, "for_cause")}</th><th scope="col">{said(view, "impact")}</th>'
        f'<th scope="col">{said(view, "effort")}</th><th scope="col">{said(view, "owner")}</th>'
        f"</tr></thead><tbody>{row * _MEASURES}</tbody></table>"
    )


def _skeleton(view: View) -> str:
    width, height = _SIZE
    schemes = view.get("schemes") or [{"bones": []}]
    middle, names = height / 2, [one["label"] for one in schemes[0]["bones"]]
    parts = [f'<path d="M10 {middle}H{width - 110}" stroke="currentColor" stroke-width="2"/>']
    for place in range(_BONES):
        x, up = 150 + place // 2 * 200, place % 2 == 0
        end = 28 if up else height - 28
        parts.append(
            f'<path d="M{x} {middle}L{x - 80} {end}" stroke="currentColor" fill="none"/>'
            f'<text x="{x - 80}" y="{end - 8 if up else end + 18}" font-size="13" '
            f'text-anchor="middle" fill="currentColor">'
            f"{escape(names[place]) if place < len(names) else ''}</text>"
        )
    parts.append(
        f'<rect x="{width - 110}" y="{middle - 42}" width="104" height="84" fill="none" rx="6" '
        'stroke="currentColor" stroke-width="1.5"/>'
    )
    return (
        f'<svg class="cstrain-figure" role="img" aria-label="{said(view, "skeleton")}" '
        f'viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" font-family="inherit" '
        f'style="max-width:100%;width:{width}px;height:auto">{"".join(parts)}</svg>'
    )


def shown(value: Any, view: View) -> str:
    """Return the fishbone as lists: the causes by bone, the whys, the measures."""
    fishbone, _ = Fishbone.from_plain(value)
    head = " · ".join(escape(one) for one in fishbone.head.as_plain().values() if one.strip())
    return f"<p><strong>{head}</strong></p>{_bones(fishbone, view)}{_measures(fishbone, view)}"


def _bones(fishbone: Fishbone, view: View) -> str:
    labels = {one["key"]: one["label"] for each in view.get("schemes", ()) for one in each["bones"]}
    done = []
    for bone in fishbone.categories:
        mine = [one for one in fishbone.causes if one.category == bone.id]
        if mine:
            name = escape(bone.name or labels.get(bone.id, bone.id))
            entries = [
                (level, "".join(_cause(one, fishbone, view))) for level, one in in_depth(mine)
            ]
            done.append(f"<p><strong>{name}</strong></p>{nested(entries)}")
    return "".join(done)


def _cause(cause: Cause, fishbone: Fishbone, view: View) -> Iterator[str]:
    yield f'<span class="cstrain-words">{escape(cause.text)}</span>{cards_shown(cause.evidence)}'
    if cause.votes:
        yield f" – {said(view, 'votes')} {cause.votes}"
    if cause.top:
        yield f" – <strong>{said(view, 'top')}</strong>"
    if cause.id in fishbone.whys:
        yield nested_whys(fishbone.whys[cause.id], view)


def _measures(fishbone: Fishbone, view: View) -> str:
    if not fishbone.measures:
        return ""
    texts = {one.id: one.text for one in fishbone.causes}
    heads = ("measure", "for_cause", "impact", "effort", "owner", "chosen")
    top = "".join(f'<th scope="col">{said(view, one)}</th>' for one in heads)
    rows = "".join(
        f"<tr><td>{escape(one.text)}</td><td>{escape(texts.get(one.cause, ''))}</td>"
        f"<td>{one.impact or ''}</td><td>{one.effort or ''}</td><td>{escape(one.owner)}</td>"
        f"<td>{'✓' if one.chosen else ''}</td></tr>"
        for one in fishbone.measures
    )
    return f'<table class="sheet-table"><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>'
