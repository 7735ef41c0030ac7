"""Lesson N05: the figures of its example agree with each other, in text and in pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from cstrain import compare
from cstrain.charts.picture import entry

LESSON = Path(__file__).resolve().parents[2] / "book" / "lessons" / "n05_five_whys.md"
TEXT = LESSON.read_text(encoding="utf-8")


def said(*figures):
    for figure in figures:
        assert TEXT.count(figure) >= 2, figure  # once in each language


@pytest.fixture(scope="module")
def calls():
    cells = re.findall(r"^    \((True|False), (True|False), (\d+), (\d+)\),$", TEXT, re.MULTILINE)
    rows = [
        (meeting == "True", newcomer == "True", place < int(late))
        for meeting, newcomer, late, every in cells
        for place in range(int(every))
    ]
    return pd.DataFrame(rows, columns=["meeting", "newcomer", "late"])


def test_the_head_of_the_chain_is_the_share_before_the_move(calls):
    before = calls[calls["meeting"]]
    share = f"{100 * before['late'].mean():.0f}%"
    assert len(before) == len(calls) - len(before) == 400
    assert share in entry("whys", "evening").text("problem")["zh"]
    said(share, "400")


def test_the_meeting_stands_and_the_newcomer_falls(calls):
    meeting = compare(calls, "meeting", "late", "newcomer")
    newcomer = compare(calls, "newcomer", "late", "meeting")
    assert (meeting.verdict, newcomer.verdict) == ("supported", "rejected")
    within = newcomer.stratified_ratio
    said(f"{newcomer.ratio.estimate:.2f}")
    said(*(f"{one:.2f}" for one in (within.estimate, within.low, within.high)))


def test_the_figure_says_the_shares_of_both_lines(calls):
    shares = calls.groupby(["newcomer", "meeting"])["late"].mean()
    said(*(f"{100 * one:.1f}%" for one in shares))
