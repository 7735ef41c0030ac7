"""Causes: why trees and fishbones, their judges, and causes before the data.

>>> from cstrain.causes import WhyTree
>>> WhyTree.from_plain({"problem": "Calls wait"})[0].problem
'Calls wait'
"""

from cstrain.causes.exchange import Imported, export_text, read_export
from cstrain.causes.fishbone import Category, Cause, CauseTest, Fishbone, Head, Measure
from cstrain.causes.merging import Merged, merge
from cstrain.causes.tree import WhyNode, WhyTree

__all__ = [
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
]
