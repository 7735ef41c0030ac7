"""`check_whys`: points worked by hand, places found by cards, and junk of every kind."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstrain.causes.tree import WhyNode, WhyTree
from cstrain.causes.whys import KINDS, REASONS
from cstrain.datasets import rows
from cstrain.language import LANGUAGES
from cstrain.library.words import message, messages
from cstrain.rules.case_graph import case_graph
from cstrain.rules.why_check import WEIGHTS, check_whys
from cstrain.rules.why_levels import MOST_LEVELS, written
from cstrain.rules.why_places import stands
from cstrain.wording import sentence

GRAPH = rows("causal_graph")
# One card for each place of a chain, as the curriculum's list of cards has them.
CARDS = {
    "A1": ["A18", "A03", "A04", "A21", "A19", "A24"],
    "B1": ["B15", "B20", "B24", "B13", "B07", "B04", "B16"],
    "C1": ["C09", "C01", "C21", "C17", "C17"],
    "C2": ["C18", "C15", "C15", "C05", "C05"],
}
OWN = [
    "One agent is on duty from 18 h",
    "The others hold their hand-over meeting at 18 h",
    "The time of the meeting follows office hours and not the calls",
    "Nobody owns the report on call volumes",
    "The duty description of the front desk lead has no staffing review",
]


def chain_of(texts, cards=(), *, ours=True, **more):
    given_cards = [*cards, *[""] * len(texts)]
    return [
        {
            "id": f"n{place}",
            "parent": f"n{place - 1}" if place > 1 else "",
            "text": text,
            "evidence": given_cards[place - 1].split(),
            "controllable": ours if place == len(texts) else None,
            **more,
        }
        for place, text in enumerate(texts, start=1)
    ]


def texts_of(chain, language):
    return [one[f"text_{language}"] for one in GRAPH if one["chain"] == chain]


def case_tree(chain, language="zh", cards=None):
    head, *texts = texts_of(chain, language)
    return {"problem": head, "nodes": chain_of(texts, cards or CARDS[chain])}


def shares(report):
    return {one.key: round(one.share, 4) for one in report.parts}


def codes(report, key):
    return [one.code for one in report.part(key).items]


def test_the_weights_are_those_of_the_curriculum():
    assert WEIGHTS == {"depth": 25, "evidence": 25, "blame": 20, "links": 20, "root": 10}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chain", CARDS)
def test_the_true_chain_gets_everything(chain, language):
    assert check_whys(case_tree(chain, language), chain[0]).total == 100


def test_the_same_cards_in_another_case_are_no_evidence():
    # depth 25, blame 20, root 10; evidence and links nothing
    report = check_whys(case_tree("A1"), "B")
    assert shares(report) == {"depth": 1, "evidence": 0, "blame": 1, "links": 0, "root": 1}
    assert set(codes(report, "evidence")) == {"card_unknown"}


def test_evidence_and_links_go_by_share():
    # 6 levels; the card of level 4 speaks of nothing: 5/6 evidence, links 3-4 and 4-5 are open
    cards = [*CARDS["A1"][:3], "A05", *CARDS["A1"][4:]]
    report = check_whys(case_tree("A1", cards=cards), "A")
    assert shares(report) == {
        "depth": 1, "evidence": 0.8333, "blame": 1, "links": 0.6667, "root": 1,
    }  # fmt: skip
    assert report.total == pytest.approx(25 + 25 * 5 / 6 + 20 + 20 * 4 / 6 + 10, abs=1e-3)
    assert codes(report, "links") == ["open", "open_above"]
    assert "card_irrelevant" in codes(report, "evidence")


def test_a_step_left_out_is_named():
    head, *texts = texts_of("A1", "en")
    tree = {
        "problem": head,
        "nodes": chain_of([texts[0], *texts[2:]], [CARDS["A1"][0], *CARDS["A1"][2:]]),
    }
    report = check_whys(tree, "A")
    assert report.part("links").share == pytest.approx(4 / 5)
    assert codes(report, "links") == ["jump"]
    assert report.part("links").items[0].facts["words"] == texts[0]


@pytest.mark.parametrize(
    ("cards", "places", "links"),
    [
        # in order
        (["A18", "A03", "A04"], [1, 2, 3], ["next", "next", "next"]),
        # a card that speaks of two places goes where it gives most
        (["A18", "A18", "A04"], [1, 2, 3], ["next", "next", "next"]),
        # one place told in two levels counts once, a third time not
        (["A18", "A03", "A04", "A22", "A21"], [1, 2, 3, 4, 4], ["next"] * 4 + ["same"]),
        (["A04", "A22", "A21", "A10"], [3, 4, 4, 4], ["jump", "next", "same", "third"]),
        # the wrong way round: only as many as go down
        (["A04", "A18"], [None, 2], ["open", "open"]),
        # the card of the problem is no cause, an opinion no evidence
        (["A12", "A03"], [None, 2], ["open", "open"]),
        (["A17", "A03"], [None, 2], ["open", "open"]),
        # the last level is the root where it may be
        (["A24"], [6], ["jump"]),
    ],
)
def test_the_place_of_a_level_is_read_from_its_cards(cards, places, links):
    nodes = [
        WhyNode(f"n{place}", f"n{place - 1}" if place > 1 else "", "x", tuple(one.split()))
        for place, one in enumerate(cards, start=1)
    ]
    found = stands(nodes, case_graph("A")).values()
    assert [one.place and one.place.number for one in found] == places
    assert [one.link for one in found] == links


def test_two_chains_of_a_case_do_not_mix_on_one_way_down():
    nodes = [
        WhyNode("n1", "", "x", ("C09",)),
        WhyNode("n2", "n1", "x", ("C15",)),
        WhyNode("n3", "n1", "x", ("C01",)),
    ]
    found = stands(nodes, case_graph("C"))
    assert [found[key].place for key in ("n2",)] == [None]
    assert found["n3"].place.number == 2


def test_branches_count_all_levels_and_the_deepest_path_decides_depth():
    head, *first = texts_of("C1", "en")
    second = texts_of("C2", "en")[1:3]
    nodes = chain_of(first, CARDS["C1"])
    nodes += [
        {"id": "m1", "parent": "", "text": second[0], "evidence": ["C18"]},
        {"id": "m2", "parent": "m1", "text": second[1], "evidence": ["C11"]},
    ]
    report = check_whys({"problem": head, "nodes": nodes}, "C")
    # 7 levels, one without evidence for it, and so without its link
    assert shares(report) == {
        "depth": 1, "evidence": 0.8571, "blame": 1, "links": 0.8571, "root": 1,
    }  # fmt: skip


# --- own problems ------------------------------------------------------------------------------


def own(**more):
    cards = {"evidence": ["seen"], "back_test": True, **more}
    return {"problem": "The residents' hot line answers late from 18 to 19 h",
            "nodes": chain_of(OWN, **cards)}  # fmt: skip


def test_an_own_problem_by_what_was_written_and_confirmed():
    assert check_whys(own()).total == 100


def test_an_own_problem_without_evidence_or_back_test():
    # depth 25, no blame 20, root 10
    report = check_whys(own(evidence=[" "], back_test=None))
    assert report.total == 55
    assert set(codes(report, "evidence")) == {"no_evidence"}
    assert set(codes(report, "links")) == {"not_asked"}


def test_a_link_broken_by_the_learner_does_not_count():
    tree = own()
    tree["nodes"][2]["back_test"] = False
    report = check_whys(tree)
    assert report.total == 96
    assert codes(report, "links") == ["broken"]


@pytest.mark.parametrize(
    ("ours", "code"), [(True, "root_right"), (None, "root_not_asked"), (False, "root_not_ours")]
)
def test_the_root_is_ours_to_change(ours, code):
    tree = own()
    tree["nodes"][-1]["controllable"] = ours
    root = check_whys(tree).part("root")
    assert (root.share, root.code) == (float(ours is True), code)


def test_four_levels_are_not_deep():
    tree = {**own(), "nodes": own()["nodes"][:4]}
    depth = check_whys(tree).part("depth")
    assert (depth.share, depth.code) == (0, "depth_few")
    assert depth.facts["words"] == OWN[3]


@pytest.mark.parametrize(
    ("last", "code"),
    [
        ("They are lazy and do not care", "blame_found"),
        ("the weather", "dead_end"),
        ("We should hire more people", "dead_end"),
    ],
)
def test_blame_and_dead_ends_cost_twenty(last, code):
    tree = own()
    tree["nodes"][-1]["text"] = last
    found = check_whys(tree).part("blame")
    assert (found.share, found.code) == (0, code)
    assert found.items


def test_blame_counts_on_every_branch():
    tree = own()
    extra = {"id": "m1", "parent": "n1", "text": "They are lazy and careless", "evidence": ["x"]}
    tree["nodes"].append(extra)
    assert check_whys(tree).part("blame").code == "blame_found"


def test_an_opinion_card_is_a_finding_of_its_own():
    cards = ["A18 A17", *CARDS["A1"][1:]]
    report = check_whys(case_tree("A1", "en", cards), "A")
    assert report.total == 100
    assert [code for code, _ in report.part("evidence").notes] == ["opinion_card"]


def test_blank_levels_are_not_counted():
    tree = own()
    tree["nodes"].append({"id": "m1", "parent": "n5", "text": " … "})
    assert check_whys(tree) == check_whys(own())


# --- hard to break -----------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
NODES = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.sampled_from(["a", "b", "c", "d", "e"]),
            "parent": st.sampled_from(["", "a", "b", "c", "z"]),
            "text": st.sampled_from(["", "no rule", "We are lazy", "x" * 5000, "没有规定"]) | JSON,
            "evidence": st.lists(st.sampled_from(["A18", "A03", "A17", "C15", ""]), max_size=3),
            "back_test": st.sampled_from([True, False, None]),
            "controllable": st.sampled_from([True, False, None]),
        }
    ),
    max_size=8,
)


def well_formed(report):
    assert [one.key for one in report.parts] == list(WEIGHTS)
    assert all(0 <= one.share <= 1 for one in report.parts)
    assert 0 <= report.total <= 100
    for part in report.parts:
        said = [(part.code, part.facts), *part.notes]
        said += [(one.code, one.facts) for one in part.items]
        for code, facts in said:
            for language in LANGUAGES:
                assert sentence(message("whys_part", code), facts, language)


@given(JSON | st.fixed_dictionaries({"problem": JSON, "nodes": JSON}), JSON)
@settings(deadline=None)
def test_any_json_gives_a_report(value, case):
    well_formed(check_whys(value, case if isinstance(case, str) else None))


@given(NODES, st.sampled_from(["A", "C", None]))
@settings(deadline=None)
def test_any_tree_gives_a_report_with_sentences(nodes, case):
    well_formed(check_whys({"problem": "late", "nodes": nodes}, case))


@given(
    st.sampled_from(list(CARDS)),
    st.integers(0, 7),
    st.lists(st.sampled_from(["", "A18", "A05", "C15", "B07"]), min_size=7, max_size=7),
    st.integers(0, 6),
    st.booleans(),
)
@settings(deadline=None, max_examples=60)
def test_saying_a_level_twice_never_gains(chain, parent, cards, copied, own_problem):
    tree = case_tree(chain, "en", [*cards, *CARDS[chain]][: len(CARDS[chain])])
    nodes = tree["nodes"]
    copy = {**nodes[copied % len(nodes)], "id": "copy", "back_test": True, "controllable": True}
    copy["parent"] = f"n{parent}" if 0 < parent <= len(nodes) else ""
    case = None if own_problem else chain[0]
    before = check_whys(tree, case).total
    assert check_whys({**tree, "nodes": [*nodes, copy]}, case).total <= before


def test_every_code_that_can_occur_has_a_sentence():
    known = messages()["whys_part"]
    wanted = {f"level_{one}" for one in KINDS if one not in ("cause", "outside", "blame")}
    wanted |= {f"end_{one}" for one in KINDS if one not in ("cause", "blame")}
    wanted |= {f"root_{one.replace('.', '_')}" for one in REASONS["root_actionable"]} - {
        "root_process"
    }
    wanted |= {f"{key}_empty" for key in WEIGHTS}
    assert wanted - set(known) == set()


def test_hundreds_of_levels_take_no_time():
    nodes = [
        {"id": f"n{place}", "parent": f"n{place // 3}" if place // 3 else "",
         "text": f"{place} {'because ' * 400}", "evidence": ["C15", "C09"]}
        for place in range(1, 3000)
    ]  # fmt: skip
    tree = {"problem": "late", "nodes": nodes}
    began = time.perf_counter()
    report = check_whys(json.loads(json.dumps(tree)), "C")
    assert time.perf_counter() - began < 20
    well_formed(report)


def test_levels_beyond_the_most_are_left_and_said():
    nodes = [{"id": f"n{one}", "text": f"{one} {one * 7919} {one * 104729}"} for one in range(240)]
    report = check_whys({"problem": "late", "nodes": nodes})
    assert ("levels_left", {"count": 240 - MOST_LEVELS}) in report.part("depth").notes


def test_what_hangs_on_a_repeated_level_hangs_on_the_one_above():
    nodes = chain_of(["no roster", "no rule", "no roster", "no plan at all"])
    tree = {"problem": "late", "nodes": nodes}
    levels = written(WhyTree.from_plain(tree)[0])
    assert [(one.id, one.parent) for one in levels.nodes] == [
        ("n1", ""), ("n2", "n1"), ("n4", "n2"),
    ]  # fmt: skip
    assert [one.node.id for one in levels.repeated] == ["n3"]
