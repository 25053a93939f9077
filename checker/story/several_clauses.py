"""Several clauses as one, in which everybody can tell where each of them ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from checker.model.expressions import And, Formula, Not
from checker.story.wording import NOT_SO, listed

Extent: TypeAlias = Literal["one", "several", "to the end"]
"""Whether a clause is a simple one, several with a word between them, or one that goes on to the end of its
sentence, as “for every …: …”, “there is no … such that …” and “if …, then …” do."""

_AMBIGUOUS: Final = (" and ", " or ", ",", NOT_SO)
"""What could be taken to go on in the next clause."""

_BOTH: Final = 2  # clauses that “both” speaks of

_ENDING: Final = (";", ":", " such that ")
"""What stands only in a clause of several, or in one that goes on."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One of the clauses: its words, and how far they go."""

    words: str
    extent: Extent


def joined(clauses: Sequence[Clause | None], word: Literal["and", "or"]) -> str | None:
    """Return the clauses with the word between them; None if one of them has no words.

    What goes on to the end comes last. Where more than one would, they are numbered.
    """
    known = [each for each in clauses if each is not None]
    if len(known) < len(clauses):
        return None
    last = [each.words for each in known if each.extent == "to the end"]
    before = [each for each in known if each.extent != "to the end"]
    if len(last) > 1 or any(each.extent == "several" and goes_on(each.words) for each in before):
        several = "both" if len(known) == _BOTH else "all"
        return _numbered(
            f"{several} of these hold" if word == "and" else "at least one of these holds", known
        )
    if not last and all(each.extent == "one" for each in before):
        return _listed([each.words for each in before], word)
    if all(each.extent == "one" for each in before):
        return f"; {word} ".join(
            (*([_listed([each.words for each in before], word)] if before else ()), *last)
        )
    return f"; {word} ".join((*(each.words for each in before), *last))


def not_all(clauses: Sequence[Clause | None]) -> str | None:
    """Return that the clauses do not hold together; None if one of them has no words."""
    known = [each for each in clauses if each is not None]
    if len(known) < len(clauses):
        return None
    simple = all(each.extent == "one" and not goes_on(each.words) for each in known)
    if len(known) == _BOTH and simple:
        return f"{NOT_SO} both {known[0].words} and {known[1].words}"
    return _numbered("not all of these hold", known)


def goes_on(words: str) -> bool:
    """Whether a clause has parts that what follows it could be taken to belong to."""
    return any(mark in words for mark in _ENDING)


def _listed(words: Sequence[str], word: Literal["and", "or"]) -> str:
    plain = not any(mark in each for each in words for mark in _AMBIGUOUS)
    return listed(words, word) if plain else f"; {word} ".join(words)


def _numbered(how_many: str, clauses: Sequence[Clause]) -> str | None:
    """Return the clauses with numbers; None if one of them has numbers of its own."""
    if any("(1) " in each.words for each in clauses):
        return None
    return f"{how_many}: {'; '.join(f'({at}) {each.words}' for at, each in enumerate(clauses, 1))}"


def conjuncts(formula: Formula) -> Iterator[Formula]:
    """The statements that a statement joins by `and`, or itself."""
    for each in formula.parts if isinstance(formula, And) else (formula,):
        yield from conjuncts(each) if isinstance(each, And) else (each,)


def undenied(formula: Formula) -> Formula:
    """What a denial denies; any other statement as it is."""
    return formula.body if isinstance(formula, Not) else formula
