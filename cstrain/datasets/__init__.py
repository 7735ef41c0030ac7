"""The shipped tables: typed rows by the standard library, or a pandas frame.

A table of a case is named after its case, "A.orders"; the small tables have plain names.

>>> len(typed_rows("goal_tree"))
18
"""

from cstrain.datasets.cards import card_text
from cstrain.datasets.frames import load_dataset
from cstrain.datasets.index import Column, Table, case_title, dataset_names, table
from cstrain.datasets.places import CASES, folder, shelves
from cstrain.datasets.reading import rows, typed_rows

__all__ = [
    "CASES",
    "Column",
    "Table",
    "card_text",
    "case_title",
    "dataset_names",
    "folder",
    "load_dataset",
    "rows",
    "shelves",
    "table",
    "typed_rows",
]
