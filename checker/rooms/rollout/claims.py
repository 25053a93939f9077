"""The claims that a roll-out asks, of all mixtures of two versions at once or of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from checker.model.claim import Claim, Column, is_existential
from checker.model.situation import Instance
from checker.model.unparse import unparse
from checker.prove.left_out import speaks_of_nothing
from checker.question.jobs import names_columns
from checker.regime.additions import free_numbers
from checker.regime.regime import Regime
from checker.rooms.claim_texts import ClaimText, document, named
from checker.rooms.rollout.lattice import Mixture
from checker.rooms.rollout.switches import Switch

TITLE: Final = "What the roll-out asks"
PREFACE: Final = (
    "Each claim is asked of every mixture of the two versions at once or, where that is not proved, of one "
    "mixture after the other. Components at which the versions mean the same keep the old one. What is "
    "expected is what was found."
)
R: Final = "r"

Expected: TypeAlias = tuple[tuple[str, tuple[Column, ...]], ...]


def is_asked(claim: Claim) -> bool:
    """Whether a claim is asked of mixtures: it does not say itself what is deployed."""
    return not (names_columns(claim) or claim.deployment_over or claim.deployed)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is rolled out: `new` in place of `old`, columns with a version each. `same`: the components at
    which they mean the same.
    """

    regime: Regime
    old: Column
    new: Column
    switches: tuple[Switch, ...]
    same: tuple[Instance, ...]

    @property
    def asked(self) -> tuple[Claim, ...]:
        """The law's claims that are asked of mixtures: they do not say themselves what is deployed, and speak
        of what at least one of the columns has.
        """
        return tuple(each for each in self.regime.claims if is_asked(each) and self._speaks(each))

    @property
    def speechless(self) -> tuple[Claim, ...]:
        """The claims that could be asked, but speak of what neither column has, such as a reading brings."""
        return tuple(each for each in self.regime.claims if is_asked(each) and not self._speaks(each))

    def _speaks(self, claim: Claim) -> bool:
        columns = (self.old, self.new)
        return any(speaks_of_nothing(self.regime, claim, each) is None for each in columns)

    def versions(self, mixture: Mixture) -> dict[Instance, str]:
        """The version at every component in a mixture."""
        placed = {
            each.instance: self.new.base if mixture >> number & 1 else self.old.base
            for number, each in enumerate(self.switches)
        }
        return {**placed, **dict.fromkeys(self.same, self.old.base)}

    def called(self, mixture: Mixture) -> str:
        """A name for a mixture: that of the switches that are on."""
        on = [each.instance for n, each in enumerate(self.switches) if mixture >> n & 1]
        return named("on", *(part for at in on for part in at if part is not None))


@dataclass(frozen=True, slots=True)
class Wording:
    """A question, before it is asked of a mixture: parts of a claim in the language."""

    name: str
    sentence: str
    before: tuple[str, ...]
    statement: str
    after: tuple[str, ...]
    existential: bool = False


def inconsistent(plan: Plan) -> Wording | None:
    """No request passes one component and is refused by a later one although either version everywhere would
    not have refused it there or further on. None if a request visits one component only.
    """
    route = tuple(dict.fromkeys(stage.component for stage in plan.regime.model(plan.old).route))
    parts = []
    for number, component in enumerate(route[1:], 1):
        pure = [
            f"{R} rejected by {later} in {version}"
            for later in route[number:]
            for version in (plan.old.base, plan.new.base)
        ]
        parts.append(f"({R} rejected by {component} implies {' or '.join(pure)})")
    if not parts:
        return None
    sentence = (
        "No request that one component lets pass is refused by a later one, unless "
        f"{plan.old.base} or {plan.new.base} everywhere would refuse it there or further on."
    )
    return Wording("consistent", sentence, (), f"{_EVERY} {' and '.join(parts)}", ())


_EVERY: Final = f"in any situation, for every request {R}:"


def more_permissive(plan: Plan) -> Wording:
    """Nothing is accepted that both versions refuse."""
    old, new = plan.old.base, plan.new.base
    sentence = f"Whatever is accepted is accepted by {old} or {new} everywhere."
    said = f"{_EVERY} {R} accepted implies {R} accepted in {old} or {R} accepted in {new}"
    return Wording("nothing-more", sentence, (), said, ())


