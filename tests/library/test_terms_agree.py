"""The same thing has the same name: glossary, KPI cards, and what learners read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cstrain.checking import check
from cstrain.kpi.definitions import definition
from cstrain.language import LANGUAGES
from cstrain.library.exercises import exercise
from cstrain.library.glossary import glossary
from cstrain.wording import say

ROOT = Path(__file__).resolve().parents[2]
# The glossary's term is wider than the KPI whose card explains it.
WIDER = {"on_time_rate", "recency_frequency_monetary_model"}
# Another name of a term, and the only files that may know it: they read what people write.
ELSEWHERE = {
    "联络中心": {"definitions.toml"},
    "员工流失率": {"metrics.toml"},
    "在册人数": {"metrics.toml"},
    "投影片": set(),
}
READ = [
    path
    for place, ending in (
        ("cstrain/content", "*.toml"),
        ("book/lessons", "*.md"),
        ("book/teaching", "*.toml"),
        ("datasets/cards", "*.md"),
    )
    for path in sorted((ROOT / place).rglob(ending))
    if "lexicon" not in path.parts
]


def bare(name):
    """Return a name without what stands in brackets behind it."""
    return re.sub(r"\s*[（(].*[)）]$", "", name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_with_a_kpi_has_its_name(language):
    linked = [one for one in glossary().values() if one.kpi]
    assert len(linked) >= 30
    differ = {
        one.id: (one.name[language], definition(one.kpi).name[language])
        for one in linked
        if one.id not in WIDER
        and bare(one.name[language]) != bare(definition(one.kpi).name[language])
    }
    assert differ == {}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_learners_read_one_name_of_a_thing(name):
    assert len(READ) > 100
    found = {path.name for path in READ if name in path.read_text(encoding="utf-8")}
    assert found <= ELSEWHERE[name]


def test_the_feedback_on_a_kpi_table_names_the_kpis():
    about = exercise("n04/case_kpi_table")
    told = say(check(about.id, about.model.answers["zh"]), "zh")
    labels = [one["label"] for one in told.findings[0]["items"]]
    assert labels
    assert not [one for one in labels if re.fullmatch(r"[A-Z]+", one)]
