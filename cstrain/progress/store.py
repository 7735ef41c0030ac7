"""The folder of a learner's attempts: one small file each, written whole, never overwritten.

<folder>/<lesson>/<exercise>/<UTC time>-<id>.json. A file comes to be in <folder>/tmp and is renamed
into its place when it is on the disk, as Maildir does it: several kernels and a synchronised
folder cannot collide, and a kill at any moment loses at most the attempt in hand.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cstrain.errors import StoreError
from cstrain.progress.exchange import Problem
from cstrain.progress.files import FolderError, write_whole
from cstrain.progress.records import (
    CLOCK,
    MOST_BYTES,
    RecordError,
    exercise_parts,
    new_record,
    record_bytes,
    record_from,
)

__all__ = ["CODES", "Merged", "SaveError", "Store", "answers_folder", "new_record"]

ENVIRONMENT: Final = "CSTRAIN_ANSWERS"
_STALE_S: Final = 36 * 3600  # Maildir's rule: what lies in tmp for 36 hours was given up

# Every code of `Store.problems` and of a SaveError; the sentences are in messages/progress.toml.
CODES: Final = (
    "stored_broken",
    "stored_cut",
    "stored_foreign",
    "stored_newer",
    "stored_wrong",
    "stored_too_large",
    "stored_not_readable",
    "save_read_only",
    "save_disk_full",
    "save_not_a_folder",
    "save_not_writable",
    "save_too_large",
    "save_wrong",
)

Record = Mapping[str, Any]


class SaveError(StoreError):
    """An attempt is not on the disk: a reason code, and what the operating system said."""

    def __init__(self, code: str, words: str) -> None:
        self.code: Final = code
        super().__init__(words)


@dataclass(frozen=True)
class Merged:
    """How many records came in with a merge, and how many were there already."""

    added: int
    known: int


def answers_folder() -> Path:
    """Return the folder of the answers: $CSTRAIN_ANSWERS, or the user's data folder."""
    named = os.environ.get(ENVIRONMENT)
    if named:
        return Path(named).expanduser()
    if sys.platform == "emscripten":  # JupyterLite: all else is forgotten with the kernel
        return Path("/drive/cstrain-answers")
    import platformdirs  # noqa: PLC0415 - not there, and not needed, inside a book page

    return platformdirs.user_data_path("cstrain", appauthor=False) / "answers"


