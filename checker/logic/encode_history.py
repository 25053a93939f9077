"""What has been, in terms; mirrors `checker.model.history`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final, assert_never

from checker.logic.encode import Encoder
from checker.logic.node import Node
from checker.logic.scope import Scope
from checker.logic.symbolic_state import PRESENCE, Arguments, Maybe, State
from checker.logic.terms import Terms
from checker.model.clock import TODAY
from checker.model.expressions import DATE, FACT, History, Variable
from checker.model.model import Function

_A_DAY: Final = "the day from which something has held is no statement"


@dataclass(frozen=True, slots=True)
class Recalling:
    """What functions that remember say of situations. Laws that are asked together agree on what they
    remember, so that any encoder will do.
    """

    encoder: Encoder

    def __call__(self, state: State, function: Function, arguments: Arguments) -> Maybe:
        """Whether it has been so by the situation, or from which day."""
        history, before = function.history, state.previous
        assert history is not None
        if before is not None and before.moment == state.moment:  # only versions differ, and none is read
            return before.lookup(function.name, arguments, function)
        if history.how == "beginning of":
            return self._from_day(state, function, history, arguments)
        if before is None:
            return self._always(self._kept(state, function, arguments))
        return self._always(self._after(state, before, function, history, arguments))

    def _always(self, so: Node) -> Maybe:
        return Maybe(self.encoder.terms.true, so)

    def _after(
        self, state: State, before: State, function: Function, history: History, arguments: Arguments
    ) -> Node:
        terms, now = self.encoder.terms, _Reading(self.encoder, state, history, arguments)
        earlier = _Reading(self.encoder, before, history, arguments)
        so_far = self._been(before, function, arguments)
        match history.how:
            case "ever":
                return terms.or_(so_far, now(0))
            case "since":
                return terms.and_(now(0), terms.or_(so_far, terms.and_(now(1), terms.not_(earlier(1)))))
            case "as of":
                return terms.ite(terms.and_(now(1), terms.not_(earlier(1))), now(0), so_far)
            case "breached":
                ended = terms.not_(terms.at_most(self._today(state), self._today(before)))
                return terms.or_(so_far, now(0), terms.and_(ended, earlier(1)))
            case "beginning of":
                raise AssertionError(_A_DAY)
            case _:
                assert_never(history.how)

    def _today(self, state: State) -> Node:
        found = state.lookup(TODAY, ()).value
        assert found is not None
        return found

    def _from_day(self, state: State, function: Function, history: History, arguments: Arguments) -> Maybe:
        """The day from which it has held: the day known before, if it has held since then; else the present
        day.
        """
        terms, before, today = self.encoder.terms, state.previous, self._today(state)
        so = _Reading(self.encoder, state, history, arguments)(0)
        if before is None:
            day = terms.apply(function.name, arguments, DATE)
            known = terms.apply(function.name + PRESENCE, arguments, FACT)
            so_far = Maybe(terms.and_(known, terms.at_most(day, today)), day)
        else:
            so_far = before.lookup(function.name, arguments, function)
        assert so_far.value is not None
        return Maybe(so, terms.ite(so_far.present, so_far.value, today))

    def _been(self, state: State, function: Function, arguments: Arguments) -> Node:
        found = state.lookup(function.name, arguments, function).value
        assert found is not None
        return found

    def _kept(self, state: State, function: Function, arguments: Arguments) -> Node:
        """What is so where nothing is known of what came before but a truth value."""
        terms, history = self.encoder.terms, function.history
        assert history is not None
        kept = terms.apply(function.name, arguments, FACT)
        match history.how:
            case "ever" | "breached":
                return terms.or_(kept, _Reading(self.encoder, state, history, arguments)(0))
            case "since":
                return terms.and_(kept, _Reading(self.encoder, state, history, arguments)(0))
            case "as of":
                return kept
            case "beginning of":
                raise AssertionError(_A_DAY)
            case _:
                assert_never(history.how)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The parts of a history, read in a situation."""

    encoder: Encoder
    state: State
    history: History
    arguments: Arguments

    def __call__(self, part: int) -> Node:
        given = zip(self.history.variables, self.arguments, strict=True)
        variables = {each.name: Maybe(self.encoder.terms.true, value) for each, value in given}
        return self.encoder.formula(self.history.parts[part], Scope(self.state, variables=variables))


def nothing_before(encoder: Encoder, state: State) -> Iterator[Node]:
    """What holds where stories start: what is kept says no more than what is so."""
    terms = encoder.terms
    for function in encoder.model.functions.values():
        history = function.history
        if history is None:
            continue
        choices = [tuple(_of_sort(terms, each, function)) for each in history.variables]
        bound = tuple(each for (each, *_) in choices if each.operator == "symbol")
        said = (_at_start(encoder, state, function, arguments) for arguments in product(*choices))
        every = terms.and_(*said)
        yield terms.forall(bound, every) if bound else every


def _of_sort(terms: Terms, variable: Variable, function: Function) -> Iterator[Node]:
    """All values of an enum, or a symbol that is bound."""
    if variable.sort.is_enum:
        yield from (terms.value(each, variable.sort) for each in variable.sort.values)
    else:
        yield terms.binder(f"{variable.name} of {function.name}", variable.sort)


def _at_start(encoder: Encoder, state: State, function: Function, arguments: Arguments) -> Node:
    """That what is kept adds nothing to what is so: where a story starts, what holds comes about."""
    terms, history = encoder.terms, function.history
    assert history is not None
    now = _Reading(encoder, state, history, arguments)
    if history.how == "beginning of":
        return terms.not_(terms.apply(function.name + PRESENCE, arguments, FACT))
    kept = terms.apply(function.name, arguments, FACT)
    match history.how:
        case "ever" | "breached":
            return terms.not_(kept)
        case "since":
            return terms.iff(kept, now(1))
        case "as of":
            return terms.iff(kept, terms.and_(now(0), now(1)))
        case _:
            assert_never(history.how)
