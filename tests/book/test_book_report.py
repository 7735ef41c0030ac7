"""Carrying away in the book: report and certificate of a page, the same as on the command line."""

from __future__ import annotations

import re
from html import unescape

import pytest
from built_site import LANGUAGES

from cstrain.library.exercises import exercise
from cstrain.library.lessons import lesson
from cstrain.library.words import words
from cstrain.progress.exchange import export_text
from cstrain.progress.records import new_record
from cstrain.reports.certificate import make_certificate
from cstrain.reports.certificate_page import certificate_html
from cstrain.reports.report import report_html
from cstrain.reports.verifying import verify_page
from cstrain.reports.work import Wanted, attempts_of

pytestmark = pytest.mark.browser

FIRST_MS = 60_000  # until Python is there, on a busy machine
NAME = {"zh": "陈小雨", "en": 'Mia "<b>" Holm'}
ZONE = "Asia/Shanghai"


def said(language):
    return words("carry_words", language)


def records(language):
    names = lesson("n05").exercises
    return [new_record("check", one, exercise(one).model.answers[language]) for one in names]


def press(page, language, key):
    page.locator(".c-carry").get_by_role("button", name=said(language)[key], exact=True).click()


def saved(page):
    link = page.locator(".c-carry a[download]")
    link.wait_for(timeout=FIRST_MS)
    with page.expect_download() as download:
        link.click()
    return download.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_report_and_certificate_of_a_record(open_page, language, tmp_path):
    made = records(language)
    file = tmp_path / "record.json"
    file.write_text(export_text(made), encoding="utf-8")
    page = open_page(f"{language}/my_record.html", timezone_id=ZONE)
    page.locator(".c-carry").wait_for()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("100/100").wait_for(timeout=FIRST_MS)
    page.get_by_label(said(language)["scope"]).select_option("n05")

    press(page, language, "certificate")  # without a name: a sentence, and the way to the field
    page.locator(".c-carry .c-problem").wait_for(timeout=FIRST_MS)
    field = page.get_by_label(said(language)["name"])
    assert field.evaluate("one => one === document.activeElement")

    field.fill(NAME[language])
    press(page, language, "certificate")
    download = saved(page)
    day = re.fullmatch(
        r"cstrain-certificate-n05-(\d{4}-\d\d-\d\d)\.html", download.suggested_filename
    )[1]
    download.save_as(tmp_path / "certificate.html")
    text = (tmp_path / "certificate.html").read_bytes().decode("utf-8")
    wanted = Wanted("n05", language, day, NAME[language], 480)
    assert text == certificate_html(make_certificate(wanted, attempts_of(made)))
    assert verify_page(text).code == "matches"

    press(page, language, "report")
    open_it = page.locator(".c-carry").get_by_role("link", name=said(language)["open_file"])
    open_it.wait_for(timeout=FIRST_MS)
    with page.context.expect_page() as opened:
        open_it.click()
    report = opened.value
    report.wait_for_load_state()
    assert report.url.startswith("blob:")
    assert report.locator("article").count() == len(lesson("n05").exercises)
    expected = report_html(wanted, attempts_of(made))
    assert report.title() == unescape(re.search(r"<title>(.*?)</title>", expected)[1])
    report.evaluate("window.print = () => { document.title = 'printed' }")
    report.get_by_role("button").click()
    assert report.title() == "printed"

    hosts = {re.match(r"\w+:(//[^/]+)?", one)[0] for one in page.log}
    assert len({one for one in hosts if one.startswith("http:")}) == 1
    assert page.problems == []
    page.reload()
    page.locator(".c-carry").wait_for()
    assert page.get_by_label(said(language)["name"]).input_value() == NAME[language]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_record_page_is_accessible_on_a_phone(open_page, axe_source, scheme):
    page = open_page(
        "zh/my_record.html", viewport={"width": 390, "height": 844}, color_scheme=scheme
    )
    page.locator(".c-carry").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.evaluate(axe_source)
    found = page.evaluate("axe.run('main, .cstrain-record').then((all) => all.violations)")
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []


@pytest.mark.parametrize(("language", "width"), [("zh", 1280), ("en", 390)])
def test_report_and_certificate_are_accessible(browser, axe_source, language, width, tmp_path):
    attempts = attempts_of(records(language))
    wanted = Wanted("n05", language, "2026-03-31", NAME[language])
    pages = {
        "report": report_html(wanted, attempts),
        "certificate": certificate_html(make_certificate(wanted, attempts)),
    }
    shown = browser.new_page(viewport={"width": width, "height": 800}, bypass_csp=True)
    for name, text in pages.items():
        file = tmp_path / f"{name}.html"
        file.write_text(text, encoding="utf-8")
        shown.goto(file.as_uri())
        assert shown.evaluate("document.documentElement.scrollWidth") == width
        shown.evaluate(axe_source)
        found = shown.evaluate("axe.run().then((all) => all.violations)")
        bad = [one for one in found if one["impact"] in {"serious", "critical"}]
        assert [(one["id"], one["nodes"][0]["html"]) for one in bad] == []
    shown.close()