class Store:
    """Keeps attempts in a folder; nothing is created before the first one is saved.

    `problems` holds what the last reading had to skip. `unsaved` are attempts that could not be
    written: they are read like the others and written with the next save that succeeds.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = answers_folder() if folder is None else folder
        self.problems: tuple[Problem, ...] = ()
        self.unsaved: list[dict[str, Any]] = []
        self._read: dict[Path, dict[str, Any]] = {}
        self._drafts: dict[str, Path] = {}
        self._tidy = False

    def save(self, record: Record) -> None:
        """Write the record; one that cannot be written stays in `unsaved` and SaveError tells why.

        A draft takes the place of the draft that this store wrote before, and a check ends it.
        """
        data = _bytes(record)
        self._supersede_unsaved(record["exercise"])
        self.unsaved.append(record_from(data))
        while self.unsaved:
            self._write(self.unsaved[0])
            del self.unsaved[0]

    def attempts(self, exercise: str) -> list[dict[str, Any]]:
        """Return the records of an exercise, checks and drafts, the oldest first."""
        lesson, name = exercise_parts(exercise)
        problems: list[Problem] = []
        found = list(self._records(self.folder / lesson / name, problems))
        self.problems = tuple(problems)
        return _in_order([*found, *(one for one in self.unsaved if one["exercise"] == exercise)])

    def latest(self, exercise: str) -> dict[str, Any] | None:
        """Return the newest record of an exercise, or None."""
        records = self.attempts(exercise)
        return records[-1] if records else None

    def all_records(self) -> list[dict[str, Any]]:
        """Return the records of all exercises, the oldest first."""
        problems: list[Problem] = []
        found = [
            record
            for folder in self._exercise_folders(problems)
            for record in self._records(folder, problems)
        ]
        self.problems = tuple(problems)
        return _in_order([*found, *self.unsaved])

    def merge(self, records: Iterable[Record]) -> Merged:
        """Write the records whose id is not there yet, and return how many were new."""
        here = {one["id"] for one in self.all_records()}
        added = known = 0
        for record in records:
            if record["id"] in here:
                known += 1
                continue
            self._put(record, _bytes(record))
            here.add(record["id"])
            added += 1
        return Merged(added, known)

    def _write(self, record: dict[str, Any]) -> None:
        path = self._put(record, _bytes(record))
        old = self._drafts.pop(record["exercise"], None)
        if record["kind"] == "draft":
            self._drafts[record["exercise"]] = path
        if old is not None:
            with contextlib.suppress(OSError):  # an old draft that stays does no harm
                old.unlink()

    def _put(self, record: Record, data: bytes) -> Path:
        lesson, name = exercise_parts(record["exercise"])
        path = self.folder / lesson / name / _file_name(record)
        try:
            self._clear_tmp()
            write_whole(path, data, self.folder / "tmp")
        except FolderError as error:
            raise SaveError(f"save_{error.code}", str(error)) from error
        return path

    def _supersede_unsaved(self, exercise: str) -> None:
        self.unsaved = [
            one for one in self.unsaved if one["kind"] == "check" or one["exercise"] != exercise
        ]

    def _clear_tmp(self) -> None:
        if self._tidy:
            return
        self._tidy = True
        with contextlib.suppress(OSError):
            for path in (self.folder / "tmp").iterdir():
                if path.lstat().st_mtime < time.time() - _STALE_S:
                    path.unlink()

    def _exercise_folders(self, problems: list[Problem]) -> Iterator[Path]:
        for lesson in _entries(self.folder, problems):
            for folder in _entries(lesson, problems):
                if _is_exercise(f"{lesson.name}/{folder.name}"):
                    yield folder

    def _records(self, folder: Path, problems: list[Problem]) -> Iterator[dict[str, Any]]:
        exercise = f"{folder.parent.name}/{folder.name}"
        for path in _entries(folder, problems):
            if path.suffix != ".json" or path.name.startswith("."):
                continue
            try:
                record = self._record(path, exercise)
            except RecordError as error:
                problems.append(_problem(f"stored_{error.code}", path))
            except FileNotFoundError:
                continue  # a draft that its writer has just replaced
            except OSError:
                problems.append(_problem("stored_not_readable", path))
            else:
                CLOCK.saw(record["at"])
                yield record

    def _record(self, path: Path, exercise: str) -> dict[str, Any]:
        """Return the record in a file; files never change, so each is read only once."""
        if path not in self._read:
            about = path.stat()
            if not stat.S_ISREG(about.st_mode):
                raise RecordError("foreign")
            if about.st_size > MOST_BYTES:
                raise RecordError("too_large")
            self._read[path] = record_from(path.read_bytes())
        if self._read[path]["exercise"] != exercise:
            raise RecordError("wrong")
        return self._read[path]


def _entries(folder: Path, problems: list[Problem]) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError:
        problems.append(_problem("stored_not_readable", folder))
        return []


def _in_order(records: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    # A synchronised folder makes second copies of a file: the id says which are the same.
    once = {one["id"]: one for one in records}
    return sorted(once.values(), key=lambda one: (one["at"], one["id"]))


def _file_name(record: Record) -> str:
    at = record["at"].replace("-", "").replace(":", "")  # Windows allows no colon in a name
    return f"{at}-{record['id']}.json"


def _bytes(record: Record) -> bytes:
    try:
        return record_bytes(record)
    except RecordError as error:
        code = error.code if error.code == "too_large" else "wrong"
        raise SaveError(f"save_{code}", str(error.facts.get("key", error.code))) from error


def _is_exercise(name: str) -> bool:
    try:
        exercise_parts(name)
    except RecordError:
        return False
    return True


def _problem(code: str, path: Path) -> Problem:
    return Problem(code, {"words": path.name})
