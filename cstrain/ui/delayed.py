"""A call that waits until its reasons have stopped coming."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Delayed:
    """Calls `work` once nothing has asked for it during `seconds`; at once without an event loop.

    >>> Delayed(lambda: print("drawn"), 0.3)()
    drawn
    """

    def __init__(self, work: Callable[[], None], seconds: float) -> None:
        self._work, self._seconds = work, seconds
        self._timer: asyncio.TimerHandle | None = None

    def __call__(self) -> None:
        """Ask for the call; one that is still waiting is put off."""
        self.cancel()
        loop = _running_loop()
        if loop is None:
            self._work()
        else:
            self._timer = loop.call_later(self._seconds, self._work)

    def cancel(self) -> None:
        """Forget a call that is still waiting."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
