"""The finished book on this machine: for who wants to look at it before it is published."""

from __future__ import annotations

import functools
import http.server
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from builder.failures import BookError

HOST: Final = "127.0.0.1"
PORT: Final = 8000
# Not left to the machine's own table: browsers refuse modules and WebAssembly of another type.
TYPES: Final[Mapping[str, str]] = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
    "": "application/octet-stream",
}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Gives files with the right type, asked for anew each time, and says nothing."""

    extensions_map = dict(TYPES)  # noqa: RUF012 - as in the base class

    def end_headers(self) -> None:
        """Add that a browser asks whether a file has changed before it uses its copy."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing of each request."""


def server_of(site: Path, port: int) -> http.server.ThreadingHTTPServer:
    """Return a server of the folder, for this machine alone."""
    handler = functools.partial(Handler, directory=str(site))
    try:
        return http.server.ThreadingHTTPServer((HOST, port), handler)
    except (OSError, OverflowError) as error:
        raise BookError(
            f"Port {port} cannot be used ({error}); name another one with --port."
        ) from error


def serve(site: Path, port: int) -> int:
    """Serve the book until Ctrl-C; returns the exit status."""
    with server_of(site, port) as server:
        sys.stdout.write(f"The book is at http://{HOST}:{server.server_port}/ (end with Ctrl-C)\n")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            sys.stdout.write("\n")
    return 0
