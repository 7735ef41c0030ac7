"""Judging line by line, goals and chains of whys: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from cstrain.causes.whys import LABELS, WhysJudgement, judge_whys
from cstrain.errors import CstrainError
from cstrain.rules.smart import LETTERS, Judgement, judge
from cstrain.text.situation import Situation


def judge_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield one JSON line for each line that is not blank; a bad line is answered with an error."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield json.dumps(_answer(line, number), ensure_ascii=False)


def _answer(line: str, number: int) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _refused(None, number, f"no JSON: {error}")
    if not isinstance(item, Mapping):
        return _refused(None, number, "found no table; allowed: one object a line")
    name = item.get("id")
    task = item.get("task") or ("five_whys" if "whys" in item else "smart")
    if not isinstance(task, str) or task not in _TASKS:
        return _refused(name, number, f"task: found {task!r:.60}; allowed: {', '.join(_TASKS)}")
    try:
        return {"id": name, **_TASKS[task](item)}
    except _NotJudgedError as error:
        return _refused(name, number, str(error))


class _NotJudgedError(CstrainError):
    """An item that lacks what its task needs."""


def _goal(item: Mapping[str, Any]) -> dict[str, Any]:
    for key, kind, words in (("text", str, "a text"), ("context", Mapping, "a table")):
        _need(item, key, kind, words)
    try:
        situation = Situation.from_dict(item["context"])
    except CstrainError as error:
        raise _NotJudgedError(str(error)) from error
    return as_plain(judge(item["text"], situation))


def _chain(item: Mapping[str, Any]) -> dict[str, Any]:
    _need(item, "problem", str, "a text")
    _need(item, "whys", list, "a list of texts")
    for place, one in enumerate(item["whys"]):
        if not isinstance(one, str | None):
            raise _NotJudgedError(f"whys[{place}]: found {one!r:.60}; allowed: a text or null")
    return chain_as_plain(judge_whys(item["problem"], item["whys"]))


def _need(item: Mapping[str, Any], key: str, kind: type, words: str) -> None:
    if not isinstance(item.get(key), kind):
        raise _NotJudgedError(f"{key}: found {item.get(key)!r:.60}; allowed: {words}")


_TASKS: Final[Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]]] = {
    "smart": _goal,
    "five_whys": _chain,
}


def _refused(name: object, number: int, sentence: str) -> dict[str, Any]:
    return {"id": name, "line": number, "error": sentence}


def as_plain(judgement: Judgement) -> dict[str, Any]:
    """Return a judgement as plain data: labels, evidence and reasons by letter."""
    verdicts = {letter: getattr(judgement, letter) for letter in LETTERS}
    return {
        "labels": judgement.labels(),
        "evidence": {letter: one.evidence for letter, one in verdicts.items()},
        "reasons": {letter: one.reason for letter, one in verdicts.items()},
    }


def chain_as_plain(judgement: WhysJudgement) -> dict[str, Any]:
    """Return the judgement of a chain as plain data; links have one entry for every level."""
    verdicts = {name: getattr(judgement, name) for name in LABELS}
    return {
        "labels": judgement.labels(),
        "evidence": {
            **{name: one.evidence or None for name, one in verdicts.items()},
            "links": [one.evidence or None for one in judgement.levels],
        },
        "reasons": {
            **{name: one.reason for name, one in verdicts.items()},
            "links": [one.reason for one in judgement.levels],
        },
    }


if __name__ == "__main__":
    for answer in judge_lines(sys.stdin):
        sys.stdout.write(answer + "\n")
