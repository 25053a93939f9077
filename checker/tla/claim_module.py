"""A claim as a TLA+ module that extends the law's, and the configuration with which TLC checks it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace

from checker.model.claim import Claim
from checker.tla import comments
from checker.tla.behaviours import Behaviour
from checker.tla.by_part import by_part
from checker.tla.claim_shape import ClaimShape
from checker.tla.constants_and_variables import place_of
from checker.tla.followed import Followed
from checker.tla.law_module import Law, banner, block_comment, run_with
from checker.tla.property import Property
from checker.tla.sets import Sets
from checker.tla.spelling import WIDTH, Names, comment, hung, joined, lower, one_or_more, set_of, string
from checker.tla.start import Start


@dataclass(frozen=True, slots=True)
class Module:
    """A claim's module and configuration. `universal`: a violation refutes the claim; otherwise a violation
    proves it. `situations`: an upper bound on the number of situations that TLC has to distinguish.
    """

    name: str
    claim: Claim
    text: str
    configuration: str
    universal: bool
    situations: float


class Instance:
    """Writes one claim over the part of an instance that is followed."""

    def __init__(self, law: Law, question: ClaimShape, found: Followed) -> None:
        self.question = question
        self.parts = found.parts
        self.name = f"{law.name}_{joined(question.claim.number).removeprefix('N')}"
        names = law.lexicon.names.copy()
        names.used.add(self.name)
        placed = {thing: variable for variable, thing in found.placed.items()}
        self.placed = {thing: names.take(lower(variable)) for thing, variable in placed.items()}
        fixed = {variable: self.placed[thing] for variable, thing in found.placed.items()}
        self.alike = {
            sort: {each.name: self._called(names, sort, each.name) for each in things.alike}
            for sort, things in found.things.items()
        }
        self.spoken = found.spoken
        self.law = replace(law, lexicon=replace(law.lexicon, names=names))
        constants = law.model.constants.values()
        things = {
            sort: own | {e.name: law.lexicon.constants[e.name] for e in constants if e.sort.name == sort}
            for sort, own in self.alike.items()
        }
        self.sets = Sets(self.law.lexicon, things)
        self.start = Start(self.law, self.parts, self.sets)
        self.property = Property(self.law, question, self.parts, self.sets, fixed)
        self.behaviour = Behaviour(self.law, question, self.parts, self.start, self.property, self._own())

    def _called(self, names: Names, sort: str, thing: str) -> str:
        """The name of a thing: that of the claim's variable, if the variable is always this thing; otherwise
        its sort and a number.
        """
        number = thing.rpartition(" ")[2]
        return self.placed.get(thing) or names.take(f"{lower(sort)}{number}")

    def _own(self) -> tuple[str, ...]:
        """The variables that the claim's module adds."""
        about = ("about",) if len(self.parts) > 1 else ()
        return (*about, *(("since",) if self.question.form == "never" else ()))

    def module(self) -> Module:
        """Return the module and its configuration."""
        symmetric = self._symmetric()
        body = [
            *self._constants(),
            *self._variables(),
            *self._followed(),
            *self._asked(),
            *self.behaviour.steps(),
            *self.behaviour.starts(),
            *self.behaviour.next(),
            *self._checked(symmetric),
        ]
        extends = f"EXTENDS {self.law.name}{', TLC' if symmetric else ''}"
        lines = [*banner(self.name), *block_comment(self._header()), extends, "", *body, "=" * WIDTH, ""]
        situations = sum(each.situations for each in self.parts)
        return Module(
            self.name,
            self.question.claim,
            "\n".join(lines),
            self._configuration(symmetric),
            self.question.universal,
            situations,
        )

    # ----------------------------------------------------------------- text

    def _header(self) -> Iterator[str]:
        claim = self.question.claim
        yield f"Claim {claim.number}, {claim.name}, in {self.law.column}. {place_of(claim.span)}"
        yield f"\N{LEFT DOUBLE QUOTATION MARK}{claim.sentence}\N{RIGHT DOUBLE QUOTATION MARK}"
        yield claim.statement_text
        yield f"Run: {run_with(self.name)}"
        yield comments.REFUTES if self.question.universal else comments.SHOWS
        yield comments.LENGTH

    def _constants(self) -> Iterator[str]:
        """The things, one constant each; things that the claim mentions have the claim's names."""
        names = [name for things in self.alike.values() for name in things.values()]
        yield from hung("CONSTANTS ", textwrap.wrap(", ".join(names), WIDTH - 10))
        yield ""
        for sort, things in self.sets.things.items():
            yield f"ASSUME {self.law.lexicon.sorts[sort]} = {set_of(things.values())}"
        yield ""

    def _variables(self) -> Iterator[str]:
        if "about" in self._own():
            yield from (*comment(comments.PARTS), "VARIABLE about", "")
        if "since" in self._own():
            what = "For which values" if self.property.bindings.free else "Whether"
            told = f"{what} the condition has held, and only steps that count have been taken since then."
            yield from (*comment(told), "VARIABLE since", "")
        yield f"claimVars == {_tuple('vars', *self._own())}"
        yield ""

    def _followed(self) -> Iterator[str]:
        lines = list(self.start.followed())
        if lines:
            yield from (*comment(comments.FOLLOWED), *lines, "")

    def _asked(self) -> Iterator[str]:
        if self.question.asks_requests:
            yield from comment(
                comments.ASKED
                if any(each.asked for each in self.parts)
                else "No request in this instance meets the claim's condition."
            )
            yield from by_part("Asked", [self.behaviour.records(each.asked) for each in self.parts])
            yield ""
        free = self.property.bindings.free
        if free:
            places = [number for number, each in enumerate(self.question.variables) if each in free]
            values = [{tuple(one[n] for n in places) for one in each.bindings} for each in self.parts]
            yield from comment("The values for which the claim is checked.")
            yield from by_part(
                "Subjects", [self.sets.tuples(each, [e.sort for e in free]) for each in values]
            )
            yield ""
        for name in self.question.requests:
            yield from comment(f"The requests that `{name}` may be.")
            own = [self.behaviour.records(each.own.get(name, ())) for each in self.parts]
            yield from by_part(self.property.asked[name], own)
            yield ""

    def _checked(self, symmetric: list[str]) -> Iterator[str]:
        if self.question.twice:
            event = string(self.question.event)
            yield from comment("The step before was the same event.")
            yield f'Again == IF step.kind = "event" THEN step.event = {event} ELSE FALSE'
            yield ""
        yield from comment("TLC treats states that differ only in the last step as the same.")
        again = ("Again",) if self.question.twice else ()
        yield f"View == {_tuple('situation', *self._own(), *again)}"
        yield ""
        if symmetric:
            yield from comment("Interchangeable things.")
            yield "Symmetry == " + " \\cup ".join(f"Permutations({each})" for each in symmetric)
            yield ""
        yield from comment(self.question.claim.statement_text)
        if self.question.form == "after" and self.question.kind != "event":
            name = self.property.requests[self.question.request]
            yield from comment(
                f"({name} is the request that the step is, with a name, so that it can be primed.)"
            )
        yield from (*one_or_more("Claim", self.property.text()), "")

    def _symmetric(self) -> list[str]:
        """The sets of interchangeable things."""
        free = ([name for thing, name in e.items() if thing not in self.spoken] for e in self.alike.values())
        return [set_of(each) for each in free if len(each) > 1]

    def _configuration(self, symmetric: list[str]) -> str:
        """The configuration for TLC: the things, and what to check. An action property cannot be listed as an
        invariant.
        """
        action = self.question.form == "after"
        things = self.sets.things
        names = dict.fromkeys(name for each in things.values() for name in each.values())
        lines = [
            f"\\* {self.name}: claim {self.question.claim.number} of {self.law.column}",
            "SPECIFICATION ClaimSpec",
            "CONSTANTS",
            *(
                f"    {self.law.lexicon.sorts[sort]} = {set_of(each.values())}"
                for sort, each in things.items()
            ),
            *(f"    {each} = {each}" for each in (*names, "Absent")),
            f"INVARIANTS TypeOK Axioms{'' if action else ' Claim'}",
            *(["PROPERTY Claim"] if action else []),
            "VIEW View",
            *(["SYMMETRY Symmetry"] if symmetric else []),
            "",
        ]
        return "\n".join(lines)


def _tuple(*names: str) -> str:
    return names[0] if len(names) == 1 else f"<<{', '.join(names)}>>"
