"""How far a build is: a bar for who watches, a line a step for a log."""

from __future__ import annotations

import sys
import time
from typing import Final, TextIO

_BAR: Final = 24


class Progress:
    """The steps of a build, told on standard error.

    A terminal gets one bar that is drawn anew; anything else gets a plain line when a step begins.
    """

    def __init__(self, steps: int, stream: TextIO | None = None) -> None:
        """Begin at none of the steps."""
        self._stream = stream or sys.stderr
        self._bar = self._stream.isatty()
        self._steps, self._done = steps, 0
        self._begun = time.monotonic()
        self._drawn = 0

    def step(self, name: str) -> None:
        """Tell that a step begins; those before it are done."""
        self._done += 1
        if self._bar:
            self._draw(name)
        else:
            self._write(f"[{self._done}/{self._steps}] {name}\n")

    def end(self) -> None:
        """Take the bar away."""
        if self._bar and self._drawn:
            self._write(f"\r{' ' * self._drawn}\r")

    def _draw(self, name: str) -> None:
        done = round(_BAR * (self._done - 1) / self._steps)
        passed = time.monotonic() - self._begun
        line = f"{'#' * done}{'.' * (_BAR - done)} {passed:3.0f} s  {name}"
        self._write(f"\r{line:<{self._drawn}}")
        self._drawn = max(self._drawn, len(line))

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
