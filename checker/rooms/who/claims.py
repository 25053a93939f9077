"""The claims asked about coalitions: who can, who cannot, and which users a situation names.

A coalition is a set of users, fixed in the situation in which the condition holds: those that some terms
name there, and perhaps others, whom nothing names. A term that is absent there names nobody. The coalition
can bring the goal about if, from every such situation, requests of its members alone lead to it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from checker.model.claim import ClaimVariable
from checker.model.expressions import (
    And,
    Expression,
    Formula,
    Implies,
    In,
    Is,
    Not,
    Or,
    Present,
    Sort,
    Term,
    Variable,
)
from checker.model.made_of import within
from checker.model.unparse import unparse
from checker.regime.additions import free_numbers
from checker.regime.regime import Regime
from checker.rooms.claim_texts import ClaimText
from checker.rooms.who.members import fresh_names
from checker.story.wording import noun


@dataclass(frozen=True, slots=True)
class WhoCan:
    """Who can bring `goal` about where `condition` holds? `source`: where the question comes from.

    `members`: the terms that name those who may be in a coalition; empty for all that the law has.
    """

    variables: tuple[ClaimVariable, ...]
    where: Formula | None
    premises: tuple[Formula, ...]
    condition: Formula
    goal: Formula
    source: str
    members: tuple[Term, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The names of the variables, and of those that its formulas bind."""
        formulas = within(self.where, self.premises, self.condition, self.goal)
        bound = (each.name for each in formulas if isinstance(each, Variable))
        return frozenset((*(each.name for each in self.variables), *bound))


@dataclass(frozen=True, slots=True)
class Coalition:
    """The users whom the terms name, and so many others whom no term names."""

    named: tuple[Term, ...] = ()
    others: int = 0

    def within(self, larger: Coalition) -> bool:
        """Whether another coalition has all of these members, by their names."""
        return set(self.named) <= set(larger.named) and self.others <= larger.others

    def words(self, users: str) -> str:
        """Its members, of which one is called so: “`owner(d)` and another user”."""
        others = (f"another {users}",) * bool(self.others) + ("yet another",) * (self.others > 1)
        return " and ".join((*(f"`{unparse(each)}`" for each in self.named), *others)) or "nobody"

    def __str__(self) -> str:
        return self.words("user")


