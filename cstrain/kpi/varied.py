"""A definition with other formulas, as somebody may choose them; engines compute it as any other.

>>> from cstrain.kpi.definitions import definition
>>> other = varied(definition("ANS"), "intervals", {"above": "answered_20s"})
>>> other.forms["intervals"].formula.above
Name(name='answered_20s')
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final, cast

from cstrain.kpi.definition import Definition, Form, Formula, Statistic
from cstrain.kpi.errors import KpiError
from cstrain.kpi.formula import read_condition, read_formula
from cstrain.kpi.nodes import TRUE, Arith, Node

FORMULAS: Final = ("rows", "above", "below", "of")


def varied(
    definition: Definition,
    form: str | None,
    formulas: Mapping[str, str],
    *,
    statistic: str | None = None,
    rate_first: bool = False,
) -> Definition:
    """Return the definition with some formulas of one form replaced.

    A replaced formula holds whatever the parameters say. `rate_first` divides in every row and
    then takes the mean of the rates, which is the mistake of averaging averages.
    """
    old = definition.forms[form] if form else definition.default
    made = _formula(old.formula, {key: _read(key, text) for key, text in formulas.items()})
    if rate_first:
        made = _mean_of_rates(definition, made)
    new = replace(old, formula=made)
    forms: Mapping[str, Form] = {**definition.forms, form: new} if form else definition.forms
    return replace(
        definition,
        default=definition.default if form else new,
        forms=forms,
        statistic=cast("Statistic", statistic or definition.statistic),
    )


def _read(key: str, text: str) -> Node:
    if key not in FORMULAS:
        raise KpiError("formula", found=key, allowed=", ".join(FORMULAS))
    return read_condition(text) if key == "rows" else read_formula(text)


def _formula(old: Formula, new: Mapping[str, Node]) -> Formula:
    variants = {
        name: {option: _without(one, new) for option, one in options.items()}
        for name, options in old.variants.items()
    }
    return replace(old.varied(_made(new)), variants=variants)


def _without(formula: Formula, keys: Collection[str]) -> Formula:
    return _made({key: one for key, one in formula.expressions().items() if key not in keys})


def _made(nodes: Mapping[str, Node]) -> Formula:
    rows, above, below, of = (nodes.get(key) for key in FORMULAS)
    return Formula(rows, above, below, of)


def _mean_of_rates(definition: Definition, formula: Formula) -> Formula:
    for name, options in formula.variants.items():
        formula = formula.varied(options[str(definition.params[name].default)])
    rate = Arith("/", formula.above or TRUE, formula.below or TRUE)
    return Formula(rows=formula.rows, above=rate, below=TRUE)
