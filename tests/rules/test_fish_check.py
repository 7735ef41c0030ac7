"""`check_fishbone`: each line of the curriculum's list, worked by hand, and junk of every kind."""

import copy
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstrain.language import LANGUAGES
from cstrain.library.words import message, messages
from cstrain.rules.fish_check import WEIGHTS, check_fishbone
from cstrain.rules.fish_remedies import lacks_remedy
from cstrain.wording import sentence

BONES = ("people", "process", "policy", "product", "platform", "place")
CAUSES = [
    "four new agents serve most of the bedding orders",
    "a single person answers after 18 h",
    "nobody has to check a page before it goes online",
    "returns wait for Tuesday or Friday",
    "product data stand in no job description",
    "vouchers above CNY 30 wait for the owner",
    "the size table gives the carton",
    "boxes of storage goods are thin",
    "the template takes the wrong field",
    "agents cannot see the true size",
    "the warehouse is far from the agents",
    "dim light where parcels are packed",
]
DIG = [
    "The template fills the table from the packaging field",
    "Nobody who knows the goods read the field list",
    "Product data have no owner",
    "There is no step of checking before a page goes online",
    "The shop has no rule on who releases a page",
]
# 20 texts with nothing in common: the point is the count
MEASURES = [
    "name an owner", "second pair of eyes", "try on one page", "ruler in parcel",
    "sewn-in label", "alarm on reviews", "reply in public", "move lamps",
    "visit warehouse monthly", "write job cards", "weekly sample of ten", "refuse odd sizes",
    "show real photo", "text old buyers", "stronger carton", "evening shift pair",
    "inspect every day", "lift limit to 100", "split two fields", "quiz for beginners",
]  # fmt: skip
SUPPORTED = {"case": "A", "factor": "A1", "rows": "since_page", "strata": "late"}
REJECTED = {"case": "A", "factor": "D1", "rows": "since_page", "strata": "page"}