@dataclass(slots=True)
class Forms:
    """Writes the claims about one question. `sort`: that of users; `known`: all the terms that name somebody;
    `always`: those that do so in every situation that is asked about. `first`: how many numbers of claims are
    left to others. `wanting`: in no such situation is the goal there, so that claims need not leave them out.
    """

    regime: Regime
    asked: WhoCan
    sort: Sort
    known: tuple[Term, ...]
    always: frozenset[Term] = frozenset()
    numbers: Iterator[str] = field(init=False)
    first: int = 0
    wanting: bool = False

    def __post_init__(self) -> None:
        self.numbers = itertools.islice(free_numbers(self.regime), self.first, None)

    # ------------------------------------------------------------ situations

    def already(self) -> ClaimText:
        """Nobody need do anything."""
        return self._always("The goal is there in every such situation.", self.asked.goal)

    def never_yet(self) -> ClaimText:
        """In no such situation is the goal there."""
        return self._always("The goal is there in no such situation.", Not(self.asked.goal))

    def named(self, terms: Sequence[Term]) -> ClaimText:
        """Asks whether in every situation at least one of the terms names a user, or the goal is reached."""
        present = (Present(each) for each in terms)
        said = f"In every such situation, one of these names somebody: {listed(terms)}."
        return self._always(said, Or((*present, self.asked.goal)))

    def among(self, some: Coalition, others: Coalition) -> ClaimText:
        """Whoever the terms of one coalition name is a member of another one."""
        said = f"In every such situation, {self._list(some)} is among {self._list(others)}."
        parts = (Or((Not(Present(each)), In(each, others.named))) for each in some.named)
        return self._always(said, together(*parts))

    def _always(self, sentence: str, said: Formula) -> ClaimText:
        return self._claim(sentence, f"always {unparse(Implies(self.asked.condition, said))}")

    # ----------------------------------------------------------- coalitions

    def able(self, coalition: Coalition, *, next_step: bool = False) -> ClaimText:
        """The members can bring the goal about from every such situation, whoever else stands idle; by the
        `next_step`, or by any number of them.
        """
        users = self._users("u", len(coalition.named))
        others = self._users("other", coalition.others)
        parts: list[Formula] = []
        for term, user in zip(coalition.named, users, strict=True):
            named = Is(term, user)
            parts.append(named if term in self.always else Or((named, Not(Present(term)))))
        parts += self._nameless(others)
        once = ", in one step" if next_step else ""
        sentence = f"Without anybody else, {self._list(coalition)} can always bring it about{once}."
        everyone = (*users, *others)
        modality = "possibly next" if next_step else "possibly"
        return self._leads(sentence, parts, modality, f"requests of {listed(everyone)}", everyone)

    def everybody(self, *, never: bool = False) -> ClaimText:
        """All users together can bring it about from every such situation, or `never`."""
        can = "can never" if never else "can always"
        return self._leads(f"All together {can} bring it about.", [], _modality(never), "requests", ())

    def without(
        self,
        hit: tuple[Term, ...],
        apart: tuple[Term, ...] = (),
        *,
        others: int = 0,
        never: bool = False,
    ) -> ClaimText:
        """Everybody but those whom the terms of `hit` name can bring it about from every such situation, or
        `never`.

        `apart`: where none of them has a name of these, too; `others`: where so many users have no name.
        """
        users = self._users("u", len(hit))
        nameless = self._users("other", others)
        rest = tuple(each for each in apart if each not in hit)
        parts: list[Formula] = [Is(term, user) for term, user in zip(hit, users, strict=True)]
        parts += [each for user in users for each in self._none_of(user, rest)]
        parts += self._nameless(nameless)
        can = "can never" if never else "can always"
        who = f"Everybody but {self._list(Coalition(hit))}" if hit else "Everybody"
        besides = f", with {self._list(Coalition(others=others))} among them," if others else ""
        steps = f"requests of anybody but {listed(users)}" if users else "requests"
        sentence = f"{who}{besides} {can} bring it about."
        return self._leads(sentence, parts, _modality(never), steps, (*users, *nameless))

    def _leads(
        self, sentence: str, parts: list[Formula], modality: str, steps: str, users: tuple[Variable, ...]
    ) -> ClaimText:
        goal = unparse(self.asked.goal)
        wanting = () if self.wanting else (Not(self.asked.goal),)
        condition = unparse(together(self.asked.condition, *wanting, *parts))
        return self._claim(sentence, f"always, if {condition}, then {modality} {goal} by {steps}", users)

    def _list(self, coalition: Coalition) -> str:
        return coalition.words(noun(self.sort.name)).replace("`", "")

    def _nameless(self, users: tuple[Variable, ...]) -> list[Formula]:
        """So many users whom no term names."""
        apart = (self._none_of(each, (*self.known, *users[:number])) for number, each in enumerate(users))
        return [each for parts in apart for each in parts]

    def _none_of(self, user: Variable, terms: tuple[Term, ...]) -> list[Formula]:
        return [Not(In(user, terms))] if terms else []

    def _users(self, prefix: str, count: int) -> tuple[Variable, ...]:
        names = itertools.islice(fresh_names(self.regime, self.asked.names, prefix), count)
        return tuple(Variable(each, self.sort) for each in names)

    def _claim(self, sentence: str, statement: str, users: tuple[Variable, ...] = ()) -> ClaimText:
        asked, number = self.asked, next(self.numbers)
        own = [(each.name, each.sort) for each in asked.variables]
        all_of_them = (*own, *((each.name, each.sort) for each in users))
        bound = [f"{name}: {sort.name}" for name, sort in all_of_them if sort is not None]
        where = f" where {unparse(asked.where)}" if asked.where is not None else ""
        lines = (
            *((f"for {', '.join(bound)}{where}",) if bound else ()),
            *((f"given {listed(asked.premises)}",) if asked.premises else ()),
            statement,
        )
        return ClaimText(number, f"who-{number}", sentence, lines, ())


def together(*formulas: Formula) -> Formula:
    """All of the formulas, without nesting."""
    parts: list[Formula] = []
    for each in formulas:
        parts += each.parts if isinstance(each, And) else (each,)
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def listed(terms: Iterable[Expression]) -> str:
    """Terms as a list of the language."""
    return ", ".join(map(unparse, terms))


def _modality(never: bool) -> str:
    return "never" if never else "possibly"
