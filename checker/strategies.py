"""Hypothesis strategies for situations and requests of a law: to test an implementation against the law.

>>> import checker
>>> from checker import strategies
>>> from hypothesis import given
>>> law = checker.load("spec", "properties")  # doctest: +SKIP
>>> @given(strategies.cases(law, "new"))  # doctest: +SKIP
... def test_mine(case):
...     assert my_system(case.situation, case.request) == case.accepted

Needs `pip install "redline[hypothesis]"`. Described by task in spec/ci.md.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol

from checker.interface.loaded_law import LoadedLaw, atomic_column
from checker.interface.random_drafts import draft_of, mend, places
from checker.interface.wishes import Wisher, towards_acceptance, towards_near_miss
from checker.language.diagnostics import Diagnostic, SpecError
from checker.model.claim import Column
from checker.model.evaluate import Environment, axiom_broken, decide, holds, well_formed
from checker.model.expressions import FACT
from checker.model.mixture import common_model
from checker.model.quantities import as_law
from checker.model.situation import Request, Situation
from checker.report.explained_request import explained
from checker.results.explained import Explained, explained_of

if TYPE_CHECKING:
    from random import Random
    from types import ModuleType

    from hypothesis.strategies import SearchStrategy

    from checker.model.evaluate import Rules

__all__ = ["Case", "cases", "requests", "situations"]

Values = Mapping[str, str | bool]
"""Place, such as `holder(elm)` -> value; a fact that holds is `True`. Or parameter -> value."""

_ACCEPTED: Final = 40  # of a hundred cases, those that are brought towards acceptance
_MISSED: Final = 90  # and up to here, to where one thing is in the way
_ALL: Final = 100
_MENDED: Final = 3  # times that axioms are wished to hold


class Printer(Protocol):
    """What Hypothesis and IPython print with."""

    def text(self, text: str, /) -> None: ...


@dataclass(frozen=True)
class Case:
    """One request in one situation, within the axioms of the law, and what the law makes of it.

    `things`: sort -> names of everything that there is. `situation`: every place that has a value, a number
    as a law writes it; what is not in it is absent or does not hold. `request`: parameter -> value.
    """

    law: LoadedLaw = field(repr=False, compare=False)
    column: Column = field(repr=False)
    things: Mapping[str, tuple[str, ...]]
    situation: Values
    request: Mapping[str, str]
    _there: Situation = field(repr=False, compare=False)
    _asked: Request = field(repr=False, compare=False)

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:
        """Print the case as it is written, as Hypothesis does: not the law behind it."""
        del cycle
        printer.text(repr(self))

    @property
    def accepted(self) -> bool:
        """Whether every check on the route passes."""
        return decide(self._rules, self._there, self._asked).accepted

    @property
    def codes(self) -> frozenset[str]:
        """The published codes of the checks that refuse at the component where the request ends."""
        stages = self.explain().note.stages
        checks = (each for stage in stages if stage.reached for each in stage.checks)
        return frozenset(each.code for each in checks if each.outcome == "refuses" and each.code)

    @cached_property
    def said(self) -> Values:
        """The situation as `Law.explain` takes it: every place, also those without a value."""
        model = common_model(self._rules)
        found: dict[str, str | bool] = {}
        for function in model.functions.values():
            for at in places(function, self._there):
                value = self._there.values.get((function.name, at))
                if value is not None or function.result == FACT or function.optional:
                    none: str | bool = False if function.result == FACT else "nothing"
                    shown = none if value is None else as_law(function.result, value)
                    found[_place(function.name, at)] = shown
        return found

    def explain(self) -> Explained:
        """Return what `Law.explain` says of the case: every check, in order, and why."""
        rules, request = self._rules, self._asked
        found = explained(self.column, common_model(rules), rules, self._there, request, warnings=())
        told = self.law.command(
            ("explain",),
            ("--version", (str(self.column),)),
            ("--set", (f"{place}={_typed(value)}" for place, value in self.said.items())),
            ("--request", (f"{name}={value}" for name, value in self.request.items())),
        )
        return explained_of(found, self._there, request, told, shipped=self.law.shipped)

    @property
    def _rules(self) -> Rules:
        return self.law.regime.rules(self.column)


def cases(law: LoadedLaw, version: str | None = None) -> SearchStrategy[Case]:
    """Return a strategy for requests in situations of a version, deployment or reading (by default, the law's
    last version). About half of the requests are accepted; most others are refused by one check alone.

    Every situation is within the axioms of the law; whether a story leads there is not asked. Raises
    SpecError for a column that there is not, or if Hypothesis is not installed.
    """
    library = _hypothesis("hypothesis")
    strategies = _hypothesis("hypothesis.strategies")
    column = atomic_column(law.regime, version or list(law.regime.versions)[-1])

    def made(draw: Callable[[object], Random]) -> Case:
        found = _case(law, column, draw(strategies.randoms(use_true_random=False)))
        library.assume(found is not None)
        assert found is not None
        return found

    strategy: SearchStrategy[Case] = strategies.composite(made)()
    return strategy


def situations(law: LoadedLaw, version: str | None = None) -> SearchStrategy[Values]:
    """Return a strategy for the situations of `cases`."""
    return cases(law, version).map(lambda case: case.situation)


def requests(law: LoadedLaw, version: str | None = None) -> SearchStrategy[Mapping[str, str]]:
    """Return a strategy for the requests of `cases`."""
    return cases(law, version).map(lambda case: case.request)


def _case(law: LoadedLaw, column: Column, chance: Random) -> Case | None:
    """Return a case; None if chance has found none within the axioms."""
    rules, deployed = law.regime.rules(column), law.regime.deployed(column)
    draft = draft_of(rules, deployed, chance)
    aim = chance.randrange(_ALL)
    for _ in range(_MENDED):
        if aim < _ACCEPTED:
            towards_acceptance(draft, spare=False)
        elif aim < _MISSED:
            towards_near_miss(draft)
        for version in dict.fromkeys(deployed.values()):
            for axiom in rules[version].axioms:
                env = Environment(rules[version], draft.situation, rules=rules)
                if not holds(axiom.formula.formula, env):
                    Wisher(draft).wish(axiom.formula.formula, env)
        mend(draft)
        situation, request = draft.finished()
        fits = well_formed(common_model(rules), situation, request)
        if fits and axiom_broken(rules, situation) is None:
            things = {sort: tuple(each) for sort, each in situation.things.items()}
            model = common_model(rules)
            told = {
                _place(name, at): as_law(model.functions[name].result, value)
                for (name, at), value in situation.values.items()
            }
            sorts = {each.name: each.sort for each in model.request}
            asked = {name: str(as_law(sorts[name], value)) for name, value in request.values.items()}
            return Case(law, column, things, told, asked, situation, request)
    return None


def _typed(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else value


def _place(function: str, at: tuple[str, ...]) -> str:
    return f"{function}({', '.join(at)})"


def _hypothesis(module: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as wrong:
        message = "Hypothesis is not installed"
        expected = ('`pip install "redline[hypothesis]"`',)
        raise SpecError((Diagnostic("not-installed", message, None, expected),)) from wrong
