"""What an edit of a law or its claims can reach: the verdicts that it may turn, and no verdict that it turns
is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from checker.model.claim import Claim
from checker.model.fingerprint import Fingerprints
from checker.model.model import Model
from checker.model.objects import Objects
from checker.model.reads import Thing, declared, reads, said, words_of
from checker.prove.kept_verdicts import columns_read
from checker.question.jobs import Job
from checker.question.same_law import rules_of
from checker.question.transition_system import Columns


@dataclass(frozen=True, slots=True)
class Reach:
    """Makes texts for all that a verdict can turn on. If the text of a job is the same for two laws, so is
    the verdict.

    It has everything that the claim's author wrote, and of each law that the claim is about: what there is
    (sorts, constants, components), everything that happens or is decided (starts, axioms, requests, the
    route, checks, effects, events, orders, staging), and each definition, premise and function that any of
    these or the claim reads, however indirectly. So an edit reaches a claim unless it is of words alone, of
    another column, or of a definition, premise or function that neither these nor the claim reads.
    """

    fingerprints: Fingerprints = field(default_factory=Fingerprints)
    _objects: Objects = field(default_factory=Objects)
    _known: dict[int, tuple[str, frozenset[Thing]]] = field(default_factory=dict)

    def of(self, regime: Columns, job: Job) -> str:
        """Return the text of all that the verdict on the job can turn on."""
        asked = (job.claim, job.column, job.expected, job.by, job.dropped, job.one_by_one)
        laws = [
            (
                [(name, *self._law(model, job.claim)) for name, model in regime.rules(each).items()],
                dict(regime.deployed(each)),
            )
            for each in dict.fromkeys(columns_read(regime, job))
        ]
        return self.fingerprints.of(asked, laws)

    def _law(self, model: Model, claim: Claim) -> tuple[object, ...]:
        """Return what is in force whatever is asked, and what the claim reads besides."""
        always, known = self._always(model)
        own = reads(model, *words_of(claim), *(each.formula for each in claim.lemmas)).things - known
        return always, [_said(model, each) for each in sorted(own)]

    def in_force(self, model: Model) -> str:
        """Return a text of everything that happens or is decided in a law, and of all that this reads."""
        return self._always(model)[0]

    def _always(self, model: Model) -> tuple[str, frozenset[Thing]]:
        """Return that text, and what is read."""
        number = self._objects.number(model)
        if number not in self._known:
            read = reads(model, *rules_of(model), *model.checks).things
            parts = (*_in_force(model), [_said(model, each) for each in sorted(read)])
            self._known[number] = self.fingerprints.of(*parts), read
        return self._known[number]


def _said(model: Model, thing: Thing) -> tuple[Thing, object]:
    return thing, said(declared(model, thing))


def _in_force(model: Model) -> Iterator[object]:
    """Yield everything that counts whether or not anything reads it, without words and places."""
    yield model.sorts
    yield said(model.axioms)
    yield [said(each) for each in rules_of(model)]
    yield [(said(each), each.clause) for each in model.checks]
    yield [each.name for each in model.effects]
    yield [each.name for each in model.events.values()]
    yield model.staging
    for things in (model.constants, model.components, model.orders):
        yield {name: said(things[name]) for name in sorted(things)}
