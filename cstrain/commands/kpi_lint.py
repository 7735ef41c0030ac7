"""A KPI definition: it can be read, says what the dictionary says, and its function exists."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

from cstrain.errors import ContentError, CstrainError
from cstrain.goals.metrics import METRICS
from cstrain.kpi.definition import Definition
from cstrain.kpi.definition_file import load_definition
from cstrain.kpi.definitions import codes, definition
from cstrain.library.toml_file import shown_name


def kpi_problems(path: Path) -> Iterator[CstrainError]:
    """Return what is wrong with one definition file."""
    try:
        found = load_definition(path)
    except CstrainError as error:
        yield error
        return
    file = shown_name(path)
    yield from _disagreements(file, found)
    if found.function and not _exists(found.function):
        allowed = "a function that is there"
        yield ContentError(file, "function", found=found.function, allowed=allowed)


def python_name_problems() -> Iterator[ContentError]:
    """Return the Python names that two KPIs share."""
    owners: dict[str, str] = {}
    for code in codes():
        name = definition(code).python
        if name in owners:
            allowed = f"a name of its own; {owners[name]} has this one"
            yield ContentError(f"kpi/{code}.toml", "python", found=name, allowed=allowed)
        owners.setdefault(name, code)


def _disagreements(file: str, found: Definition) -> Iterator[ContentError]:
    if found.code not in METRICS:
        return
    said = METRICS[found.code]
    pairs = {
        "name": (found.name, said.name),
        "unit": (found.unit, said.unit.key),
        "good": (found.good, said.good),
        "kind": (found.kind, said.kind),
    }
    for key, (here, there) in pairs.items():
        if here != there:
            yield ContentError(file, key, found=here, allowed=f"{there}, as in metrics.toml")


def _exists(function: str) -> bool:
    module, _, name = function.partition(":")
    try:
        return callable(getattr(importlib.import_module(module), name, None))
    except ImportError:
        return False
