"""Everything that a folder publishes, as bare text: pages, scripts, data, and what archives hold."""

from __future__ import annotations

import html
import io
import re
import zipfile

TEXTS = frozenset(
    {".html", ".js", ".mjs", ".json", ".ipynb", ".md", ".txt", ".toml", ".py", ".svg", ".css"}
)
ARCHIVES = frozenset({".zip", ".whl"})
# Programs of others, pinned and verified: no text of ours is in them.
FOREIGN = frozenset({"pyodide", "reveal", "build", "extensions", "schemas"})
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_TAG = re.compile(r"<[^<>]*>")
_LOOSE = re.compile(r'[\s*"\'“”‘’\\`|]+')


def bare(text):
    """Return a text without markup, escapes, quotation marks and blanks."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text.replace("\\n", "\n"))
    return _LOOSE.sub("", _TAG.sub("", html.unescape(text)))


def published(folder):
    """Yield (name, bare text) of everything readable below a folder, archives unpacked."""
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if not file.is_file() or FOREIGN & set(inside.parts[:-1]):
            continue
        yield from _texts(inside.as_posix(), file.suffix, file.read_bytes)


def _texts(name, suffix, read):
    if suffix in TEXTS:
        yield name, bare(read().decode("utf-8", errors="replace"))
    elif suffix in ARCHIVES:
        with zipfile.ZipFile(io.BytesIO(read())) as packed:
            for one in packed.namelist():
                ending = "." + one.rpartition(".")[2]
                yield from _texts(f"{name}/{one}", ending, lambda one=one: packed.read(one))


def found_in(folder, needles):
    """Return (file, needle) for each of the texts that stands in what the folder publishes."""
    wanted = {one: bare(one) for one in needles}
    return [
        (name, one)
        for name, text in published(folder)
        for one, needle in wanted.items()
        if needle in text
    ]
