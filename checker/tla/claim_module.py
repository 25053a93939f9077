"""A claim as a TLA+ module over the law's, and the configuration with which TLC checks it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from checker.model.claim import Claim
from checker.tla import comments
from checker.tla.behaviours import Behaviour
from checker.tla.claim_shape import ClaimShape
from checker.tla.constants_and_variables import place_of
from checker.tla.cut_claim import Plan
from checker.tla.law_module import Law, banner, block_comment, run_with
from checker.tla.property import Property
from checker.tla.sets_of_places import Sets
from checker.tla.spelling import WIDTH, comment, hung, indented, joined, lower, one_or_more, string
from checker.tla.start import Start, by_part
from checker.tla.symbol_names import things_sorts
from checker.tla.thing_counts import things_lines
from checker.tla.told_apart import THE_REST


@dataclass(frozen=True, slots=True)
class Module:
    """A claim's module and configuration. `universal`: a violation refutes the claim; else it shows it.

    `situations`: a bound on how many situations TLC has to tell apart.
    """

    name: str
    claim: Claim
    text: str
    configuration: str
    universal: bool
    situations: float


class Instance:
    """Writes one claim. `counts`: things of each sort, named ones apart."""

    def __init__(self, law: Law, question: ClaimShape, plan: Plan, counts: Mapping[str, int]) -> None:
        self.question = question
        self.plan = plan
        self.counts = counts
        self.name = f"{law.name}_{joined(question.claim.number).removeprefix('N')}"
        names = law.lexicon.names.copy()
        names.used.add(self.name)
        self.one: dict[str, str] = {}
        fixed: dict[str, str] = {}
        for variable, sort in plan.focus.variables.items():
            fixed[variable] = self.one[sort] = names.take(lower(variable))
        for sort in sorted(plan.focus.sorts - set(self.one)):
            self.one[sort] = names.take(f"the{law.lexicon.sorts[sort]}")
        self.law = replace(law, lexicon=replace(law.lexicon, names=names))
        self.sets = Sets(plan.focus, self.law.lexicon, self.one)
        self.start = Start(self.law, plan, self.sets, reachable=question.reachable)
        self.property = Property(self.law, question, plan, self.sets, fixed)
        self.behaviour = Behaviour(self.law, question, plan, self.start, self.property, self._own())

    def _own(self) -> tuple[str, ...]:
        """The variables that the claim's module adds."""
        about = ("about",) if len(self.plan.parts) > 1 else ()
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
        situations = sum(each.cost(self.plan.cone) for each in self.plan.parts)
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
        yield f"Claim {claim.number}, {claim.name}, asked of {self.law.column}. {place_of(claim.span)}"
        yield f"\N{LEFT DOUBLE QUOTATION MARK}{claim.sentence}\N{RIGHT DOUBLE QUOTATION MARK}"
        yield claim.statement_text
        yield f"Run: {run_with(self.name)}"
        yield comments.REFUTES if self.question.universal else comments.SHOWS
        yield comments.LENGTH

    def _constants(self) -> Iterator[str]:
        if not self.one:
            return
        width = max(map(len, self.one.values())) + 1
        yield "CONSTANTS"
        for number, (sort, name) in enumerate(self.one.items(), 1):
            mark = "," if number < len(self.one) else ""
            told = f"the {sort} that is asked about: nothing tells one from another, so any one will do"
            yield from hung(f"    {name + mark:{width}} ", comment(told, width + 5))
        members = " /\\ ".join(
            f"{name} \\in {self.law.lexicon.sorts[sort]}" for sort, name in self.one.items()
        )
        yield from ("", f"ASSUME {members}", "")

    def _variables(self) -> Iterator[str]:
        if "about" in self._own():
            yield from (*comment(comments.PARTS), "VARIABLE about", "")
        if "since" in self._own():
            what = "Of what" if self.property.bindings.free else "Whether"
            told = f"{what} the condition has held, with only steps that count taken since then."
            yield from (*comment(told), "VARIABLE since", "")
        yield f"claimVars == {_tuple('vars', *self._own())}"
        yield ""

    def _followed(self) -> Iterator[str]:
        lines = list(self.start.followed())
        if lines:
            yield from (*comment(comments.FOLLOWED), *lines, "")

    def _asked(self) -> Iterator[str]:
        parts = self.plan.parts
        if self.question.asks_requests:
            yield from comment(
                comments.ASKED if parts[0].subjects else "No request here meets the claim's condition."
            )
            yield from by_part("Asked", [self.sets.records(each.subjects) for each in parts])
            yield ""
        elif self.property.cut:
            sorts = [each.sort for each in self.property.cut]
            yield from comment("The values that the claim is asked of.")
            yield from by_part("Subjects", [self.sets.tuples(each.subjects, sorts) for each in parts])
            yield ""
        for name, patterns in self.plan.asked.items():
            yield from comment(f"The requests that `{name}` may be.")
            yield from one_or_more(self.property.asked[name], self.sets.records(patterns))
            yield ""

    def _checked(self, symmetric: list[str]) -> Iterator[str]:
        if self.question.twice:
            event = string(self.question.event)
            yield from comment("The step before was the same event.")
            yield f'Again == IF step.kind = "event" THEN step.event = {event} ELSE FALSE'
            yield ""
        yield from comment("States that differ in the last step only are the same to TLC.")
        again = ("Again",) if self.question.twice else ()
        yield f"View == {_tuple('situation', *self._own(), *again)}"
        yield ""
        if symmetric:
            yield from comment("Things that nothing tells apart.")
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
        sorts = [e for e in things_sorts(self.law.model) if self.plan.focus.count(THE_REST, e) > 1]
        return [self.sets.rest(each) for each in sorts]

    def _configuration(self, symmetric: list[str]) -> str:
        """What TLC is told: the things, and what to check. An action property is no invariant."""
        action = self.question.form == "after"
        lines = [
            f"\\* {self.name}: claim {self.question.claim.number} of {self.law.column}",
            "SPECIFICATION ClaimSpec",
            "CONSTANTS",
            *indented(things_lines(self.law.model, self.law.lexicon, self.counts, self.one)),
            f"INVARIANTS TypeOK Axioms{'' if action else ' Claim'}",
            *(["PROPERTY Claim"] if action else []),
            "VIEW View",
            *(["SYMMETRY Symmetry"] if symmetric else []),
            "",
        ]
        return "\n".join(lines)


def _tuple(*names: str) -> str:
    return names[0] if len(names) == 1 else f"<<{', '.join(names)}>>"
