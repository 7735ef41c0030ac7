"""The questions of an exercise that puts causes before the data, made from the tests themselves."""

from __future__ import annotations

from typing import Any, Final

from cstrain.errors import ContentError
from cstrain.language import Text
from cstrain.library.cause_tests import CauseTest, cause_test
from cstrain.library.words import texts

VERDICTS: Final = ("supported", "rejected", "untested")


def asked_of(case: Any, factors: Any) -> dict[str, Any]:
    """Return parts, questions and engine of a builder field, as an exercise file would have them.

    Each factor is a part with three questions: its rows, its strata, and below the preview the
    verdict.

    >>> [one["key"] for one in asked_of("A", ["D1"])["questions"]]
    ['D1_rows', 'D1_strata', 'D1_verdict']
    """
    if not isinstance(factors, list) or not factors:
        allowed = "a list of factors"
        raise ContentError("exercise", "tests.factors", found=factors, allowed=allowed)
    tests = [cause_test(case, one) for one in factors]
    return {
        "engine": "effect",
        "about": {"case": case, "factors": list(factors)},
        "parts": [{"key": one.factor, **_both(one.name)} for one in tests],
        "questions": [question for one in tests for question in _questions(one)],
        "cases": [{"key": case, "args": {}}],
        "preview": case,
        "compact": True,
    }


def _questions(test: CauseTest) -> list[dict[str, Any]]:
    verdicts = [{"key": one, **_both(texts("effect_words")[f"verdict_{one}"])} for one in VERDICTS]
    rows = [{"key": one.key, **_both(one.label)} for one in test.rows]
    strata = [{"key": one.key, **_both(one.label)} for one in test.strata]
    return [
        _question(test, "rows", rows),
        _question(test, "strata", strata),
        {**_question(test, "verdict", verdicts), "after": True},
    ]


def _question(test: CauseTest, kind: str, options: list[dict[str, Any]]) -> dict[str, Any]:
    asked = texts("effect_words")[f"ask_{kind}"]
    label = {
        language: asked[language].format(
            exposed=test.exposed[language], outcome=test.outcome[language]
        )
        for language in ("zh", "en")
    }
    return {
        "key": f"{test.factor}_{kind}",
        "part": test.factor,
        "label": label,
        "options": options,
    }


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
