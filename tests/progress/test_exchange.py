"""Export files: what comes in is validated entry by entry, and nothing is ever raised."""

from __future__ import annotations

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstrain.library.words import messages
from cstrain.progress import exchange, store
from cstrain.progress.exchange import export_text, read_export
from cstrain.progress.records import new_record

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
NAME = st.text(string.ascii_lowercase + string.digits + "_", min_size=4, max_size=12)
RECORDS = st.lists(
    st.builds(
        new_record,
        st.sampled_from(["check", "draft"]),
        st.builds("{}/{}".format, NAME, NAME),
        st.dictionaries(st.text(), PLAIN, max_size=4),
        hints=st.integers(0, 3),
    ),
    max_size=4,
)


def document(**changes) -> str:
    attempts = [new_record("check", "n03/goal_card", {"a": 1})]
    whole = {"schema": "cstrain.record", "version": 1, "attempts": attempts}
    return json.dumps({**whole, **changes})


def changed(**changes) -> str:
    return document(attempts=[{**new_record("check", "n03/goal_card", {}), **changes}])


@given(RECORDS)
def test_what_goes_out_comes_back(records):
    imported = read_export(export_text(records))
    assert list(imported.records) == records
    assert imported.problems == ()


@given(st.text())
def test_any_text_is_survived(text):
    assert read_export(text).records == ()
    assert read_export(text).problems


@given(PLAIN, PLAIN)
def test_any_json_is_survived(attempts, entry):
    for one in (attempts, [entry], [attempts, entry]):
        imported = read_export(document(attempts=one))
        assert imported.records == ()


@given(st.sampled_from(sorted(new_record("check", "n03/goal_card", {}))), PLAIN)
def test_any_value_of_any_key_is_survived(key, value):
    imported = read_export(changed(**{key: value}))
    assert len(imported.records) + len(imported.problems) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file_broken"),
        ("   ", "file_broken"),
        (document()[:60], "file_cut"),
        (document()[:-1], "file_cut"),
        ("PK\x03\x04", "file_broken"),
        ("[" * 200_000, "file_broken"),
        ('{"a":' * 200_000, "file_broken"),
        ("[]", "file_foreign"),
        ("null", "file_foreign"),
        ("1" * 5000, "file_broken"),
        (document(schema="cstrain.attempt"), "file_foreign"),
        (document(version=2), "file_newer"),
        (document(version="1"), "file_foreign"),
        (document(version=True), "file_foreign"),
        (document(version=0), "file_foreign"),
        (document(attempts={}), "file_foreign"),
        (document().replace('"version": 1,', '"version": 1, "version": 1,', 1), "file_broken"),
        (" " * 50_000_001, "file_too_large"),
        ("好" * 17_000_000, "file_too_large"),
        (None, "file_foreign"),
        (b"{}", "file_foreign"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("file_") else "",
)
def test_a_file_that_cannot_be_taken(text, code):
    imported = read_export(text)
    assert imported.records == ()
    assert [one.code for one in imported.problems] == [code]


@pytest.mark.parametrize(
    ("changes", "code", "key"),
    [
        ({"version": 2}, "record_newer", None),
        ({"version": 1.0}, "record_wrong", "version"),
        ({"schema": "x"}, "record_foreign", None),
        ({"id": "A" * 32}, "record_wrong", "id"),
        ({"id": "../../../../../../../../etc/passwd"}, "record_wrong", "id"),
        ({"id": "0" * 31 + "\n"}, "record_wrong", "id"),
        ({"kind": "exam"}, "record_wrong", "kind"),
        ({"lesson": "n04"}, "record_wrong", "lesson"),
        ({"exercise": "n03/../x"}, "record_wrong", "exercise"),
        ({"exercise": "n03/goal_card\n"}, "record_wrong", "exercise"),
        ({"exercise": "n03/ｇ"}, "record_wrong", "exercise"),
        ({"exercise": "n03/nul"}, "record_wrong", "exercise"),
        ({"at": "2026-11-23"}, "record_wrong", "at"),
        ({"at": "２026-11-23T20:00:00.123456Z"}, "record_wrong", "at"),
        ({"at": "2026-11-23T25:00:00.123456Z"}, "record_wrong", "at"),
        ({"hints": True}, "record_wrong", "hints"),
        ({"hints": 1e9}, "record_wrong", "hints"),
        ({"answer": []}, "record_wrong", "answer"),
        ({"answer": {"a": float("inf")}}, "record_wrong", "answer"),
        ({"answer": {"a": 10**301}}, "record_wrong", "answer"),
    ],
)
def test_an_entry_that_cannot_be_taken(changes, code, key):
    imported = read_export(changed(**changes))
    assert imported.records == ()
    assert [one.code for one in imported.problems] == [code]
    assert imported.problems[0].facts.get("key") == key
    assert imported.problems[0].facts["number"] == 1


def test_infinity_by_a_large_exponent_is_seen():
    text = changed(answer={"a": 7.25}).replace("7.25", "1e999")
    assert [one.code for one in read_export(text).problems] == ["record_wrong"]


def test_a_deep_answer_is_refused_and_its_neighbour_taken():
    deep = {}
    for _ in range(60):
        deep = {"a": deep}
    entries = [new_record("check", "n03/goal_card", answer) for answer in (deep, {"a": 1})]
    imported = read_export(document(attempts=entries))
    assert [one["answer"] for one in imported.records] == [{"a": 1}]
    assert len(imported.problems) == 1


def test_scores_and_other_keys_are_not_taken():
    record = read_export(changed(points=100, passed=True)).records[0]
    assert not {"points", "passed"} & set(record)


def test_the_same_id_twice_is_taken_once():
    entry = new_record("check", "n03/goal_card", {"a": 1})
    imported = read_export(document(attempts=[entry, {**entry, "answer": {"a": 2}}]))
    assert [one["answer"] for one in imported.records] == [{"a": 1}]


def test_hostile_strings_stay_plain_data():
    hostile = "<script>alert(1)</script>\u202e\x00=cmd|' /C calc'!A0 ${x} {words} \ud800"
    record = read_export(changed(answer={hostile: hostile})).records[0]
    assert record["answer"] == {hostile: hostile}


def test_a_byte_order_mark_is_skipped():
    assert len(read_export("\ufeff" + document()).records) == 1


def test_a_thousand_bad_entries_are_counted_not_listed():
    imported = read_export(document(attempts=[None] * 1000))
    assert len(imported.problems) == 21
    assert imported.problems[-1].facts == {"count": 980}


def test_every_code_has_its_sentence():
    known = set(messages()["progress"])
    assert {*exchange.CODES, *store.CODES} <= known