def less_permissive(plan: Plan) -> Wording:
    """Everything is accepted that both versions accept."""
    old, new = plan.old.base, plan.new.base
    sentence = f"Whatever both {old} and {new} everywhere accept is accepted."
    said = f"{_EVERY} {R} accepted in {old} and {R} accepted in {new} implies {R} accepted"
    return Wording("nothing-less", sentence, (), said, ())


def within(one: str, other: str) -> Wording:
    """What one version accepts, the other accepts."""
    said = f"{one} allows no more than {other}"
    return Wording(
        named(one, "within", other), f"Whatever {one} accepts is accepted by {other}.", (), said, ()
    )


def of_claim(claim: Claim) -> Wording:
    """A claim of the law."""
    before, after = [], []
    if claim.variables:
        binders = ", ".join(
            f"{each.name}: {each.sort.name if each.sort else 'request'}" for each in claim.variables
        )
        before.append(f"for {binders}{f' where {unparse(claim.where)}' if claim.where else ''}")
    if claim.premises:
        before.append(f"given {', '.join(map(unparse, claim.premises))}")
    if claim.witness is not None:
        after.append(f"witness {unparse(claim.witness)}")
    return Wording(
        claim.name,
        claim.sentence,
        tuple(before),
        claim.statement_text,
        tuple(after),
        existential=is_existential(claim.statement),
    )


class Claims:
    """Collects the claims that are asked, each with a number and a name of its own."""

    def __init__(self, plan: Plan, source: str) -> None:
        self.plan, self.source = plan, source
        self._numbers = free_numbers(plan.regime)
        self._taken = {each.name for each in plan.regime.claims}
        self._written: list[ClaimText] = []

    def plain(self, wording: Wording, column: Column) -> str:
        """Ask as it stands; answers the claim's name."""
        return self._add(wording, "", column, ())

    def of_all(self, wording: Wording, column: Column) -> str:
        """Ask of every mixture at once."""
        return self._add(wording, "in-every-mixture", column, (self._deployed(wording, self.plan.same, 0),))

    def of_one(self, wording: Wording, column: Column, mixture: Mixture) -> str:
        """Ask of one mixture."""
        everywhere = tuple(self.plan.versions(mixture))
        deployed = self._deployed(wording, everywhere, mixture)
        return self._add(wording, self.plan.called(mixture), column, (deployed,))

    def text(self, found: Mapping[str, str]) -> str:
        """The claims so far, as Markdown. `found`: claim -> its verdict, as far as it is known."""
        written = (replace(each, expected=_expecting(each, found)) for each in self._written)
        return document(TITLE, PREFACE, written, self.source)

    def _add(self, wording: Wording, mixture: str, column: Column, deployed: Sequence[str]) -> str:
        name = self._free(named("rollout", wording.name, mixture))
        lines = (*wording.before, wording.statement, *wording.after, *deployed)
        expected = (("proved", (column,)),)
        self._written.append(ClaimText(next(self._numbers), name, wording.sentence, lines, expected))
        return name

    def _free(self, name: str) -> str:
        names = (name, *(f"{name}-{number}" for number in range(2, len(self._taken) + 3)))
        found = next(each for each in names if each not in self._taken)
        self._taken.add(found)
        return found

    def _deployed(self, wording: Wording, known: Iterable[Instance], mixture: Mixture) -> str:
        """The deployments asked about: those with the mixture's version at the components `known`."""
        plan = self.plan
        which = "some" if wording.existential else "every"
        where = " and ".join(_placed(plan, known, mixture))
        over = f"in {which} deployment over {plan.old.base}, {plan.new.base}"
        return f"{over} where {where}" if where else over


def _expecting(claim: ClaimText, found: Mapping[str, str]) -> Expected:
    """What is to be expected of a claim: what was found."""
    verdict = found.get(claim.name)
    known = verdict in ("proved", "refuted")
    return tuple((verdict if verdict and known else said, columns) for said, columns in claim.expected)


def _placed(plan: Plan, known: Iterable[Instance], mixture: Mixture) -> Iterator[str]:
    versions = plan.versions(mixture)
    for name, index in known:
        at = name if index is None else f"{name}[{index}]"
        yield f"version({at}) is {versions[name, index]}"
