"""HTML printed to PDF by the browser of this machine; and what is said when it cannot be."""

from __future__ import annotations

import re
import time

import pytest

from cstrain.commands.printing import FIXED_TIME, PrintingError, find_browser, print_pdf
from cstrain.language import LANGUAGES

PAGE = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>报告</title>
<style>@page { size: A4; margin: 20mm } p { break-after: page }</style></head>
<body><h1>一</h1><p>一页</p><h1>二</h1><img alt="" src="http://example.invalid/x.png"></body></html>
"""


@pytest.mark.browser
def test_the_same_page_is_the_same_pdf_at_another_time(tmp_path, browser_path, monkeypatch):
    monkeypatch.setenv("CSTRAIN_BROWSER", str(browser_path))
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    first, second = tmp_path / "a" / "first.pdf", tmp_path / "a" / "second.pdf"
    print_pdf(page, first)
    time.sleep(1.1)  # a PDF's times have seconds
    print_pdf(page, second)
    pdf = first.read_bytes()
    assert pdf == second.read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(FIXED_TIME) == 2
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 2
    assert b"/StructTreeRoot" in pdf  # tagged, for screen readers
    assert b"/Lang (zh-Hans)" in pdf
    assert sorted(one.name for one in first.parent.iterdir()) == ["first.pdf", "second.pdf"]


def test_without_a_browser_a_sentence_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.delenv("CSTRAIN_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("cstrain.commands.printing._FILES", (str(tmp_path / "none"),))
    with pytest.raises(PrintingError) as caught:
        find_browser()
    for language in LANGUAGES:
        assert "CSTRAIN_BROWSER" in caught.value.said(language)


@pytest.mark.parametrize("kind", ["missing", "no_program"])
def test_a_named_browser_that_is_none(tmp_path, monkeypatch, kind):
    named = tmp_path / "browser"
    if kind == "no_program":
        named.write_text("no program", encoding="utf-8")
        named.chmod(0o755)
    monkeypatch.setenv("CSTRAIN_BROWSER", str(named))
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    with pytest.raises(PrintingError, match="CSTRAIN_BROWSER"):
        print_pdf(page, tmp_path / "page.pdf")
    assert not (tmp_path / "page.pdf").exists()


@pytest.mark.parametrize(
    ("script", "code"),
    [("#!/bin/sh\necho broken >&2\nexit 3\n", "not_printed"), ("#!/bin/sh\nsleep 9\n", "too_slow")],
)
def test_a_browser_that_fails_or_hangs_leaves_nothing(tmp_path, monkeypatch, script, code):
    browser, page = tmp_path / "browser", tmp_path / "page.html"
    browser.write_text(script, encoding="utf-8")
    browser.chmod(0o755)
    page.write_text(PAGE, encoding="utf-8")
    monkeypatch.setenv("CSTRAIN_BROWSER", str(browser))
    monkeypatch.setattr("cstrain.commands.printing._LIMIT_S", 0.5)
    with pytest.raises(PrintingError) as caught:
        print_pdf(page, tmp_path / "page.pdf")
    assert caught.value.code == code
    assert sorted(one.name for one in tmp_path.iterdir()) == ["browser", "page.html"]


def test_a_page_or_a_folder_that_is_not_there(tmp_path, browser_path, monkeypatch):
    monkeypatch.setenv("CSTRAIN_BROWSER", str(browser_path))
    with pytest.raises(PrintingError) as caught:
        print_pdf(tmp_path / "none.html", tmp_path / "page.pdf")
    assert caught.value.code == "no_page"
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "file").touch()
    with pytest.raises(PrintingError) as caught:
        print_pdf(tmp_path / "page.html", tmp_path / "file" / "page.pdf")
    assert caught.value.code == "not_written"
