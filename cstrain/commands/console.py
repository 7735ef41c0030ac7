"""Plain text to the terminal: UTF-8 everywhere, messages with their placeholders filled."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any, Final

from cstrain.language import Language
from cstrain.library.words import message

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")


def use_utf8() -> None:
    """Read and write UTF-8, also under Windows and in the C locale."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def out(text: str) -> None:
    """Write a line to standard output at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def err(text: str) -> None:
    """Write a line to standard error at once."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def plain_message(group: str, code: str, facts: Mapping[str, Any], language: Language) -> str:
    """Return a message as plain text with its placeholders filled.

    >>> plain_message("lab", "listens", {"url": "http://127.0.0.1"}, "en")
    'The workbook listens on http://127.0.0.1'
    """
    text = message(group, code)[language]
    return _PLACEHOLDER.sub(lambda found: str(facts[found[1]]), text)
