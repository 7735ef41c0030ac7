"""No KPI is missing: every code of the dictionary, every row of the table of anchors, both ways."""

import importlib

import pytest

from cstrain.goals.metrics import METRICS
from cstrain.kpi import explain
from cstrain.kpi.definitions import codes, definition
from cstrain.language import LANGUAGES

# A row of the table of anchors: its KPIs by code and Python name.
ANCHORS = [
    {"SL": "service_level"},
    {"EAR": "effective_answer_rate"},
    {"ANS": "answer_rate"},
    {"ABR": "abandonment_rate"},
    {"ASA": "average_speed_of_answer"},
    {"LWT": "longest_wait"},
    {"AHT": "average_handle_time"},
    {"AHQ": "handle_time_quantile"},
    {"OCC": "occupancy"},
    {"UTL": "utilization"},
    {"SHR": "shrinkage"},
    {"ADH": "schedule_adherence"},
    {"LOAD": "offered_load"},
    {"REQ": "required_agents"},
    {"FCR": "first_contact_resolution", "FCRI": "first_contact_resolution_by_issue"},
    {"RPT": "repeat_contact_rate"},
    {"TRF": "transfer_rate"},
    {"ESC": "escalation_rate"},
    {"FRT": "first_response_time"},
    {"R3M": "reply_within_3min_rate"},
    {"R30": "first_reply_30s_rate"},
    {"CSAT": "satisfaction_rate"},
    {"CSM": "csat_mean"},
    {"RSP": "survey_response_rate"},
    {"NPS": "nps"},
    {"CES": "ces"},
    {"CMP": "complaint_rate"},
    {"CHT": "complaint_handling_time"},
    {"COT": "complaint_on_time_rate"},
    {"REO": "reopen_rate"},
    {"BKA": "backlog_age", "BKL": "backlog"},
    {"QA": "qa_score"},
    {"CEA": "critical_error_accuracy"},
    {"KAP": "auditor_kappa"},
    {"GRD": "grade"},
    {"GAP": "servqual_gap"},
    {"WKS": "weighted_kpi_score"},
    {"MBO": "mbo_achievement"},
    {"S360": "score_360"},
    {"RFM": "rfm"},
    {"CRR": "retention_rate", "CHR": "churn_rate"},
    {"RPR": "repurchase_rate"},
    {"RET": "return_rate", "RFD": "refund_rate"},
    {"COL": "fee_collection_rate"},
    {"RPO": "repair_on_time_rate"},
    {"CPC": "cost_per_contact"},
    {"WAPE": "forecast_error"},
]
# What only the dictionary of the curriculum has.
DICTIONARY_ONLY = {
    "RST": "resolution_time",
    "SLA": "on_time_completion_rate",
    "NEG": "negative_review_rate",
    "REC": "review_recovery_rate",
    "RFT": "refund_time",
    "CHS": "refund_chase_rate",
    "RING": "three_ring_answer_rate",
    "ONT": "on_time_visit_rate",
    "CLR": "closed_loop_rate",
    "FTR": "first_time_fix_rate",
    "ATT": "attrition_rate",
    "RFC": "refund_goodwill_cost",
    "HDC": "headcount",
    "CLS": "contacts_closed",
    "EXM": "exam_score",
}
NAMES = {code: name for row in [*ANCHORS, DICTIONARY_ONLY] for code, name in row.items()}


def test_every_definition_is_in_the_table_and_every_row_has_one():
    assert len(ANCHORS) == 47
    assert {code: definition(code).python for code in codes()} == NAMES
    assert len(set(NAMES.values())) == len(NAMES)


def test_every_code_of_the_dictionary_has_a_definition():
    assert len(METRICS) == 41
    assert set(METRICS) <= set(codes())
    assert set(DICTIONARY_ONLY) <= set(METRICS)


@pytest.mark.parametrize("code", codes())
def test_found_by_code_and_by_python_name(code):
    assert definition(definition(code).python) is definition(code)


@pytest.mark.parametrize("code", [one for one in codes() if definition(one).function])
def test_functions_are_there_and_on_the_card(code):
    module, _, name = str(definition(code).function).partition(":")
    assert callable(getattr(importlib.import_module(module), name))
    for language in LANGUAGES:
        assert f"{module}:{name}" in explain(code, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_their_own(language):
    names = [definition(code).name[language] for code in codes()]
    assert sorted(names) == sorted(set(names))
