"""Takes suppositions out of a model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from checker.model.expressions import Located, Truth
from checker.model.model import Model


def without_suppositions(model: Model, names: Iterable[str]) -> Model:
    """The model without some axioms and adopted checks, and with some premises true of everything."""
    gone = frozenset(names)
    if not gone:
        return model
    premises = {
        name: replace(premise, formula=Located(Truth(value=True), premise.formula.span, "true"))
        if name in gone
        else premise
        for name, premise in model.premises.items()
    }
    return replace(
        model,
        axioms=tuple(axiom for axiom in model.axioms if axiom.name not in gone),
        checks=tuple(
            check for check in model.checks if check.adopted_because is None or check.name not in gone
        ),
        premises=premises,
    )
