"""Which files of the engine only some lessons need: told from the sources, not from a list.

A lesson's exercises name rules, engines and figures; these are modules, which import others and
name the word lists, messages and definitions that they read. What all that comes to is what the
lesson needs. Content that some lessons need and others do not travels with these lessons.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from cstrain.datasets.index import Table, dataset_names, table
from cstrain.drawing.figures import MODULES as FIGURES
from cstrain.library.lessons import Lesson, lessons
from cstrain.library.toml_file import CONTENT
from cstrain.model import Exercise
from cstrain.rules.engines import TABLES as ENGINES
from cstrain.rules.table import MODULES as RULES

PACKAGE: Final = CONTENT.parent
# Folders of content that can be parted; what lies elsewhere is needed on every page.
_WORDS, _MESSAGES, _KPI = "content/lexicon/", "content/messages/", "content/kpi/"
_TABLES: Final = "_datasets/"
_KPI_READER: Final = "kpi/definitions.py"


def parted(files: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the lessons that need each of the files, for those that not all of them need.

    Files are named below the package. What nobody seems to need is needed by all.
    """
    every = frozenset(lessons())
    users = _users(frozenset(files))
    return {name: users[name] for name in sorted(users) if users[name] and users[name] != every}


def _users(files: frozenset[str]) -> dict[str, frozenset[str]]:
    users: dict[str, set[str]] = {}
    on_every_page = {one for one in _reached(["desk.py"]) if one.startswith(_MESSAGES)}
    for lesson in lessons().values():
        for name in (_needed(lesson) & files) - on_every_page:
            users.setdefault(name, set()).add(lesson.id)
    for name in files:
        if name.startswith("content/exercises/"):
            users[name] = {name.split("/")[2]}
    for one in map(table, dataset_names(hidden=True)):
        name = _name_of(one)
        if name in files and one.lessons:
            users.setdefault(name, set()).update(set(one.lessons) & set(lessons()))
    return {name: frozenset(some) for name, some in users.items()}


def _needed(lesson: Lesson) -> frozenset[str]:
    """Return the content that a lesson's exercises need, themselves left out."""
    rules = {one.rule for exercise in lesson.all_exercises() for one in exercise.criteria}
    modules = [name for exercise in lesson.all_exercises() for name in _modules_of(exercise)]
    return _reached(modules) | {f"{_MESSAGES}{one}.toml" for one in rules}


def _reached(modules: list[str]) -> frozenset[str]:
    """Return the content that modules name, and those that they import."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = list(modules)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            found |= _content_of(name)
            waiting += _imports().get(name, ())
    return frozenset(found)


def _modules_of(exercise: Exercise) -> Iterator[str]:
    yield from (f"rules/{RULES[one.rule]}.py" for one in exercise.criteria)
    for field in exercise.fields:
        yield f"shapes/{field.shape}.py"
        if field.params.get("engine"):
            yield f"rules/{ENGINES[field.params['engine']][0]}.py"
    if exercise.drawing:
        yield _file_of(FIGURES[exercise.drawing["figure"]])


def _file_of(module: str) -> str:
    return f"{module.removeprefix('cstrain').lstrip('.').replace('.', '/')}.py"


@cache
def _tree(name: str) -> ast.Module | None:
    path = PACKAGE / name
    return ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else None


@cache
def _imports() -> Mapping[str, tuple[str, ...]]:
    """Return what each module imports, also inside its functions."""
    known = {one.relative_to(PACKAGE).as_posix() for one in PACKAGE.rglob("*.py")}
    made = {}
    for name in known:
        tree = _tree(name)
        asked = {one for node in ast.walk(tree) for one in _imported(node)} if tree else set()
        made[name] = tuple(sorted({_file_of(one) for one in asked} & known))
    return made


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (one.name for one in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{one.name}" for one in node.names)


@cache
def _content_of(module: str) -> frozenset[str]:
    """Return the word lists, messages, tables and definitions that a module names."""
    tree = _tree(module)
    if tree is None:
        return frozenset()
    said = {
        Path(one.value).stem
        for one in ast.walk(tree)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and len(one.value) < 50
    }
    named = {
        one
        for one in (*_names(_WORDS), *_names(_MESSAGES), *_small_tables())
        if Path(one).stem in said
    }
    return frozenset(named | (set(_names(_KPI)) if module == _KPI_READER else set()))


@cache
def _names(folder: str) -> tuple[str, ...]:
    return tuple(f"{folder}{one.name}" for one in sorted((PACKAGE / folder).iterdir()))


@cache
def _small_tables() -> tuple[str, ...]:
    return tuple(_name_of(one) for one in map(table, dataset_names(hidden=True)))


def _name_of(about: Table) -> str:
    return f"{_TABLES}{about.file.parent.name}/{about.file.name}"
