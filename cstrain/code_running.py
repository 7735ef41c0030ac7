"""The code way: runs a learner's own function on the cases and keeps its plain results.

It runs only where the learner sits, in the own kernel or the own page's worker, and only when
asked to; grading reads the kept results and never runs code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cstrain.model import Exercise, Facts, Field
from cstrain.rules.engine import case_args
from cstrain.rules.engines import ENGINES

_SHOWN_ERROR: Final = 200  # characters of an exception's text


@dataclass(frozen=True)
class Ran:
    """The answer with its results, or why there are none."""

    answer: dict[str, Any]
    problem: str = ""
    facts: Facts = field(default_factory=dict)


def run_answer(exercise: Exercise, answer: Mapping[str, Any]) -> Ran:
    """Return the answer with the results of every field that was answered by code.

    The answer's `source` is executed in a namespace of its own; a missing function or an error
    on the way is a problem with its facts, never an exception.
    """
    done = dict(answer)
    for one in exercise.fields:
        value = answer.get(one.key)
        if not one.params.get("code") or not isinstance(value, Mapping):
            continue
        if value.get("via") != "code":
            continue
        source = str(value.get("source", ""))
        name = one.params["code"]["function"]
        namespace: dict[str, Any] = {"__name__": "answer"}
        try:
            exec(compile(source, "<answer>", "exec"), namespace)  # noqa: S102 - the learner's own code, on the learner's own machine
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever the learner's code raises is told
            return Ran(done, "cannot_run", {"words": _told(error)})
        function = namespace.get(name)
        if not callable(function):
            return Ran(done, "no_function", {"function": name})
        done[one.key] = code_answer(one, function, source)
    return Ran(done)


def code_answer(asked: Field, function: Callable[..., Any], source: str = "") -> dict[str, Any]:
    """Return {"via": "code", "source", "results"} of a function over all cases of the field.

    A case on which the function raises has the result {"error": "<type>: <text>"}.
    """
    engine = ENGINES[asked.params["engine"]]
    results: dict[str, Any] = {}
    for case in asked.params["cases"]:
        args = case_args(asked.params, case)
        arguments = engine.arguments(args)
        try:
            results[case["key"]] = engine.keep(function(*arguments), args)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever the learner's code raises is told
            results[case["key"]] = {"error": _told(error)}
    return {"via": "code", "source": source, "results": results}


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:_SHOWN_ERROR]
