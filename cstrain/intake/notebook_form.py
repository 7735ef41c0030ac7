"""The form in a notebook: a choice for every field, the guess chosen already, one button.

Plain ipywidgets: every choice has its label in words, what went wrong is a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from cstrain.html import escape
from cstrain.intake.errors import IntakeError
from cstrain.intake.mapping import ColumnMapping, Options
from cstrain.intake.masking import Masker
from cstrain.intake.running import Opened, Outcome, finish, open_file, told
from cstrain.intake.vocabulary import Field, fields, joined, mask_words, word
from cstrain.language import HTML_LANG, Language, as_language

_WIDE: Final = "100%"
# White on this green has a contrast of 5.1 : 1; JupyterLab's own has 2.8 : 1.
_GREEN: Final = "#2E7D32"


def form(path: str | Path, language: str = "zh", *, sheet: str | None = None) -> Any:
    """Return the form for a file; a file that is not taken gives a sentence in its place.

    `box.outcome` holds what came out once the button was pressed.
    """
    tongue = as_language(language)
    try:
        opened = open_file(Path(path), sheet=sheet)
    except IntakeError as error:
        return _sentence(error.said(tongue), tongue)
    return _Form(opened, tongue, sheet).box


class _Form:
    """Keeps the choices and the place for what is said; a run reads the file once more."""

    def __init__(self, opened: Opened, language: Language, sheet: str | None) -> None:
        import ipywidgets as widgets  # noqa: PLC0415 - only a notebook needs it

        self._opened: Opened | None = opened
        self._path, self._language, self._sheet = opened.path, language, sheet
        self._choices = {
            one.key: self._choice(opened, one) for one in fields().values() if one.guessed
        }
        self._said = widgets.HTML()
        self._button = widgets.Button(
            description=word("form_run", language),
            style={"button_color": _GREEN, "text_color": "white"},
            layout={"width": "max-content", "min_height": "36px"},
        )
        self._button.on_click(lambda _: self.run())
        first = [self._choices[key] for key in opened.guesses.taken]
        rest = [one for one in self._choices.values() if one not in first]
        more = widgets.Accordion([widgets.VBox(rest)], titles=(word("form_more", language),))
        head = _sentence(self._head(opened), language)
        self.box = widgets.VBox([head, *first, more, self._button, self._said])
        self.box.outcome = None

    def run(self) -> Outcome | None:
        """Check and compute with what is chosen; say what came out, or why nothing did."""
        self._button.disabled = True
        self._tell(escape(word("form_busy", self._language)))
        chosen = {key: one.value for key, one in self._choices.items() if one.value}
        try:
            opened = self._opened or open_file(self._path, sheet=self._sheet)
            self._opened = None  # its columns are used up on the way
            mapping = ColumnMapping(chosen, Options(sheet=self._sheet))
            outcome = finish(opened, mapping, self._language)
        except IntakeError as error:
            self._tell(escape(error.said(self._language)))
            return None
        finally:
            self._button.disabled = False
        self.box.outcome = outcome
        self._tell("<br>".join(map(escape, told(outcome, self._language))))
        return outcome

    def _choice(self, opened: Opened, what: Field) -> Any:
        import ipywidgets as widgets  # noqa: PLC0415 - only a notebook needs it

        guess = opened.guesses.taken.get(what.key)
        label = what.label[self._language]
        if guess is not None:
            sure = f"{guess.confidence:.0%}"
            label = word("form_sure", self._language, label=label, sure=sure)
        masker = Masker(self._language)
        none = (word("form_none", self._language), "")
        options = [none, *_options(opened.table.headers, masker)]
        return widgets.Dropdown(
            options=options,
            value=guess.header if guess is not None else "",
            description=label,
            style={"description_width": "16em"},
            layout={"width": _WIDE, "max_width": "46em"},
        )

    def _head(self, opened: Opened) -> str:
        language = self._language
        size = {
            "rows": f"{len(opened.table.rows):,}",
            "columns": len(opened.table.headers),
        }
        lines = [word("guess_head", language, **size), word("form_hint", language)]
        personal = opened.guesses.personal
        if personal:
            masker = Masker(language)
            named = [
                f"{masker.text(one)} ({mask_words()[kind][language]})"
                for one, kind in personal.items()
            ]
            listed = joined(named, language)
            lines.append(f"{word('personal_here', language)} {listed}")
        return "\n".join(lines)

    def _tell(self, html: str) -> None:
        lang = HTML_LANG[self._language]
        self._said.value = f'<div role="status" lang="{lang}">{html}</div>'


def _options(headers: Sequence[str], masker: Masker) -> list[tuple[str, str]]:
    """Return the headers as they are shown, masked, with what they stand for."""
    return [(masker.text(one), one) for one in headers]


def _sentence(text: str, language: Language) -> Any:
    import ipywidgets as widgets  # noqa: PLC0415 - only a notebook needs it

    lines = "<br>".join(map(escape, text.splitlines()))
    return widgets.HTML(f'<div role="status" lang="{HTML_LANG[language]}">{lines}</div>')
