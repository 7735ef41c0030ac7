"""Make the notebooks from the lesson sources, and the static book from the notebooks.

python book/build.py notebooks            write notebooks/ anew, executed
python book/build.py notebooks --check    say which notebooks are stale; status 1 if any is
python book/build.py book                 build both languages into build/site
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

# A script's own folder is on the path; the checkout's cstrain shall win over an installed one.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status.

    0: all is well; 1: notebooks are stale or could not be made; 2: the book could not be built.
    """
    asked = _parser().parse_args(arguments)
    return _notebooks(asked) if asked.command == "notebooks" else _book(asked)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    made = commands.add_parser("notebooks", help="make the notebooks from the lesson sources")
    made.add_argument("--check", action="store_true", help="write nothing; status 1 if stale")
    book = commands.add_parser("book", help="build the static book from the notebooks")
    book.add_argument("--out", type=Path, help="folder of the site (default: build/site)")
    book.add_argument(
        "--pyodide",
        metavar="PATH_OR_URL",
        help="folder or URL of a Pyodide distribution (default: the pinned core, through npm)",
    )
    book.add_argument(
        "--edition",
        choices=("learner", "trainer"),
        default="learner",
        help="the trainer's edition adds notes and answers (default: learner)",
    )
    book.add_argument(
        "--no-lite",
        dest="lite",
        action="store_false",
        help="leave out the whole notebooks in the browser (about 30 MB)",
    )
    book.add_argument(
        "--address",
        metavar="URL",
        help="where the site will be found: worksheets get a QR code that leads there",
    )
    book.add_argument(
        "--serve",
        action="store_true",
        help="show the book on this machine; it is built only where it is not up to date",
    )
    book.add_argument("--port", type=int, default=8000, help="of --serve (default: 8000)")
    return parser


def _notebooks(asked: argparse.Namespace) -> int:
    from cstrain.errors import CstrainError  # noqa: PLC0415 - after the path is set

    try:
        return _make_notebooks(check=asked.check)
    except CstrainError as error:
        print(error, file=sys.stderr)
        return 1


def _make_notebooks(*, check: bool) -> int:
    from builder.cells import to_text  # noqa: PLC0415 - after the path is set
    from builder.notebooks import notebook  # noqa: PLC0415
    from builder.places import NOTEBOOKS, targets  # noqa: PLC0415
    from builder.running import executed, same  # noqa: PLC0415

    stale = []
    for target in targets():
        path = NOTEBOOKS / target.path
        path.parent.mkdir(parents=True, exist_ok=True)
        made = executed(notebook(target), path.parent)
        stored = path.read_text(encoding="utf-8") if path.is_file() else ""
        fresh = same(stored, made)
        if not fresh:
            stale.append(path)
        if not (check or fresh):
            path.write_text(to_text(made), encoding="utf-8", newline="\n")
        state = "up to date" if fresh else "stale" if check else "written"
        print(f"{path.relative_to(NOTEBOOKS.parent).as_posix()}: {state}", flush=True)
    if check and stale:
        print("Run `python book/build.py notebooks` and commit what it writes.", file=sys.stderr)
    return 1 if check and stale else 0


def _book(asked: argparse.Namespace) -> int:
    from builder.failures import sentence_of  # noqa: PLC0415 - after the path is set

    try:
        return _build_and_serve(asked)
    except KeyboardInterrupt:
        print("Ended; what was built before is as it was.", file=sys.stderr)
        return 130
    except Exception as error:
        told = sentence_of(error)
        if told is None:
            raise
        print(told, file=sys.stderr)
        return 2


def _build_and_serve(asked: argparse.Namespace) -> int:
    from builder.serving import serve  # noqa: PLC0415 - after the path is set
    from builder.site import DEFAULT_SITE, build_site, is_built  # noqa: PLC0415

    options = {
        "pyodide": asked.pyodide,
        "edition": asked.edition,
        "lite": asked.lite,
        "address": asked.address,
    }
    site = (asked.out or DEFAULT_SITE).resolve()
    if not (asked.serve and is_built(site, **options)):
        site = build_site(asked.out, **options)
    if asked.pyodide and asked.pyodide.startswith(("http://", "https://")):
        print(f"The pages load Python from {asked.pyodide}, outside this site.")
    if asked.serve:
        return serve(site, asked.port)
    print(f"The book stands in {site}. Look at it with: cstrain book --serve --out {site}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
