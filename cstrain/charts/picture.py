"""A picture as the output of a cell, with its alternative text; and its entry in the content."""

from __future__ import annotations

import base64
import io
from functools import cache
from typing import Any

from cstrain.charts.style import look
from cstrain.errors import UnknownNameError
from cstrain.language import Language
from cstrain.library.toml_file import CONTENT, read_toml, shown_name
from cstrain.table_reader import TableReader


class Picture:
    """A chart with the words for those who cannot see it; `figure` is the Matplotlib figure."""

    def __init__(self, figure: Any, alt: str) -> None:
        self.figure, self.alt = figure, alt

    def __repr__(self) -> str:
        return self.alt

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        raw = io.BytesIO()
        # Without a program name and date in it the same figure gives the same bytes.
        with look():
            self.figure.savefig(raw, format="png", metadata={"Software": None})
        return {
            "image/png": base64.b64encode(raw.getvalue()).decode("ascii"),
            "text/plain": self.alt,
        }


class Drawing:
    """An SVG drawing with the words for those who cannot see it."""

    def __init__(self, svg: str, alt: str) -> None:
        self.svg, self.alt = svg, alt

    def __repr__(self) -> str:
        return self.alt

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"image/svg+xml": self.svg, "text/plain": self.alt}


@cache
def pictures() -> TableReader:
    """Return the content of all pictures."""
    path = CONTENT / "pictures.toml"
    return TableReader(shown_name(path), read_toml(path))


def entry(kind: str, name: str) -> TableReader:
    """Return one picture's entry; an unknown name is answered with the nearest one."""
    known = pictures().child(kind)
    if name not in known.raw:
        raise UnknownNameError(f"picture of the kind {kind}", name, known.raw)
    return known.child(name)


def labels(language: Language) -> dict[str, str]:
    """Return the words that several pictures share."""
    return {key: one[language] for key, one in pictures().texts("labels").items()}
