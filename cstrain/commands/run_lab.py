"""`cstrain lab`: asks lab.start, and says in the learner's language what is going on."""

from __future__ import annotations

import argparse

from cstrain.commands.console import err, out, plain_message
from cstrain.lab import LabError, Wanted, chosen_language, default_folder, start
from cstrain.language import as_language


def run(asked: argparse.Namespace) -> int:
    """Run JupyterLab until it is stopped; return 1 when it cannot start."""
    folder = asked.folder or default_folder()
    language = as_language(asked.language) if asked.language else chosen_language(folder)

    def tell(code: str, **facts: str) -> None:
        out(plain_message("lab", code, facts, language))

    try:
        start(Wanted(language, folder, asked.port, asked.browser), tell)
    except LabError as error:
        err(plain_message("lab", error.code, error.facts, language))
        return 1
    return 0
