"""The initial situations and the steps of the behaviours of a claim's module."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from checker.model.expressions import Variable
from checker.model.made_of import within
from checker.model.reads import reads
from checker.tla.by_part import by_part, these_parts
from checker.tla.claim_shape import ClaimShape
from checker.tla.followed import Part, Taken, Values
from checker.tla.law_module import Law
from checker.tla.layout import Words, all_of, block, inline
from checker.tla.property import Property
from checker.tla.spelling import WIDTH, comment, hung, indented
from checker.tla.start import Start


class Behaviour:
    """Writes `ClaimInit`, `ClaimNext` and `ClaimSpec`. `own`: the variables that the claim's module adds."""

    def __init__(
        self,
        law: Law,
        question: ClaimShape,
        parts: Sequence[Part],
        start: Start,
        said: Property,
        own: tuple[str, ...],
    ) -> None:
        self.law = law
        self.question = question
        self.parts = parts
        self.start = start
        self.property = said
        self.own = own

    # ------------------------------------------------------------- requests

    def steps(self) -> Iterator[str]:
        """Yield the requests that are taken as steps, and those that might bring a goal about."""
        yield from self._requests(
            "Steps", "The requests that change the followed places.", [e.steps for e in self.parts]
        )
        yield from self._requests(
            "Makes", "The requests that might bring the goal about.", [e.makes for e in self.parts]
        )

    def _requests(self, name: str, told: str, taken: Sequence[Taken]) -> Iterator[str]:
        if any(each.get("") for each in taken):
            yield from (*comment(told), *by_part(name, [self.records(e.get("", ())) for e in taken]), "")

    def records(self, requests: Collection[Values]) -> list[str]:
        """Return the lines of a set of requests."""
        sorts = {each.name: each.sort for each in self.law.model.request}
        return self.property.sets.records(requests, sorts)

    # --------------------------------------------------------------- starts

    def starts(self) -> Iterator[str]:
        """Yield the initial situations: all that the start and the axioms allow or, for a claim about any
        situation, all that the axioms allow.
        """
        lines = [f"/\\ about \\in 1 .. {len(self.parts)}"] if "about" in self.own else []
        lines += self.start.init(self._rigid())
        lines += ["/\\ Start"] if self.question.reachable else []
        lines.append('/\\ step = [number |-> 0, kind |-> "start"]')
        if "since" in self.own:
            lines.append(f"/\\ since = {self.property.since()[0]}")
            yield from (*comment("The condition of the claim."), *self.property.never_after(), "")
        yield from ("ClaimInit ==", *indented(lines), "")

    def _rigid(self) -> list[str]:
        """The claim's `where`, if it is only about things that never change: situations in which it is false
        do not matter.
        """
        where, model = self.question.claim.where, self.law.model
        if where is None:
            return []
        used = reads(model, where)
        variables = {each.name for each in self.question.claim.variables}
        spoken = {each.name for each in within(where) if isinstance(each, Variable)} & variables
        changes = used.parameters or any(model.functions[each].state for each in used.functions)
        if changes or not spoken <= variables - {each.name for each in self.property.bindings.free}:
            return []
        return block(self.law.writer.formula(where, self.property.scope), 7)

    # ---------------------------------------------------------------- steps

    def next(self) -> Iterator[str]:
        """Yield the next-state relation and the specification."""
        ways = [line for each in self._ways() for line in hung("\\/ ", each)]
        if not ways or not self.question.reachable:
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
        among = ["Steps"] if any(part.steps.get("") for part in self.parts) else []
        among += ["Asked"] if asked and any(part.asked for part in self.parts) else []
        if among:
            name = self.property.bindings.names.copy().take("r")
            sent = self.property.senders(name) if self.question.form == "situation" else []
            requests = " \\cup ".join(among)
            made = inline(all_of([*sent, Words(f"Request({name})")]))
            yield [f"\\E {name} \\in {requests} : {made}"]
        happens = [_both(part.steps, part.happening) for part in self.parts]
        for event in self.law.model.events.values():
            for (ranges, call), numbers in self.property.happenings(event, happens):
                lines = _quantified(ranges, call)
                yield [f"/\\ {these_parts(numbers)}", *hung("/\\ ", lines)] if numbers else lines


def _both(one: Taken, other: Taken) -> Taken:
    return {name: one.get(name, set()) | other.get(name, set()) for name in {**one, **other}}


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
