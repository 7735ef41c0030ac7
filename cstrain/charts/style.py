"""The look of every chart: the shipped Chinese font, colours that stay apart, calm axes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

FONT: Final = Path(__file__).resolve().parent / "font" / "cstrain-noto-sans-sc.ttf"

# From Paul Tol's muted scheme: every one has a contrast of at least 3 : 1 on white and stays
# apart for the common kinds of colour blindness; a marker or a label always says it too.
INDIGO: Final = "#332288"
TEAL: Final = "#117733"
WINE: Final = "#882255"
ROSE: Final = "#CC6677"
GREY: Final = "#5F6B73"
FOG: Final = "#DDE3E8"
_DPI: Final = 144  # twice the width of a text column: sharp on a fine screen


@cache
def _family() -> str:
    from matplotlib import font_manager  # noqa: PLC0415 - only once a chart is drawn

    font_manager.fontManager.addfont(str(FONT))
    return font_manager.FontProperties(fname=str(FONT)).get_name()


def figure(width: float = 8.0, height: float = 4.2) -> tuple[Any, Any]:
    """Return a new figure and its axes in the shared look; sizes in inches.

    The figure stands apart from pyplot: nothing is drawn twice and nothing has to be closed.
    """
    import matplotlib as mpl  # noqa: PLC0415 - only once a chart is drawn

    mpl.rcParams["font.family"] = ["DejaVu Sans", _family()]
    mpl.rcParams["axes.unicode_minus"] = False  # the font has the hyphen, not U+2212
    drawn = _empty(width, height)
    return drawn, _calm(drawn.add_subplot())


def panels(
    size: tuple[float, float], rows: int, columns: int, ratios: Sequence[float] | None = None
) -> tuple[Any, list[Any]]:
    """Return a new figure and its axes, row by row; `ratios` are the heights of the rows."""
    drawn = _empty(*size)
    made = drawn.subplots(rows, columns, squeeze=False, height_ratios=ratios)
    return drawn, [_calm(axes) for row in made for axes in row]


def _empty(width: float, height: float) -> Any:
    from matplotlib.figure import Figure  # noqa: PLC0415 - only once a chart is drawn

    return Figure(figsize=(width, height), dpi=_DPI, layout="constrained")


def _calm(axes: Any) -> Any:
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(GREY)
    axes.tick_params(colors=GREY, labelcolor="black")
    return axes


@contextmanager
def look() -> Iterator[None]:
    """Give Matplotlib our look inside the block, whatever a notebook has set before.

    The same figure then gives the same bytes; `$` in a label is a dollar, never mathematics.
    """
    import matplotlib as mpl  # noqa: PLC0415 - only once a chart is drawn

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams["text.parse_math"] = False
        mpl.rcParams["font.family"] = ["DejaVu Sans", _family()]
        mpl.rcParams["axes.unicode_minus"] = False
        mpl.rcParams["hatch.linewidth"] = 0.8
        yield


@cache
def drawable() -> frozenset[int]:
    """Return the code points that the fonts of a chart can draw."""
    from matplotlib import font_manager  # noqa: PLC0415 - only once a chart is drawn

    paths = [font_manager.findfont("DejaVu Sans"), str(FONT)]
    return frozenset(sign for one in paths for sign in font_manager.get_font(one).get_charmap())
