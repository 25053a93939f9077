"""Resolves the names and sorts of expressions: from syntax to typed formulas and terms.

A mistake is reported where it is made, and suppresses errors that follow from it: the checker returns None
for an expression with a mistake, and reports nothing more about what contains it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeGuard, assert_never, cast

from checker.language import syntax as s
from checker.language.lexer import MAX_DEPTH
from checker.model import expressions as e
from checker.model.claim import Column
from checker.model.expressions import FACT, Formula, Sort, Term
from checker.model.model import SHAPE
from checker.model.quantities import NUMBER_OF, OF_DATES
from checker.regime.names import LISTED, Report, nearest_name
from checker.regime.term_context import Context, Thing, text_of
from checker.regime.typecheck_past import PastTyper
from checker.regime.typecheck_terms import a_thing

_OF_A_DAY = (
    "`since` and `as of` speak of what came about; days are compared: `today no earlier than 1 April 2026`, "
    "or a day that an effect has written down"
)


class Typer(PastTyper):
    """Types expressions against one vocabulary."""

    # ---------------------------------------------------------- formulas

    def formula(self, expr: s.Expr, context: Context) -> Formula | None:
        """The typed formula of `expr`; None, with a report, if it is not a formula."""
        if context.depth > MAX_DEPTH:
            self.report.say("too-deep", f"nested more than {MAX_DEPTH} deep", expr.span)
            return None
        context = context.deeper()
        plain = self.written_out(expr, context)
        if plain is not None:
            return self.formula(plain, context)
        match expr:
            case s.Literally(value=value):
                return e.Truth(value)
            case s.Comparison():
                return self._comparison(expr, context)
            case s.Presence(term=term, present=present):
                return _negated_if(not present, _present(self.term(term, context)))
            case s.Member():
                return self._member(expr, context)
            case s.Negation(body=body):
                formula = self.formula(body, context)
                return e.Not(formula) if formula is not None else None
            case s.Junction(op=op, parts=parts):
                return self._junction(op, parts, context)
            case s.Conditional(op=op, left=left, right=right):
                return self._conditional(op, left, right, context)
            case s.Quantifier():
                return self._quantifier(expr, context)
            case s.Counted():
                return self._counted(expr, context)
            case s.Historic():
                return self.historic(expr, context)
            case s.StepEvent() | s.OutcomeOf():
                return self._claim_only(expr, context)
            case s.Ref() | s.VersionAt() | s.Past():
                return self._statement(expr, context)
            case s.InPeriod():
                return self.in_period(expr, context)
            case s.Arithmetic():
                message = f"`{text_of(expr)}` is a number, and no statement"
                expected = ("a statement, such as `… at most …` or `… is …`",)
                self.report.say("wrong-type", message, expr.span, expected=expected)
                return None
            case _:
                assert_never(expr)

    def _claim_only(self, expr: s.StepEvent | s.OutcomeOf, context: Context) -> Formula | None:
        if not context.claim:
            what = "which step is taken" if isinstance(expr, s.StepEvent) else "for the outcome of a request"
            self.report.say("only-in-claims", f"only a claim may ask {what}", expr.span)
            return None
        if isinstance(expr, s.OutcomeOf):
            return self._outcome(expr, context)
        if not context.step:
            message = "`step is` needs a step, and this part of a claim has none"
            self.report.say("no-step", message, expr.span)
            return None
        if expr.event.text not in self.vocabulary.events:
            self.report.unknown("event", expr.event.text, expr.event.span, sorted(self.vocabulary.events))
            return None
        return e.StepIs(expr.event.text)

    def _comparison(self, expr: s.Comparison, context: Context) -> Formula | None:
        if expr.op in {"is inside", "is or inside"}:
            return self._inside(expr, context)
        if expr.op not in {"is", "is not", "matches"}:
            return self._ordered(expr, context)
        if self.looks_back_at_a_date(expr, context):
            return None
        if expr.op != "matches" and self._is_shape(expr.left, context):
            shape = self._shape(expr.right, context)
            said = None if shape is None else e.Is(self._of(expr.left), shape)
            return _negated_if(expr.op == "is not", said)
        if self._is_truth(expr, expr.left, expr.right) or self._is_truth(expr, expr.right, expr.left):
            return None
        left, right = self._pair(expr.left, expr.right, context)
        if left is None or right is None:
            return None
        if expr.op == "matches":
            return e.Matches(left, right)
        return _negated_if(expr.op == "is not", e.Is(left, right))

    def _is_shape(self, expr: s.Expr, context: Context) -> TypeGuard[s.Ref]:
        """Whether it is a request of a claim, which is of one of the shapes of this law: `r is pay`."""
        return (
            isinstance(expr, s.Ref)
            and expr.request is None
            and expr.arguments is None
            and expr.name.text in context.requests
            and bool(self.vocabulary.shapes)
        )

    def _of(self, request: s.Ref) -> e.Parameter:
        return e.Parameter(request.name.text, SHAPE, self.vocabulary.request[SHAPE])

    def _shape(self, expr: s.Expr, context: Context) -> Term | None:
        """A shape that a request is said to have."""
        shapes = self.vocabulary.shapes
        if not isinstance(expr, s.Ref) or expr.request is not None or expr.arguments is not None:
            said = tuple(f"`{each}`" for each in shapes)
            message = f"a request is of a shape, and `{text_of(expr)}` is none"
            self.report.say("wrong-type", message, expr.span, expected=said)
            return None
        if expr.name.text not in shapes:
            self.report.unknown("request", expr.name.text, expr.name.span, shapes)
            return None
        return self.term(expr, context, self.vocabulary.request[SHAPE])

    def _is_truth(self, expr: s.Comparison, truth: s.Expr, other: s.Expr) -> bool:
        """Whether something is compared with true or false, which is reported."""
        if not isinstance(truth, s.Literally):
            return False
        said = text_of(other)
        meant = said if truth.value is (expr.op != "is not") else f"not {said}"
        message = f"`true` and `false` are statements, and nothing `{expr.op}` one of them"
        self.report.say("wrong-type", message, expr.span, nearest=meant)
        return True

    def _ordered(self, expr: s.Comparison, context: Context) -> Formula | None:
        left, right = self._pair(expr.left, expr.right, context, compared=True)
        if left is None or right is None:
            return None
        of_dates = expr.op in NUMBER_OF
        ordered = e.Ordered(left, NUMBER_OF.get(expr.op) or cast("e.How", expr.op), right)
        if left.sort.is_enum and not of_dates:
            return ordered if self.in_order(expr, ordered) else None
        if not left.sort.is_quantity or of_dates is not left.sort.is_date:
            message = f"`{text_of(expr.left)}` is {a_thing(left)}, and `{expr.op}` compares "
            message += "dates" if of_dates else "numbers"
            other = OF_DATES[ordered.how] if left.sort.is_date else ordered.how
            wanted = ("a date",) if of_dates else ("a quantity", "a value of an enum in order")
            wanted = (f"`{other}`",) if left.sort.is_quantity else wanted
            self.report.say("wrong-type", message, expr.left.span, expected=wanted)
            return None
        return ordered

    def _inside(self, expr: s.Comparison, context: Context) -> Formula | None:
        """That one thing is inside another, in the tree of their sort."""
        left, right = self._pair(expr.left, expr.right, context)
        if left is None or right is None:
            return None
        for side, term in ((expr.left, left), (expr.right, right)):
            if isinstance(term, e.Before) and isinstance(term.body, e.Variable | e.Parameter | e.Constant):
                message = f"`{text_of(side)}` is that thing itself: what it is inside is read as of now"
                meant = ("`before (… is inside …)`",)
                self.report.say("before-a-thing", message, side.span, expected=meant)
                return None
        for each in self.vocabulary.maps.values():
            if each.inside is not None and each.result == left.sort.name:
                inside = e.Apply(each.inside, (left, right), FACT)
                return e.Or((e.Is(left, right), inside)) if expr.op == "is or inside" else inside
        message = f"`{text_of(expr.left)}` is {a_thing(left)}, and there is no tree of these"
        sort = left.sort.name
        self.report.say("no-tree", message, expr.span, expected=(f"`tree NAME({sort}): optional {sort}`",))
        return None

    def _pair(
        self, left: s.Expr, right: s.Expr, context: Context, *, compared: bool = False
    ) -> tuple[Thing | None, Thing | None]:
        """Two terms of the same sort; a term whose sort is known by itself determines that of the other.
        `compared`: in order, so that a share need not be rounded, and steps may lead past an end.
        """

        def term(expr: s.Expr, expected: Sort | None = None) -> Thing | None:
            if compared and isinstance(expr, s.Arithmetic) and expr.operator in {"share", "plus", "minus"}:
                found = self.arithmetic(expr, context, expected, compared=True)
                return found if found is None or expected is None else self.of_sort(found, expr, expected)
            return self.term(expr, context, expected)

        if self.is_bare_value(left, context) and not self.is_bare_value(right, context):
            second = term(right)
            return (term(left, second.sort) if second else None), second
        first = term(left)
        return first, (term(right, first.sort) if first else self._quietly(right, context))

    def _quietly(self, expr: s.Expr, context: Context) -> Thing | None:
        """Looks for mistakes in a term whose sort cannot be known, unless it is a mere name."""
        if not ((isinstance(expr, s.Ref) and expr.arguments is None) or isinstance(expr, s.Arithmetic)):
            self.term(expr, context)
        return None

    def _member(self, expr: s.Member, context: Context) -> Formula | None:
        term = self._of(expr.term) if self._is_shape(expr.term, context) else self.term(expr.term, context)
        if term is None:
            return None
        values = [self.term(each, context, term.sort) for each in expr.values]
        seen: set[Term] = set()
        for each, value in zip(expr.values, values, strict=True):
            if value is not None and value in seen:
                message = f"`{text_of(each)}` is already in this list"
                self.report.say("unreachable", message, each.span)
            if value is not None:
                seen.add(value)
        known = tuple(value for value in values if value is not None)
        return _negated_if(expr.negated, e.In(term, known)) if len(known) == len(values) else None

    def _junction(self, op: str, parts: tuple[s.Expr, ...], context: Context) -> Formula | None:
        if op == "or" and self.on_or_before(parts):
            return None
        formulas = [self.formula(each, context) for each in parts]
        known = tuple(each for each in formulas if each is not None)
        if len(known) < len(formulas):
            return None
        return e.And(known) if op == "and" else e.Or(known)

    def _conditional(self, op: str, left: s.Expr, right: s.Expr, context: Context) -> Formula | None:
        first, second = self.formula(left, context), self.formula(right, context)
        if first is None or second is None:
            return None
        return e.Implies(first, second) if op == "implies" else e.Iff(first, second)

    def _quantifier(self, expr: s.Quantifier, context: Context) -> Formula | None:
        variables = self.binders(expr.binders, context)
        inner = context.binding(variables)
        where = self.formula(expr.where, inner) if expr.where else None
        body = self.formula(expr.body, inner)
        if body is None or (expr.where and where is None) or len(variables) < len(expr.binders):
            return None
        return e.Quantified(expr.universal, variables, where, body)

    def _counted(self, expr: s.Counted, context: Context) -> Formula | None:
        number = self._number(expr.number)
        variables = self.binders((expr.binder,), context)
        body = self.formula(expr.body, context.binding(variables))
        if number is None or body is None or not variables:
            return None
        return e.Counted(expr.how, number, variables[0], body)

    def _number(self, written: s.Name) -> int | None:
        """What a numeral says, which is from one to ten: of more, no drafter writes in words."""
        numerals = {name: number for number, name in enumerate(s.NUMERALS, start=1)}
        numerals |= {str(number): number for number in numerals.values()}
        found = numerals.get(written.text)
        if found is None:
            message = f"`{written.text}` is not a number from one to ten, which is how far things are counted"
            self.report.say("not-a-count", message, written.span, expected=("one", "two", "…", "ten"))
        return found

    def _statement(self, expr: s.Ref | s.VersionAt | s.Past, context: Context) -> Formula | None:
        """A fact, or the past of a statement."""
        if isinstance(expr, s.Past):
            if not self.may_look_back(expr, context):
                return None
            body = self.formula(expr.body, context)
            return e.Before(body) if body is not None else None
        found = self.expression(expr, context, FACT)
        if found is None:
            return None
        if isinstance(found, e.Apply | e.Call) and found.sort == FACT:
            return found
        self.report.say(
            "wrong-type",
            f"`{text_of(expr)}` is not a statement: it is {a_thing(found)}",
            expr.span,
            expected=("a statement, such as `… is …` or `… is present`",),
            notes=(_OF_A_DAY,) if found.sort.is_date else (),
        )
        return None

    # ---------------------------------------------------------- outcomes

    def _outcome(self, expr: s.OutcomeOf, context: Context) -> Formula | None:
        known = self.is_request(expr.request, context)
        by = expr.by
        if by is not None:
            kind, code, groups = self._deciding(by)
            if not any(by.text in each for each in groups):
                valid = {name for each in groups for name in each}
                _missing(self.report, code, kind, by, sorted(valid))
                known = False
        column = self.plain_column(expr.column) if expr.column else None
        changes = self._changes(expr, context)
        if not known or changes is None or (expr.column and column is None):
            return None
        return e.Outcome(
            expr.kind,
            expr.request.text,
            by.text if by else None,
            str(column) if column else None,
            changes,
        )

    def _deciding(self, by: s.Target) -> tuple[str, str, tuple[Collection[str], ...]]:
        """What can decide that is named so: what it is, the code of a diagnostic, and its names."""
        if isinstance(by, s.Text):
            return "limb", "missing-clause", (self.vocabulary.exempting,)
        return "check or component", "unknown-name", (self.vocabulary.checks, self.vocabulary.components)

    def _changes(self, expr: s.OutcomeOf, context: Context) -> tuple[tuple[str, Term], ...] | None:
        changes: list[tuple[str, Term]] = []
        for name, value in expr.changes:
            sort = self.vocabulary.request.get(name.text)
            if sort is None:
                self.report.unknown("request parameter", name.text, name.span, self.vocabulary.request)
                continue
            term = self.term(value, context, sort)
            if term is not None:
                changes.append((name.text, term))
        return tuple(changes) if len(changes) == len(expr.changes) else None

    def plain_column(self, column: s.ColumnRef) -> Column | None:
        """A column that decides requests in one go; reports a staged one."""
        if column.staged:
            message = "a staged column has no outcome of a request in one go"
            self.report.say("not-staged", message, column.span, expected=(f"`{column.base.text}`",))
            return None
        return self.column(column)

    def column(self, column: s.ColumnRef) -> Column | None:
        """The typed column; reports names in it that don't exist."""
        vocabulary = self.vocabulary
        valid = True
        for name, kind, names in (
            (column.base, "version or deployment", vocabulary.versions),
            *((each, "reading", vocabulary.readings) for each in column.readings),
            *((each, "axiom, premise or adopted check", vocabulary.suppositions) for each in column.without),
        ):
            if name.text not in names:
                self.report.unknown(kind, name.text, name.span, sorted(names))
                valid = False
        if not valid:
            return None
        return Column(
            column.base.text,
            tuple(each.text for each in column.readings),
            tuple(each.text for each in column.without),
            column.staged,
        )


def _missing(report: Report, code: str, kind: str, by: s.Target, valid: list[str]) -> None:
    expected = tuple(f"`{each}`" for each in valid) if len(valid) <= LISTED else ()
    report.say(
        code,
        f"there is no {kind} `{by.text}`",
        by.span,
        expected=expected,
        nearest=nearest_name(by.text, valid),
    )


def _negated_if(negated: bool, formula: Formula | None) -> Formula | None:
    return e.Not(formula) if negated and formula is not None else formula


def _present(term: Thing | None) -> Formula | None:
    return e.Present(term) if term is not None else None
