"""Whole notebooks in the browser: a JupyterLite with every lesson, the wheel and the data.

One JupyterLite serves both languages. What notebooks import stands in a list of packages of its
own beside it, so that `import cstrain` in a cell is all it takes; the pages' Python stays as it is.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from builder.assessment import withheld
from builder.cells import read_notebook, to_text
from builder.failures import BookError
from builder.lite_cells import for_browser
from builder.lite_place import APPS
from builder.one_build import Build
from builder.places import NOTEBOOKS, ROOT, pages
from builder.plain_python import COMPILED
from builder.pyodide import pinned_lock
from builder.wheels import Wheel, wheels
from cstrain.language import LANGUAGES, Language

_PLUGIN: Final = "@jupyterlite/pyodide-kernel-extension:kernel"
_EXTENSIONS: Final = (
    "@jupyter-widgets/jupyterlab-manager",
    "@jupyterlite/pyodide-kernel-extension",
    "anywidget",
)
_CHINESE: Final = {"@jupyterlab/translation-extension:plugin": {"locale": "zh_CN"}}
# All cells are there at once: finding a word and jumping to an exercise work as on a page.
_SETTINGS: Final = {
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},  # dark where the system is
}
# What our packages import, beyond what the list of Pyodide says of them.
_NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "anywidget": ("ipywidgets", "psygnal", "typing-extensions"),
    "comm": ("traitlets",),
    "cstrain": ("anywidget", "ipywidgets", "narwhals", "platformdirs", "simpy"),
    "ipywidgets": ("comm", "ipython", "traitlets"),
}
_TIME: Final = re.compile(r'("(?:created|last_modified)": )"[^"]*"')
_STAMP: Final = (1980, 1, 1, 0, 0, 0)  # the zip format's first day: equal sources, equal bytes
_EPOCH: Final = "1980-01-01T00:00:00Z"


class LiteError(BookError):
    """The notebooks for the browser could not be made; the text is a sentence with a way out."""


def is_full(distribution: str | None) -> bool:
    """Return whether a Pyodide distribution has pandas and Matplotlib; a URL is taken to."""
    if not distribution or distribution.startswith(("http://", "https://")):
        return bool(distribution)
    try:
        text = (Path(distribution) / "pyodide-lock.json").read_text(encoding="utf-8")
        packages = json.loads(text)["packages"]
        files = [Path(distribution) / packages[name]["file_name"] for name in COMPILED]
    except (OSError, ValueError, LookupError, TypeError):
        return False
    return all(one.is_file() for one in files)


def put_lite(build: Build) -> None:
    """Put JupyterLite into the site's folder `lite`, if the build asks for it."""
    if not build.places.lite:
        return
    work = build.scratch / "lite"
    for language in LANGUAGES:
        _put_notebooks(language, work / "files" / language, full=build.places.full)
    (work / "jupyter-lite.json").write_text(json.dumps(_config(build)), encoding="utf-8")
    site = build.site / "lite"
    _run_lite(work, site)
    _put_packages(build, site / "packages")
    _in_chinese(site)
    _same_every_time(site)
    shutil.rmtree(work)


def _put_notebooks(language: Language, folder: Path, *, full: bool) -> None:
    folder.mkdir(parents=True)
    for page in pages():
        made = read_notebook(NOTEBOOKS / language / f"{page.name}.ipynb")
        text = to_text(for_browser(made, language, full=full))
        (folder / f"{page.name}.ipynb").write_text(text, encoding="utf-8")


def _config(build: Build) -> dict[str, Any]:
    """Return JupyterLite's settings.

    The address of Pyodide is seen from the page of a notebook, that of the list from `lite`.
    """
    place = build.places.pyodide if _is_elsewhere(build) else "../../pyodide/"
    kernel = {
        "pyodideUrl": f"{place}pyodide.mjs",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"lockFileURL": "packages/pyodide-lock.json"},
    }
    data: dict[str, Any] = {"appName": "cstrain", "litePluginSettings": {_PLUGIN: kernel}}
    data["settingsOverrides"] = _SETTINGS
    # The console beside a notebook takes keys that the notebook has other uses for.
    data["disabledExtensions"] = ["@jupyter-notebook/notebook-extension:scratchpad-console"]
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": data}


