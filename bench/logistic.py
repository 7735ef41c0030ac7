"""Logistic regression over signs that are there or not, and over amounts, with Newton's method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Vector = np.ndarray[Any, Any]
PairRow = tuple[frozenset[str], tuple[float, ...], bool]
_RARE = 2  # a sign that is seen less often has no weight
_RARE_OF_PAIRS = 4
_FREE = 1e-3  # penalty of the bias
_STEPS = 30
_CLOSE = 1e-6
_PENALTY = 5.0  # of the weight of a sign of a pair
_OF_AMOUNTS = 10.0  # of the weight of an amount, measured in its spread


def learn_signs(
    seen: Sequence[frozenset[str]], yes: Sequence[bool], *, penalty: float
) -> dict[str, float]:
    """Return the weight of every sign, the bias under ""."""
    counts = Counter(sign for one in seen for sign in one)
    names = sorted(name for name, count in counts.items() if count >= _RARE)
    place = {name: at for at, name in enumerate(names)}
    at = [(row, place[sign]) for row, one in enumerate(seen) for sign in one if sign in place]
    rows, columns = (np.array(one, dtype=int) for one in zip(*at, strict=True))
    size, bias = len(seen), len(names)

    def times(weights: Vector) -> Vector:
        told: Vector = np.bincount(rows, weights[columns], minlength=size)
        told += weights[bias]
        return told

    def back(values: Vector) -> Vector:
        told: Vector = np.bincount(columns, values[rows], minlength=bias + 1)
        told[bias] = values.sum()
        return told

    penalties = np.array([penalty] * bias + [_FREE])
    wanted = np.array(yes, dtype=float)
    weights = np.zeros(bias + 1)
    for _ in range(_STEPS):
        told = 1 / (1 + np.exp(-times(weights)))
        slope = back(told - wanted) + penalties * weights
        curve = told * (1 - told)
        step = _solve(_Bend(times, back, curve, penalties), slope)
        weights -= step
        if np.abs(step).max() < 1e-4:
            break
    return {**dict(zip(names, weights.tolist(), strict=False)), "": float(weights[bias])}


@dataclass(frozen=True)
class _Bend:
    times: Callable[[Vector], Vector]
    back: Callable[[Vector], Vector]
    curve: Vector
    penalties: Vector

    def __call__(self, way: Vector) -> Vector:
        turned: Vector = self.back(self.curve * self.times(way)) + self.penalties * way
        return turned


def _solve(times: Callable[[Vector], Vector], wanted: Vector) -> Vector:
    """Return what `times` turns into `wanted` (conjugate gradients)."""
    found, left = np.zeros_like(wanted), wanted.copy()
    way, size = left.copy(), float(left @ left)
    least = 1e-12 * size
    for _ in range(500):
        if size <= least:
            break
        turned = times(way)
        share = size / float(way @ turned)
        found += share * way
        left -= share * turned
        before, size = size, float(left @ left)
        way = left + size / before * way
    return found


def learn_pairs(rows: Sequence[PairRow]) -> tuple[float, dict[str, float], list[float]]:
    """Return the bias, the weights of the signs and the weights of the amounts."""
    counts = Counter(sign for signs, _, _ in rows for sign in signs)
    names = sorted(name for name, count in counts.items() if count >= _RARE_OF_PAIRS)
    place = {name: at for at, name in enumerate(names)}
    amounts = np.array([told for _, told, _ in rows], dtype=float)
    middle, spread = amounts.mean(axis=0), amounts.std(axis=0) + 1e-6
    table = np.zeros((len(rows), len(names) + amounts.shape[1] + 1))
    for row, (signs, _, _) in enumerate(rows):
        table[row, [place[sign] for sign in signs if sign in place]] = 1
    table[:, len(names) : -1] = (amounts - middle) / spread
    table[:, -1] = 1
    of_amounts = [_OF_AMOUNTS] * amounts.shape[1]
    penalties = np.array([*[_PENALTY] * len(names), *of_amounts, _FREE])
    weights = _newton(table, np.array([yes for _, _, yes in rows], dtype=float), penalties)
    slopes = weights[len(names) : -1] / spread
    bias = float(weights[-1] - slopes @ middle)
    return bias, dict(zip(names, weights.tolist(), strict=False)), slopes.tolist()


def _newton(table: Vector, wanted: Vector, penalties: Vector) -> Vector:
    weights = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        told = 1 / (1 + np.exp(-(table @ weights)))
        slope = table.T @ (told - wanted) + penalties * weights
        bend = (table * (told * (1 - told))[:, None]).T @ table + np.diag(penalties)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < _CLOSE:
            break
    return weights
