"""`cstrain judge`: goals, chains of whys, fishbones as JSON lines in, verdicts as JSON lines."""

from __future__ import annotations

import argparse
import sys

from cstrain.commands.console import out


def run(_asked: argparse.Namespace) -> int:
    """Judge every line of standard input; a bad line gets an error of its own."""
    from cstrain.judging import judge_lines  # noqa: PLC0415 - the grammar loads only when asked

    for line in judge_lines(sys.stdin):
        out(line)
    return 0
