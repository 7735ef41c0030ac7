"""Chinese texts of the KPI files: full-width punctuation, no blanks before letters and digits."""

import re
from pathlib import Path

import pytest

from cstrain.kpi.definitions import FOLDER
from cstrain.library.toml_file import CONTENT, read_toml

FILES = [*sorted(FOLDER.glob("*.toml")), CONTENT / "kpi_words.toml"]
HAN = "\u3400-\u9fff\u3001-\u3011\uff00-\uffef\u2018-\u201d"
HALF_WIDTH = re.compile(f"[{HAN}]\\s*[,;:()?!]|[,;:()?!]\\s*[{HAN}]|[\u3400-\u9fff]\\.")
BLANK = re.compile(f"[{HAN}] [A-Za-z0-9{{]|[A-Za-z0-9}}%] [{HAN}]")


def chinese_texts(raw):
    if isinstance(raw, dict):
        for key, one in raw.items():
            if key == "zh":
                yield one
            else:
                yield from chinese_texts(one)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_chinese_punctuation(path: Path):
    texts = list(chinese_texts(read_toml(path)))
    assert len(texts) > 9
    assert [one for one in texts if HALF_WIDTH.search(one) or BLANK.search(one)] == []


@pytest.mark.parametrize(
    "text", ["全部(含)电话。", "全部,包括", "20 秒", "秒 20", "出处:", "含 (a)", "电话.", "A) 电话"]
)
def test_what_the_lint_finds(text):
    assert HALF_WIDTH.search(text) or BLANK.search(text)
