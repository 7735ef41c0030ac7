"""Why trees and fishbones as Markdown, to be pasted into a report, in either language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Final

from cstrain.causes.case_test import CauseTest
from cstrain.causes.fishbone import Cause, Fishbone, Measure, top_causes
from cstrain.causes.forest import children_by_parent, in_depth
from cstrain.causes.names import bone_name, scheme_name
from cstrain.causes.own_test import OwnTest
from cstrain.causes.tree import WhyNode, WhyTree
from cstrain.language import Language
from cstrain.library.words import words

_DEEPEST: Final = 20  # steps of indenting; what lies deeper stays at the last one
_MARKUP: Final = re.compile(r"([\\`*_\[\]|~#$])")
# What would begin a list, a heading or a rule at the beginning of a line.
_BEGINNING: Final = re.compile(r"^([0-9]{1,9})?([-+=]|(?<=[0-9])[.)])")
_VERDICTS: Final = ("supported", "rejected", "untested")
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")


def fishbone_markdown(
    fishbone: Fishbone, language: Language, verdicts: Mapping[str, str] | None = None
) -> str:
    """Return a fishbone as Markdown.

    `verdicts` of the data by the cause's id: "supported", "rejected" or "untested".

    >>> fishbone_markdown(Fishbone(), "en").splitlines()[0]
    '# Fishbone: (not filled in)'
    """
    return "\n".join(_Writer(language, verdicts or {}).fishbone(fishbone)) + "\n"


def why_markdown(
    tree: WhyTree, language: Language, verdicts: Mapping[str, str] | None = None
) -> str:
    """Return a why tree as Markdown; `verdicts` of the data by the id of a why.

    >>> print(why_markdown(WhyTree("Calls wait", (), (WhyNode("n1", "", "One on duty"),)), "en"))
    # Five whys: Calls wait
    <BLANKLINE>
    - Why 1: One on duty
    <BLANKLINE>
    """
    return "\n".join(_Writer(language, verdicts or {}).why_tree(tree)) + "\n"


def plain_line(text: str) -> str:
    r"""Return learner's text as one line in which nothing is markup.

    >>> print(plain_line("# <b>a|b</b>"))
    \# &lt;b&gt;a\|b&lt;/b&gt;
    """
    line = " ".join(text.split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _BEGINNING.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", line))


class _Writer:
    def __init__(self, language: Language, verdicts: Mapping[str, str]) -> None:
        self.language = language
        self.verdicts = verdicts
        self.words = words("rca_words", language)

    def fishbone(self, fishbone: Fishbone) -> Iterator[str]:
        head = fishbone.head
        yield self._title("fishbone", head.statement)
        yield ""
        for key, text in head.as_plain().items():
            if key != "statement" and text.strip():
                yield f"- {self._line(key, plain_line(text))}"
        yield f"- {self._line('scheme', scheme_name(fishbone.scheme, self.language))}"
        yield from ("", f"## {self.words['causes']}")
        for bone in fishbone.categories:
            yield from ("", f"### {plain_line(bone_name(bone, self.language))}", "")
            yield from self._bone(fishbone, bone.id)
        for cause in fishbone.causes:
            if fishbone.whys.get(cause.id):
                yield from ("", f"## {self._named('why_tree', cause.text)}", "")
                yield from self._whys(fishbone.whys[cause.id], f"{cause.id}/")
        if fishbone.measures:
            yield from ("", f"## {self.words['measures']}", "")
            yield from self._measures(fishbone)

    def why_tree(self, tree: WhyTree) -> Iterator[str]:
        yield self._title("why_tree", tree.problem)
        if tree.evidence:
            yield from ("", self._evidence(tree.evidence))
        yield ""
        yield from self._whys(tree.nodes)

    def _bone(self, fishbone: Fishbone, bone: str) -> Iterator[str]:
        if not top_causes(fishbone, bone):
            yield self.words["no_causes"]
        on_bone = [one for one in fishbone.causes if one.category == bone]
        for level, one in in_depth(on_bone):
            yield f"{_indent(level - 1)}- {self._with(one.text, self._about(one))}"

    def _about(self, cause: Cause) -> Iterator[str]:
        if cause.votes:
            yield self._say("votes", count=str(cause.votes))
        if cause.top:
            yield self.words["top"]
        if cause.evidence:
            yield self._evidence(cause.evidence)
        own = None if cause.test is None else cause.test.own
        yield from self._tested(cause.test, own, self.verdicts.get(cause.id, ""))

    def _tested(self, test: CauseTest | None, own: OwnTest | None, verdict: str) -> Iterator[str]:
        if verdict in _VERDICTS:
            yield self.words[verdict]
        if own is not None:
            columns = [own.exposure.column, own.outcome.column, *own.strata]
            yield self._say("test", words=self._listed(list(filter(None, [own.table, *columns]))))
        elif test is not None and verdict not in _VERDICTS:
            yield self._say("test", words=self._listed([test.case, test.factor]))

    def _whys(self, nodes: Sequence[WhyNode], place: str = "") -> Iterator[str]:
        """Return a line for each why; a chain stays flat, only a branch steps in."""
        below = children_by_parent(nodes)
        step_of = {"": 0}
        for level, one in in_depth(nodes):
            step_of[one.id] = step_of[one.parent] + (len(below[one.parent]) > 1 and level > 1)
            label = self._say("why", count=str(level))
            line = self._with(one.text, self._said(one, place + one.id))
            yield f"{_indent(step_of[one.id])}- {self._say('line', label=label, words=line)}"

    def _said(self, node: WhyNode, key: str) -> Iterator[str]:
        if node.evidence:
            yield self._evidence(node.evidence)
        if node.back_test is not None:
            yield self.words["held" if node.back_test else "broken"]
        if node.controllable is not None:
            yield self.words["controllable" if node.controllable else "outside"]
        yield from self._tested(node.test, node.own, self.verdicts.get(key, ""))

    def _measures(self, fishbone: Fishbone) -> Iterator[str]:
        keys = ("measure", "cause", "impact", "effort", "ratio", "owner", "chosen")
        yield self._row([self.words[key] for key in keys])
        yield self._row(["---"] * len(keys))
        texts = {one.id: one.text for one in fishbone.causes}
        for one in fishbone.measures:
            yield self._row(self._cells(one, texts.get(one.cause, "")))

    def _cells(self, measure: Measure, cause: str) -> Iterator[str]:
        yield plain_line(measure.text) or self.words["empty"]
        yield plain_line(cause)
        yield "" if measure.impact is None else str(measure.impact)
        yield "" if measure.effort is None else str(measure.effort)
        yield "" if measure.ratio is None else f"{measure.ratio:.2f}".rstrip("0").rstrip(".")
        yield plain_line(measure.owner)
        yield self.words["yes"] if measure.chosen else ""

    def _row(self, cells: Iterable[str]) -> str:
        return f"| {' | '.join(cells)} |"

    def _title(self, kind: str, text: str) -> str:
        return f"# {self._named(kind, text)}"

    def _named(self, kind: str, text: str) -> str:
        return self._line(kind, plain_line(text) or self.words["empty"])

    def _line(self, key: str, text: str) -> str:
        return self._say("line", label=self.words[key], words=text)

    def _say(self, key: str, **facts: str) -> str:
        return _PLACEHOLDER.sub(lambda match: facts[match[1]], self.words[key])

    def _with(self, text: str, notes: Iterable[str]) -> str:
        shown = plain_line(text) or self.words["empty"]
        said = self._joined("noted", notes)
        if not said:
            return shown
        return self._say("aside", text=shown, notes=said)

    def _evidence(self, cards: Sequence[str]) -> str:
        return self._say("evidence", words=self._listed(cards))

    def _listed(self, many: Sequence[str]) -> str:
        return self._joined("listed", (plain_line(one) for one in many))

    def _joined(self, key: str, many: Iterable[str]) -> str:
        parts = list(many)
        if not parts:
            return ""
        return reduce(lambda first, then: self._say(key, first=first, then=then), parts)


def _indent(steps: int) -> str:
    return "  " * min(steps, _DEEPEST)
