"""Guards against drift: layers, languages, sentences, imports, versions, sizes."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tokenize
import tomllib
from pathlib import Path

import pytest

import cstrain

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "cstrain"
SOURCES = sorted(PACKAGE.rglob("*.py"))
SCRIPTS = sorted([*PACKAGE.rglob("*.js"), *(ROOT / "book").rglob("*.js")])

# From the ground up: a room may import what stands above it in this list, never below. A module
# belongs to the longest entry its name begins with.
ROOMS = (
    "errors",
    "named",
    "language",
    "model",
    "html",
    "table_reader",
    # Models of plain data, which the shapes read answers into; the judges stand further up.
    "causes.errors",
    "causes.mends",
    "causes.forest",
    "causes.own_test",
    "causes.case_test",
    "causes.tree",
    "causes.fishbone",
    "causes.exchange",
    "causes.likeness",
    "causes.grouping",
    "causes.merging",
    "shapes",
    "text.situation",  # a plain record, which the library reads from content
    "library",
    "text",
    "datasets",
    "stats",
    "queues",
    "goals",
    "kpi",
    "causes",
    "rules",
    "judging",
    "checking",
    "code_running",
    "wording",
    "scoring",
    "drawing",
    "charts",
    "intake",
    "progress",
    "reports",
    "desk",
    "session",
    "ui",
    "open_lesson",
    "workspace",
    "lab",
    "commands",
    "cli",
)
# Imported while the package is merely used; whatever is not listed here must not creep in.
THIRD_PARTY = {
    "anywidget": {"ui"},
    "ipywidgets": {"ui", "intake"},
    "IPython": {"ui"},
    "traitlets": {"ui"},
    "pandas": {"datasets", "charts", "intake"},
    "matplotlib": {"charts"},
    "narwhals": {"kpi", "stats"},
    "simpy": {"queues"},
    "platformdirs": {"progress", "lab", "datasets"},
    "numpy": {"intake"},
    "openpyxl": {"intake"},
    "defusedxml": {"intake"},
    "xlsxwriter": {"intake"},
    "pyarrow": {"intake"},
    "jupyterlab": {"lab"},
}
# Characters of Chinese, Japanese and Korean; their punctuation may separate what learners type.
CJK = re.compile("[\u2e80-\u2fdf\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
# A sentence: five words or more, of letters, one after the other.
SENTENCE = re.compile(r"(?:\b[A-Za-z']{2,}[,;:]? ){4,}[A-Za-z']{2,}")


def name_of(path):
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def room_of(module):
    fitting = [one for one in ROOMS if module == one or module.startswith(f"{one}.")]
    return max(fitting, key=len, default=None)


def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(tree, *, typing_too=False):
    """Return the names of all imported modules; those for type checkers only when asked."""
    for node in ast.iter_child_nodes(tree):
        for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        if for_types and not typing_too:
            continue
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
        yield from imports(node, typing_too=typing_too)


def docstrings(tree):
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(tree):
        if isinstance(node, kinds) and ast.get_docstring(node) is not None:
            yield node.body[0].value


def code_lines(path):
    """Return the number of lines that hold code: no blank ones, comments or docstrings."""
    quiet = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    lines = set()
    with tokenize.open(path) as file:
        for token in tokenize.generate_tokens(file.readline):
            if token.type not in quiet and token.type != tokenize.ENDMARKER:
                lines.update(range(token.start[0], token.end[0] + 1))
    for node in docstrings(parsed(path)):
        lines.difference_update(range(node.lineno, node.end_lineno + 1))
    return len(lines)


def test_every_module_has_its_room():
    homeless = [name_of(one) for one in SOURCES if room_of(name_of(one)) is None]
    assert homeless == ["__init__"]


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_point_down_only(path):
    module = name_of(path).removesuffix(".__init__")
    if module == "__init__":
        assert [one for one in imports(parsed(path)) if one.startswith("cstrain")] == []
        return
    place = ROOMS.index(room_of(module))
    for imported in imports(parsed(path)):
        if not imported.startswith("cstrain."):
            continue
        room = room_of(imported.removeprefix("cstrain."))
        assert ROOMS.index(room) <= place, f"{module} imports {imported}"


def test_no_circle_of_modules():
    known = {name_of(one).removesuffix(".__init__"): one for one in SOURCES}
    down = {
        name: {one.removeprefix("cstrain.") for one in imports(parsed(path))} & known.keys()
        for name, path in known.items()
    }
    while True:
        leaves = {name for name, below in down.items() if not below - {name}}
        if not leaves:
            break
        down = {name: below - leaves for name, below in down.items() if name not in leaves}
    assert sorted(down) == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_third_party_imports_are_the_listed_ones(path):
    room = (room_of(name_of(path)) or "").split(".")[0]
    for imported in imports(parsed(path), typing_too=True):
        top = imported.split(".")[0]
        if top in sys.stdlib_module_names or top in {"cstrain", "__future__"}:
            continue
        assert room in THIRD_PARTY.get(top, set()), f"{name_of(path)} imports {imported}"


@pytest.mark.parametrize("path", [*SOURCES, *SCRIPTS], ids=lambda path: path.stem)
def test_no_chinese_outside_the_grammar(path):
    if path.is_relative_to(PACKAGE / "text"):
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [one for one in lines if CJK.search(one)] == []


def test_sentences_in_code_stay_few():
    """At most 1.5 in 100 lines of code, errors included: style.md."""
    lines = sum(code_lines(one) for one in SOURCES)
    found = []
    for path in SOURCES:
        tree = parsed(path)
        skipped = {id(one) for one in docstrings(tree)}
        for node in ast.walk(tree):
            plain = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if plain and id(node) not in skipped and SENTENCE.search(node.value):
                found.append(f"{name_of(path)}:{node.lineno} {node.value}")
    assert len(found) <= 1.5 * lines / 100, "\n".join(found)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_no_sentence_in_a_script(path):
    text = re.sub(
        r"/\*.*?\*/|(?<!:)//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    strings = re.findall(r'"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`', text)
    assert [one for one in strings if SENTENCE.search(one)] == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_modules_and_functions_stay_small(path):
    assert code_lines(path) <= 300
    for node in ast.walk(parsed(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = node.end_lineno - node.lineno + 1
            assert length <= 50, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_todo_star_import_or_assert(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", text)
    assert not re.search(r"^from \S+ import \*", text, re.MULTILINE)
    assert not [one for one in ast.walk(parsed(path)) if isinstance(one, ast.Assert)]


def loaded(code):
    script = f"{code}\nimport sys\nprint('\\n'.join(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return {one.split(".")[0] for one in done.stdout.split()}


@pytest.mark.parametrize(
    "code",
    [
        "import cstrain",
        "from cstrain import check; check('n03/match_stories', {})",
        "import cstrain.desk",
        "import cstrain.cli",
    ],
)
def test_heavy_libraries_wait_until_they_are_needed(code):
    heavy = {"pandas", "numpy", "matplotlib", "anywidget", "ipywidgets", "IPython", "jupyterlab"}
    assert loaded(code) & (heavy | {"platformdirs"}) == set()


def test_version_and_changelog_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\d+\.\d+\.\d+)", changes, re.MULTILINE)
    assert project["version"] == cstrain.__version__ == newest[1]


def pins(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [one for one in lines if one and not one.startswith(("#", "-"))]


def test_every_requirement_is_pinned_and_allowed_by_the_project():
    packaging = pytest.importorskip("packaging.requirements", reason="packaging is not installed")
    named = {}
    for line in [*pins("requirements.txt"), *pins("requirements-test.txt")]:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line), line
        name, version = line.split("==")
        named[name.lower().replace("_", "-")] = version
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = project["dependencies"] + project["optional-dependencies"]["lab"]
    for one in map(packaging.Requirement, asked):
        assert one.specifier.contains(named[one.name.lower()]), one.name


COMMANDS = re.compile(r"^ *(.*pip install -r requirements-test.txt.*)$", re.MULTILINE)


def test_both_readmes_and_ci_name_the_same_commands():
    english = (ROOT / "README.md").read_text(encoding="utf-8")
    chinese = (ROOT / "README.zh.md").read_text(encoding="utf-8")
    blocks = [re.findall(r"```(?:sh|bat)\n(.*?)```", one, re.DOTALL) for one in (english, chinese)]
    assert blocks[0] == blocks[1]
    assert len(blocks[0]) >= 4
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert COMMANDS.findall(english)[0] in script.splitlines()
