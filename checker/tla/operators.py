"""Definitions, requests, exceptions and checks as TLA+: one operator each, with its source."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.decision import limb_path
from checker.model.environment import definition
from checker.model.expressions import FACT, Call
from checker.model.item import Item
from checker.model.made_of import within
from checker.model.model import Check, Definition, Limb, Model, Premise, RequestParameter, Stage
from checker.tla.constants_and_variables import place_of
from checker.tla.formulas import Scope, Writer, statement
from checker.tla.layout import (
    COMPARISON,
    TRUE,
    Bound,
    Doc,
    Joined,
    Negated,
    Words,
    all_of,
    any_of,
    defined,
    inline,
    negated,
)
from checker.tla.spelling import comment, hung, listed
from checker.tla.symbol_names import Lexicon, checks_at

REQUEST = "r"  # the name of the request at hand in rules


class Rules:
    """Writes the rules of a model that read situations and do not change them."""

    def __init__(self, model: Model, lexicon: Lexicon, writer: Writer) -> None:
        self.model = model
        self.lexicon = lexicon
        self.writer = writer
        self.plain = Scope(lexicon.names)
        names = lexicon.names.copy()
        names.used.add(REQUEST)
        self.scope = Scope(names, requests={"": REQUEST})

    # -------------------------------------------------------- definitions

    def definitions(self) -> Iterator[str]:
        """Yield the definitions and premises, each after the ones that it uses."""
        done: set[str] = set()
        for name in (*self.model.definitions, *self.model.premises):
            for found in self._with_what_it_uses(name, done):
                yield from self._premise(found) if isinstance(found, Premise) else self._definition(found)

    def _with_what_it_uses(self, name: str, done: set[str]) -> list[Definition | Premise]:
        """The definition or premise, preceded by those that it uses and that are not `done`; without
        recursion.
        """
        found: list[Definition | Premise] = []
        stack = [(name, _calls(definition(self.model, name)))] if name not in done else []
        while stack:
            current, calls = stack[-1]
            used = next((each for each in calls if each not in done), None)
            if used is not None:
                stack.append((used, _calls(definition(self.model, used))))
                continue
            stack.pop()
            if current not in done:
                done.add(current)
                found.append(definition(self.model, current))
        return found

    def _definition(self, definition: Definition) -> Iterator[str]:
        around = self.scope if definition.reads_request else self.plain
        scope = around.bind(definition.parameters, certain=False)
        told = definition.label or definition.name
        for each in definition.parameters:
            told = told.replace(f"{{{each.name}}}", scope.variables[each.name])
        yield from comment(f"{told}, {place_of(definition.span)}")
        if definition.inference:
            yield from comment(f"inferred: {definition.inference}")
        names = [REQUEST] if definition.reads_request else []
        names += [scope.variables[each.name] for each in definition.parameters]
        head = self.lexicon.definitions[definition.name] + (f"({', '.join(names)})" if names else "")
        fact = definition.result == FACT
        said = definition.body
        body = self.writer.formula(statement(said), scope) if fact else self.writer.term(said, scope)
        yield from defined(head, body)

    def _premise(self, premise: Premise) -> Iterator[str]:
        scope = self.plain.bind(premise.parameters, certain=False)
        yield from comment(f"premise {premise.name}: {premise.sentence} {place_of(premise.span)}")
        names = [scope.variables[each.name] for each in premise.parameters]
        head = self.lexicon.premises[premise.name] + (f"({', '.join(names)})" if names else "")
        yield from defined(head, self.writer.formula(premise.formula.formula, scope))

    # ----------------------------------------------------------- requests

    def request(self) -> Iterator[str]:
        """Yield the definition of a well-formed request, the set of all of them, and the one that carries
        nothing.
        """
        labels = tuple(each.label for each in self.model.shapes) or (self.model.request_label,)
        for label in labels:
            yield from comment(f"A request: {label}")
        parts = [self._carried(each) for each in self.model.request]
        notes = tuple(tuple(comment(f"{each.name}, {place_of(each.span)}")) for each in self.model.request)
        yield from defined(f"WellFormed({REQUEST})", Joined("/\\", tuple(parts), notes))
        fields = [
            f"{self.lexicon.parameters[each.name]} : {self._range(each)}" for each in self.model.request
        ]
        yield f"Requests == {{{REQUEST} \\in ["
        yield from (f"        {each}{',' if each is not fields[-1] else ']'}" for each in fields)
        yield f"    : WellFormed({REQUEST})}}"
        nothing = [f"{self.lexicon.parameters[each.name]} |-> Absent" for each in self.model.request]
        yield from hung("NoRequest == ", listed(nothing, 13, "[", "]"))

    def _range(self, parameter: RequestParameter) -> str:
        sort = self.lexicon.sorts[parameter.sort.name]
        always = parameter.when is None and not parameter.optional
        return sort if always else f"{sort} \\cup {{Absent}}"

    def _carried(self, parameter: RequestParameter) -> Doc:
        field = f"{REQUEST}.{self.lexicon.parameters[parameter.name]}"
        sort = self.lexicon.sorts[parameter.sort.name]
        values = f"{sort} \\cup {{Absent}}" if parameter.optional else sort
        if parameter.when is None:
            return Words(f"{field} \\in {values}", COMPARISON)
        when = inline(self.writer.formula(parameter.when, self.scope))
        return Words(f"IF {when} THEN {field} \\in {values} ELSE {field} = Absent", 0)

    # -------------------------------------------------------------- limbs

    def limbs(self) -> Iterator[str]:
        """Yield the exceptions: one operator for each limb, including what it inherits from the limbs above
        it.
        """
        for limb, name in self.lexicon.limbs:
            yield from comment(f"{limb.clause}, {place_of(limb.span)}")
            scope = self.scope.bind(limb.binders)
            yield from defined(f"{name}({REQUEST})", self._limb(limb, scope))

    def _limb(self, limb: Limb, scope: Scope) -> Doc:
        items = [each for each in limb.items if each.kind == "condition" and each.meaning is not None]
        body = self._conditions(items, scope)
        if not limb.binders:
            return body
        inner = self.writer.bound(universal=False, variables=limb.binders, inner=scope, body=TRUE)
        return Bound(inner.head, body) if isinstance(inner, Bound) else body

    def _conditions(self, items: list[Item], scope: Scope) -> Doc:
        """The conjunction of the items' meanings, each under its words."""
        parts = [self._meant(each, scope) for each in items]
        if len(parts) == 1 and not _words_of(items[0]):
            return parts[0]
        return Joined("/\\", tuple(parts), tuple(_words_of(each) for each in items)) if parts else TRUE

    def _meant(self, item: Item, scope: Scope) -> Doc:
        assert item.meaning is not None
        body = self.writer.formula(item.meaning.formula, scope)
        return negated(body) if item.kind == "applies-unless" else body

    # ------------------------------------------------------------- checks

    def checks(self) -> Iterator[str]:
        """Yield, for every check, when it applies, what it requires, and when a request breaks it."""
        for check in self.model.checks:
            yield ""
            yield from comment(_title(check))
            yield from comment(place_of(check.span))
            yield from self._check(check)

    def _check(self, check: Check) -> Iterator[str]:
        name = self.lexicon.checks[check.name]
        items = [each for each in check.items if each.meaning is not None]
        applies = [each for each in items if each.kind in ("applies-when", "applies-unless")]
        required = [each for each in items if each.kind == "requires"]
        would = Words(f"~Requires_{name}({REQUEST})")
        yield from defined(f"Applies_{name}({REQUEST})", self._conditions(applies, self.scope))
        yield from defined(f"Requires_{name}({REQUEST})", self._conditions(required, self.scope))
        both = all_of([Words(f"Applies_{name}({REQUEST})"), would])
        yield from defined(f"WouldFail_{name}({REQUEST})", both)
        limbs = any_of([Words(f"{self.lexicon.limb(each)}({REQUEST})") for each in check.limbs])
        fails: list[Doc] = [Words(f"WouldFail_{name}({REQUEST})")]
        fails += [Negated(limbs)] if check.limbs else []
        yield from defined(f"Breaks_{name}({REQUEST})", all_of(fails))

    # -------------------------------------------------------------- route

    def route(self) -> Iterator[str]:
        """Yield the stages that a request visits, whether each refuses it, and whether it is accepted."""
        for stage, name in self.lexicon.stages:
            label = self.model.components[stage.component].label
            told = stage.component if "{" in label or not label else label
            yield from comment(f"{told}, {place_of(stage.span)}")
            yield from defined(f"Visits_{name}({REQUEST})", self._visits(stage))
            failing = [
                Words(f"Breaks_{self.lexicon.checks[each.name]}({REQUEST})")
                for each in checks_at(self.model, stage.component)
            ]
            here = all_of([Words(f"Visits_{name}({REQUEST})"), any_of(list(failing))])
            yield from defined(f"Refuses_{name}({REQUEST})", here)
        refusals: list[Doc] = [Words(f"~Refuses_{name}({REQUEST})") for _, name in self.lexicon.stages]
        yield ""
        yield from comment("A request is accepted when nothing on its way refuses it.")
        yield from defined(f"Accepted({REQUEST})", all_of(refusals))

    def _visits(self, stage: Stage) -> Doc:
        parts: list[Doc] = []
        if stage.when is not None:
            parts.append(self.writer.formula(stage.when, self.scope))
        if stage.index is not None:
            index = self.writer.term(stage.index, self.scope)
            parts.append(Words(f"{inline(index)} # Absent", COMPARISON))
        return all_of(parts)

    def outcomes(self) -> Iterator[str]:
        """Yield the operators for outcomes in claims: what fails or refuses a request, and which limb exempts
        it.
        """
        for check in self.model.checks:
            name = self.lexicon.checks[check.name]
            yield from self._asked(name, check.name)
        for component, name in self.lexicon.components.items():
            yield from self._asked(name, component)
        for clause, name in self.lexicon.clauses.items():
            yield from defined(f"{name}({REQUEST})", any_of(list(self._exempting(clause))))

    def _asked(self, name: str, by: str) -> Iterator[str]:
        failing: list[Doc] = []
        refusing: list[Doc] = []
        earlier: list[Doc] = []
        for stage, at in self.lexicon.stages:
            here = self._fails_here(stage, at, by)
            if here is not None:
                failing.append(here)
                refusing.append(all_of([*earlier, here]))
            earlier.append(Words(f"~Refuses_{at}({REQUEST})"))
        yield from defined(f"Fails_{name}({REQUEST})", any_of(failing))
        yield from defined(f"RejectedBy_{name}({REQUEST})", any_of(refusing))

    def _fails_here(self, stage: Stage, at: str, by: str) -> Doc | None:
        """The condition that the check, or one of the component's, fails at the stage; None if it cannot."""
        if stage.component == by:
            return Words(f"Refuses_{at}({REQUEST})")
        if all(each.name != by for each in checks_at(self.model, stage.component)):
            return None
        fails = Words(f"Breaks_{self.lexicon.checks[by]}({REQUEST})")
        return all_of([Words(f"Visits_{at}({REQUEST})"), fails])

    def _exempting(self, clause: str) -> Iterator[Doc]:
        for stage, at in self.lexicon.stages:
            for check in checks_at(self.model, stage.component):
                limbs = [each for each in check.limbs if clause in limb_path(each)]
                if limbs:
                    holds = any_of([Words(f"{self.lexicon.limb(each)}({REQUEST})") for each in limbs])
                    would = Words(f"WouldFail_{self.lexicon.checks[check.name]}({REQUEST})")
                    yield all_of([Words(f"Visits_{at}({REQUEST})"), would, holds])


def _title(check: Check) -> str:
    adopted = "adopted check" if check.adopted_because else "check"
    code = f"rejects with {check.code}" if check.code else "rejects without a published code"
    like = f", as {check.like}" if check.like else ""
    label = f": {check.code_label}" if check.code_label else ""
    at = " and ".join(check.components)
    return f"{adopted} {check.name} for {check.clause or 'no clause'} at {at}{like}, {code}{label}"


def _words_of(item: Item) -> tuple[str, ...]:
    """The quoted words that an item stands for, or the reason why it was inferred, as comments."""
    if item.phrases:
        words = " \N{HORIZONTAL ELLIPSIS} ".join(each.text for each in item.phrases)
        return tuple(comment(f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"))
    return tuple(comment(f"inferred: {item.inference}")) if item.inference else ()


def _calls(body: object) -> Iterator[str]:
    """The definitions and premises that a rule calls."""
    return (each.definition for each in within(body) if isinstance(each, Call))
