"""Time of the pictures of causes: fishbones of 0 to 200 causes, why trees of 5 to 200 whys.

Run `python bench/rca_figures.py`. An edit has to show within 50 ms with 60 causes, of which the
picture may take 10.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cstrain.causes.fishbone import SCHEMES, Fishbone  # noqa: E402 - the checkout, not an installed copy
from cstrain.causes.tree import WhyTree  # noqa: E402
from cstrain.drawing.causes_outline import causes_outline  # noqa: E402
from cstrain.drawing.fishbone_figure import fishbone_svg  # noqa: E402
from cstrain.drawing.why_figure import why_svg  # noqa: E402

ROUNDS = 40
TEXTS = {
    "en": (
        "Nobody checks a page before it goes live",
        "The size table of the new page gives the carton's dimensions",
        "Product data have no named owner",
        "Returns are inspected only twice a week",
        "Agents cannot see how far a return is",
    ),
    "zh": (
        "页面上线前没有人核对",
        "新版页面的尺寸表写的是外包装尺寸",
        "产品资料没有指定负责人",
        "退货一周只验收两次",
        "座席看不到退货进度",
    ),
}


def fishbone(count: int, language: str) -> Fishbone:
    """Return a fishbone of so many causes, two in five of them below another one."""
    pick = random.Random(count)  # noqa: S311 - not a secret
    causes: list[dict[str, Any]] = []
    for number in range(count):
        above = pick.choice(causes) if causes and pick.random() < 0.4 else None
        bone = above["category"] if above else pick.choice(SCHEMES["6P"])
        causes.append(
            {
                "id": f"c{number}",
                "category": bone,
                "parent": above["id"] if above else "",
                "text": pick.choice(TEXTS[language]),
                "votes": pick.choice([0, 0, 1, 4]),
                "top": number < 3,
            }
        )
    return Fishbone.from_plain({"head": {"statement": "x"}, "causes": causes})[0]


def tree(count: int, language: str) -> WhyTree:
    """Return a tree of so many whys."""
    pick = random.Random(count)  # noqa: S311 - not a secret
    nodes = [
        {
            "id": f"n{number}",
            "parent": f"n{max(0, number - pick.choice([1, 1, 2, 5]))}" if number else "",
            "text": pick.choice(TEXTS[language]),
            "evidence": ["A01"],
        }
        for number in range(count)
    ]
    return WhyTree.from_plain({"problem": "x", "nodes": nodes})[0]


def main() -> int:
    """Print the median and the slowest of 40 rounds, in milliseconds."""
    print(f"{'':24}{'median ms':>10}{'slowest':>10}{'kB':>8}")
    for language in TEXTS:
        for count in (0, 20, 60, 200):
            drawn = fishbone(count, language)
            _timed(f"fishbone {language} {count}", partial(fishbone_svg, drawn, language))
        sixty = fishbone(60, language)
        _timed(f"outline {language} 60", partial(causes_outline, sixty, language))
        for count in (5, 20, 60, 200):
            whys = tree(count, language)
            _timed(f"why tree {language} {count}", partial(why_svg, whys, language))
    return 0


def _timed(name: str, draw: Callable[[], str]) -> None:
    times, size = [], len(draw().encode())
    for _ in range(ROUNDS):
        start = time.perf_counter()
        draw()
        times.append((time.perf_counter() - start) * 1000)
    print(f"{name:24}{statistics.median(times):10.2f}{max(times):10.2f}{size / 1000:8.1f}")


if __name__ == "__main__":
    sys.exit(main())
