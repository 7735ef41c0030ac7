"""The table of the queue laboratory as HTML: for the widget, for paper, for a stored notebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cstrain.drawing.queue_said import (
    FIGURES,
    figure_said,
    load_said,
    need_said,
    notes,
    shown,
    span,
    verdict,
)
from cstrain.drawing.queue_speech import QueueSpeech, figure, speech
from cstrain.html import escape
from cstrain.queues.comparison import Comparison
from cstrain.queues.scenario import Scenario

_METHODS: Final = ("erlang_c", "erlang_a", "simulation")
# JupyterLab sets the cells of a stored output to the right, and lets few styles through.
_LEFT: Final = 'style="text-align:left"'
_MIDDLE: Final = 'class="queue-all" style="text-align:center"'
_NEEDS: Final = ("agents", "scheduled")


@dataclass(frozen=True)
class Row:
    """One figure: its name, what each method says of it (or one cell for all), a sentence."""

    label: str
    cells: tuple[str, ...]
    said: str


@dataclass(frozen=True)
class QueueTable:
    """All that is said of a queue in one language."""

    lang: str
    title: str
    verdict: str
    inputs: tuple[str, ...]
    heads: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    fitting: int  # the column whose formula supposes what the settings say

    def html(self) -> str:
        """Return verdict and table, as a widget shows them beside its controls."""
        box = f'<div style="overflow-x:auto">{self._table()}</div>'
        return f'<div class="cstrain-queue" lang="{self.lang}">{self._verdict()}{box}</div>'

    def notes_html(self) -> str:
        """Return what the figures suppose."""
        return f'<div class="cstrain-queue" lang="{self.lang}">{self._notes()}</div>'

    def sheet(self, note: str, words: str, style: str) -> str:
        """Return the printable form: the settings, which have no controls there, come first.

        It brings its style sheet along; where that is not let through, the table is plain.
        """
        settings = "".join(f"<li>{escape(one)}</li>" for one in self.inputs)
        # A keyboard has to get into a box that scrolls.
        about = f'role="region" tabindex="0" aria-label="{escape(self.title)}"'
        box = f'<div style="overflow-x:auto" {about}>{self._table()}</div>'
        return (
            f'<section class="cstrain cstrain-sheet cstrain-queue" lang="{self.lang}">'
            f"<style>{style}</style><h3>{escape(self.title)}</h3><p>{escape(note)}</p>"
            f"<p><strong>{escape(words)}</strong></p><ul>{settings}</ul>"
            f"{self._verdict()}{box}{self._notes()}</section>"
        )

    def _verdict(self) -> str:
        words = f"<strong>{escape(self.verdict)}</strong>"
        return f'<p class="queue-verdict" role="status">{words}</p>'

    def _table(self) -> str:
        body = "".join(self._body())
        return (
            f'<table class="queue-table"><thead>{self._head()}</thead><tbody>{body}</tbody></table>'
        )

    def _notes(self) -> str:
        under = "".join(f"<li>{escape(one)}</li>" for one in self.notes)
        return f'<ul class="queue-notes">{under}</ul>'

    def _head(self) -> str:
        cells = "".join(
            f'<th scope="col">{escape(name)}<br><small>{escape(supposes)}</small></th>'
            for name, supposes in self.heads
        )
        return f"<tr><td></td>{cells}</tr>"

    def _body(self) -> Iterator[str]:
        for row in self.rows:
            if len(row.cells) == 1:
                cells = f'<td colspan="3" {_MIDDLE}>{escape(row.cells[0])}</td>'
            else:
                cells = "".join(self._cell(*one) for one in enumerate(row.cells))
            yield f'<tr><th scope="row" {_LEFT}>{escape(row.label)}</th>{cells}</tr>'
            said = f'<td colspan="4" {_LEFT}>{escape(row.said)}</td>'
            yield f'<tr class="queue-said">{said}</tr>'

    def _cell(self, place: int, text: str) -> str:
        value, _, interval = (escape(part) for part in text.partition("\n"))
        said = f"<strong>{value}</strong>" if place == self.fitting else value
        return f"<td>{said}<br><small>{interval}</small></td>" if interval else f"<td>{said}</td>"


def queue_table(found: Comparison, language: str, *, lognormal: bool = False) -> QueueTable:
    """Return the table of a comparison; `lognormal` says how it was simulated.

    >>> from cstrain.queues.comparison import compare
    >>> queue_table(compare(Scenario(contacts=42, aht_s=300, agents=6)), "en").verdict
    ... # doctest: +ELLIPSIS
    '7 erlang of work for 6 agents: the queue grows without end; Erlang C has no answer, ...'
    """
    say = speech(language)
    return QueueTable(
        say.lang,
        say.word("title"),
        verdict(found, say),
        tuple(_inputs(found.scenario, say)),
        tuple(_heads(found, say)),
        tuple(_rows(found, say)),
        tuple(notes(found, say, lognormal=lognormal)),
        0 if found.patient else 1,
    )


def _inputs(asked: Scenario, say: QueueSpeech) -> Iterator[str]:
    patience = say.word("no_patience") if asked.patient else figure(asked.patience_s)
    values = {
        "contacts": figure(asked.contacts / asked.interval_s * 1800),
        "aht_s": figure(asked.aht_s),
        "agents": str(asked.agents),
        "patience_s": patience,
        "target_s": figure(asked.target_s),
        "target": f"{100 * asked.target:g}",
        "shrinkage": f"{100 * asked.shrinkage:g}",
        "max_occupancy": f"{100 * asked.max_occupancy:g}",
    }
    for key, value in values.items():
        yield say.word("input", label=say.word(key), value=value)


def _heads(found: Comparison, say: QueueSpeech) -> Iterator[tuple[str, str]]:
    for one in _METHODS:
        same = one == "erlang_a" and found.scenario.patient
        yield say.word(one), say.word("erlang_a_same" if same else f"{one}_supposes")


def _rows(found: Comparison, say: QueueSpeech) -> Iterator[Row]:
    load = say.load(found.scenario.load_erlang)
    yield Row(say.word("row_load"), (load,), load_said(found, say))
    for name in FIGURES:
        cells = _formulas(name, found, say)
        simulated = _simulated(name, found, say)
        label = say.word(f"row_{name}")
        yield Row(label, (*cells, simulated), figure_said(name, found, say))
    for name in _NEEDS:
        needs = [
            str(getattr(one, name)) if one.code == "holds" else say.word("none")
            for one in (found.need_c, found.need_a)
        ]
        cells = (*needs, say.word("none"))
        yield Row(say.word(f"row_{name}"), cells, need_said(name, found, say))


def _formulas(name: str, found: Comparison, say: QueueSpeech) -> Sequence[str]:
    values = (getattr(one, name) for one in (found.erlang_c, found.erlang_a))
    return [say.word("none") if one is None else shown(name, one, say) for one in values]


def _simulated(name: str, found: Comparison, say: QueueSpeech) -> str:
    """Return the simulated mean, and on a second line its interval."""
    estimate = getattr(found.simulation, name)
    if estimate is None:
        return say.word("none")
    value = shown(name, estimate.value, say)
    if estimate.low == estimate.high:
        return value
    return f"{value}\n{span(name, estimate.low, estimate.high, say)}"
