"""A fishbone as a nested list: for a phone, a screen reader, a page without pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cstrain.causes.fishbone import Cause, Fishbone
from cstrain.causes.forest import in_depth
from cstrain.causes.names import bone_name
from cstrain.drawing.fishbone_said import dug_levels, joined, verdict_of
from cstrain.drawing.rca_marks import flag_labels
from cstrain.drawing.rca_text import clean
from cstrain.html import escape
from cstrain.language import HTML_LANG, Language, as_language
from cstrain.library.words import words
from cstrain.shapes.rca_parts import nested


def causes_outline(
    fishbone: Fishbone | Mapping[str, Any],
    language: str,
    *,
    verdicts: Mapping[str, str] | None = None,
    notes: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Return head, bones, causes and whys as a nested list, with all that the picture marks.

    >>> "<li>People (0)</li>" in causes_outline(Fishbone(), "en")
    True
    """
    chosen = as_language(language)
    bones = fishbone if isinstance(fishbone, Fishbone) else Fishbone.from_plain(fishbone)[0]
    entries = _entries(bones, chosen, verdicts or {}, notes or {})
    # Text is escaped, so that these are the lists themselves: 12 levels have to fit on a phone.
    lists = nested(entries).replace("<ul>", '<ul style="margin:0;padding-inline-start:1.1em">')
    return (
        f'<section class="cstrain-outline" lang="{HTML_LANG[chosen]}">'
        f"<p>{_head(bones, chosen)}</p>{lists}</section>"
    )


def _head(fishbone: Fishbone, language: Language) -> str:
    said, head = words("rca_figure_words", language), fishbone.head
    statement = clean(head.statement) or said["cause_open"]
    size = [
        clean(head.metric),
        said["head_now"].format(value=clean(head.value)) if clean(head.value) else "",
        said["head_standard"].format(value=clean(head.standard)) if clean(head.standard) else "",
    ]
    facts = joined(filter(None, size), said["outline_then"])
    line = f"<strong>{escape(said['outline_head'].format(words=statement))}</strong>"
    return line + _aside(facts, said)


def _aside(facts: str, said: Mapping[str, str]) -> str:
    if not facts:
        return ""
    aside = f"<small>{escape(said['outline_aside'].format(words=facts))}</small>"
    return said["said_after"].format(first="", then=aside)


def _entries(
    fishbone: Fishbone,
    language: Language,
    verdicts: Mapping[str, str],
    notes: Mapping[str, Sequence[str]],
) -> Iterator[tuple[int, str]]:
    said = words("rca_figure_words", language)
    by_bone: dict[str, list[tuple[int, Cause]]] = {one.id: [] for one in fishbone.categories}
    bone = ""
    for level, one in in_depth(fishbone.causes):
        bone = one.category if level == 1 else bone
        by_bone.setdefault(bone, []).append((level, one))
    names = {one.id: bone_name(one, language) for one in fishbone.categories}
    for key, causes in by_bone.items():
        name = clean(names.get(key, key))
        yield 1, escape(said["outline_bone"].format(name=name, count=len(causes)))
        for level, one in causes:
            facts = joined(_facts(fishbone, one, said, verdicts, notes), said["outline_then"])
            text = escape(clean(one.text) or said["cause_open"])
            yield level + 1, (f"<strong>{text}</strong>" if one.top else text) + _aside(facts, said)
            for deep, why in in_depth(fishbone.whys.get(one.id, ())):
                asked = said["outline_why"].format(words=clean(why.text) or said["cause_open"])
                yield level + 1 + deep, escape(asked)


def _facts(
    fishbone: Fishbone,
    cause: Cause,
    said: Mapping[str, str],
    verdicts: Mapping[str, str],
    notes: Mapping[str, Sequence[str]],
) -> Iterator[str]:
    if cause.top:
        yield said["top"]
    if cause.votes > 0:
        yield said["outline_votes"].format(count=cause.votes)
    levels = dug_levels(fishbone, cause.id)
    if levels:
        yield said["outline_dug"].format(count=levels)
    if cause.evidence:
        listed = joined(map(clean, cause.evidence), said["listed"])
        yield said["outline_cards"].format(words=listed)
    verdict = verdict_of(cause, verdicts)
    if verdict:
        yield said[verdict]
    yield from flag_labels(notes.get(cause.id, ()), said)
