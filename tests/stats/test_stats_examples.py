"""The examples in the docstrings run, and the room loads nothing but the standard library."""

import doctest
import importlib
import pkgutil
import subprocess
import sys

import pytest

import cstrain.stats

MODULES = [one.name for one in pkgutil.iter_modules(cstrain.stats.__path__, "cstrain.stats.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


def test_only_the_standard_library_is_loaded():
    names = [one for one in MODULES if not one.endswith("frame_counts")]
    script = f"import {', '.join(names)}, sys\nprint('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    loaded = {one.split(".")[0] for one in done.stdout.split()}
    assert loaded & {"numpy", "scipy", "pandas", "narwhals", "polars"} == set()
