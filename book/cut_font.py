"""Cut the figure font out of its source.

    python book/cut_font.py NotoSansSC_400Regular.ttf

The source is the npm package @expo-google-fonts/noto-sans-sc 0.4.3, file
400Regular/NotoSansSC_400Regular.ttf (SIL Open Font License 1.1). Kept are ASCII, Latin-1, common
punctuation and the 6,763 characters of GB 2312: every figure label, which a test checks, and the
names that a team writes into its own tables, in about 2 MB. Level 1 alone, half of that, lacks
common given names.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from fontTools import subset

TARGET: Final = (
    Path(__file__).resolve().parent.parent / "cstrain/charts/font/cstrain-noto-sans-sc.ttf"
)
_MORE: Final = "–—‘’“”…•→←↑↓≤≥≈×÷±−°%‰′″○●△▲□■✓✗☆★①②③④⑤⑥⑦⑧⑨⑩"


def characters() -> str:
    """Return all characters the figure font must have."""
    ideographs = (
        bytes([high, low]).decode("gb2312", "ignore")
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
    )
    marks = (
        bytes([high, low]).decode("gb2312", "ignore")
        for high in (0xA1, 0xA3)
        for low in range(0xA1, 0xFF)
    )
    latin = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)]))
    return latin + "".join(ideographs) + "".join(marks) + _MORE


def main(source: str) -> None:
    """Write the subset of the source font to the package."""
    options = subset.Options(layout_features=[], hinting=False, name_IDs=["*"])
    font = subset.load_font(source, options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters())
    cutter.subset(font)
    font.save(TARGET)
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
