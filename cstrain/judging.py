"""Judging of goals line by line: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

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
    for key, kind, words in (("text", str, "a text"), ("context", Mapping, "a table")):
        if not isinstance(item.get(key), kind):
            return _refused(name, number, f"{key}: found {item.get(key)!r:.60}; allowed: {words}")
    try:
        situation = Situation.from_dict(item["context"])
    except CstrainError as error:
        return _refused(name, number, str(error))
    return {"id": name, **as_plain(judge(item["text"], situation))}


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


if __name__ == "__main__":
    for answer in judge_lines(sys.stdin):
        sys.stdout.write(answer + "\n")
