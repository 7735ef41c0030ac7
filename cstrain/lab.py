"""JupyterLab on the start page, in the learner's language, with settings of its own.

Everything JupyterLab writes besides notebooks goes into the workbook's private folder, so that the
user's own JupyterLab stays as it is. Nothing here is POSIX-only at import.
"""

from __future__ import annotations

import importlib.util
import json
import locale
import os
import secrets
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from cstrain.errors import CstrainError
from cstrain.language import LANGUAGES, Language, as_language
from cstrain.model import Facts
from cstrain.progress.files import FolderError, write_whole
from cstrain.progress.store import ENVIRONMENT, answers_folder
from cstrain.workspace import Workbook, lay_out, shipped_notebooks, start_notebook

HOST: Final = "127.0.0.1"
_FIRST_PORT: Final = 8888  # JupyterLab's own; the next free one is taken
_PORTS: Final = 50
_LAB_LOCALE: Final[dict[Language, str]] = {"zh": "zh_CN", "en": "default"}
_STOPS: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # those the system has


class LabError(CstrainError):
    """JupyterLab cannot be started: a code of content/messages/lab.toml and its facts."""

    def __init__(self, code: str, **facts: str | float) -> None:
        self.code: Final = code
        self.facts: Final[Facts] = facts
        super().__init__(code)


@dataclass(frozen=True)
class Wanted:
    """What the learner asked for; None means: find out."""

    language: Language
    folder: Path
    port: int | None = None
    browser: bool = True


Tell = Callable[..., None]


def start(wanted: Wanted, tell: Tell) -> None:
    """Run JupyterLab until it is stopped; `tell(code, **facts)` says what is going on.

    Raises LabError when it cannot start.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise LabError("no_jupyterlab")
    port = free_port(wanted.port)
    book = _laid_out(wanted)
    first = start_notebook(book.folder, wanted.language)
    if first is None:
        raise LabError("no_notebooks", folder=str(shipped_notebooks()))
    for name in book.beside:
        tell("new_edition", notebook=name)
    os.environ.update(environment(book.private))
    # The kernel keeps the answers where this process says, whatever folder it runs in.
    answers = answers_folder().absolute()
    os.environ[ENVIRONMENT] = str(answers)
    if not _open_to_us(answers):
        tell("answers_closed", answers=str(answers))
    token = secrets.token_hex(24)
    server = _server(_arguments(book, wanted, port, token, first))

    def listening() -> None:
        tell("listens", url=f"http://{HOST}:{port}/lab/tree/{quote(first)}?token={token}")
        tell("places", answers=str(answers), notebooks=str(book.folder))
        tell("how_to_end")

    # The server takes its port in the first callback of its loop; this one comes after it.
    server.io_loop.add_callback(listening)
    _stop_on_signals(server)
    server.start()
    tell("ended")


def default_folder() -> Path:
    """Return ./cstrain-workbook, or the one among the user's documents if this folder is closed."""
    here = Path.cwd()
    if (here / "cstrain-workbook").is_dir() or os.access(here, os.W_OK):
        return here / "cstrain-workbook"
    import platformdirs  # noqa: PLC0415 - needed here only

    return platformdirs.user_documents_path() / "cstrain-workbook"


def chosen_language(folder: Path) -> Language:
    """Return the language chosen last in this workbook, else the computer's."""
    try:
        last = json.loads((folder / ".cstrain" / "choice.json").read_bytes())["language"]
    except (OSError, ValueError, KeyError, TypeError):
        last = None
    if last in LANGUAGES:
        return as_language(last)
    named = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    said = next((one for one in named if one), None) or locale.getlocale()[0] or ""
    # Windows says "Chinese (Simplified)_China" where others say "zh_CN".
    return "zh" if said.lower().startswith(("zh", "chinese")) else "en"


def free_port(wanted: int | None) -> int:
    """Return the wanted port, or the first free one; LabError when the wanted one is taken."""
    candidates = range(_FIRST_PORT, _FIRST_PORT + _PORTS) if wanted is None else [wanted]
    for port in [*candidates, *([0] if wanted is None else [])]:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if os.name == "posix":  # as the server does; elsewhere it would share the port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except (OSError, OverflowError):
                continue
            return int(probe.getsockname()[1])
    raise LabError("port_taken", port=wanted or 0)


def environment(private: Path) -> dict[str, str]:
    """Return the variables that keep JupyterLab and its kernels inside the private folder."""
    data = private / "data"
    more = os.environ.get("JUPYTER_PATH")
    return {
        "JUPYTER_CONFIG_DIR": str(private / "config"),
        "JUPYTER_DATA_DIR": str(data),
        "JUPYTER_RUNTIME_DIR": str(private / "runtime"),
        "JUPYTER_PATH": os.pathsep.join([str(data), *([more] if more else [])]),
        "IPYTHONDIR": str(private / "ipython"),
        # Kernels are debugged by nobody here; the frozen modules' warning only frightens.
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def _laid_out(wanted: Wanted) -> Workbook:
    folder = wanted.folder.expanduser().absolute()
    try:
        book = lay_out(folder, shipped_notebooks())
        for name, content in _private_files(wanted.language).items():
            write_whole(book.private / name, json.dumps(content).encode(), book.private / "tmp")
    except FolderError as error:
        raise LabError(error.code, words=str(error)) from error
    except OSError as error:
        raise LabError("not_writable", words=f"{folder} ({error.strerror})") from error
    return book


def _open_to_us(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _private_files(language: Language) -> dict[str, Any]:
    """Return the private files: Chinese menus, no news pop-up, this Python as the kernel."""
    notification = {"fetchNews": "false", "checkForUpdates": False}
    quiet = "--IPKernelApp.log_level=ERROR"  # it warns about TCP, which stays on this computer
    kernel = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", quiet]
    return {
        "choice.json": {"language": language},
        "settings/overrides.json": {
            "@jupyterlab/translation-extension:plugin": {"locale": _LAB_LOCALE[language]},
            "@jupyterlab/apputils-extension:notification": notification,
            # A lesson is read, searched and printed as a whole: no cell is taken out of the page.
            "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
        },
        "data/kernels/python3/kernel.json": {
            "argv": kernel,
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "metadata": {"debugger": False},
        },
    }


def _arguments(book: Workbook, wanted: Wanted, port: int, token: str, first: str) -> list[str]:
    private = book.private
    options = {
        "ServerApp.ip": HOST,
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": book.folder,
        "ServerApp.open_browser": wanted.browser,
        # Reachable from this computer only, and with the token: the administrator may, too.
        "ServerApp.allow_root": True,
        "ServerApp.log_level": "ERROR",
        "IdentityProvider.token": token,
        "LabApp.default_url": f"/lab/tree/{quote(first)}",
        "LabApp.app_settings_dir": private / "settings",
        "LabApp.user_settings_dir": private / "user-settings",
        "LabApp.workspaces_dir": private / "workspaces",
        "LabApp.extension_manager": "readonly",
        "LabApp.log_level": "ERROR",
    }
    return [f"--{name}={value}" for name, value in options.items()]


def _server(arguments: list[str]) -> Any:
    # Heavy, and needed by this command only; it ships no types.
    from jupyterlab.labapp import LabApp  # type: ignore[import-untyped]  # noqa: PLC0415

    return LabApp.initialize_server(argv=arguments)


def _stop_on_signals(server: Any) -> None:
    """Stop server and kernels at once, without JupyterLab's question, on every way to end."""

    def stop(_number: int, _frame: object) -> None:
        server.stop(from_signal=True)

    for name in _STOPS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
