"""What a KPI is, said in one language: its definition, what may be chosen, its traps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cstrain.kpi.definition import CARD, Definition, Param
from cstrain.kpi.definitions import definition
from cstrain.language import Language, as_language
from cstrain.library.words import words


def explain(code: str | Path, language: str) -> str:
    """Return the card of a KPI as Markdown.

    >>> explain("FCR", "en").splitlines()[0]
    '## first contact resolution (FCR)'
    """
    asked, tongue = definition(code), as_language(language)
    return "\n".join(_lines(asked, tongue))


def _lines(asked: Definition, tongue: Language) -> Iterator[str]:
    said = words("kpi_words", tongue)
    defaults = {name: _shown(one) for name, one in asked.params.items()}
    yield f"## {asked.name[tongue]} ({asked.code})"
    yield ""
    for key in CARD:
        yield f"- **{said[key]}** {asked.card[key][tongue].format_map(defaults)}"
    for one in asked.params.values():
        yield f"- **{said['choice']}** `{one.name}`: {one.label[tongue]} ({_shown(one) or '-'})"
        for key, text in one.options.items():
            yield f"  - `{key}`: {text[tongue]}"
    yield f"- **{said['columns']}** {_listed(asked.default.columns)}"
    if asked.function:
        yield f"- **{said['function']}** `{asked.function}`"
    for name, form in asked.forms.items():
        label = form.label[tongue] if form.label else ""
        yield f'  - `form="{name}"` {label}: {_listed(form.columns)}'


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{one}`" for one in names)


def _shown(param: Param) -> str:
    if param.kind == "number" and param.default is not None:
        return f"{param.default:g}"
    if isinstance(param.default, tuple):
        return ", ".join(param.default)
    return param.default or "" if isinstance(param.default, str) else ""
