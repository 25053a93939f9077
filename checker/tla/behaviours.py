"""Where the behaviours of a claim's module start, and what steps they take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from checker.model.expressions import (
    Absent,
    And,
    Apply,
    Before,
    Call,
    Cases,
    Constant,
    ExactlyOne,
    Expression,
    Formula,
    Iff,
    Implies,
    In,
    Is,
    Matches,
    Not,
    Or,
    Outcome,
    Parameter,
    Present,
    Quantified,
    StepIs,
    Truth,
    Value,
    Variable,
    VersionOf,
)
from checker.model.made_of import parts
from checker.model.reads import reads
from checker.tla.claim_part import Part
from checker.tla.claim_shape import ClaimShape
from checker.tla.cut_claim import Plan
from checker.tla.law_module import Law
from checker.tla.layout import Words, all_of, block, inline
from checker.tla.property import Property
from checker.tla.spelling import WIDTH, comment, hung, indented, one_or_more
from checker.tla.start import Start, by_part, these_parts
from checker.tla.told_apart import Pattern


class Behaviour:
    """Writes `ClaimInit`, `ClaimNext` and `ClaimSpec`. `own`: the variables that the claim's module adds."""

    def __init__(
        self, law: Law, question: ClaimShape, plan: Plan, start: Start, said: Property, own: tuple[str, ...]
    ) -> None:
        self.law = law
        self.question = question
        self.plan = plan
        self.start = start
        self.property = said
        self.own = own

    # ------------------------------------------------------------- requests

    def steps(self) -> Iterator[str]:
        """Yield the sets of requests that are taken as steps, and that might bring a goal about."""
        records = self.property.sets.records
        if self._has_steps:
            yield from comment("The requests that change what is followed.")
            yield from by_part("Steps", [records(_requests(each.slice.steps)) for each in self.plan.parts])
            yield ""
        if self.question.form == "next" and _requests(self.plan.makes):
            yield from comment("The requests that might bring the goal about.")
            yield from one_or_more("Makes", records(_requests(self.plan.makes)))
            yield ""

    @property
    def _has_steps(self) -> bool:
        return any(_requests(part.slice.steps) for part in self.plan.parts)

    # --------------------------------------------------------------- starts

    def starts(self) -> Iterator[str]:
        """Yield the first situations: any that start and axioms allow or, of a claim about any situation, any
        that the axioms allow."""
        lines = [f"/\\ about \\in 1 .. {len(self.plan.parts)}"] if "about" in self.own else []
        lines += self.start.init(self._rigid())
        lines += ["/\\ Start"] if self.question.reachable else []
        lines.append('/\\ step = [number |-> 0, kind |-> "start"]')
        if "since" in self.own:
            lines.append(f"/\\ since = {self.property.since()[0]}")
            yield from (*comment("The condition of the claim."), *self.property.never_after(), "")
        yield from ("ClaimInit ==", *indented(lines), "")

    def _rigid(self) -> list[list[str]]:
        """The conditions of the claim's `where` on things that never change: elsewhere it says nothing."""
        where = self.question.claim.where
        parts: Sequence[Formula] = where.parts if isinstance(where, And) else (where,) if where else ()
        rigid = [each for each in parts if self._never_changes(each)]
        return [block(self.law.writer.formula(each, self.property.scope), 7) for each in rigid]

    def _never_changes(self, formula: Formula) -> bool:
        model = self.law.model
        used = reads(model, formula)
        if used.parameters or any(model.functions[each].state for each in used.functions):
            return False
        return free_variables(formula) <= set(self.plan.focus.variables)

    # ---------------------------------------------------------------- steps

    def next(self) -> Iterator[str]:
        """Yield the next-state relation and the specification."""
        ways = (
            [line for each in self._ways() for line in hung("\\/ ", each)] if self.question.reachable else []
        )
        if not ways:
            yield "ClaimNext == UNCHANGED claimVars"
        elif not self.own:
            yield from ("ClaimNext ==", *indented(ways))
        else:
            yield "ClaimNext =="
            yield from indented(hung("/\\ ", ways))
            if "about" in self.own:
                yield "    /\\ UNCHANGED about"
            if "since" in self.own:
                yield f"    /\\ since' = {self.property.since()[1]}"
        yield from ("", "ClaimSpec == ClaimInit /\\ [][ClaimNext]_claimVars", "")

    def _ways(self) -> Iterator[list[str]]:
        """The disjuncts of the next-state relation, each as lines."""
        asked = self.question.form == "after" and self.question.asks_requests
        among = ["Steps"] if self._has_steps else []
        among += ["Asked"] if asked and any(part.subjects for part in self.plan.parts) else []
        if among:
            name = self.property.bindings.names.copy().take("r")
            sent = self.property.senders(name) if self.question.form == "situation" else []
            requests = " \\cup ".join(among)
            made = inline(all_of([*sent, Words(f"Request({name})")]))
            yield [f"\\E {name} \\in {requests} : {made}"]
        for event in self.law.model.events.values():
            of_parts: dict[tuple[tuple[str, ...], str], list[int]] = {}
            for number, part in enumerate(self.plan.parts, 1):
                for each in self.property.happenings(event, self._happening(part)):
                    of_parts.setdefault(each, []).append(number)
            for (ranges, call), numbers in of_parts.items():
                lines = _quantified(ranges, call)
                if len(numbers) < len(self.plan.parts):
                    lines = [f"/\\ {these_parts(numbers)}", *hung("/\\ ", lines)]
                yield lines

    def _happening(self, part: Part) -> frozenset[Pattern]:
        return part.slice.steps | self.plan.happening


def free_variables(expression: Expression) -> set[str]:
    """Return the variables that occur in an expression and are not bound in it."""
    inside = {name for each in parts(expression) for name in free_variables(each)}
    match expression:
        case Variable(name=name):
            return {name}
        case Quantified(variables=variables):
            return inside - {each.name for each in variables}
        case ExactlyOne(variable=variable):
            return inside - {variable.name}
        case (
            Parameter()
            | Value()
            | Constant()
            | Absent()
            | Apply()
            | Call()
            | Cases()
            | Before()
            | VersionOf()
            | Truth()
            | Is()
            | Matches()
            | Present()
            | In()
            | Not()
            | And()
            | Or()
            | Implies()
            | Iff()
            | StepIs()
            | Outcome()
        ):
            return inside
        case _:
            assert_never(expression)


def _requests(patterns: frozenset[Pattern]) -> frozenset[tuple[str, ...]]:
    """The patterns of requests among those of steps."""
    return frozenset(tokens for name, tokens in patterns if name == "")


def _quantified(ranges: Sequence[str], call: str) -> list[str]:
    """The lines of a step for some values of its parameters."""
    if not ranges:
        return [call]
    text = f"\\E {', '.join(ranges)} : {call}"
    if len(text) + 12 <= WIDTH:
        return [text]
    last = len(ranges) - 1
    marked = [f"{each}{',' if number < last else ' :'}" for number, each in enumerate(ranges)]
    return [*hung("\\E ", marked), f"    {call}"]
