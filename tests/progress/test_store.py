"""The folder of attempts: nothing is lost, whatever happens to the process, the disk or a file."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cstrain.progress import files, records
from cstrain.progress.records import new_record, record_bytes
from cstrain.progress.store import SaveError, Store, answers_folder

EXERCISE = "n03/goal_card"
WRITER = """
import sys
from pathlib import Path
from cstrain.progress.store import Store, new_record
store = Store(Path(sys.argv[1]))
number = 0
while True:
    record = new_record("check" if number % 2 else "draft", "n03/goal_card", {"number": number})
    store.save(record)
    print(record["id"], record["kind"], flush=True)
    number += 1
"""


def write_many(folder: str, name: str, count: int) -> None:
    store = Store(Path(folder))
    for number in range(count):
        store.save(new_record("check", EXERCISE, {"by": name, "number": number}))


def stored(folder: Path) -> list[Path]:
    return sorted((folder / EXERCISE).glob("*.json"))


def foreign_file(folder: Path, data: bytes, name: str = "odd.json") -> Path:
    path = folder / EXERCISE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def saved_record(**changes) -> bytes:
    made = {**new_record("check", EXERCISE, {"a": 1}), **changes}
    return json.dumps(made).encode()


def test_two_processes_write_a_thousand_attempts_each(tmp_path):
    context = multiprocessing.get_context("spawn")
    writers = [
        context.Process(target=write_many, args=(str(tmp_path), name, 1000)) for name in "ab"
    ]
    for one in writers:
        one.start()
    for one in writers:
        one.join(120)
    assert [one.exitcode for one in writers] == [0, 0]
    store = Store(tmp_path)
    found = store.attempts(EXERCISE)
    assert store.problems == ()
    for name in "ab":
        mine = [one["answer"]["number"] for one in found if one["answer"]["by"] == name]
        assert mine == list(range(1000))
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals by number are POSIX")
@pytest.mark.parametrize("after_lines", [1, 4, 9, 16, 25])
def test_kill_in_the_middle_of_saves_loses_nothing_told_saved(tmp_path, after_lines):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    with writer:
        told = [writer.stdout.readline().split() for _ in range(after_lines)]
        writer.send_signal(signal.SIGKILL)
        told += [one.split() for one in writer.stdout if len(one.split()) == 2]
    store = Store(tmp_path)
    found = store.attempts(EXERCISE)
    assert store.problems == ()
    ids = {one["id"] for one in found}
    assert {one for one, kind in told if kind == "check"} <= ids
    # Besides what was told there is at most the attempt in hand; old drafts are superseded.
    assert len(ids - {one for one, _ in told}) <= 1
    numbers = [one["answer"]["number"] for one in found]
    assert max(numbers) >= len(told) - 1


BAD_FILES = {
    "cut in half": (saved_record()[:80], "stored_cut"),
    "empty": (b"", "stored_broken"),
    "not utf-8": (b"\xff\xfe\x00", "stored_broken"),
    "not json": (b"<html>", "stored_broken"),
    "deep": (b'{"schema": ' + b"[" * 100_000, "stored_broken"),
    "other json": (b'{"a": 1}', "stored_foreign"),
    "newer": (saved_record(version=2), "stored_newer"),
    "version is true": (saved_record(version=True), "stored_wrong"),
    "other exercise": (saved_record(exercise="n03/x"), "stored_wrong"),
    "climbing exercise": (saved_record(exercise="../../etc/passwd"), "stored_wrong"),
    "too large": (b" " * 2_000_001, "stored_too_large"),
    "nan": (saved_record(answer={"a": float("nan")}), "stored_wrong"),
    "no answer": (saved_record(answer=None), "stored_wrong"),
    "30 February": (saved_record(at="2026-02-30T00:00:00.000000Z"), "stored_wrong"),
    "year 9999": (saved_record(at="9999-01-01T00:00:00.000000Z"), "stored_wrong"),
    "hints": (saved_record(hints=-1), "stored_wrong"),
    "key twice": (saved_record().replace(b'{"a": 1}', b'{"a": 1, "a": 2}'), "stored_wrong"),
}


@pytest.mark.parametrize(("data", "code"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_named_and_the_rest_is_read(tmp_path, data, code):
    store = Store(tmp_path)
    store.save(new_record("check", EXERCISE, {"good": 1}))
    path = foreign_file(tmp_path, data)
    for found in (store.attempts(EXERCISE), Store(tmp_path).all_records()):
        assert [one["answer"] for one in found] == [{"good": 1}]
    assert [(one.code, one.facts["words"]) for one in store.problems] == [(code, "odd.json")]
    assert path.read_bytes() == data


def test_foreign_things_in_the_folder_are_left_alone(tmp_path):
    store = Store(tmp_path)
    store.save(new_record("check", EXERCISE, {"good": 1}))
    foreign_file(tmp_path, b"x", "desktop.ini")
    foreign_file(tmp_path, b"x", ".hidden.json")
    (tmp_path / EXERCISE / "folder.json").mkdir()
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "Photos" / "Year 1").mkdir(parents=True)
    assert len(store.all_records()) == 1
    assert [one.facts["words"] for one in store.problems] == ["folder.json"]


def test_a_second_copy_by_a_synchronising_program_counts_once(tmp_path):
    store = Store(tmp_path)
    store.save(new_record("check", EXERCISE, {"a": 1}))
    path = stored(tmp_path)[0]
    shutil.copy(path, path.with_name(f"{path.stem} (conflicted copy).json"))
    assert len(Store(tmp_path).attempts(EXERCISE)) == 1


def test_names_are_safe_on_windows_and_nothing_is_overwritten(tmp_path):
    store = Store(tmp_path)
    for number in range(50):
        store.save(new_record("check", EXERCISE, {"number": number}))
    names = [one.name for one in stored(tmp_path)]
    assert len(names) == 50
    assert not [one for one in names if set(one) & set('<>:"/\\|?*')]


@pytest.mark.parametrize(
    "exercise", ["", "n03", "n03/", "../x/y", "n03/x/y", "N03/x", "con/x", "n03/nul", "tmp/x", 5]
)
def test_unsafe_exercise_ids_are_refused(tmp_path, exercise):
    with pytest.raises(SaveError):
        Store(tmp_path).save({**new_record("check", EXERCISE, {}), "exercise": exercise})
    assert list(tmp_path.iterdir()) == []


def test_a_draft_replaces_this_writers_draft_only(tmp_path):
    mine, other = Store(tmp_path), Store(tmp_path)
    other.save(new_record("draft", EXERCISE, {"by": "other"}))
    for number in range(5):
        mine.save(new_record("draft", EXERCISE, {"by": "mine", "number": number}))
    assert [one["answer"] for one in mine.attempts(EXERCISE)] == [
        {"by": "other"},
        {"by": "mine", "number": 4},
    ]
    mine.save(new_record("check", EXERCISE, {"by": "mine", "number": 5}))
    assert [one["kind"] for one in mine.attempts(EXERCISE)] == ["draft", "check"]
    other.save(new_record("draft", EXERCISE, {"by": "other", "late": True}))
    assert mine.latest(EXERCISE)["answer"] == {"by": "other", "late": True}


def test_the_new_draft_is_there_before_the_old_one_goes(tmp_path, monkeypatch):
    store = Store(tmp_path)
    store.save(new_record("draft", EXERCISE, {"number": 1}))
    there = []
    unlink = Path.unlink

    def watched(path, **rest):
        there.append(len(stored(tmp_path)))
        unlink(path, **rest)

    monkeypatch.setattr(Path, "unlink", watched)
    store.save(new_record("draft", EXERCISE, {"number": 2}))
    assert there == [2]


def test_time_runs_forward_when_the_clock_is_set_back(tmp_path, monkeypatch):
    store = Store(tmp_path)
    store.save(new_record("check", EXERCISE, {"number": 1}))
    monkeypatch.setattr(records.time, "time", lambda: 1_000_000_000.0)
    store.save(new_record("check", EXERCISE, {"number": 2}))
    assert [one["answer"]["number"] for one in store.attempts(EXERCISE)] == [1, 2]


def test_an_attempt_after_a_wrong_clock_still_sorts_last(tmp_path):
    future = saved_record(at="2299-01-01T00:00:00.000000Z")
    foreign_file(tmp_path, future)
    store = Store(tmp_path)
    assert len(store.attempts(EXERCISE)) == 1
    store.save(new_record("check", EXERCISE, {"newest": True}))
    assert store.latest(EXERCISE)["answer"] == {"newest": True}


def refuse(code):
    def fail(*_args):
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, "save_read_only"),
        (errno.EROFS, "save_read_only"),
        (errno.ENOSPC, "save_disk_full"),
        (errno.EIO, "save_not_writable"),
    ],
)
def test_what_could_not_be_written_is_kept_and_written_later(tmp_path, monkeypatch, number, code):
    store = Store(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(files, "_write_through", refuse(number))
        for place in range(3):
            with pytest.raises(SaveError) as caught:
                store.save(new_record("check", EXERCISE, {"place": place}))
            assert caught.value.code == code
    assert [one["answer"]["place"] for one in store.attempts(EXERCISE)] == [0, 1, 2]
    assert [one["answer"]["place"] for one in store.unsaved] == [0, 1, 2]
    assert stored(tmp_path) == []
    store.save(new_record("check", EXERCISE, {"place": 3}))
    assert store.unsaved == []
    found = Store(tmp_path).attempts(EXERCISE)
    assert [one["answer"]["place"] for one in found] == [0, 1, 2, 3]


def test_only_the_last_unsaved_draft_is_kept(tmp_path, monkeypatch):
    store = Store(tmp_path)
    monkeypatch.setattr(files, "_write_through", refuse(errno.ENOSPC))
    for number in range(3):
        with pytest.raises(SaveError):
            store.save(new_record("draft", EXERCISE, {"number": number}))
    assert [one["answer"] for one in store.unsaved] == [{"number": 2}]


def test_a_changed_answer_does_not_change_what_is_kept(tmp_path, monkeypatch):
    store = Store(tmp_path)
    monkeypatch.setattr(files, "_write_through", refuse(errno.ENOSPC))
    answer = {"goals": ["one"]}
    with pytest.raises(SaveError):
        store.save(new_record("check", EXERCISE, answer))
    answer["goals"].append("two")
    assert store.attempts(EXERCISE)[0]["answer"] == {"goals": ["one"]}


@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_file_in_place_of_the_folder(tmp_path, below):
    (tmp_path / "answers").write_text("a file")
    store = Store(tmp_path / "answers" / below)
    assert store.all_records() == []
    with pytest.raises(SaveError) as caught:
        store.save(new_record("check", EXERCISE, {"a": 1}))
    assert caught.value.code == "save_not_a_folder"
    assert "answers" in str(caught.value)
    assert len(store.attempts(EXERCISE)) == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is there on Linux only")
def test_a_folder_that_really_cannot_be_written():
    with pytest.raises(SaveError):
        Store(Path("/proc/cstrain")).save(new_record("check", EXERCISE, {"a": 1}))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_disk_that_really_is_full(tmp_path, monkeypatch):
    real = files._write_through

    def on_full_disk(path, data):
        path.symlink_to("/dev/full")
        with path.open("wb", buffering=0) as file:
            file.write(data)

    store = Store(tmp_path)
    monkeypatch.setattr(files, "_write_through", on_full_disk)
    with pytest.raises(SaveError) as caught:
        store.save(new_record("check", EXERCISE, {"a": 1}))
    assert caught.value.code == "save_disk_full"
    assert list((tmp_path / "tmp").iterdir()) == []
    monkeypatch.setattr(files, "_write_through", real)
    store.save(new_record("check", EXERCISE, {"a": 2}))
    assert len(Store(tmp_path).attempts(EXERCISE)) == 2


@pytest.mark.parametrize(
    "answer",
    [
        {"a": float("inf")},
        {"a": {1, 2}},
        {"a": object()},
        {1: "a"},
        {"a": 10**400},
        {"long": "x" * 2_000_001},
        "text",
    ],
    ids=["infinite", "set", "object", "number as key", "huge", "long", "no table"],
)
def test_an_answer_that_is_no_plain_value_is_refused_before_writing(tmp_path, answer):
    store = Store(tmp_path)
    with pytest.raises(SaveError) as caught:
        store.save(new_record("check", EXERCISE, answer))
    assert caught.value.code in {"save_wrong", "save_too_large"}
    assert store.unsaved == []


def test_chinese_stays_readable_and_half_a_character_survives(tmp_path):
    store = Store(tmp_path)
    store.save(new_record("check", EXERCISE, {"text": "满意度85%"}))
    assert "满意度85%" in stored(tmp_path)[0].read_text(encoding="utf-8")
    store.save(new_record("check", EXERCISE, {"text": "满\ud83d"}))
    assert Store(tmp_path).latest(EXERCISE)["answer"] == {"text": "满\ud83d"}


def test_reading_creates_nothing(tmp_path):
    store = Store(tmp_path / "not" / "there")
    assert store.all_records() == []
    assert store.latest(EXERCISE) is None
    assert list(tmp_path.iterdir()) == []


def test_given_up_files_are_cleared_after_36_hours(tmp_path):
    (tmp_path / "tmp").mkdir()
    for name, hours in (("old", 37), ("young", 35)):
        path = tmp_path / "tmp" / name
        path.write_bytes(b"{")
        os.utime(path, (time.time() - hours * 3600,) * 2)
    Store(tmp_path).save(new_record("check", EXERCISE, {}))
    assert [one.name for one in (tmp_path / "tmp").iterdir()] == ["young"]


def test_merge_adds_by_id_and_only_once(tmp_path):
    store = Store(tmp_path / "one")
    store.save(new_record("check", EXERCISE, {"a": 1}))
    store.save(new_record("draft", "n03/stretch_ratio", {"b": 2}))
    other = Store(tmp_path / "two")
    first = other.merge(store.all_records())
    again = other.merge(store.all_records() * 2)
    assert (first.added, first.known) == (2, 0)
    assert (again.added, again.known) == (0, 4)
    assert other.all_records() == store.all_records()


def test_folder_from_the_environment_or_the_users_data(monkeypatch, tmp_path):
    monkeypatch.setenv("CSTRAIN_ANSWERS", str(tmp_path))
    assert answers_folder() == tmp_path
    monkeypatch.delenv("CSTRAIN_ANSWERS")
    assert answers_folder().name == "answers"
    assert "cstrain" in answers_folder().parts


def test_record_bytes_hold_only_known_keys():
    made = {**new_record("check", EXERCISE, {"a": 1}), "points": 100}
    assert "points" not in json.loads(record_bytes(made))
