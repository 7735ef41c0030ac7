"""The recipes as modules: scripts outside the package, imported for one test module only."""

import importlib
import sys

import pytest

from cstrain.datasets import folder

RECIPES = folder() / "recipes"


@pytest.fixture(scope="module")
def script():
    """Return a function that imports a script of the recipes' folder; all are forgotten after."""
    before = set(sys.modules)
    sys.path.insert(0, str(RECIPES))
    yield importlib.import_module
    sys.path.remove(str(RECIPES))
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(RECIPES)):
            del sys.modules[name]
