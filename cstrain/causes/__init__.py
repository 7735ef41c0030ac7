"""Causes: why trees and fishbones, their judges, their points, and causes before the data.

`check_whys` and `check_fishbone` give the curriculum's points, `judge_whys` and `judge_fishbone`
say what each entry is; all take the models or their plain JSON.

>>> from cstrain.causes import WhyTree, check_fishbone, check_whys
>>> WhyTree.from_plain({"problem": "Calls wait"})[0].problem
'Calls wait'
>>> check_whys({"problem": "Calls wait", "nodes": [{"text": "no roster"}]}).total
20.0
>>> check_fishbone({"head": {"statement": "Calls wait"}}).part("causes").code
'causes_empty'
"""

import importlib
from typing import Any, Final

from cstrain.causes.case_test import CauseTest
from cstrain.causes.exchange import Imported, export_text, read_export
from cstrain.causes.fishbone import Category, Cause, Fishbone, Head, Measure
from cstrain.causes.merging import Merged, merge
from cstrain.causes.tree import WhyNode, WhyTree

# Name -> module; imported on first use: they stand on the rules, which stand on the models here.
_HOME: Final = {
    "check_fishbone": "cstrain.rules.fish_check",
    "check_whys": "cstrain.rules.why_check",
    "judge_fishbone": "cstrain.causes.fish",
    "judge_whys": "cstrain.causes.whys",
}
__all__ = [  # noqa: PLE0604 - those imported later stand in one table
    "Category",
    "Cause",
    "CauseTest",
    "Fishbone",
    "Head",
    "Imported",
    "Measure",
    "Merged",
    "WhyNode",
    "WhyTree",
    "export_text",
    "merge",
    "read_export",
    *_HOME,
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'cstrain.causes' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)
