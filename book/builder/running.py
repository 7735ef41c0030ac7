"""Run a notebook, and keep of its outputs what is the same tomorrow and on another machine."""

from __future__ import annotations

import base64
import io
import os
import tempfile
from pathlib import Path
from typing import Final

from nbclient import NotebookClient

from builder.cells import Notebook, from_text, to_text
from builder.places import ROOT
from cstrain.errors import ContentError

_CELL_SECONDS: Final = 120
_WIDGET: Final = "application/vnd.jupyter.widget-view+json"
_PNG: Final = "image/png"
# Two Matplotlib builds place an edge's grey a little differently; a changed number or label
# differs by far more (mean difference of the pixels, of 255).
_SAME_PICTURE: Final = 1.0


def executed(made: Notebook, folder: Path) -> Notebook:
    """Run the notebook as if it lay in the folder, with an empty folder for the answers."""
    if not any(cell.cell_type == "code" for cell in made.cells):
        return made
    with tempfile.TemporaryDirectory() as answers:
        env = {**os.environ, "CSTRAIN_ANSWERS": answers}
        env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), env.get("PYTHONPATH")]))
        where = {"metadata": {"path": str(folder)}}
        client = NotebookClient(
            made,
            timeout=_CELL_SECONDS,
            kernel_name="python3",
            record_timing=False,
            allow_errors=True,  # told below, with the place
            resources=where,
            # Otherwise every kernel warns that it speaks plain TCP to this machine.
            extra_arguments=["--log-level=ERROR"],
        )
        client.execute(env=env)
    return _stable(made)


def same(stored: str, made: Notebook) -> bool:
    """Return whether the stored file is this notebook; pictures count as pixels."""
    try:
        old = from_text(stored)
    except ValueError:
        return False
    new = from_text(to_text(made))
    old_pictures, new_pictures = _take_pictures(old), _take_pictures(new)
    return (
        to_text(old) == to_text(new)
        and len(old_pictures) == len(new_pictures)
        and all(map(_same_picture, old_pictures, new_pictures))
    )


def _stable(made: Notebook) -> Notebook:
    """Drop widget views, which are dead without their kernel; refuse warnings and errors.

    What stays of an exercise is its printable form.
    """
    made.metadata.pop("widgets", None)
    for number, cell in enumerate(made.cells, start=1):
        for output in cell.get("outputs", []):
            if output.output_type == "error" or output.get("name") == "stderr":
                found = output.get("text") or output.get("evalue")
                source = made.metadata.cstrain.source
                raise ContentError(
                    source, f"output of cell {number}", found=found, allowed="no warning or error"
                )
            output.get("data", {}).pop(_WIDGET, None)
            if "metadata" in output:
                output.metadata = {}
    return made


def _take_pictures(made: Notebook) -> list[bytes]:
    taken = []
    for cell in made.cells:
        for output in cell.get("outputs", []):
            picture = output.get("data", {}).get(_PNG)
            if picture:
                taken.append(base64.b64decode(picture))
                output.data[_PNG] = ""
    return taken


def _same_picture(one: bytes, other: bytes) -> bool:
    if one == other:
        return True
    import numpy as np  # noqa: PLC0415 - only where bytes differ
    from PIL import Image  # noqa: PLC0415 - only where bytes differ

    first, second = (
        np.asarray(Image.open(io.BytesIO(raw)).convert("RGB"), dtype=float) for raw in (one, other)
    )
    if first.shape != second.shape:
        return False
    return float(np.abs(first - second).mean()) <= _SAME_PICTURE