def whole():
    """Return a fishbone that has everything; 2 causes on each of 6 bones, 3 marked."""
    return {
        "head": {"statement": "Bad reviews have more than doubled",
                 "metric": "negative-review rate", "value": "9%", "standard": "4%"},
        "scheme": "6P",
        "categories": [{"id": one} for one in BONES],
        "causes": [
            {"id": f"c{place + 1}", "category": BONES[place // 2], "text": text,
             "votes": {0: 5, 2: 7, 6: 9}.get(place, 0), "top": place in (0, 2, 6),
             "test": {0: REJECTED, 6: SUPPORTED}.get(place)}
            for place, text in enumerate(CAUSES)
        ],
        "whys": {"c7": [
            {"id": f"n{place}", "parent": f"n{place - 1}" if place > 1 else "", "text": text}
            for place, text in enumerate(DIG, start=1)
        ]},
        "measures": [
            {"id": f"m{place}", "text": text, "cause": "c7", "impact": 5 if place < 3 else 2,
             "effort": 1, "chosen": place < 3}
            for place, text in enumerate(MEASURES)
        ],
    }  # fmt: skip


def lost(fishbone, case="A"):
    """Return the parts that are not reached, with their codes."""
    report = check_fishbone(fishbone, case)
    return {one.key: one.code for one in report.parts if one.share < 1}


def changed(change):
    fishbone = copy.deepcopy(whole())
    change(fishbone)
    return fishbone


def test_the_weights_are_those_of_the_curriculum():
    assert WEIGHTS == {
        "head": 10, "bones": 10, "causes": 15, "doubles": 5, "disguised": 5, "votes": 10,
        "whys": 15, "measures": 15, "chosen": 5, "verdicts": 10,
    }  # fmt: skip
    assert sum(WEIGHTS.values()) == 100


def test_everything_gets_everything():
    assert check_fishbone(whole(), "A").total == 100
    assert check_fishbone(whole()).total == 100


def test_nothing_gets_nothing():
    report = check_fishbone({}, "A")
    assert report.total == 0
    assert [one.code for one in report.parts] == [f"{key}_empty" for key in WEIGHTS]


def put(*path, to=None):
    """Return a change that puts the last of the path, or `to`, where the others lead."""
    *way, last, value = path if to is None else (*path, to)

    def change(fishbone):
        place = fishbone
        for key in way:
            place = place[key]
        place[last] = value

    return change


def drop(key, count):
    def change(fishbone):
        del fishbone[key][-count:]

    return change


def without_bones(*gone):
    def change(fishbone):
        for one in fishbone["causes"]:
            if one["category"] in gone:
                one["category"] = "people"

    return change


def every_cause(**values):
    def change(fishbone):
        for one in fishbone["causes"]:
            one.update(values)

    return change


def every_measure(**values):
    def change(fishbone):
        for one in fishbone["measures"]:
            one.update(values)

    return change


def rewritten(*texts):
    def change(fishbone):
        for place, text in enumerate(texts):
            fishbone["causes"][place + 7]["text"] = text

    return change


LINES = {
    "no metric": (put("head", "metric", " "), {"head": "head_open"}),
    "no figure": (put("head", "value", "much too high"), {"head": "head_open"}),
    "figure in words": (put("head", "value", "九成"), {}),
    "five bones": (without_bones("place"), {}),
    "four bones": (without_bones("place", "platform"), {"bones": "bones_few"}),
    "eleven causes": (drop("causes", 1), {"causes": "causes_few"}),
    "one on a bone": (put("causes", 11, "category", "people"), {"causes": "causes_thin"}),
    "written alike": (
        put("causes", 11, "text", "The size table gives the carton!"),
        {"causes": "causes_few", "doubles": "doubles_found"},
    ),
    "two disguised": (rewritten("lack of training", "not enough staff"), {}),
    "three disguised": (
        rewritten("lack of training", "not enough staff", "no money"),
        {"disguised": "disguised_many"},
    ),
    "none marked": (
        every_cause(top=False), {"votes": "votes_few_marked", "whys": "whys_not_on_top"},
    ),
    "four marked": (put("causes", 1, "top", to=True), {"votes": "votes_many_marked"}),
    "no votes": (every_cause(votes=0), {"votes": "votes_few_voted"}),
    "no dig": (put("whys", {}), {"whys": "whys_empty"}),
    "four levels": (lambda it: it["whys"]["c7"].pop(), {"whys": "whys_shallow"}),
    "dug elsewhere": (
        lambda it: it["whys"].update(c8=it["whys"].pop("c7")), {"whys": "whys_not_on_top"},
    ),
    "a level says nothing": (
        lambda it: it["whys"]["c7"][2].update(text="Nobody who knows the goods read the field list"),
        {"whys": "whys_shallow"},
    ),
    "nineteen measures": (drop("measures", 1), {"measures": "measures_few"}),
    "a measure without cause": (
        put("measures", 0, "cause", "gone"), {"measures": "measures_few"},
    ),
    "the same measure": (
        put("measures", 9, "text", "NAME an owner!"), {"measures": "measures_few"},
    ),
    "not rated": (put("measures", 9, "impact", None), {"chosen": "chosen_not_rated"}),
    "two chosen": (put("measures", 0, "chosen", to=False), {"chosen": "chosen_few"}),
    "four chosen": (put("measures", 9, "chosen", to=True), {"chosen": "chosen_many"}),
    "a better one left": (put("measures", 0, "effort", 5), {"chosen": "chosen_not_best"}),
    "ties in any order": (every_measure(impact=3, effort=3), {}),
    "nothing tested": (every_cause(test=None), {"verdicts": "verdicts_empty"}),
    "nothing rejected": (
        put("causes", 0, "test", None), {"verdicts": "verdicts_only_supported"},
    ),
    "nothing supported": (
        put("causes", 6, "test", None), {"verdicts": "verdicts_only_rejected"},
    ),
    "a test without strata": (
        put("causes", 6, "test", {**SUPPORTED, "strata": ""}),
        {"verdicts": "verdicts_only_rejected"},
    ),
    "an unfair test": (
        put("causes", 0, "test", {**REJECTED, "rows": "all_reviews", "strata": "none"}),
        {"verdicts": "verdicts_only_supported"},
    ),
    "one factor twice": (
        put("causes", 6, "test", {**REJECTED, "strata": "none"}),
        {"verdicts": "verdicts_same_factor"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_each_line_of_the_list(line):
    change, wanted = LINES[line]
    assert lost(changed(change)) == wanted


def test_a_verdict_written_into_the_answer_is_not_believed():
    forged = changed(every_cause(test=None, verdict="supported"))
    assert lost(forged) == {"verdicts": "verdicts_empty"}


def test_tests_before_another_case_do_not_count():
    assert lost(whole(), "B") == {"verdicts": "verdicts_only_untested"}


def test_four_bones_are_all_that_4s_has():
    bones = ("surroundings", "suppliers", "systems", "skills")
    fishbone = changed(put("scheme", "4S"))
    fishbone["categories"] = [{"id": one} for one in bones]
    for place, one in enumerate(fishbone["causes"]):
        one["category"] = bones[place // 3]
    assert lost(fishbone) == {}


def test_own_bones_and_nested_causes_count():
    fishbone = changed(put("scheme", "own"))
    fishbone["categories"] = [{"id": f"b{one}", "name": f"Station {one}"} for one in range(6)]
    for place, one in enumerate(fishbone["causes"]):
        one["category"] = f"b{place // 2}"
        one["parent"] = f"c{place}" if place % 2 else ""
    assert lost(fishbone) == {}


def test_a_marked_cause_with_fewer_votes_is_asked_about():
    notes = check_fishbone(changed(put("causes", 1, "votes", 6)), "A").part("votes").notes
    assert [(code, facts["words"], facts["words_other"]) for code, facts in notes] == [
        ("marked_below", CAUSES[0], CAUSES[1])
    ]


@pytest.mark.parametrize(
    ("text", "general"),
    [
        ("缺少培训", True), ("人手不足", True), ("员工缺乏服务意识", True), ("没有资金", True),
        ("系统不足。", True), ("Lack of staff training", True), ("Not enough money", True),
        ("We have no budget", True), ("staff shortage", True),
        ("知识文章没有负责人", False), ("新人没有做过E7排查的培训", False),
        ("退款系统没有状态提示", False), ("系统", False), ("没有人核对页面", False),
        ("No owner for knowledge articles", False), ("No training on the E7 fault tree", False),
        ("Training", False), ("", False),
    ],
)  # fmt: skip
def test_the_lack_of_a_general_remedy(text, general):
    assert lacks_remedy(text) is general


# --- hard to break -----------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


def well_formed(report):
    assert [one.key for one in report.parts] == list(WEIGHTS)
    assert all(one.share in (0, 1) for one in report.parts)
    for part in report.parts:
        said = [(part.code, part.facts), *part.notes]
        said += [(one.code, one.facts) for one in part.items]
        for code, facts in said:
            for language in LANGUAGES:
                assert sentence(message("fishbone_part", code), facts, language)


@given(JSON | st.fixed_dictionaries(dict.fromkeys(whole(), JSON)), JSON)
@settings(deadline=None)
def test_any_json_gives_a_report(value, case):
    well_formed(check_fishbone(value, case if isinstance(case, str) else None))


@given(
    st.sampled_from(["head", "causes", "measures", "whys", "scheme", "categories"]),
    JSON,
)
@settings(deadline=None)
def test_any_part_may_be_junk(key, value):
    well_formed(check_fishbone({**whole(), key: value}, "A"))


@given(
    st.sampled_from(["causes", "measures"]),
    st.integers(0, 19),
    st.integers(1, 20),
    st.sampled_from(BONES),
    st.booleans(),
)
@settings(deadline=None, max_examples=60)
def test_saying_something_twice_never_gains(key, copied, kept, bone, marked):
    fishbone = whole()
    fishbone[key] = fishbone[key][:kept]
    for one in fishbone["causes"]:
        one["top"] = one["top"] and marked
    before = check_fishbone(fishbone, "A").total
    entry = copy.deepcopy(fishbone[key][copied % len(fishbone[key])])
    entry["id"] = "copy"
    if key == "causes":
        entry |= {"category": bone, "top": True, "votes": 9, "test": SUPPORTED}
        fishbone["whys"]["copy"] = whole()["whys"]["c7"]
    else:
        entry |= {"chosen": True, "cause": "c1"}
    fishbone[key].append(entry)
    assert check_fishbone(fishbone, "A").total <= before


def test_every_part_has_a_sentence_for_nothing():
    assert {f"{key}_empty" for key in WEIGHTS} <= set(messages()["fishbone_part"])


def test_a_class_full_of_causes_takes_no_time():
    fishbone = whole()
    fishbone["causes"] = [
        {"id": f"c{one}", "category": "people", "text": f"{one} {'because ' * 600}"}
        for one in range(2000)
    ]
    fishbone["measures"] = [{"id": f"m{one}", "text": f"{one * 7919}"} for one in range(2000)]
    began = time.perf_counter()
    well_formed(check_fishbone(fishbone, "A"))
    assert time.perf_counter() - began < 20
