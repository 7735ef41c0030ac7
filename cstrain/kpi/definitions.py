"""All KPI definitions by code and by Python name; each file is read when it is first asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from cstrain.errors import UnknownNameError
from cstrain.kpi.definition import Definition
from cstrain.kpi.definition_file import load_definition
from cstrain.library.toml_file import CONTENT

FOLDER: Final = CONTENT / "kpi"


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of all KPIs, which are the names of their files."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def definition(name: str | Path) -> Definition:
    """Return the definition with this code or Python name; the nearest one is named otherwise.

    A path is that of a definition of one's own, in the same form.

    >>> definition("SL") is definition("service_level")
    True
    """
    if isinstance(name, Path):
        return load_definition(name)
    if name in codes():
        return _load(name)
    by_python = {_load(code).python: code for code in codes()}
    if name not in by_python:
        raise UnknownNameError("KPI", name, [*codes(), *by_python])
    return _load(by_python[name])


@cache
def _load(code: str) -> Definition:
    return load_definition(FOLDER / f"{code}.toml")
