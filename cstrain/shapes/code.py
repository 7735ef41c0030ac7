"""The results of the learner's own function on given cases; grading never runs the code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from cstrain.html import escape
from cstrain.shapes.base import Params, Unreadable, View, as_table, line
from cstrain.table_reader import TableReader

LONGEST_SOURCE: Final = 20_000
LONGEST_RESULTS: Final = 200_000  # characters as JSON


def load(reader: TableReader) -> Params:
    """Return the engine that knows the right results, the function asked for, and the cases."""
    return {"engine": reader.string("engine"), **load_code(reader), **load_cases(reader)}


def load_code(reader: TableReader) -> dict[str, Any]:
    """Return the function's name and its start, None where an exercise has no code way."""
    if not reader.has("code"):
        return {"code": None}
    code = reader.child("code")
    done = {"function": code.string("function"), "start": code.string("start")}
    code.finish()
    return {"code": done}


def load_cases(reader: TableReader) -> dict[str, Any]:
    """Return the cases: key, whether the learner sees it, arguments, the big tables it needs."""
    cases = []
    for one in reader.children("cases"):
        tables = one.strings("tables") if one.has("tables") else ()
        case = {"key": one.string("key"), "visible": one.flag("visible", default=True)}
        cases.append({**case, "args": dict(one.plain("args")), "tables": tables})
        one.finish()
    return {"cases": tuple(cases)}


def parse(value: Any, params: Params) -> dict[str, Any] | None:
    """Return {"via": "code", "source", "results"} with only the known cases' results."""
    if value is None:
        return None
    table = as_table(value)
    source, results = table.get("source", ""), table.get("results")
    if not isinstance(source, str) or len(source) > LONGEST_SOURCE:
        raise Unreadable("too_long", length=len(str(source)), most=LONGEST_SOURCE)
    if results is None:
        return None
    if not isinstance(results, Mapping) or _size(results) > LONGEST_RESULTS:
        raise Unreadable("wrong_form")
    known = {case["key"] for case in params["cases"]}
    kept = {key: one for key, one in results.items() if key in known}
    touched = any(one is not None for one in kept.values())  # nothing everywhere: still to write
    return {"via": "code", "source": source, "results": kept} if touched else None


def _size(results: Any) -> int:
    try:
        return len(json.dumps(results))
    except (TypeError, ValueError, RecursionError) as error:
        raise Unreadable("wrong_form") from error


def sheet(view: View) -> str:
    """Return the start of the function and lines to go on writing."""
    start = view["code"]["start"] if view.get("code") else ""
    return f"<pre>{escape(start)}</pre>{line() * 6}"


def shown(value: Any, view: View) -> str:  # noqa: ARG001 - one signature for all shapes
    """Return the learner's function."""
    return f"<pre>{escape((value or {}).get('source', ''))}</pre>"
