"""The check code: twenty characters over everything that a certificate says.

No secret is in it: whoever has the answers can compute it. It ties name, date, points and answers
together, and points cannot be made up without answers that earn them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, Final

# Crockford's base 32: no I, L, O, U, so that nothing is misread on paper.
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS: Final = str.maketrans("OIL", "011")
_BITS: Final = 5
_LENGTH: Final = 20
_GROUP: Final = 5
_APART: Final = re.compile(r"[\s\-\u2010-\u2015\u2212\uff0d]+")


def check_code(said: Mapping[str, Any]) -> str:
    """Return the code of plain values; whatever differs in them gives another one.

    >>> check_code({"points": 1})
    'V9ZT5-1PSB7-FNAEG-BTFJ4'
    """
    digest = hashlib.sha256(canonical(said).encode("ascii")).digest()
    number = int.from_bytes(digest, "big") >> (len(digest) * 8 - _BITS * _LENGTH)
    letters = [_LETTERS[number >> _BITS * place & 31] for place in reversed(range(_LENGTH))]
    text = "".join(letters)
    return "-".join(text[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def canonical(value: Any) -> str:
    """Return JSON that is the same for equal values, in a page and on a computer alike.

    >>> canonical({"b": 1.0, "a": [True, None]})
    '{"a":[true,null],"b":1}'
    """
    return json.dumps(_even(value), sort_keys=True, separators=(",", ":"), allow_nan=False)


def read_code(typed: str) -> str | None:
    """Return a typed code in its usual form, None when it cannot be one.

    >>> read_code(" o1il0 23456 789ab-cdefg"), read_code("12345")
    ('01110-23456-789AB-CDEFG', None)
    """
    text = _APART.sub("", typed).upper().translate(_READ_AS)
    if len(text) != _LENGTH or any(one not in _LETTERS for one in text):
        return None
    return "-".join(text[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def _even(value: Any) -> Any:
    """Return the value with 1.0 as 1: a browser's JSON knows no difference."""
    if isinstance(value, Mapping):
        return {key: _even(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_even(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
