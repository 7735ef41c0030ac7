"""Judging line by line, goals, chains of whys, fishbones: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from cstrain.causes.fish import FishJudgement, judge_fishbone
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
    task = item.get("task") or _task_of(item)
    if not isinstance(task, str) or task not in _TASKS:
        return _refused(name, number, f"task: found {task!r:.60}; allowed: {', '.join(_TASKS)}")
    try:
        return {"id": name, **_TASKS[task](item)}
    except _NotJudgedError as error:
        return _refused(name, number, str(error))


def _task_of(item: Mapping[str, Any]) -> str:
    return "five_whys" if "whys" in item else "fishbone" if "causes" in item else "smart"


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


def _fishbone(item: Mapping[str, Any]) -> dict[str, Any]:
    _need(item, "head", str, "a text")
    _need(item, "causes", list, "a list of objects with category and text")
    causes: list[tuple[str | None, str | None]] = []
    for place, one in enumerate(item["causes"]):
        bone, text = (one.get("category"), one.get("text")) if isinstance(one, Mapping) else (0, 0)
        if not isinstance(bone, str | None) or not isinstance(text, str | None):
            allowed = "an object, category and text in it"
            raise _NotJudgedError(f"causes[{place}]: found {one!r:.60}; allowed: {allowed}")
        causes.append((bone, text))
    return fishbone_as_plain(judge_fishbone(item["head"], causes))


def _need(item: Mapping[str, Any], key: str, kind: type, words: str) -> None:
    if not isinstance(item.get(key), kind):
        raise _NotJudgedError(f"{key}: found {item.get(key)!r:.60}; allowed: {words}")


_TASKS: Final[Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]]] = {
    "smart": _goal,
    "five_whys": _chain,
    "fishbone": _fishbone,
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


def fishbone_as_plain(judgement: FishJudgement) -> dict[str, Any]:
    """Return the judgement of a fishbone as plain data; causes have one entry for every cause."""
    return {
        "labels": judgement.labels(),
        "evidence": {
            "head_ok": judgement.head.evidence,
            "causes": [one.evidence for one in judgement.causes],
            "duplicate_groups": [list(one.evidence) for one in judgement.duplicates],
        },
        "reasons": {
            "head_ok": judgement.head.reason,
            "causes": [one.reason for one in judgement.causes],
            "category_fit": [one.fit_reason for one in judgement.causes],
            "rather": [one.rather or None for one in judgement.causes],
            "duplicate_groups": [one.reason for one in judgement.duplicates],
        },
    }


if __name__ == "__main__":
    for answer in judge_lines(sys.stdin):
        sys.stdout.write(answer + "\n")
