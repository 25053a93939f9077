"""Words of claims without effect: unused variables and lemmas, and clauses that a version does not have."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.claim import Claim, Expectation
from checker.model.decision import is_called
from checker.model.expressions import Call, Outcome, Parameter, Variable
from checker.model.made_of import within
from checker.model.reads import words_of
from checker.rooms.lint.finding import Finding
from checker.rooms.lint.words_and_rules import Law


def claim_findings(law: Law) -> Iterator[Finding]:
    """Yield a notice for each variable that its claim never uses, and for each check or clause that a claim
    speaks of where it expects a verdict of the version, or of a deployment of it, that has none of that name;
    and, if there are claims, for each lemma of the law that none of them uses.
    """
    used = {(each.name, each.sentence) for claim in law.regime.claims for each in claim.lemmas}
    for lemma in law.regime.vocabulary.lemmas if law.regime.claims else ():
        name = lemma.name.text
        if (name, lemma.sentence) not in used:
            message = f"no claim uses the lemma `{name}`"
            note = f"`using {name}` in a claim would have it tried in its proof"
            yield Finding("lemma-unused", name, message, "", (), lemma.name.span, (law.version,), (note,))
    for claim in law.regime.claims:
        for name in _unused(claim):
            message = f"claim {claim.number} {claim.name} never uses its variable `{name}`"
            yield Finding("claim-variable-unused", name, message, "", (), claim.span, (law.version,))
        for each in claim.expectations:
            if law.version in law.regime.deployed(each.column).values():
                yield from _struck(law, claim, each)


def _unused(claim: Claim) -> Iterator[str]:
    """Yield the variables that neither restrict anything nor are spoken of."""
    used: set[str] = set()
    for part in within(*words_of(claim)):
        match part:
            case Variable(name=name):
                used.add(name)
            case Parameter(request=name) | Outcome(request=name) | Call(request=name):
                used.add(name)
            case _:
                continue
    yield from (each.name for each in claim.variables if each.name not in used)


def _struck(law: Law, claim: Claim, expected: Expectation) -> Iterator[Finding]:
    outcomes = (each for each in within(*words_of(claim)) if isinstance(each, Outcome))
    said = [expected.by, *(each.by for each in outcomes if each.column is None)]
    models = tuple(law.regime.rules(expected.column).values())
    for name in dict.fromkeys(each for each in said if each is not None):
        if not any(name in model.components or is_called(model, name) for model in models):
            message = (
                f"claim {claim.number} {claim.name} speaks of `{name}`, and nothing in {expected.column} is "
                "called so"
            )
            span, versions = expected.span, (law.version,)
            yield Finding("claim-names-nothing", name, message, "", (), span, versions)
