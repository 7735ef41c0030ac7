"""What is copied out of a printed PDF is what the page says, and the PDF is still one."""

from __future__ import annotations

import io
import re
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from cstrain.commands.pdf_text import meant, mended_text
from cstrain.commands.printing import print_pdf

SAID = "人员培训 首次解决 长期 户主见面 门 鱼骨 里程碑 一二 8月～9月 office efficient offline"
PAGE = f'<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><h1>{SAID}</h1><p>{SAID}</p>'


def copied(pdf):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.browser
def test_words_copied_from_a_pdf_are_those_of_the_page(tmp_path, browser_path, monkeypatch):
    monkeypatch.setenv("CSTRAIN_BROWSER", str(browser_path))
    page, pdf = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(PAGE, encoding="utf-8")
    print_pdf(page, pdf)
    found = copied(pdf.read_bytes())
    assert {word for word in SAID.split() if word not in found} == set()
    assert set(found) - set(SAID) <= {"\n"}


def pdf_with(table):
    """Return a PDF of one page and one line, its glyphs 1 and 2 named by the table."""
    packed = zlib.compress(table)
    bodies = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources 7 0 R>>",
        b"<</Length 32>> stream\nBT /F 9 Tf 9 9 Td <0102> Tj ET  \nendstream",
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R>>",
        b"<</Filter /FlateDecode /Length %d>> stream\n%b\nendstream" % (len(packed), packed),
        b"<</Font <</F 5 0 R>>>>",
    ]
    whole, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(b"%010d 00000 n \n" % len(whole))
        whole += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    index = b"xref\n0 8\n0000000000 65535 f \n" + b"".join(places)
    end = b"trailer\n<</Size 8 /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(whole)
    return whole + index + end


def table_of(*blocks):
    opening = b"begincmap\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
    return opening + b"".join(blocks) + b"endcmap\n"


CHARS = b"2 beginbfchar\n<01> <2F08>\n<02> <2ED3>\nendbfchar\n"
RANGE = b"1 beginbfrange\n<01> <02> <2F00>\nendbfrange\n"
LETTERS = b"1 beginbfchar\n<01> <FB03>\nendbfchar\n1 beginbfrange\n<02> <02> <0063>\nendbfrange\n"
LISTED = b"1 beginbfrange\n<01> <02> [<2F08> <2F08>]\nendbfrange\n"
PLAIN = b"2 beginbfchar\n<01> <4EBA>\n<02> <0041>\nendbfchar\n"


@pytest.mark.parametrize(
    ("block", "words"),
    [(CHARS, "人长"), (RANGE, "一丨"), (LETTERS, "ffic")],
    ids=["chars", "range", "letters"],
)
def test_a_table_is_rewritten_behind_the_end(block, words):
    pdf = pdf_with(table_of(block))
    assert words not in copied(pdf)
    mended = mended_text(pdf)
    assert mended.startswith(pdf)
    assert words in copied(mended)
    assert mended_text(mended) == mended


@pytest.mark.parametrize("block", [PLAIN, LISTED], ids=["right", "unknown"])
def test_what_is_right_or_unknown_stays(block):
    pdf = pdf_with(table_of(block))
    assert mended_text(pdf) == pdf


@given(st.binary(max_size=80), st.integers(0, 600), st.booleans())
def test_a_broken_pdf_stays_what_it_is_or_grows(junk, place, cut):
    whole = pdf_with(table_of(CHARS))
    broken = whole[:place] + junk + whole[place + (len(junk) if cut else 0) :]
    assert mended_text(broken).startswith(broken)


@given(st.text())
def test_only_look_alikes_change(text):
    plain = re.sub("[\u2e80-\u2fdf\u301c\uf900-\ufb06]", "", text)
    assert meant(plain) == plain
    assert meant(meant(text)) == meant(text)
