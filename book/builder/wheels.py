"""Wheels for notebooks in the browser: pinned in lite/wheels.txt, fetched with pip, cached."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from builder.failures import BookError
from builder.places import BOOK

_LIST: Final = BOOK / "lite" / "wheels.txt"
_PIN: Final = re.compile(r"^(\w+)==(\S+) --hash=sha256:([0-9a-f]{64})$", re.MULTILINE)
# Pyodide 314 is Python 3.14; a wheel with compiled code would be of no use there.
_FOR: Final = ("--platform", "any", "--implementation", "py", "--abi", "none")
_SECONDS: Final = 300


class WheelsError(BookError):
    """The wheels could not be brought in; the text is a sentence with a way out."""


@dataclass(frozen=True)
class Wheel:
    """A wheel: the name that Pyodide calls the package by, its version, digest and file."""

    name: str
    module: str
    version: str
    sha256: str
    file: Path


def wheels() -> tuple[Wheel, ...]:
    """Return the pinned wheels, verified; they are fetched once and kept in the user's cache."""
    pins = _PIN.findall(_LIST.read_text(encoding="utf-8"))
    cache = platformdirs.user_cache_path("cstrain") / "wheels"
    if any(_found(cache, *pin) is None for pin in pins):
        _fetch(cache)
    return tuple(_wheel(cache, *pin) for pin in pins)


def _wheel(cache: Path, module: str, version: str, sha256: str) -> Wheel:
    file = _found(cache, module, version, sha256)
    if file is None:
        raise WheelsError(
            f"{module} {version} did not come as the pinned wheel; nothing was built."
        )
    return Wheel(module.replace("_", "-").lower(), module, version, sha256, file)


def _found(cache: Path, module: str, version: str, sha256: str) -> Path | None:
    for file in cache.glob(f"{module}-{version}-*.whl"):
        if hashlib.sha256(file.read_bytes()).hexdigest() == sha256:
            return file
    return None


def _fetch(cache: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        asked = ("--require-hashes", "--no-deps", "--only-binary", ":all:", *_FOR)
        command = [sys.executable, "-m", "pip", "download", "--python-version", "3.14", *asked]
        try:
            subprocess.run(  # noqa: S603 - our own interpreter with fixed arguments
                [*command, "--quiet", "--dest", scratch, "--requirement", str(_LIST)],
                check=True,
                capture_output=True,
                timeout=_SECONDS,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise WheelsError(
                "The packages for notebooks in the browser could not be fetched with pip. Connect "
                "to the network and build again, or build without these notebooks: --no-lite."
            ) from error
        cache.mkdir(parents=True, exist_ok=True)
        for file in Path(scratch).glob("*.whl"):
            # Written beside and renamed: two builds at once never read half a file.
            part = cache / f"{file.name}.{Path(scratch).name}.part"
            shutil.copyfile(file, part)
            part.replace(cache / file.name)
