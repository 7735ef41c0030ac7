"""The learner's report: what stands in it, and that nothing a learner wrote can disturb it."""

from __future__ import annotations

import html.parser
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from learner_works import DAY, poor, right, wanted

from cstrain.desk import reply
from cstrain.language import HTML_LANG, LANGUAGES
from cstrain.library.lessons import lesson, lessons
from cstrain.library.words import texts, words
from cstrain.progress.records import new_record
from cstrain.reports.report import report_html
from cstrain.reports.work import Attempt, attempts_of, done_in
from cstrain.scoring import score

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\u202egnihton\u202c",
    "\x00\x07\u200b",
    "\ud800",
    "&lt;b&gt; {words} %s ${x}",
    "字" * 20_000,
]
VOID = {"meta", "br", "img", "circle", "line", "path", "rect", "polyline", "input", "hr", "wbr"}


class Reader(html.parser.HTMLParser):
    """Reads a page strictly: what is opened is closed, in order."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.attributes, self.text = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in {"style", "script"}:
            self.text.append(data)


def read(page):
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def is_alone(reader):
    """Say whether the page asks nobody for anything and runs only its own button."""
    places = {"src", "href", "srcset", "data", "action", "poster", "xlink:href", "background"}
    found = [value for name, value in reader.attributes if name in places]
    found += [value for name, value in reader.attributes if name == "style" and "url" in value]
    events = {(name, value) for name, value in reader.attributes if name.startswith("on")}
    asked = [one for one in found if not one.startswith("#")]
    scripts = reader.tags.count("script")
    return events <= {("onclick", "window.print()")} and scripts == 0 and asked == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scope", lessons())
def test_a_report_shows_answers_feedback_and_the_points_of_the_score(scope, language):
    records = [*poor(scope, language), *right(scope, language=language)[1::2]]
    attempts = attempts_of(records)
    page = report_html(wanted(scope, language), attempts)
    reader = read(page)
    text = "".join(reader.text)
    answers = {key: [one.answer for one in some] for key, some in attempts.items()}
    expected = score(scope, answers, language)
    assert f">{expected['points']:g}</text>" in page
    assert is_alone(reader)
    assert f'<html lang="{HTML_LANG[language]}">' in page
    for line, about in zip(expected["exercises"], lesson(scope).all_exercises(), strict=True):
        assert about.title[language] in text
        shown = re.escape(f"{round(line['points'], 2):g}") + r"</b>/" + f"{about.points:g}"
        assert re.search(shown, page)
    assert text.count(words("report_words", language)["my_answer"]) == len(answers)
    assert not re.search(r"\{\w+\}", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_of_the_course_has_every_lesson_that_was_begun(language):
    attempts = attempts_of([*right("n05", language=language), *poor("n06", language)])
    page = report_html(wanted("course", language), attempts)
    heads = re.findall(r"<h2>(N\d\d[^<]*)</h2>", page)
    assert [one[:3] for one in heads] == ["N05", "N06"]
    said = words("report_words", language)
    assert page.count(said["not_begun"]) == len(lessons()) - 2
    passed = sum(
        score(one, {key: [each.answer for each in some] for key, some in attempts.items()}, "en")[
            "passed"
        ]
        for one in lessons()
    )
    assert f"<dd>{passed}/{len(lessons())}</dd>" in page
    assert is_alone(read(page))


@pytest.mark.parametrize("figure", [("n05", "five_whys_case"), ("n06", "case_fishbone")])
def test_the_pictures_of_whys_and_fishbones_are_in_it(figure):
    scope, name = figure
    attempts = {key: some for key, some in attempts_of(right(scope)).items() if name in key}
    page = report_html(wanted(scope), attempts)
    assert page.count('<svg class="cstrain-figure"') == 1
    assert "<title>" in page.split("<svg class=", 2)[-1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scope", ["n03", "course"])
def test_an_empty_record_gives_a_report_that_says_how_to_begin(scope, language):
    page = report_html(wanted(scope, language, name=""), {})
    said = words("report_words", language)
    assert said["next_begin"] in page
    assert said["my_answer"] not in page
    assert is_alone(read(page))


def test_what_brings_the_most_points_is_named_first():
    attempts = attempts_of([*poor("n05"), *right("n05")[2:]])
    page = report_html(wanted("n05"), attempts)
    steps = re.findall(r"可再得([\d.]+)分", page)
    assert steps == sorted(steps, key=float, reverse=True)
    assert len(steps) == 2


def test_everything_right_leads_on_to_the_next_lesson():
    page = report_html(wanted("n05", "en"), attempts_of(right("n05", language="en")))
    assert "Next lesson: N06 Fishbone." in page


@pytest.mark.parametrize("words_of", HOSTILE)
def test_hostile_words_stay_words(words_of):
    answer = {"problem": words_of, "goal_1": words_of, "stories": {words_of: words_of}}
    records = [
        new_record("check", name, {field.key: words_of for field in about.fields} | answer)
        for about in lesson("n05").all_exercises()
        for name in (about.id,)
    ]
    tree = {"tree": {"problem": words_of, "nodes": [{"id": "a", "text": words_of}]}}
    records.append(new_record("check", "n05/five_whys_case", tree))
    page = report_html(wanted("n05", name=words_of), attempts_of(records))
    assert is_alone(read(page))
    assert "<script>alert" not in page
    assert words_of[:7] != "<script" or page.count("&lt;script&gt;alert(1)") >= 3
    assert not re.search("[\u202a-\u202e\x00-\x08\ud800-\udfff]", page)
    page.encode("utf-8")


def test_ten_thousand_attempts_are_counted_and_the_best_is_found():
    about = lesson("n03").all_exercises()[-1]
    best = new_record("check", about.id, about.model.answers["en"])
    others = [
        {**best, "id": f"{number:032x}", "answer": {"stories": {"alice": "SMART"[number % 5]}}}
        for number in range(10_000)
    ]
    attempts = attempts_of([*others, best])
    done = done_in("n03", attempts, "en")[0].exercises[-1]
    assert (done.points, done.attempts) == (about.points, 10_001)
    assert "10001 checks" in report_html(wanted("n03", "en"), attempts)


def test_exercises_of_another_version_are_counted_and_left_out():
    attempts = attempts_of([new_record("check", "n99/new", {"a": 1}), *right("n05")])
    assert "还有1道题" in report_html(wanted("course"), attempts)
    assert "还有1道题" not in report_html(wanted("n05"), attempts)


def test_of_two_equal_attempts_the_later_one_is_shown():
    name = lesson("n05").exercises[0]
    answers = [{"order": []}, {"order": None}]
    some = [Attempt(one, f"2026-03-0{day}T10:00:00.000000Z") for day, one in enumerate(answers, 1)]
    assert done_in("n05", {name: some}, "en")[0].exercises[0].best == some[1]


@pytest.mark.parametrize(
    ("offset", "day"), [(0, "2026-03-30"), (480, "2026-03-31"), (-300, "2026-03-30")]
)
def test_the_day_of_an_attempt_is_the_learners_own(offset, day):
    name = lesson("n05").exercises[0]
    about = lesson("n05").all_exercises()[0]
    some = [Attempt(about.model.answers["en"], "2026-03-30T20:00:00.000000Z")]
    page = report_html(wanted("n05", "en", offset_minutes=offset), {name: some})
    assert f"1 check, {day}" in page


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.sampled_from([*lesson("n03").exercises, "n99/x", "x"]),
        st.lists(
            st.fixed_dictionaries(
                {
                    "answer": st.dictionaries(
                        st.text(max_size=5), st.one_of(st.none(), st.integers(), st.text())
                    ),
                    "at": st.one_of(st.none(), st.text(max_size=8)),
                }
            ),
            max_size=2,
        ),
    ),
    st.text(),
)
def test_whatever_is_handed_over_the_desk_answers(attempts, name):
    asked = {"do": "document", "scope": "n03", "date": DAY, "attempts": attempts, "name": name}
    done = reply({**asked, "what": "report", "language": "zh"})
    assert done["do"] == "document"
    assert is_alone(read(done["text"]))
    refused = reply({**asked, "what": "certificate", "language": "en"})
    assert refused["do"] == "refused"


@pytest.mark.parametrize(
    "bad",
    [
        {"scope": "n99"},
        {"scope": None},
        {"date": "tomorrow"},
        {"date": None},
        {"attempts": [1]} | {"date": "2026-13-01"},
        {"attempts": {"n03/match_stories": [7]}},
        {"attempts": {"n03/match_stories": 7}},
    ],
    ids=str,
)
def test_a_bad_request_gets_a_sentence(bad):
    asked = {"do": "document", "what": "report", "scope": "n03", "date": DAY, "attempts": {}}
    done = reply({**asked, "language": "en", **bad})
    assert done["do"] == "error"


@pytest.mark.parametrize("file", ["report_words", "verify_words", "carry_words", "pdf_words"])
def test_both_languages_have_the_same_placeholders(file):
    for key, one in texts(file).items():
        zh, en = (sorted(re.findall(r"\{\w+\}", one[each])) for each in LANGUAGES)
        assert zh == en, key


@pytest.mark.parametrize("other", [("zh", "en"), ("en", "zh")], ids="-".join)
def test_answers_in_one_language_and_a_report_in_the_other(other):
    written, read_in = other
    attempts = attempts_of([*poor("n05", written), *right("n03", language=written)])
    for scope in ("n03", "n05"):
        done = {each: done_in(scope, attempts, each)[0].points for each in other}
        assert done[written] == done[read_in]
        page = report_html(wanted(scope, read_in), attempts)
        assert f'<html lang="{HTML_LANG[read_in]}">' in page
        assert is_alone(read(page))
