"""Does a text read as a goal? A second reader, learnt from labelled texts, beside the rules.

The rules know the plain signs of a report, a question, a copied task. What they let through is
weighed here as a whole: how it is worded, where its numbers stand against the present levels,
how much of it is copied, and what the rules found in it. Each sign has a weight, the sum decides;
`bench/learn_goal_sense.py` learns the weights (logistic regression) and says how well they do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from cstrain.errors import ContentError
from cstrain.library.toml_file import CONTENT, shown_name
from cstrain.rules.smart_topic import Topic, is_known
from cstrain.text.reading import Reading
from cstrain.text.situation import Situation
from cstrain.text.wordings import copied_shares, place_of_numbers, steps, wordings

# The kinds of texts that are no goals, as far as they are learnt.
KINDS: Final = (
    "keywords", "withdrawn", "copied", "claim", "question", "undecided", "past_report", "slogan",
    "remark",
)  # fmt: skip
_OVERRULE: Final = 1.0  # log odds; on texts of left-out authors 12 goals are won back for 1 other
_LAST: Final = frozenset({"n:last=now", "n:last=reach", "n:last=other"})
WEIGHTS: Final = CONTENT / "lexicon" / "goal_sense.json"


@dataclass(frozen=True)
class Scale:
    """The weights of one question: the sum over all signs seen, and the bias, is the answer."""

    bias: float
    weights: Mapping[str, float]

    def sum(self, signs: Iterable[str]) -> float:
        """Return the sum; above 0 the answer is yes."""
        return self.bias + sum(self.weights.get(one, 0.0) for one in signs)


@dataclass(frozen=True)
class Sense:
    """What was learnt: whether a text is a goal, and what kind of text it rather is."""

    goal: Scale
    kinds: Mapping[str, Scale]


def signs(
    reading: Reading,
    situation: Situation,
    topic: Topic,
    kinds: Sequence[str],
    reasons: Iterable[str],
) -> set[str]:
    """Return the names of all signs of a text.

    `kinds` are the kinds of its sentences as the rules see them, `reasons` the codes of what the
    rules found in it.
    """
    seen = wordings(reading, is_known(topic))
    seen.update(f"k:{one}" for one in kinds)
    seen.update(f"kf:{one}" for one in kinds[:1])
    seen.update(f"kl:{one}" for one in kinds[-1:])
    seen.update(f"r:{one}" for one in reasons)
    copied, known = copied_shares(reading, topic.words)
    seen.update(steps("copied", copied, (0.3, 0.5, 0.65, 0.8, 0.95)))
    seen.update(steps("known", known, (0.2, 0.4, 0.6, 0.75, 0.9)))
    seen.update(_levels(reading, situation))
    # Whether the last level is the present one matters most where no deadline stands.
    limits = [one for one in seen if one.startswith("w:limit=")]
    seen.update(f"x:{one}|{limit}" for one in seen & _LAST for limit in limits)
    return seen


def rather_than_a_goal(seen: set[str], ruled: str | None) -> str | None:
    """Return the kind of text it rather is, None when it reads as a goal.

    `ruled` is the kind that the rules have found, if any: they are overruled only when the signs
    speak clearly for a goal.
    """
    sense = _sense()
    if sense.goal.sum(seen) > (_OVERRULE if ruled else 0.0):
        return None
    return ruled or max(sense.kinds, key=lambda kind: sense.kinds[kind].sum(seen))


def _levels(reading: Reading, situation: Situation) -> set[str]:
    now = {one.now for one in situation.metrics if one.now is not None}
    reach = {level for one in situation.metrics for level in one.reach.values()}

    def class_of(value: float) -> str:
        return "now" if value in now else "reach" if value in reach else "other"

    seen = set(place_of_numbers(reading, class_of))
    classes = [class_of(one.value) for one in reading.numbers]
    seen.update(steps("n:nows", classes.count("now"), (1, 2, 3, 4)))
    seen.update(steps("n:reaches", classes.count("reach"), (1, 2, 3, 4)))
    return seen


@cache
def _sense() -> Sense:
    try:
        raw = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        kinds = {kind: _scale(raw["kinds"][kind]) for kind in KINDS}
        return Sense(_scale(raw["goal"]), kinds)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        allowed = "what bench/learn_goal_sense.py writes"
        raise ContentError(shown_name(WEIGHTS), "file", found=error, allowed=allowed) from error


def _scale(raw: Mapping[str, Any]) -> Scale:
    return Scale(float(raw["bias"]), {key: float(one) for key, one in raw["weights"].items()})
