"""A learner at work on one lesson: what is stored, what is asked of the desk, what is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from cstrain.desk import Reply, reply
from cstrain.language import Language
from cstrain.library.words import message
from cstrain.progress.exchange import export_text, read_export
from cstrain.progress.store import SaveError, Store, new_record
from cstrain.scoring import best_report
from cstrain.wording import sentence

Record = Mapping[str, Any]
_OF_ATTEMPT: Final = ("answer", "at")


class Session:
    """Answers the frame's messages: asks the desk, keeps the record, says whether it was saved."""

    def __init__(self, lesson: str, language: Language, store: Store) -> None:
        self.lesson, self.language, self.store = lesson, language, store

    def state(self, exercise: str) -> dict[str, Any]:
        """Return what the frame shows at first: the latest answer, its feedback recomputed."""
        records = self.store.attempts(exercise)
        if not records:
            return {"answer": None, "feedback": None, "attempts": 0, "hints": [], "points": None}
        checks = _checks(records)
        answer = records[-1]["answer"]
        told = self._ask("check", exercise, answer=answer, attempts=len(checks) - 1)
        checked = bool(checks) and answer == checks[-1]["answer"]
        best = best_report(exercise, [one["answer"] for one in checks])
        return {
            "answer": answer,
            "feedback": told["feedback"] if checked else None,
            "attempts": len(checks),
            "hints": self._hints(exercise, records),
            "points": best.points if best else None,
        }

    def told(self, exercise: str, content: Any) -> list[Reply]:
        """Return the replies to one message of the frame, in order."""
        asked = content if isinstance(content, Mapping) else {}
        ways: dict[str, Callable[[], list[Reply]]] = {
            "check": lambda: self._check(exercise, asked.get("answer")),
            "draft": lambda: [self._draft(exercise, asked.get("answer"))],
            "hint": lambda: self._hint(exercise, asked.get("level")),
            "solution": lambda: [self._solution(exercise)],
            "preview": lambda: [self._preview(exercise, asked)],
            "score": lambda: [self.score()],
            "export": lambda: [self._export()],
            "import": lambda: self._import(str(asked.get("text", ""))),
            "document": lambda: [self.document(asked)],
        }
        do = asked.get("do")
        if not isinstance(do, str) or do not in ways:
            return [{"do": "error", "text": self._say("common", "bad_request", words=str(do))}]
        return ways[do]()

    def score(self) -> Reply:
        """Return the lesson's score over all stored attempts."""
        answers: dict[str, list[Any]] = {}
        for record in self.store.all_records():
            if record["kind"] == "check":
                answers.setdefault(record["exercise"], []).append(record["answer"])
        return reply(
            {"do": "score", "lesson": self.lesson, "language": self.language, "answers": answers}
        )

    def document(self, asked: Record) -> Reply:
        """Return the report or certificate that is asked for: {"what", "scope", "name"}."""
        records = self.store.all_records()
        attempts: dict[str, list[Record]] = {}
        for one in _checks(records):
            attempts.setdefault(one["exercise"], []).append({key: one[key] for key in _OF_ATTEMPT})
        now = datetime.now().astimezone()
        offset = (now.utcoffset() or timedelta()) // timedelta(minutes=1)
        request = {key: asked.get(key) for key in ("what", "scope", "name")}
        when = {"date": now.date().isoformat(), "offset": offset}
        about = {"do": "document", "language": self.language, "attempts": attempts}
        return reply({**about, **request, **when})

    def problems(self) -> list[str]:
        """Return a sentence for every stored file that could not be read; nothing is deleted."""
        self.store.all_records()
        return [self._say("progress", one.code, **one.facts) for one in self.store.problems]

    def _draft(self, exercise: str, answer: Any) -> Reply:
        hints = _hints_seen(self.store.attempts(exercise))
        return self._save("draft", exercise, _plain(answer), hints)

    def _check(self, exercise: str, answer: Any) -> list[Reply]:
        given, records = _plain(answer), self.store.attempts(exercise)
        attempts = len(_checks(records))
        done = self._ask("check", exercise, answer=given, attempts=attempts)
        if done["do"] != "feedback":
            return [done]
        # What could not be read, or was blank, is kept as a draft: it costs no attempt.
        kind = "check" if done["counts"] else "draft"
        saved = self._save(kind, exercise, given, _hints_seen(records))
        checks = [one["answer"] for one in _checks(records)] + [given] * done["counts"]
        best = best_report(exercise, checks)
        shown = {"attempts": attempts + done["counts"], "points": best.points if best else None}
        return [{**done, **shown}, saved, self.score()]

    def _export(self) -> Reply:
        text = export_text(self.store.all_records())
        return {"do": "file", "name": "cstrain-record.json", "text": text}

    def _hint(self, exercise: str, level: Any) -> list[Reply]:
        records = self.store.attempts(exercise)
        done = self._ask("hint", exercise, level=level, attempts=len(_checks(records)))
        if done["do"] != "hint" or done["level"] <= _hints_seen(records):
            return [done]
        return [done, self._save("draft", exercise, records[-1]["answer"], done["level"])]

    def _preview(self, exercise: str, asked: Record) -> Reply:
        """Return the preview with the number it was asked by, whatever came of it."""
        place = {key: asked.get(key) for key in ("field", "part")}
        done = self._ask("preview", exercise, choices=asked.get("choices"), **place)
        return {**done, **place, "do": "preview", "serial": asked.get("serial")}

    def _solution(self, exercise: str) -> Reply:
        records = self.store.attempts(exercise)
        checks = _checks(records)
        best = best_report(exercise, [one["answer"] for one in checks])
        passed = best is not None and best.outcome == "passed"
        hints = _hints_seen(records)
        return self._ask("solution", exercise, attempts=len(checks), hints=hints, passed=passed)

    def _import(self, text: str) -> list[Reply]:
        imported = read_export(text)
        problems = [self._say("progress", one.code, **one.facts) for one in imported.problems]
        try:
            counts = self.store.merge(imported.records)
        except SaveError as error:
            return [{"do": "error", "text": self._say("progress", error.code, words=str(error))}]
        said = self._say("progress", "imported", added=counts.added, known=counts.known)
        return [{"do": "imported", "text": said, "problems": problems}, self.score()]

    def _save(self, kind: str, exercise: str, answer: Record, hints: int) -> Reply:
        try:
            self.store.save(new_record(kind, exercise, answer, hints=hints))
        except SaveError as error:
            why = self._say("progress", error.code, words=str(error))
            return {"do": "saved", "ok": False, "text": f"{why} {self._say('progress', 'kept')}"}
        return {"do": "saved", "ok": True, "text": self._say("progress", "saved")}

    def _hints(self, exercise: str, records: Sequence[Record]) -> list[str]:
        levels = range(1, _hints_seen(records) + 1)
        asked = (self._ask("hint", exercise, level=one, attempts=one) for one in levels)
        return [one["html"] for one in asked]

    def _ask(self, do: str, exercise: str, **more: Any) -> Reply:
        return reply({"do": do, "exercise": exercise, "language": self.language, **more})

    def _say(self, group: str, code: str, **facts: Any) -> str:
        return sentence(message(group, code), facts, self.language)


def _checks(records: Sequence[Record]) -> list[Record]:
    return [one for one in records if one["kind"] == "check"]


def _hints_seen(records: Sequence[Record]) -> int:
    return max((one["hints"] for one in records), default=0)


def _plain(answer: Any) -> Record:
    return answer if isinstance(answer, Mapping) else {}
