"""Says what makes a formula true or false here: the atoms that decide it, and the values of their terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, assert_never

from checker.model.evaluate import Environment, holds, term_value
from checker.model.expressions import (
    DATE,
    Absent,
    Apply,
    Arithmetic,
    Call,
    Constant,
    Counted,
    Formula,
    How,
    In,
    Is,
    Matches,
    Not,
    Ordered,
    Outcome,
    Present,
    Quantified,
    StepIs,
    Term,
    Truth,
    Value,
    Variable,
)
from checker.model.lasting import lasting, promised
from checker.model.orders import order_of, stepped
from checker.model.quantities import how_said
from checker.model.unparse import unparse
from checker.story.facts_that_decide import Deciding, deciding
from checker.story.given_names import Names
from checker.story.of_all_things import OfAllThings, phrases_here
from checker.story.sentences import held_since, named
from checker.story.wording import listed, there_is_no

_WHICH: Final = ", which is "
_EARLIER: Final = " (before the step)"


@dataclass(frozen=True, slots=True)
class Here:
    """`requests`: what each request is called, where there are several."""

    names: Names
    requests: Mapping[str, str] = field(default_factory=dict)

    def says(self, formula: Formula, env: Environment, *, outcomes: bool = True, given: bool = False) -> str:
        """Return the values that make `formula` what it is, as clauses; empty without any. `outcomes`: with
        what becomes of requests; `given`: with what is only given, in its “if”.
        """
        decided = (each for each in deciding(formula, env) if given or not each.given)
        wanted = (each for each in decided if outcomes or not isinstance(each.atom, Outcome))
        return "; ".join(_each_once(words for each in wanted for words in self._atom(each)))

    def worked_out(self, formula: Formula, env: Environment) -> Iterator[str]:
        """Yield what the sides are worth that the comparisons on which `formula` rests work out: by a
        definition, or from other numbers. Those for which the spec has no words are left out.
        """
        for each in deciding(formula, env):
            if isinstance(each.atom, Ordered | Is | Matches) and lasting(each.atom) is None:
                for term in (stepped(each.atom.left)[0], stepped(each.atom.right)[0]):
                    value = term_value(term, each.env)
                    if not isinstance(term, Call | Arithmetic) or not isinstance(value, str):
                        continue
                    if term.sort.is_quantity and (
                        subject := phrases_here(self.names, term, each.env, self.requests).side(term)
                    ):
                        said = f"{subject} is {named(self.names, term.sort, value)}"
                        yield _then(said, earlier=each.earlier)

    def _atom(self, deciding: Deciding) -> Iterator[str]:
        atom, env, earlier = deciding.atom, deciding.env, deciding.earlier
        match atom:
            case Truth() | StepIs():
                return
            case Is(left=left, right=right) | Matches(left=left, right=right):
                yield from self._values((left, right), env, earlier=earlier)
            case Ordered() if (long := lasting(atom)) is not None and _things(long.began, env) is not None:
                since = held_since(self.names, long.history, _things(long.began, env) or (), env.situation)
                yield _then(since, earlier=earlier)
            case Ordered() if promised(Not(atom)) is not None and isinstance(
                day := term_value(atom.right, env), str
            ):
                yield f"the last day for it was {named(self.names, DATE, day)}"
            case Ordered():
                yield from self._ordered(atom, env, earlier=earlier)
            case Present(term=term) | In(term=term):
                yield from self._values((term,), env, earlier=earlier)
            case Apply() | Call() | Outcome():
                truth = holds(atom, env)
                said = phrases_here(self.names, atom, env, self.requests).said(atom if truth else Not(atom))
                yield _then(said or f"`{unparse(atom)}` is {'true' if truth else 'false'}", earlier=earlier)
            case Quantified() | Counted():
                said_of_all = OfAllThings(self.names, self.requests).says(atom, env)
                yield from (_then(each, earlier=earlier) for each in said_of_all)
            case _:
                assert_never(atom)

    def _ordered(self, atom: Ordered, env: Environment, *, earlier: bool) -> Iterator[str]:
        """Say what is compared, and how much it is: “… is $70.01, which is more than $70”."""
        told = list(self._values((stepped(atom.left)[0], stepped(atom.right)[0]), env, earlier=False))
        order = self._order(atom, env)
        if len(told) == 1 and order:
            told = [f"{told[0]}{_WHICH}{order}"]
        yield from (_then(each, earlier=earlier) for each in told)

    def _order(self, atom: Ordered, env: Environment) -> str:
        """Which side is more, from the side that is not a number by itself; "" where the two are the same, or
        one is absent.
        """
        turned = isinstance(stepped(atom.left)[0], Value)
        left, right = (atom.right, atom.left) if turned else (atom.left, atom.right)
        right, left = stepped(right)[0], stepped(left)[0]
        said = phrases_here(self.names, right, env, self.requests).side(right) or f"`{unparse(right)}`"
        more, less = (holds(Ordered(left, each, right), env) for each in ("more than", "less than"))
        if order_of(atom) is not None:
            return f"{'above' if more else 'below'} {said}" if more or less else ""
        how: How = "more than" if more else "less than"
        return f"{how_said(left, how)} {said}" if more or less else ""

    def _values(self, terms: tuple[Term, ...], env: Environment, *, earlier: bool) -> Iterator[str]:
        """Say what terms are worth, those apart that say it themselves."""
        for term in terms:
            if not isinstance(term, Value | Constant | Absent | Variable):
                value = term_value(term, env)
                subject = (
                    phrases_here(self.names, term, env, self.requests).side(term) or f"`{unparse(term)}`"
                )
                if not isinstance(value, str):
                    said = there_is_no(subject)
                else:
                    said = f"{subject} is {named(self.names, term.sort, value)}"
                yield _then(said, earlier=earlier)


def _things(term: Apply, env: Environment) -> tuple[str, ...] | None:
    """What it is about; None if something is absent."""
    values = [term_value(each, env) for each in term.arguments]
    found = tuple(each for each in values if isinstance(each, str))
    return found if len(found) == len(values) else None


def _then(said: str, *, earlier: bool) -> str:
    """Say of a moment before the step that it is one."""
    return f"{said}{_EARLIER}" if earlier else said


def _each_once(told: Iterable[str]) -> Iterator[str]:
    """Yield every clause once. What is held against several limits is said once, with all of them: “… is $70,
    which is more than $60 and less than $80”.
    """
    limits: dict[tuple[str, str], dict[str, None]] = {}
    for clause in told:
        said = clause.removesuffix(_EARLIER)
        value, _, limit = said.partition(_WHICH)
        limits.setdefault((value, clause[len(said) :]), {}).update({limit: None} if limit else {})
    for (value, when), held in limits.items():
        yield f"{value}{_WHICH}{listed(held, 'and')}{when}" if held else f"{value}{when}"
