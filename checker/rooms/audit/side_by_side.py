"""The law of a column that tables are held against, also where several versions are deployed side by side."""

from __future__ import annotations

from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Column
from checker.model.mixture import apart, common_model
from checker.model.model import Model
from checker.regime.regime import Regime


def law_of(regime: Regime, column: Column, *words: object) -> Model:
    """The model of a version or, of a mixture, what its versions have in common. SpecError if they do not
    make one law, or if the words that are asked about do not mean the same in each.
    """
    if column.base in regime.versions:
        return regime.model(column)
    rules = regime.rules(column)
    why = apart(rules, *words)
    if why is not None:
        told = why.replace("the claim reads", "what is asked reads")
        raise SpecError((Diagnostic("wrong-column", told, None, notes=("ask of one of the versions",)),))
    return common_model(rules)


def refuse_strategy(regime: Regime, column: Column) -> None:
    """Raise SpecError for a mixture: tables of rows do not say which of its versions answers a request."""
    if column.base not in regime.versions:
        message = f"`{column.base}` deploys several versions, and the ways of a proof are tried in one"
        raise SpecError((Diagnostic("wrong-column", message, None, tuple(regime.versions)),))
