"""What every part of a build is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from builder.staging import Places

Edition = Literal["learner", "trainer"]
EDITIONS: Final[tuple[Edition, ...]] = ("learner", "trainer")


@dataclass(frozen=True)
class Build:
    """One build: the folder of the site with its finished pages, and a folder for leftovers.

    `address` is where the site will be found, if that is known.
    """

    site: Path
    scratch: Path
    places: Places
    edition: Edition = "learner"
    pyodide: str | None = None
    address: str | None = None
