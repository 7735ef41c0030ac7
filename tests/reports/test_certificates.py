"""The certificate: its code, what changes are found out, and that nobody gets one for nothing."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from learner_works import DAY, NAMES, certificate, page, poor, right, wanted

import cstrain
from cstrain.language import LANGUAGES
from cstrain.library.exercises import exercise
from cstrain.library.lessons import COURSE, lesson, lessons
from cstrain.library.words import words
from cstrain.progress.records import new_record
from cstrain.reports.certificate import (
    CertificateError,
    clean_name,
    make_certificate,
)
from cstrain.reports.certificate_page import certificate_html, total
from cstrain.reports.code import canonical, check_code, read_code
from cstrain.reports.reading import ReadingError, read_certificate
from cstrain.reports.verifying import verify_page, verify_record
from cstrain.reports.work import attempts_of

CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}")
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def remade(told):
    """Return the page of a certificate whose code was worked out anew, as a forger can."""
    return certificate_html(replace(told, code=told.right_code()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scope", ["n03", "n05", COURSE])
def test_a_certificate_says_what_was_done_and_what_it_proves(scope, language):
    told, shown = certificate(scope, language), page(scope, language)
    said = words("report_words", language)
    assert CODE.fullmatch(told.code)
    assert shown.count(told.code) == 2  # on the page and in its data
    assert f'<p class="who">{NAMES[language]}</p>' in shown
    assert said["proof"].format(version=cstrain.__version__) in shown
    assert total(told)[0] == total(told)[1] == (100 * len(lessons()) if scope == COURSE else 100)
    assert DAY in shown
    verdict = verify_page(shown)
    assert (verdict.code, verdict.kind) == ("matches", "good")
    for each in LANGUAGES:
        assert NAMES[language] in verdict.said(each)


def test_a_page_is_read_as_it_was_written():
    told = certificate()
    assert read_certificate(page()) == told
    assert certificate_html(read_certificate(page())) == page()


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        ('"name":"\\u9648', '"name":"\\u8d75', "changed"),
        ('"date":"2026-03-31"', '"date":"2026-03-30"', "changed"),
        ('"n05/blame_cycle":10', '"n05/blame_cycle":9', "changed"),
        ('"workbook":"', '"workbook":"9.', "changed"),
        ('"scope":"n05"', '"scope":"n06"', "changed"),
        ('"language":"zh"', '"language":"en"', "changed"),
        ("陈小雨</p>", "赵小雨</p>", "page_changed"),
        ("<dd>100 <small>", "<dd>1000 <small>", "page_changed"),
        ("</main>", "<p>With honours</p></main>", "page_changed"),
        ("<main>", "<main><!-- saved by a browser -->", "matches_saved"),
        ("\n", "\r\n", "matches"),
        ("<!DOCTYPE html>", "\ufeff<!DOCTYPE html>", "matches"),
        ('id="cstrain-certificate"', 'id="certificate"', "no_certificate"),
        ('"schema":"cstrain.certificate"', '"schema":"other"', "data_broken"),
        ('"version":1', '"version":2', "data_newer"),
        ('"version":1', '"version":true', "data_broken"),
        ('"version":1', '"version":1,"version":1', "data_broken"),
        ('"scope":"n05"', '"scope":"n77"', "scope_unknown"),
        ('"name":"', '"name":" ', "data_broken"),
        ('"name":"', '"name":"\\u202e', "data_broken"),
        ('"date":"2026-03-31"', '"date":"2026-02-31"', "data_broken"),
        ('"n05/blame_cycle":10', '"n05/blame_cycle":1e999', "data_broken"),
        ('"n05/blame_cycle":10', '"n05/blame_cycle":-1', "data_broken"),
        ('"points":{', '"points":[{', "data_broken"),
        ("</script>", "", "data_broken"),
    ],
)
def test_every_change_is_found_out(was, becomes, code):
    assert was in page()
    verdict = verify_page(page().replace(was, becomes))
    assert verdict.code == code
    for language in LANGUAGES:
        assert not re.search(r"\{\w+\}", verdict.said(language))


def test_two_certificates_in_one_file_are_none():
    assert verify_page(page() + page("n03")).code == "two_certificates"


def test_a_forger_who_works_out_the_code_still_needs_the_answers():
    told = certificate()
    better = replace(told, answers={}, points=told.points)
    assert verify_page(remade(better)).code == "points_differ"
    worse = replace(told, answers={}, points=dict.fromkeys(told.points, 0))
    assert verify_page(remade(worse)).code == "below_pass"
    other = replace(told, name="Somebody Else")
    verdict = verify_page(remade(other))  # nothing stops this, and the page says so
    assert (verdict.code, verdict.told.name) == ("matches", "Somebody Else")
    assert verdict.answers_mark() == verify_page(page()).answers_mark()


def test_another_version_is_named_and_scored_anew():
    told = replace(certificate(), workbook="0.0.9")
    verdict = verify_page(remade(told))
    assert (verdict.code, verdict.kind) == ("other_version", "good")
    assert "0.0.9" in verdict.said("en")
    assert cstrain.__version__ in verdict.said("en")
    fewer = replace(told, points={**told.points, "n05/blame_cycle": 5})
    assert verify_page(remade(fewer)).code == "other_version_differs"
    unknown = replace(told, answers={**told.answers, "n05/later": {"a": 1}})
    assert verify_page(remade(unknown)).code == "other_version"


def test_a_code_from_paper_is_compared():
    told = certificate()
    assert verify_page(page(), read_code(told.code.lower().replace("-", " "))).code == "matches"
    assert verify_page(page(), certificate("n03").code).code == "code_differs"


@pytest.mark.parametrize("scope", ["n05", COURSE])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_record_belongs_to_its_code_also_after_better_attempts(scope, language):
    names = ["n05"] if scope == "n05" else list(lessons())
    records = [one for each in names for one in right(each, language=language)]
    open_one = next(one for one in poor("n05", language) if one["exercise"] == "n05/blame_cycle")
    early = [
        {**one, "at": f"2026-03-30T10:00:0{place % 10}.000000Z"}
        for place, one in enumerate(records)
        if one["exercise"] != open_one["exercise"]
    ]
    early.append({**open_one, "at": "2026-03-30T11:00:00.000000Z"})
    told = make_certificate(wanted(scope, language), attempts_of(early))
    name = NAMES[language]
    assert verify_record(attempts_of(early), told.code, name=name, on=DAY).code == "record_matches"
    later = next(one for one in records if one["exercise"] == open_one["exercise"])
    after = attempts_of([*early, {**later, "at": "2026-06-01T10:00:00.000000Z"}])
    assert make_certificate(wanted(scope, language), after).code != told.code
    assert verify_record(after, told.code, name=name, on=DAY).code == "record_matches"
    for wrong in ({"name": "Other"}, {"on": "2026-03-30"}):
        asked = {"name": name, "on": DAY, **wrong}
        assert verify_record(after, told.code, **asked).code == "record_differs"
    assert verify_record({}, told.code, name=name, on=DAY).code == "record_differs"


@pytest.mark.parametrize(
    ("records", "name", "code"),
    [
        (right("n05"), "", "name_missing"),
        (right("n05"), " \u202e\u200b\x00 ", "name_missing"),
        ([], "Mia", "not_passed_yet"),
        (right("n05")[:2], "Mia", "not_passed_yet"),
        (right("n03"), "Mia", "not_passed_yet"),
    ],
    ids=["no name", "invisible name", "nothing", "too little", "another lesson"],
)
def test_what_is_missing_for_a_certificate_is_said(records, name, code):
    with pytest.raises(CertificateError) as caught:
        make_certificate(wanted("n05", name=name), attempts_of(records))
    assert caught.value.code == code
    if code == "not_passed_yet":
        assert "N05" in caught.value.said("zh")
        assert "60" in caught.value.said("en")


def test_points_in_a_record_are_not_believed():
    record = {**new_record("check", "n05/blame_cycle", {}), "points": 100}
    with pytest.raises(CertificateError, match="N05"):
        make_certificate(wanted("n05", "en"), attempts_of([record]))


@given(st.text(max_size=200))
def test_a_name_is_one_visible_line_and_stays_as_it_is(text):
    name = clean_name(text)
    assert clean_name(name) == name
    assert len(name) <= 60
    assert name == " ".join(name.split())
    assert not [one for one in name if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Co"}]
    name.encode("utf-8")


@settings(max_examples=30)
@given(st.text(min_size=1, max_size=70).filter(clean_name))
def test_whatever_the_name_the_certificate_holds(name):
    told = make_certificate(wanted("n05", name=name), attempts_of(right("n05")))
    shown = certificate_html(told)
    assert verify_page(shown.encode("utf-8").decode("utf-8")).code == "matches"
    assert shown.count("<script") == 1


@settings(max_examples=50)
@given(PLAIN, PLAIN)
def test_equal_values_have_equal_codes_and_others_have_others(one, other):
    back = json.loads(json.dumps(one))
    assert check_code({"a": one}) == check_code({"a": back})
    assert CODE.fullmatch(check_code({"a": one}))
    if canonical(one) != canonical(other):
        assert check_code({"a": one}) != check_code({"a": other})


@settings(max_examples=50)
@given(PLAIN)
def test_canonical_json_is_plain_and_means_the_same(value):
    assert json.loads(canonical(value)) == value
    canonical(value).encode("ascii")


@given(st.text(max_size=40))
def test_a_typed_code_is_read_or_refused(text):
    code = read_code(text)
    assert code is None or CODE.fullmatch(code)


@given(st.sampled_from(LANGUAGES).map(lambda one: certificate("n05", one).code), st.randoms())
def test_a_code_is_read_however_it_is_typed(code, random):
    signs = {"0": "0oO", "1": "1iIlL", "-": "-– "}
    typed = "".join(random.choice(signs.get(one, one + one.lower())) for one in code)
    assert read_code(typed) == code


@settings(max_examples=60)
@given(st.integers(0, len(page())), st.text(min_size=1, max_size=3), st.booleans())
def test_no_change_of_a_page_passes_as_it_was(at, put, instead):
    changed = page()[:at] + put + page()[at + (len(put) if instead else 0) :]
    verdict = verify_page(changed)
    if changed != page():
        unseen = "".join(changed.split()) == "".join(page().split())
        assert verdict.code != "matches" or changed.strip().replace("\r\n", "\n") == page().strip()
        assert verdict.kind != "good" or verdict.code == "matches_saved" or unseen
    if verdict.told:
        assert (verdict.kind == "bad") or verdict.told == certificate()


@settings(max_examples=60)
@given(st.text(max_size=30) | PLAIN.map(json.dumps))
def test_whatever_stands_in_the_data_nothing_is_raised(data):
    head, _, rest = page().partition('id="cstrain-certificate">')
    tail = rest.partition("</script>")[2]
    whole = f'{head}id="cstrain-certificate">{data}</script>{tail}'
    assert verify_page(whole).kind == "unread"


@pytest.mark.parametrize(
    "data",
    ["[" * 100_000, '{"a":' * 50_000, "9" * 10_000, '"' + "\\ud800" * 9, "NaN", "\x00"],
    ids=["deep list", "deep table", "long number", "half characters", "not a number", "zero"],
)
def test_hostile_data_is_broken_data(data):
    head, _, rest = page().partition('id="cstrain-certificate">')
    whole = f'{head}id="cstrain-certificate">{data}</script>{rest.partition("</script>")[2]}'
    assert verify_page(whole).code == "data_broken"


def test_a_huge_or_scattered_page_costs_little():
    with pytest.raises(ReadingError) as caught:
        read_certificate("x" * 20_000_001)
    assert caught.value.code == "file_too_large"
    for many in ("<", "<script>", "<!--", '<script type="application/json" id="cstrain-'):
        assert verify_page(page() + many * 100_000).kind in {"bad", "good"}


def test_an_answer_too_large_for_a_record_is_too_large_here():
    told = certificate()
    answers = {**told.answers, "n05/blame_cycle": {"order": "x" * 2_000_001}}
    assert verify_page(remade(replace(told, answers=answers))).code == "data_broken"


def test_half_a_character_in_an_answer_stays_in_the_code():
    about = lesson("n05").all_exercises()[3]
    answer = {**about.model.answers["zh"], "else": "\ud800"}
    records = [one for one in right("n05") if one["exercise"] != about.id]
    told = make_certificate(
        wanted("n05"), attempts_of([*records, new_record("check", about.id, answer)])
    )
    assert told.answers[about.id]["else"] == "\ud800"
    assert verify_page(certificate_html(told)).code == "matches"


FIELDS = {(name, one.key) for name in lesson("n06").exercises for one in exercise(name).fields}


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), PLAIN, min_size=1, max_size=4))
def test_whatever_the_answers_are_there_is_a_verdict(values):
    told = certificate("n06")
    answers = {key: dict(one) for key, one in told.answers.items()}
    for (name, key), value in values.items():
        answers[name][key] = value
    verdict = verify_page(remade(replace(told, answers=answers)))
    assert verdict.code in {"matches", "points_differ", "data_broken"}
