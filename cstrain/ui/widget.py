"""The exercise frame as a Jupyter widget: the frame in the notebook, the session in the kernel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import anywidget
import traitlets

from cstrain.drawing.page import record_sheet, sheet
from cstrain.html import escape
from cstrain.library.words import message
from cstrain.session import Session
from cstrain.ui.frame import frame_css, frame_source


class Frame(anywidget.AnyWidget):
    """One exercise, or the lesson's record, drawn by the front end's `render`."""

    _esm = frame_source()
    _css = frame_css()
    view = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    host = traitlets.Unicode("lab").tag(sync=True)

    def __init__(self, session: Session, view: Mapping[str, Any]) -> None:
        self._session = session
        super().__init__(view=dict(view), state=_state(session, view))
        self.on_msg(self._answer)

    def refresh(self) -> None:
        """Show what is stored now, after an answer came in by another way."""
        self.state = _state(self._session, self.view)

    def _answer(self, _widget: object, content: Any, _buffers: object) -> None:
        for told in self._session.told(self.view.get("id", ""), content):
            self.send(told)

    def __repr__(self) -> str:
        parts = (self.view["lesson"], self.view.get("label"), self.view["title"])
        return " ".join(part for part in parts if part)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Return the live view, and the printable form for wherever no kernel runs."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        paper = sheet(self.view) if self.view["kind"] == "exercise" else record_sheet(self.view)
        said = escape(message("common", "run_first")[self.view["language"]])
        note = f'<p lang="{self.view["lang"]}"><strong>{said}</strong></p>'
        return {**data, "text/html": note + paper, "text/plain": repr(self)}, metadata


def _state(session: Session, view: Mapping[str, Any]) -> dict[str, Any]:
    if view["kind"] == "record":
        return {"score": session.score().get("score"), "problems": session.problems()}
    return session.state(view["id"])
