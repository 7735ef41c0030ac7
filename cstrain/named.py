"""Things by name, each in a module that is imported when the thing is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any, Final, TypeVar

T = TypeVar("T")


class Named(Mapping[str, T]):
    """A table of things that are fetched when they are first asked for.

    A check needs one or two rules of many; in a page of the book each module is compiled before
    the first check, while the learner waits.

    >>> squares = Named(["2", "3"], lambda name: int(name) ** 2)
    >>> squares["3"], "4" in squares
    (9, False)
    """

    def __init__(self, names: Mapping[str, Any] | list[str], fetch: Callable[[str], T]) -> None:
        self._names: Final = dict.fromkeys(names)
        self._fetch: Final = cache(fetch)

    def __getitem__(self, name: str) -> T:
        """Return the thing; KeyError when no thing has this name."""
        if name not in self._names:
            raise KeyError(name)
        return self._fetch(name)

    def __contains__(self, name: object) -> bool:
        """Say whether a thing has this name, without fetching it."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def in_module(module: str, name: str) -> Any:
    """Return what a module calls `name`.

    >>> in_module("math", "sqrt")(9)
    3.0
    """
    return getattr(import_module(module), name)
