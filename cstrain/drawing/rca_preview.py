"""What the editors of why trees and fishbones ask for while one writes, as plain JSON values.

The picture with the notes and the badges (`part` ""), or an act (`part` "act"): reading a file,
merging several, writing Markdown, drawing the picture alone, opening own data. Nothing here is
stored, and verdicts are computed every time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from cstrain.causes.exchange import Imported, read_export
from cstrain.causes.fishbone import Fishbone
from cstrain.causes.markdown import fishbone_markdown, why_markdown
from cstrain.causes.mends import Mend
from cstrain.causes.merging import merge
from cstrain.causes.tree import WhyTree
from cstrain.drawing.effect_own import file_said, tables_said, values_said
from cstrain.drawing.rca_badges import model_badges, verdicts_of
from cstrain.drawing.rca_notes import Codes, fish_codes, notes_said, why_codes
from cstrain.drawing.rca_pictures import fishbone_picture, why_picture
from cstrain.language import Language
from cstrain.library.words import message, words
from cstrain.model import Field
from cstrain.wording import sentence

_MODELS: Final[Mapping[str, type[WhyTree | Fishbone]]] = {
    "why_tree": WhyTree,
    "fishbone": Fishbone,
}
_MOST_FILES: Final = 60  # of a class that is merged
Asked = Mapping[str, Any]


def rca_preview(field: Field, asked: Any, part: str, language: Language) -> dict[str, Any]:
    """Return the picture, notes and badges of an answer, or what an act comes to.

    `asked` is {"answer": plain value, "case": key}; an act also names itself in "act".
    """
    given = asked if isinstance(asked, Mapping) else {}
    if part == "act":
        act = given.get("act")
        known = act if isinstance(act, str) and act in _ACTS else "unknown"
        return _ACTS[known](field, given, language)
    model, _ = _MODELS[field.shape].from_plain(given.get("answer"))
    codes = why_codes(model) if isinstance(model, WhyTree) else fish_codes(model)
    badges = model_badges(model, _case(given), language)
    picture = _picture(model, badges, codes, language)
    return {"picture": picture, "notes": notes_said(codes, language), "badges": badges}


def answer_picture(field: Field, value: Any, language: Language) -> str:
    """Return the picture of an answer that is a why tree or a fishbone, "" for any other."""
    if field.shape not in _MODELS:
        return ""
    model, _ = _MODELS[field.shape].from_plain(value)
    return _picture(model, model_badges(model, "", language), {}, language)


def _picture(
    model: WhyTree | Fishbone, badges: Mapping[str, Any], codes: Codes, language: Language
) -> str:
    if isinstance(model, WhyTree):
        return why_picture(model, verdicts_of(badges), codes, language)
    return fishbone_picture(model, verdicts_of(badges), codes, language)


def _case(given: Asked) -> str:
    found = given.get("case")
    return found if isinstance(found, str) else ""


def _import(field: Field, asked: Asked, language: Language) -> dict[str, Any]:
    read = read_export(asked.get("text"))
    told = _told(read.mends, language)
    if read.model is None:
        return {"answer": None, "told": told}
    if not isinstance(read.model, _MODELS[field.shape]):
        return {"answer": None, "told": [words("rca_editor_words", language)["import_other"]]}
    done = words("rca_editor_words", language)["imported"]
    return {"answer": read.model.as_plain(), "told": [done, *told]}


def _merge(field: Field, asked: Asked, language: Language) -> dict[str, Any]:
    texts = asked.get("texts")
    files = list(texts)[:_MOST_FILES] if isinstance(texts, (list, tuple)) else []
    read = [read_export(one) for one in files]
    said = words("rca_editor_words", language)
    own, _ = Fishbone.from_plain(asked.get("answer"))
    fishbones = [own] if own.causes or own.measures else []
    fishbones += [one.model for one in read if isinstance(one.model, Fishbone)]
    if not any(isinstance(one.model, Fishbone) for one in read) or field.shape != "fishbone":
        return {"answer": None, "told": _all_told(read, language) or [said["import_other"]]}
    merged = merge(fishbones)
    facts = {"count": len(fishbones), "joined": len(merged.joined)}
    told = [said["merged"].format(**facts), *_told(merged.mends, language)]
    if any(isinstance(one.model, WhyTree) for one in read):
        told.append(said["import_other"])
    return {"answer": merged.fishbone.as_plain(), "told": [*told, *_all_told(read, language)]}


def _all_told(read: Sequence[Imported], language: Language) -> list[str]:
    return list(dict.fromkeys(text for one in read for text in _told(one.mends, language)))


def _told(mends: Sequence[Mend], language: Language) -> list[str]:
    return [sentence(message("rca", one.code), one.facts, language) for one in mends]


def _markdown(field: Field, asked: Asked, language: Language) -> dict[str, Any]:
    model, _ = _MODELS[field.shape].from_plain(asked.get("answer"))
    verdicts = verdicts_of(model_badges(model, _case(asked), language))
    if isinstance(model, WhyTree):
        return {"markdown": why_markdown(model, language, verdicts)}
    return {"markdown": fishbone_markdown(model, language, verdicts)}


def _drawn(field: Field, asked: Asked, language: Language) -> dict[str, Any]:
    """Return the picture as it leaves the editor: the notes are no part of it."""
    model, _ = _MODELS[field.shape].from_plain(asked.get("answer"))
    badges = model_badges(model, _case(asked), language)
    return {"picture": _picture(model, badges, {}, language)}


def _tables(_field: Field, _asked: Asked, language: Language) -> dict[str, Any]:
    return tables_said(language)


def _open(_field: Field, asked: Asked, language: Language) -> dict[str, Any]:
    return file_said(asked.get("name"), asked.get("text"), language)


def _values(_field: Field, asked: Asked, language: Language) -> dict[str, Any]:
    return values_said(asked.get("table"), asked.get("column"), language)


def _unknown(field: Field, _asked: Asked, language: Language) -> dict[str, Any]:
    facts = {"words": f"{field.key}: act"}
    return {"told": [sentence(message("common", "bad_request"), facts, language)]}


_ACTS: Final[Mapping[str, Callable[[Field, Asked, Language], dict[str, Any]]]] = {
    "import": _import,
    "merge": _merge,
    "markdown": _markdown,
    "picture": _drawn,
    "own_tables": _tables,
    "own_open": _open,
    "own_values": _values,
    "unknown": _unknown,
}
