"""Tells a condition by the label of what it comes to, where the solver proves that it comes to just that.

A list of values may be all that a definition or a column of a table speaks of: “the fuel of the type is not
gas” instead of six types. Nothing here need be trusted: cases are proved in the words in which they are told.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import inf
from typing import Final

from checker.logic.node import Node
from checker.model.expressions import (
    FACT,
    Absent,
    Apply,
    Call,
    Formula,
    In,
    Is,
    Not,
    Or,
    Present,
    Sort,
    Term,
    Truth,
    Value,
)
from checker.model.model import Model
from checker.question.problem import GaveUp
from checker.rooms.diff.cases import Board, Case, CaseFinder
from checker.rooms.diff.conditions import allowing, listed, parts_of, sort_of
from checker.rooms.diff.named_values import by_values, value_of_each
from checker.story.phrases import Phrases

MOST: Final = 3  # labels that one condition is told by
UNSAID: Final = inf
"""The length of what the law has no words for: longer than any sentence."""


class Labels:
    """What the conditions of cases may be told by."""

    def __init__(self, finder: CaseFinder, phrases: Phrases, cases: Iterable[Case]) -> None:
        """Raises OutOfTime."""
        self.phrases = phrases
        conditions = dict.fromkeys(each for case in cases for each in case.conditions)
        found = {each: _Statements(finder, phrases, each) for each in conditions}
        self.statements = {each: tuple(of) if of.wanted else () for each, of in found.items()}
        there = (each for each in map(_there, conditions) if each is not None)
        values = tuple(value for each in conditions for value in value_of_each(each))
        asked = dict.fromkeys((*conditions, *itertools.chain(*self.statements.values()), *there, *values))
        self.board = finder.board(asked) if values or any(self.statements.values()) else None

    def told(self, case: Case) -> Case:
        """The case in the words of labels."""
        if self.board is None:
            return case
        held = {each: self.board.switch[each] for each in case.conditions}
        told = []
        for each in case.conditions:
            del held[each]
            others = tuple(held.values())
            named = by_values(self.board, case, each, others)
            said, switch = named or self._told(self.board, each, others)
            held[said] = switch
            told.append(said)
        return replace(case, conditions=tuple(dict.fromkeys(told)))

    def _told(self, board: Board, condition: Formula, others: tuple[Node, ...]) -> tuple[Formula, Node]:
        """The shortest of the statements that is proved to come to the condition, or as few of them as
        together do, where there is what they speak of; the condition itself if there is none. With a switch
        for it. `others`: switches for the other conditions of the case, as they are told.
        """
        on, off = board.switch[condition], board.switch[Not(condition)]
        there = _there(condition)
        given = [] if there is None else [board.switch[there]]

        def comes_to_no_more(statement: Formula) -> bool:
            switch = board.switch[statement]
            return not board.possible(switch, *given, off) and not board.possible(switch, *others, off)

        try:
            within = [each for each in self.statements[condition] if comes_to_no_more(each)]
            for each in within:
                if not board.possible(on, board.switch[Not(each)]):
                    return each, board.switch[each]
            for some in self._together(condition, within):
                denied = [Not(each) for each in some]
                if not board.possible(on, *(board.switch[each] for each in denied)):
                    return Or(some), board.outside(denied)
        except GaveUp:
            pass  # the condition itself says the same
        return condition, on

    def _together(self, condition: Formula, statements: list[Formula]) -> Iterator[tuple[Formula, ...]]:
        """Yield few statements that are shorter together than the condition, fewest first."""
        for number in range(2, MOST + 1):
            for some in itertools.combinations(statements, number):
                if _length(self.phrases, Or(some)) < _length(self.phrases, condition):
                    yield some


def _there(condition: Formula) -> Formula | None:
    """That there is what a list speaks of."""
    body = _undenied(condition)
    return Present(body.term) if isinstance(body, In) else None


class _Statements:
    """What a condition might come to, shortest first."""

    def __init__(self, finder: CaseFinder, phrases: Phrases, condition: Formula) -> None:
        self.conditions = finder.conditions
        self.phrases = phrases
        self.condition = condition

    @property
    def wanted(self) -> bool:
        """Whether a label might say it better: rules do not say it, and it is more than that a term has one
        value.
        """
        body = _undenied(self.condition)
        one_value = isinstance(body, Is | Present) and listed(self.condition) == 0
        return not one_value and not self.conditions.is_written(self.condition)

    def __iter__(self) -> Iterator[Formula]:
        """What rules say, then what has a label, then the values that a list leaves out; each shortest first.
        A label is told instead of several values even if that is longer.
        """
        either = [each for label in self._labels() for each in (label, Not(label))]
        labels = {
            each: length for each in dict.fromkeys(either) if (length := _length(self.phrases, each)) < UNSAID
        }
        values = {each: _length(self.phrases, each) for each in self._values_left()}
        shorter = _length(self.phrases, self.condition)
        written = [each for each in (*values, *labels) if self.conditions.is_written(each)]
        yield from dict.fromkeys(
            (
                *written,
                *sorted(labels, key=labels.__getitem__),
                *(each for each, length in values.items() if length < shorter),
            )
        )

    def _labels(self) -> Iterator[Formula]:
        """Yield what columns and definitions say of what the condition speaks of."""
        terms = {each: None for each in parts_of(self.condition) if isinstance(each, Term)}
        body = _undenied(self.condition)
        if isinstance(body, In):
            yield from _of_columns(self.phrases.model, body.term)
        yield from _of_definitions(self.phrases.model, tuple(terms))

    def _values_left(self) -> Iterator[Formula]:
        """Yield, of a list, that the term has none of the values that the list leaves out, or one of them."""
        body = _undenied(self.condition)
        if isinstance(body, In):
            names = {each.name for each in body.values if isinstance(each, Value)}
            left = allowing(body.term, frozenset(sort_of(body.term).values) - names)
            yield from (left, Not(left)) if not isinstance(left, Truth) else ()


def _of_columns(model: Model, term: Term) -> Iterator[Formula]:
    """Yield what the columns of tables say of a term."""
    for name, function in model.functions.items():
        if function.table is None or not function.label or sort_of(term) not in function.parameters:
            continue
        place = function.parameters.index(sort_of(term))
        others = (*function.parameters[:place], *function.parameters[place + 1 :])
        for values in itertools.product(*(_values(each) for each in others)):
            said = Apply(name, (*values[:place], term, *values[place:]), function.result)
            if function.result == FACT:
                yield said
            else:
                yield from (Is(said, each) for each in _values(function.result))
                yield from (Present(said),) if function.optional else ()


def _of_definitions(model: Model, terms: tuple[Term, ...]) -> Iterator[Formula]:
    """Yield what definitions with a label say of terms."""
    for name, definition in model.definitions.items():
        if definition.result == FACT and definition.label and not definition.reads_request:
            sorts = [each.sort for each in definition.parameters]
            fitting = ([each for each in terms if _is_of(each, sort)] for sort in sorts)
            yield from (Call(name, each, FACT) for each in itertools.product(*fitting) if each)


def _length(phrases: Phrases, statement: Formula) -> float:
    """How long the sentence for a statement is."""
    said = phrases.said(statement)
    return len(said) if said is not None and "`" not in said else UNSAID


def _undenied(formula: Formula) -> Formula:
    return formula.body if isinstance(formula, Not) else formula


def _values(sort: Sort) -> tuple[Value, ...]:
    return tuple(Value(sort, each) for each in sort.values)


def _is_of(term: Term, sort: Sort) -> bool:
    return not isinstance(term, Absent) and term.sort == sort
