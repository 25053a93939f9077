"""What the random laws are made of, and what they never are.

    python -m tests.coverage_of_laws

Counts, in random laws with claims of every form: the productions of the grammar; every construct at every
place where it can stand; every member of the unions of declarations, expressions, statements and meanings.
Laws that show what is still missing follow. What never occurs is a hole, unless the loader refuses it for one
of the reasons named here. The command prints the table and the holes, and fails if there are any.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial

from checker.language.diagnostics import SpecError
from checker.regime.load import load_texts
from tests.coverage_of_laws.constructs import CONSTRUCTS, Names, constructs
from tests.coverage_of_laws.gaps import GAPS
from tests.coverage_of_laws.grammar import REFUSED, UNREACHABLE, Grammar
from tests.coverage_of_laws.law import every_pair, refusal, refused
from tests.coverage_of_laws.places import placed
from tests.coverage_of_laws.unions import UNIONS, members_of, types_in
from tests.random_laws.showing import FAVOURITES
from tests.regimes_agree.trials import make_trial

LAWS, MOST, ROUND, CLAIMS = 300, 1200, 60, 42
REASONS = {
    "only-in-claims": "rules look neither back over a step nor at what becomes of requests",
    "no-step": "this part of a claim has no step",
    "no-request": "no request is at hand",
    "wrong-type": "of another sort",
    "unsettled": "what is carried must not change",
}
NOWHERE = {
    ("variable", "route index"): "nothing binds a variable there",
    ("fixed function from a table", "senders"): "cells of tables are values of enums",
    ("fixed optional function from a table", "senders"): "cells of tables are values of enums",
}
WITHOUT_REQUESTS = (
    "lemma",
    "lemma of the law",
    "deployed where",
    "every deployment where",
)  # it names which deployments, for all requests


@dataclass
class Made:
    """What a number of random laws is made of."""

    laws: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    productions: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    members: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, other: Made) -> None:
        """Add what other laws are made of."""
        self.laws += other.laws
        self.refused += other.refused
        self.productions += other.productions
        self.pairs += other.pairs
        self.members += other.members


def made_by(seed: int, numbers: Iterable[int], liked: Sequence[str] = ()) -> Made:
    """What the laws with these numbers are made of, those apart that the loader refuses. `liked`: constructs
    that they show.
    """
    made, grammar = Made(), Grammar()
    for number in numbers:
        some = random.Random(number).sample(liked, min(len(liked), FAVOURITES))
        trial = make_trial(seed, number, CLAIMS, some)
        try:
            regime = load_texts(trial.texts)
        except SpecError as error:
            made.refused[f"{error.diagnostics[0].code}: {error.diagnostics[0].message}"] += 1
            continue
        grammar.used.clear()
        declarations = grammar.declarations(trial.texts.items())
        names = Names.of(declarations)
        made.laws += 1
        made.productions += grammar.used
        for declaration in declarations:
            for place, expr in placed(declaration):
                made.pairs.update((construct, place) for construct in constructs(expr, names))
        made.members.update(types_in((declarations, regime.claims)))
        for version in regime.versions:
            made.members.update(types_in(regime.model(regime.parse_column(version))))
    return made


def many(seed: int, laws: int, most: int, jobs: int) -> Made:
    """What so many laws are made of, and then others, which show what is missing; no more than the most."""
    made, number = Made(), 0
    missing: tuple[str, ...] = ()
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        while number < laws or (missing and number < most):
            end = laws if number < laws else min(number + ROUND, most)
            parts = [range(number + n, end, jobs * 4) for n in range(jobs * 4)]
            for each in pool.imap(partial(made_by, seed, liked=missing), parts):
                made.add(each)
            missing, number = tuple(dict.fromkeys(construct for construct, _ in rare(made))), end
    return made


def rare(made: Made) -> Iterator[tuple[str, str]]:
    """The pairs that no law has and that the language does not refuse."""
    yield from (pair for pair in every_pair() if not made.pairs[pair] and not excuse(pair))


@cache
def excuse(pair: tuple[str, str]) -> str:
    """Why a pair that no law has is no hole: the language refuses it, for one of the reasons; or ""."""
    found = refusal(*pair)
    if found is None:
        return ""
    if pair[1] in WITHOUT_REQUESTS and found[0] == "unknown-name":
        return REASONS["no-request"]
    return REASONS.get(found[0], "") or NOWHERE.get(pair, "")


def holes(made: Made, places: Iterable[str] = tuple(GAPS)) -> Iterator[str]:
    """What is never made, and is not refused; constructs at these places."""
    known = (UNREACHABLE, *(each for each, example in REFUSED.items() if refused(example)))
    never = (each for each in Grammar().productions if not made.productions[each])
    yield from (f"production {each}" for each in never if each not in known)
    yield from (
        f"{union}: {each}" for union in UNIONS for each in members_of(union) if not made.members[union, each]
    )
    for place in places:
        pairs = [(construct, place) for construct in CONSTRUCTS if not made.pairs[construct, place]]
        missing = [construct for construct, _ in pairs if not excuse((construct, place))]
        yield from [f"{place}: {', '.join(missing)}"] if missing else []
    unknown = {place for _, place in made.pairs} - set(GAPS)
    yield from (f"a place without a gap in the law of `law.py`: {each}" for each in sorted(unknown))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and the holes; 1 if there are any."""
    parser = argparse.ArgumentParser(prog="python -m tests.coverage_of_laws", description=__doc__)
    parser.add_argument("--laws", type=int, default=LAWS)
    parser.add_argument("--most", type=int, default=MOST, help="laws, with those that show what is missing")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args(arguments)
    made = many(given.seed, given.laws, given.most, given.jobs)
    found = list(holes(made))
    sys.stdout.write("\n".join([*table(made), *(f"hole: {each}" for each in found), ""]))
    return 1 if found else 0


def table(made: Made) -> Iterator[str]:
    """The counts, place by place."""
    yield f"{made.laws} laws, {sum(made.refused.values())} refused"
    yield from (f"  {count:>4} {said}" for said, count in made.refused.most_common(12))
    yield f"{len(made.productions)} productions, the rarest:"
    yield from (f"  {count:>6} {each}" for each, count in made.productions.most_common()[-8:])
    yield f"{'place':40}{'constructs':>12}{'fewest':>8}  which"
    for place in GAPS:
        counts = {each: made.pairs[each, place] for each in CONSTRUCTS if made.pairs[each, place]}
        rarest = min(counts, key=counts.__getitem__) if counts else ""
        yield f"{place:40}{len(counts):>12}{counts.get(rarest, 0):>8}  {rarest}"
