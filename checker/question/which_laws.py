"""Which laws a claim is about: that of its column, and those that its outcomes name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from checker.model.claim import (
    Always,
    AlwaysAfter,
    Claim,
    Column,
    Compare,
    Difference,
    Eventually,
    EveryRequest,
    Leads,
    Possibly,
    PossiblyAfter,
    SomeRequest,
    Statement,
)
from checker.model.comparable import incomparable, unknown_function, widened
from checker.model.expressions import Outcome
from checker.model.made_of import within
from checker.model.mixture import apart, common_model
from checker.model.model import Model
from checker.question.columns import Columns, column_rules

Law: TypeAlias = str | None
"""The text of a column that outcomes name; None for the column that the claim is asked of."""


@dataclass(frozen=True, slots=True)
class About:
    """The laws whose requests a claim is about; the order in which it names them does not matter. `compares`:
    it is about situations within the axioms of all of them, and not about stories.
    """

    laws: tuple[Law, ...] = (None,)
    compares: bool = False

    @classmethod
    def of(cls, claim: Claim, statement: Statement) -> About:
        """The laws that a claim is about. A claim about any situation that names a column for each of its
        outcomes is about these columns alone, unless it says itself which versions are deployed.
        """
        said = tuple(_named(statement, claim.where, claim.premises))
        named = tuple(sorted({each for each in said if each is not None}))
        if not named:
            return cls()
        anywhere = not starts(statement)
        alone = anywhere and None not in said and not claim.over
        return cls(named if alone else (None, *named), anywhere)


def starts(statement: Statement) -> bool:
    """Whether the stories of a statement begin at a start, rather than in any situation."""
    match statement:
        case EveryRequest(reachable=reachable) | SomeRequest(reachable=reachable):
            return reachable
        case Compare() | Difference():
            return False
        case Always() | AlwaysAfter() | Possibly() | PossiblyAfter() | Leads() | Eventually():
            return True
        case _:
            assert_never(statement)


def _named(*parts: object) -> Iterator[Law]:
    return (each.column for each in within(*parts) if isinstance(each, Outcome))


def wrong_sides(
    regime: Columns, column: Column, own: Mapping[str, Model], about: About, *words: object
) -> str | None:
    """Why the claim cannot be decided with the columns that its `words` name; None if it can."""
    named = sorted({each for each in _named(*words) if each is not None})
    sides = [column_rules(regime, column, each)[0] for each in named]
    if not sides:
        return None
    split = (apart(side) for side in sides)
    others = [model for side in sides for model in side.values()]
    why = next((each for each in split if each is not None), None)
    why = why or incomparable((*own.values(), *others), *words)
    if why is None and not about.compares:
        model = common_model(own)
        name = unknown_function(model, others)
        why = None if name is None else f"situations of `{model.column}` have no `{name}`"
    return why


def vocabulary(regime: Columns, column: Column, own: Model, about: About) -> Model:
    """The model of the column, extended by what compared situations have in addition."""
    if not about.compares:
        return own
    sides = (column_rules(regime, column, each)[0] for each in about.laws if each is not None)
    return widened(own, (model for side in sides for model in side.values()))
