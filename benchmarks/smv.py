"""A claim in a finite instance as a model in the language of NuSMV.

The model has the situations, the steps and the goals of the explorer's plan, of
`checker/explore/state_graph.py`, so that NuSMV is asked what the explorer is asked. Its one specification is
true if no story leads to the goal: for `Leads`, to a violation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from checker.explore.finite_instance import Instance, is_presence
from checker.explore.state_graph import Digit, GroundMove, Plan
from checker.logic.node import Node
from checker.model.claim import Leads, Statement
from checker.model.expressions import FACT

ANY, LIMITED, DONE = "any", "limited", "done"
"""While any step may be taken; from the condition of `Leads` on, by the steps that count; and after that."""


def smv_model(instance: Instance, plan: Plan, statement: Statement) -> str:
    """Return the text of the model. Raises TooLarge if a formula takes too long."""
    return "\n".join(_Model(instance, plan, statement).lines()) + "\n"


class _Model:
    def __init__(self, instance: Instance, plan: Plan, statement: Statement) -> None:
        self.instance, self.plan, self.statement = instance, plan, statement
        self.domains = instance.domains(plan.digits, plan.nodes, ())
        self.names = {term: f"d{number}" for number, term in enumerate(plan.digits)}
        self.phased = isinstance(statement, Leads)
        phases = (ANY, LIMITED) if self.phased else (ANY,)
        self.moves = [
            (phase, move)
            for phase, moves in zip(phases, plan.moves, strict=True)
            for move in moves
            if move.guard.operator != "false"
        ]
        self.changing = {term for _, move in self.moves for term in move.writes}
        self.definitions: list[str] = []
        self._formulas: dict[Node, str] = {}
        self._values: dict[Node, dict[Digit, str]] = {}

    # ------------------------------------------------------------------ parts

    def lines(self) -> Iterator[str]:
        changing = list(self._changes())
        within, start = self.formula(self.plan.axioms), self.formula(self.plan.start)
        goals = [_all((self.formula(each), within)) for each in self.plan.goals]
        allowed = list(self._allowed(within))
        yield "MODULE main"
        yield f"IVAR move : 0..{len(self.moves)};"
        if self.phased:
            yield f"VAR phase : {{{ANY}, {LIMITED}, {DONE}}};"
        for term, name in self.names.items():
            kind = "VAR" if term in self.changing else "FROZENVAR"
            yield f"{kind} {name} : {self._type(term)}; -- {_called(term)}"
        yield from self.definitions
        yield f"INIT {_all((start, within, *(['phase = ' + ANY] if self.phased else [])))};"
        yield from changing
        yield from allowed
        yield f"CTLSPEC {self._specification(goals)};"

    def _type(self, term: Node) -> str:
        domain = self.domains[term]
        if term.sort == FACT:
            return "boolean"
        return f"{{{', '.join(map(str, range(len(domain))))}}}"

    def _specification(self, goals: list[str]) -> str:
        if not isinstance(self.statement, Leads):
            (goal,) = goals
            return f"AG !({goal})"
        condition, goal = goals
        reached = f"phase = {LIMITED} & ({goal})"
        match self.statement.modality:
            case "never":
                then = f"!EX (phase = {LIMITED} & EF ({reached}))"
            case "next":
                then = f"EX (phase = {LIMITED} & EX ({reached}))"
            case "possibly":
                then = f"EX (phase = {LIMITED} & EF ({reached}))"
            case _:
                assert_never(self.statement.modality)
        return f"AG ((phase = {ANY} & ({condition})) -> {then})"

    def _allowed(self, within: str) -> Iterator[str]:
        """Where each step can be taken; step 0 changes no digit, and begins the next phase."""
        for number, (phase, move) in enumerate(self.moves, start=1):
            where = [self.formula(move.guard), within, *([f"phase = {phase}"] if self.phased else [])]
            yield f"TRANS move = {number} -> {_all(where)};"

    def _changes(self) -> Iterator[str]:
        if self.phased:
            yield (
                f"ASSIGN next(phase) := case move = 0 & phase = {ANY} : {LIMITED}; "
                f"move = 0 : {DONE}; TRUE : phase; esac;"
            )
        for term, name in self.names.items():
            if term not in self.changing:
                continue
            ways = [
                way
                for number, (_, move) in enumerate(self.moves, start=1)
                for way in self._way(number, move, term)
            ]
            yield f"ASSIGN next({name}) := case {' '.join((*ways, f'TRUE : {name};'))} esac;"

    def _way(self, number: int, move: GroundMove, term: Node) -> Iterator[str]:
        if term not in move.writes:
            return
        present, value = move.writes[term]
        if value.sort == FACT:
            yield f"move = {number} : {self.formula(value)};"
            return
        domain, here = self.domains[term], self.formula(present)
        if None in domain:
            yield f"move = {number} & !({here}) : {domain.index(None)};"
        for each, where in self.values(value).items():
            if each in domain:
                yield f"move = {number} & {where} : {domain.index(each)};"

    # ---------------------------------------------------------------- formulas

    def formula(self, node: Node) -> str:
        """The formula; a name where it is long, defined before it is used."""
        found = self._formulas.get(node)
        if found is None:
            self.instance.keep_time()
            found = self._formulas[node] = self._named(self._formula(node))
        return found

    def _formula(self, node: Node) -> str:
        match node.operator:
            case "true":
                return "TRUE"
            case "false":
                return "FALSE"
            case "not":
                return f"!{self.formula(node.arguments[0])}"
            case "and":
                return _all(map(self.formula, node.arguments))
            case "or":
                return _any(map(self.formula, node.arguments))
            case "member":
                values = self.values(node.arguments[0])
                return _any(where for value, where in values.items() if value in node.values)
            case "equal":
                left, right = map(self.values, node.arguments)
                return _any(_all((where, right[value])) for value, where in left.items() if value in right)
            case "apply" if is_presence(node):
                return f"!{self._is(self.instance.value_of(node), None)}"
            case "apply":
                return self.names[node]
            case _:
                raise AssertionError(node.operator)

    def values(self, node: Node) -> dict[Digit, str]:
        """Where the term has each value."""
        found = self._values.get(node)
        if found is None:
            found = self._values[node] = {
                value: self._named(where) for value, where in self._values_of(node).items()
            }
        return found

    def _values_of(self, node: Node) -> dict[Digit, str]:
        match node.operator:
            case "value" | "constant":
                return {node.name: "TRUE"}
            case "ite":
                condition = self.formula(node.arguments[0])
                yes, no = map(self.values, node.arguments[1:])
                return {
                    value: _any(
                        _all((chosen, way[value]))
                        for chosen, way in ((condition, yes), (f"!{condition}", no))
                        if value in way
                    )
                    for value in {**yes, **no}
                }
            case _:
                return {value: self._is(node, value) for value in self.domains[node]}

    def _is(self, term: Node, value: Digit) -> str:
        if value not in self.domains[term]:
            return "FALSE"
        return f"({self.names[term]} = {self.domains[term].index(value)})"

    def _named(self, text: str) -> str:
        if " & " not in text and " | " not in text:
            return text
        name = f"f{len(self.definitions)}"
        self.definitions.append(f"DEFINE {name} := {text};")
        return name


def _all(parts: Iterable[str]) -> str:
    found = [each for each in dict.fromkeys(parts) if each != "TRUE"]
    return "FALSE" if "FALSE" in found else " & ".join(found) or "TRUE"


def _any(parts: Iterable[str]) -> str:
    found = [f"({each})" if " & " in each else each for each in dict.fromkeys(parts) if each != "FALSE"]
    return "TRUE" if "TRUE" in found else " | ".join(found) or "FALSE"


def _called(term: Node) -> str:
    return f"{term.name}({', '.join(each.name for each in term.arguments)})"