def _run_lite(work: Path, site: Path) -> None:
    run = "from jupyterlite_core.app import main; main()"
    ours = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
    chosen = {
        "apps": ["notebooks"],
        "contents": [str(work / "files")],
        # Whatever else is installed on this machine stays out.
        "ignore_sys_prefix": ["federated_extensions"],
        "federated_extensions": [str(ours / one) for one in _EXTENSIONS],
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "output_dir": str(site),
    }
    text = json.dumps({"LiteBuildConfig": chosen})
    (work / "jupyter_lite_config.json").write_text(text, encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - our own interpreter with our own arguments
        [sys.executable, "-c", run, "build"],
        cwd=work,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        told = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise LiteError(
            f"JupyterLite could not be built ({' '.join(told)}). Install what "
            "requirements-test.txt names, or build without notebooks in the browser: --no-lite."
        )


def _put_packages(build: Build, folder: Path) -> None:
    """Write the list of packages that notebooks can import, and the wheels of ours."""
    folder.mkdir(parents=True)
    lock = _lock(build)
    theirs = lock["packages"]
    ours = [*wheels(), _cstrain(build.scratch / "wheel", full=build.places.full)]
    place = build.places.pyodide if _is_elsewhere(build) else "../../pyodide/"
    listed = {
        name: {**one, "file_name": place + one["file_name"]}
        for name, one in theirs.items()
        if build.places.full
    }
    more = COMPILED if build.places.full else ()
    listed |= {one.name: _entry(one, theirs.get(one.name, {}), more) for one in ours}
    lock["packages"] = dict(sorted(listed.items()))
    for one in ours:
        shutil.copyfile(one.file, folder / one.file.name)
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")


def _lock(build: Build) -> dict[str, Any]:
    """Return the list of packages that belongs to the pages' Python."""
    if _is_elsewhere(build):
        return pinned_lock()
    text = (build.site / "pyodide" / "pyodide-lock.json").read_text(encoding="utf-8")
    lock: dict[str, Any] = json.loads(text)
    return lock


def _is_elsewhere(build: Build) -> bool:
    return build.places.pyodide.startswith(("http://", "https://"))


def _entry(wheel: Wheel, theirs: Mapping[str, Any], more: Sequence[str]) -> dict[str, Any]:
    needs = [*_NEEDS.get(wheel.name, theirs.get("depends", ()))]
    needs += more if wheel.name == "cstrain" else ()
    return {
        # The list itself calls one package by two spellings.
        "depends": [one.replace("_", "-") for one in needs],
        "file_name": wheel.file.name,
        "imports": theirs.get("imports", [wheel.module]),
        "install_dir": "site",
        "name": wheel.name,
        "package_type": "package",
        "sha256": wheel.sha256,
        "unvendored_tests": False,
        "version": wheel.version,
    }


def _cstrain(folder: Path, *, full: bool) -> Wheel:
    """Return the wheel of this checkout without what a browser has no use for."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    env = {**os.environ, "SOURCE_DATE_EPOCH": "315532800", "PYTHONUTF8": "1"}
    done = subprocess.run(  # noqa: S603 - our own interpreter with our own arguments
        [*command, str(ROOT)], env=env, capture_output=True, text=True, check=False
    )
    made = next(folder.glob("cstrain-*.whl"), None)
    if made is None:
        told = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise LiteError(
            f"The package cstrain could not be built ({' '.join(told)}). Install what "
            "requirements-test.txt names, or build without notebooks in the browser: --no-lite."
        )
    left_out = ("cstrain/_notebooks/", *withheld(), *(() if full else ("cstrain/charts/font/",)))
    small = folder / "small" / made.name
    small.parent.mkdir()
    with zipfile.ZipFile(made) as whole, zipfile.ZipFile(small, "w") as packed:
        for name in sorted(one for one in whole.namelist() if not one.startswith(left_out)):
            info = zipfile.ZipInfo(name, _STAMP)
            packed.writestr(info, whole.read(name), zipfile.ZIP_DEFLATED, 9)
    version = made.name.split("-")[1]
    return Wheel("cstrain", "cstrain", version, sha256(small.read_bytes()).hexdigest(), small)


def _in_chinese(site: Path) -> None:
    """Put the notebook's app there a second time, with its menus in Chinese."""
    shutil.copytree(site / APPS["en"], site / APPS["zh"])
    path = site / APPS["zh"] / "jupyter-lite.json"
    made = json.loads(path.read_text(encoding="utf-8"))
    made["jupyter-config-data"] |= {
        "appUrl": f"/{APPS['zh']}",
        "settingsOverrides": _SETTINGS | _CHINESE,
    }
    path.write_text(json.dumps(made), encoding="utf-8")


def _same_every_time(site: Path) -> None:
    """Take the times of this build out of the lists of files."""
    for path in sorted((site / "api").rglob("all.json")):
        text = path.read_text(encoding="utf-8")
        path.write_text(_TIME.sub(rf'\1"{_EPOCH}"', text), encoding="utf-8")
