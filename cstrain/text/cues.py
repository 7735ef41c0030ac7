"""Small patterns of both languages that several modules look for around numbers and times."""

from __future__ import annotations

import re
from typing import Final

ARROW_BEFORE: Final = re.compile(r"(?:→|->|=>|>>)\s*$")
ARROW_BEHIND: Final = re.compile(r"\s*(?:→|->|=>|>>)")
TO_NEXT: Final = re.compile(
    r"\s*[提升降压缩增减涨拉短高强达]{0,2}(?:[到至→]|to|->|=>|down to|up to|to about|to around)"
    r"\s*(?:about|around|under|at most|约)?\s*$"
)
LABEL: Final = re.compile(
    r"(?:\bno\.?|#|第|\bv|\bkr|\btier[ -]|\blevel[ -]|\bphase |\bstep |\bversion |\bext\.? |"
    r"\biso ?)\s?$"
)
LIST_NUMBER: Final = re.compile(r"\s?(?:[.)、]|\.\s)(?!\d)")
SCALE: Final = re.compile(r"(?:\bout of|满分|\d of) ?$")
LABELLED: Final = re.compile(r"[:=]\s*$")
WEAK_GAP: Final = re.compile(r"[a-z\s\u3400-\u9fff:=≥≤<>~(\"'-]*")
MORE_BEHIND: Final = re.compile(
    r" (?:more|fewer|less|higher|lower|faster|shorter|quicker|reduction|increase|improvement|"
    r"drop|decrease|cut|rise)\b(?! than \d)"
)
HAN: Final = re.compile(r"[\u3400-\u9fff]")
LETTER: Final = re.compile(r"[a-z\u3400-\u9fff]")
REPEAT: Final = re.compile(r"([\u3400-\u9fffa-z])\1{2,}")
ALONE: Final = re.compile(r"(?<=\s)[\u3400-\u9fff](?=\s|$)")
PARTICLE_END: Final = re.compile(r"[吗呢么][\s?!。.\"]*$")
STRONG_DEADLINE: Final = re.compile(
    r"\b(?:by|before|until|within|next|no later than)\b|[前内]|截止|截至|^[到至]"
)
WORD_BREAK: Final = re.compile(r"[\s,;/|、•:.。\n-]+")
PRONOUN_VERB: Final = re.compile(r"\b(?:we|i|they|she|he|team|group|desk|us|staff|agents|it|"
                                 r"rate|time|wait|score)(?: (?:have|has|had|all|also|already|"
                                 r"then|successfully|finally))? $")  # fmt: skip
EVENT: Final = re.compile(
    r"\b(?:before|by the time|until|ahead of|when|as soon as|by) (?:the |"
    r"our )?(?P<en>[a-z0-9 -]{4,60})"
    r"|(?P<zh>[\u3400-\u9fffa-z0-9]{2,14})(?:之前|以前|前)"
)
PART_END: Final = re.compile("[;；。.]")
PER_CASE: Final = re.compile(
    r"(?:[后]|接到|收到|每|所有|凡|即|\bof (?:receipt|the|a|receiving|arrival|purchase|each|"
    r"every|their|being)|\bafter |\beach\b|\bevery\b|\ball\b|\bany\b|\breceiv)"
)
STARTED: Final = re.compile(r"\bfrom |[由从]|\(|: ?$")
UP_TO: Final = re.compile(r"(?:\bby|to|at|between|reach|[到至达在]) ?$")
MORE_OF: Final = re.compile(r"\bmore |多$")
TEAM_PARTS: Final = re.compile(r"[、,;:和]| and ")
WILL: Final = re.compile("[要应将把让]")
BARE_TO: Final = frozenset({"to", "到", "至", "-", "~"})
# Words between a marker and a number that do not yet make it the level wanted.
WEAK_TO: Final = frozenset({"of", "is", "be", "to", "and", "at", "为", "是"})
ZERO: Final = frozenset({"零", "zero"})
RELATIONS: Final = "→≥≤<>"
SUBJECT: Final = re.compile(r"\b(?!to|be|been|get|is|are|was|were|has|have|not|and|or)[a-z]+ $")
# "The desk cut" tells of the past: in the present it would be "cuts".
ONE_WHO: Final = re.compile(
    r"(?<!help )(?<!let )(?<!make )\b(?:the|our|this) (?:[a-z-]+ ){0,2}[a-z]*[a-rt-z] $"
)
LETTERS_IN_A_ROW: Final = re.compile(r"\bs\b.{0,60}\bm\b.{0,60}\ba\b.{0,60}\br\b.{0,60}\bt\b")
COMPARED: Final = re.compile(r"比(?:上|去|前|往)|同比|环比|截至|辛苦了|\bthan (?:in|last|the)\b")
LIST_MARK: Final = re.compile(r"[,;、/|\n•]+|\s-+\s")
LEARNT: Final = re.compile(
    r"\b(?:training|course|workshop|session|drill|coaching|briefing|lesson|train|"
    r"coach)s?\b[^.;]{0,50}? "
    r"(?:on|about|in how|covering|in handling|in the|in(?= [a-z]+ing\b)) (?:the |how )?"
    r"(?!all|every|the|january|february|march|april|may|june|july|august|september|october|"
    r"november|"
    r"december|q\d|\d)[a-z]{3,}"
)
ADDED: Final = re.compile(r"(?:新增|增设|添置|加装|新添|\badd(?:s|ing)?)\s?$")
