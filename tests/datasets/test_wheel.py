"""The package that people install has every table, index and card."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from cstrain.datasets import folder

ROOT = Path(__file__).resolve().parents[2]


def test_the_wheel_carries_every_table_index_and_card(tmp_path):
    pytest.importorskip("hatchling", reason="hatchling is not installed")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path]
    done = subprocess.run([*command, ROOT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    kinds = ("*/*.csv", "*/index.toml", "cards/*.md")
    wanted = {
        f"cstrain/_datasets/{file.relative_to(folder()).as_posix()}"
        for kind in kinds
        for file in folder().glob(kind)
    }
    assert wanted - packed == set()
    assert not [name for name in packed if "__pycache__" in name]
