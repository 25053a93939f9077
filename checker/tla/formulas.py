"""Typed expressions as TLA+ formulas: mirrors `checker.model.meaning`, form by form.

Absent is a value of its own, and every operator that reads a function gives it where an argument is absent.
So `a is b` is `a = b` where one of the two is certainly present, and `Is(a, b)` elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias, assert_never

from checker.model.counted import as_quantifiers
from checker.model.expressions import (
    Absent,
    And,
    Apply,
    Arithmetic,
    Before,
    Call,
    Cases,
    Constant,
    Counted,
    Expression,
    Formula,
    Iff,
    Implies,
    In,
    Is,
    Matches,
    Not,
    Or,
    Ordered,
    Outcome,
    Parameter,
    Present,
    Quantified,
    Sort,
    StepIs,
    Term,
    Truth,
    Value,
    Variable,
    VersionOf,
)
from checker.model.made_of import within
from checker.model.model import Model
from checker.model.orders import as_members, order_of
from checker.model.reads import reads
from checker.tla.layout import (
    COMPARISON,
    FALSE,
    TRUE,
    Binary,
    Bound,
    Choice,
    Doc,
    Primed,
    Words,
    all_of,
    any_of,
    implied,
    inline,
    negated,
    operand,
)
from checker.tla.spelling import Names, lower, set_of, string
from checker.tla.symbol_names import Lexicon

_Atom: TypeAlias = Is | Matches | Present | In | Outcome | Apply | Call

ABSENT: Final = Words("Absent")


NUMBERS: Final = "its modules have no numbers"
"""Why what speaks of quantities is not exported."""


class Unsayable(Exception):
    """The module cannot express this; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The TLA+ names of what an expression mentions. `certain`: variables that are never absent. `requests`:
    request -> its record ("" is the request at hand). `after`: read in the next state. `event`: the
    expression for the event's name, if the step is an event. `names`: the names in use.
    """

    names: Names
    variables: Mapping[str, str] = field(default_factory=dict)
    certain: frozenset[str] = frozenset()
    requests: Mapping[str, str] = field(default_factory=dict)
    after: bool = False
    event: str | None = None

    def bind(self, variables: tuple[Variable, ...], *, certain: bool = True) -> Scope:
        """Return the scope in which the variables have new names."""
        names = self.names.copy()
        bound = {each.name: names.take(lower(each.name)) for each in variables}
        sure = frozenset(bound) if certain else frozenset()
        return replace(
            self,
            names=names,
            variables={**self.variables, **bound},
            certain=(self.certain - frozenset(bound)) | sure,
        )


class Writer:
    """Writes the expressions of one model. `version`: the name of the version deployed everywhere."""

    def __init__(self, model: Model, lexicon: Lexicon, version: str) -> None:
        self.model = model
        self.lexicon = lexicon
        self.version = version

    # ------------------------------------------------------------ formulas

    def formula(self, formula: Formula, scope: Scope) -> Doc:
        """Write a statement. Raises Unsayable."""
        if scope.after and not _mixed(formula):
            doc = self.formula(formula, replace(scope, after=False))
            return Primed(doc) if self._changes(formula) else doc
        match formula:
            case Truth(value=value):
                return TRUE if value else FALSE
            case Not(body=body):
                return negated(self.formula(body, scope))
            case And(parts=parts):
                return all_of([self.formula(each, scope) for each in parts])
            case Or(parts=parts):
                return any_of([self.formula(each, scope) for each in parts])
            case Implies(premise=premise, conclusion=conclusion):
                return implied(self.formula(premise, scope), self.formula(conclusion, scope))
            case Iff(left=left, right=right):
                return Binary("<=>", self.formula(left, scope), self.formula(right, scope))
            case Quantified():
                return self._quantified(formula, scope)
            case Counted():
                return self.formula(as_quantifiers(formula), scope)
            case StepIs(event=event):
                return FALSE if scope.event is None else Words(f"{scope.event} = {string(event)}", COMPARISON)
            case Before(body=earlier):
                return self.formula(statement(earlier), replace(scope, after=False))
            case Ordered() if order_of(formula) is not None:
                return self.formula(as_members(formula), scope)
            case Ordered():
                raise Unsayable(NUMBERS)
            case Is() | Matches() | Present() | In() | Apply() | Call() | Outcome():
                return self._atom(formula, scope)
            case _:
                assert_never(formula)

    def _quantified(self, quantified: Quantified, scope: Scope) -> Doc:
        inner = scope.bind(quantified.variables)
        body = self.formula(quantified.body, inner)
        if quantified.where is not None:
            where = self.formula(quantified.where, inner)
            body = implied(where, body) if quantified.universal else all_of([where, body])
        return self.bound(
            universal=quantified.universal, variables=quantified.variables, inner=inner, body=body
        )

    def bound(self, *, universal: bool, variables: tuple[Variable, ...], inner: Scope, body: Doc) -> Doc:
        """Write a quantifier over things of the variables' sorts; `inner` has their names."""
        if not variables:
            return body
        ranges = ", ".join(f"{inner.variables[v.name]} \\in {self.set_of_sort(v.sort)}" for v in variables)
        return Bound(f"\\{'A' if universal else 'E'} {ranges} :", body)

    def set_of_sort(self, sort: Sort) -> str:
        """Return the set of a sort's things or values."""
        return self.lexicon.sorts[sort.name]

    # -------------------------------------------------------------- atoms

    def _atom(self, atom: _Atom, scope: Scope) -> Doc:
        """An atom; a value that it reads before the step gets a name, bound outside what is read after the
        step.
        """
        lifted: list[tuple[str, str]] = []
        doc = self._read_atom(atom, scope, lifted)
        for name, text in reversed(lifted):
            doc = Bound(f"\\E {name} \\in {{{text}}} :", doc)
        return doc

    def _read_atom(self, atom: _Atom, scope: Scope, lifted: list[tuple[str, str]]) -> Doc:
        match atom:
            case Is(left=left, right=right):
                return self._is(left, right, scope, lifted)
            case Matches(left=left, right=right):
                one, other = (self._lifting(each, scope, lifted) for each in (left, right))
                return Words(f"{operand(one)} = {operand(other)}", COMPARISON)
            case Present(term=term):
                return Words(f"{operand(self._lifting(term, scope, lifted))} # Absent", COMPARISON)
            case In(term=term, values=values):
                subject = self._lifting(term, scope, lifted)
                choices = set_of(inline(self._lifting(each, scope, lifted)) for each in values)
                if all(self.certain(each, scope) for each in values):
                    return Words(f"{operand(subject)} \\in {choices}", COMPARISON)
                return Words(f"In({inline(subject)}, {choices})")
            case Outcome():
                return self._outcome(atom, scope, lifted)
            case Apply() | Call():
                return self._lifting(atom, scope, lifted)
            case _:
                assert_never(atom)

    def _is(self, left: Term, right: Term, scope: Scope, lifted: list[tuple[str, str]]) -> Doc:
        one, other = (self._lifting(each, scope, lifted) for each in (left, right))
        if self.certain(left, scope) or self.certain(right, scope):
            return Words(f"{operand(one)} = {operand(other)}", COMPARISON)
        return Words(f"Is({inline(one)}, {inline(other)})")

    def certain(self, term: Term, scope: Scope) -> bool:
        """Whether the term is never absent."""
        match term:
            case Value() | Constant():
                return True
            case Variable(name=name):
                return name in scope.certain
            case Before(body=body):
                return isinstance(body, Value | Constant | Variable) and self.certain(body, scope)
            case Parameter() | Absent() | Apply() | Call() | Cases() | VersionOf() | Arithmetic():
                return False
            case _:
                assert_never(term)

    def _outcome(self, outcome: Outcome, scope: Scope, lifted: list[tuple[str, str]]) -> Doc:
        if outcome.column is not None:
            raise Unsayable(f"it asks what `{outcome.column}` would decide, and this module has one column")
        record = scope.requests.get(outcome.request, "NoRequest")
        if record == "NoRequest":
            return FALSE
        if outcome.changes:
            changes = ", ".join(
                f"!.{self.lexicon.parameters[name]} = {inline(self._lifting(term, scope, lifted))}"
                for name, term in outcome.changes
            )
            record = f"[{record} EXCEPT {changes}]"
        doc = self._decided(outcome, record)
        return Primed(doc) if scope.after and doc not in (TRUE, FALSE) else doc

    def _decided(self, outcome: Outcome, record: str) -> Doc:
        by = outcome.by or ""
        match outcome.kind:
            case "accepted":
                return Words(f"Accepted({record})")
            case "rejected":
                return self._asked("RejectedBy", by, record) if by else negated(Words(f"Accepted({record})"))
            case "passes":
                return negated(self._asked("Fails", by, record))
            case "fails":
                return self._asked("Fails", by, record)
            case "fails only":
                names = self.lexicon.components if by in self.lexicon.components else self.lexicon.checks
                others = (negated(self._asked("Fails", each, record)) for each in names if each != by)
                return all_of([self._asked("Fails", by, record), *others])
            case "exempted":
                name = self.lexicon.clauses.get(by)
                return FALSE if name is None else Words(f"{name}({record})")
            case _:
                assert_never(outcome.kind)

    def _asked(self, question: str, by: str, record: str) -> Doc:
        """The outcome at a check or a component; false if the column does not have it."""
        suffix = self.lexicon.checks.get(by) or self.lexicon.components.get(by)
        return FALSE if suffix is None else Words(f"{question}_{suffix}({record})")

    # -------------------------------------------------------------- terms

    def term(self, term: Term | Formula, scope: Scope) -> Doc:
        """Write a term that reads one situation only."""
        lifted: list[tuple[str, str]] = []
        doc = self._lifting(term, scope, lifted)
        if lifted:
            raise Unsayable("a value that is read before the step is an argument of what is read after it")
        return doc

    def _lifting(self, term: Term | Formula, scope: Scope, lifted: list[tuple[str, str]]) -> Doc:
        """Write a term; parts read before the step, inside parts that are read after it, get names."""
        if scope.after and not _mixed(term):
            doc = self._lifting(term, replace(scope, after=False), lifted)
            return Primed(doc) if self._changes(term) else doc
        match term:
            case Variable(name=name):
                return Words(scope.variables[name])
            case Parameter(request=request, name=name):
                record = scope.requests.get(request, "NoRequest")
                return Words(f"{record}.{self.lexicon.parameters[name]}")
            case Value(name=name):
                return Words(string(name))
            case Constant(name=name):
                return Words(self.lexicon.constants[name])
            case Absent():
                return ABSENT
            case Apply(function=name, arguments=arguments):
                return self._applied(self.lexicon.accessors[name], [], arguments, scope, lifted)
            case Call():
                return self._called(term, scope, lifted)
            case Arithmetic():
                raise Unsayable(NUMBERS)
            case Cases():
                return self._cases(term, scope, lifted)
            case Before(body=body):
                return self._lifting(body, replace(scope, after=False), lifted)
            case VersionOf(index=index):
                if index is None:
                    return Words(string(self.version))
                at = self._lifting(index, scope, lifted)
                return Choice(
                    Words(f"{operand(at)} = Absent", COMPARISON), ABSENT, Words(string(self.version))
                )
            case (
                Truth()
                | Is()
                | Matches()
                | Ordered()
                | Present()
                | In()
                | Not()
                | And()
                | Or()
                | Implies()
                | Iff()
                | Quantified()
                | Counted()
                | StepIs()
                | Outcome()
            ):
                return self.formula(term, scope)
            case _:
                assert_never(term)

    def _called(self, call: Call, scope: Scope, lifted: list[tuple[str, str]]) -> Doc:
        if call.definition in self.model.definitions:
            name = self.lexicon.definitions[call.definition]
            reads = self.model.definitions[call.definition].reads_request
        else:
            name, reads = self.lexicon.premises[call.definition], False
        record = [scope.requests.get(call.request, "NoRequest")] if reads else []
        return self._applied(name, record, call.arguments, scope, lifted)

    def _applied(
        self,
        operator: str,
        first: list[str],
        arguments: tuple[Term, ...],
        scope: Scope,
        lifted: list[tuple[str, str]],
    ) -> Doc:
        given = [*first]
        for each in arguments:
            if not scope.after:
                given.append(inline(self._lifting(each, scope, lifted)))
            elif _mixed(each):
                name = scope.names.take("x", "x")
                lifted.append((name, inline(self._lifting(each, scope, lifted))))
                given.append(name)
            else:
                given.append(inline(self._lifting(each, replace(scope, after=False), lifted)))
        words = Words(f"{operator}({', '.join(given)})" if given else operator)
        return Primed(words) if scope.after else words

    def _cases(self, cases: Cases, scope: Scope, lifted: list[tuple[str, str]]) -> Doc:
        otherwise = cases.otherwise
        doc: Doc = ABSENT if otherwise is None else self._lifting(otherwise, scope, lifted)
        for term, condition in reversed(cases.branches):
            when = self.formula(condition, scope)
            doc = Choice(when, self._lifting(term, scope, lifted), doc)
        return doc

    # ----------------------------------------------------------- questions

    def _changes(self, expression: Expression) -> bool:
        """Whether the expression may read a variable of the module."""
        if any(isinstance(each, Outcome) for each in within(expression)):
            return True
        return any(each in self.lexicon.variables for each in reads(self.model, expression).functions)


def statement(body: Expression) -> Formula:
    """Return a body that is read as a statement."""
    terms = Variable | Parameter | Value | Constant | Absent | Cases | VersionOf | Arithmetic
    assert not isinstance(body, terms)
    return body


def _mixed(expression: Expression) -> bool:
    """Whether part of it is about the situation before the step or about the step itself."""
    return any(isinstance(each, Before | StepIs) for each in within(expression))
