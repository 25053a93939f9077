"""Random specifications, written in the language itself and read by the real parser.

Everything that rules can be made of occurs: sorts, enums, tables with open cells, optional functions,
definitions with cases and nested calls, requests that carry some parameters only, indexed components, checks
as other checks, nested limbs with binders, guarded and bulk updates, events, modifications, readings, claims.
What may be absent is asked about all the time. Functions never lead from a sort back to itself.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.model.mixture import apart
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from tests.agreement.compare import Differs, Law, Tally
from tests.random_laws.unclashed import unclashed
from tests.random_laws.writer import Writer

SOLVED = 15  # one situation in so many is also put to the solver


def write(chance: random.Random) -> Mapping[str, str]:
    """A random specification with claims, as texts by file."""
    writer = Writer(chance)
    writer.vocabulary()
    writer.request()
    writer.definitions()
    writer.route()
    writer.checks()
    writer.changes()
    writer.suppositions()
    writer.versions()
    claims = writer.claims()
    fences = [each if each.startswith("| ") else f"```redline\n{each}\n```" for each in writer.lines]
    return unclashed(
        {
            "rules.md": "# Rules\n\n" + "\n\n".join(fences) + "\n",
            "claims.md": f"```redline\n{claims}\n```\n",
        }
    )


def laws_of(regime: Regime) -> Iterator[Law]:
    """The columns in which a random rule set is asked about."""
    for text in ("old", "new", "new under red"):
        yield Law(regime, regime.parse_column(text), regime.claims)
    for readings in ((), ("red",)):
        old, new = (regime.model(Column(base, readings)) for base in ("old", "new"))
        if apart({"old": old, "new": new}) is None:  # else they are never asked about side by side
            yield Law(regime, Column("old", readings), regime.claims, ("old", "new"))


def agree_on_rules(each: int, seed: int, number: int) -> Tally:
    """Compare `each` situations of random rule set number `number`. Raises Differs."""
    chance = random.Random(f"rules {seed} {number}")
    texts = write(chance)
    try:
        regime = load_texts(texts)
    except SpecError as error:
        message = "\n".join(f"{d.code} {d.message} {d.span}" for d in error.diagnostics)
        raise AssertionError(f"rule set {number} does not load:\n{message}\n{texts['rules.md']}") from error
    tally = Tally()
    laws = list(laws_of(regime))
    for turn in range(each):
        law = laws[turn % len(laws)]
        own = random.Random(f"{seed} {number} {turn}")
        given = law.sample(own)
        try:
            law.compare(given, own, tally, solve=(turn + number) % SOLVED == 0)
        except Differs as difference:
            told = "\n\n".join(texts.values())
            raise Differs(f"{difference}\n\nrule set {number}, seed {seed}\n{told}") from difference
    tally.kinds["rule sets"] += 1
    return tally
