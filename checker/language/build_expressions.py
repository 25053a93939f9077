"""Builds the syntax of expressions and items, rule by rule, while the parser reduces."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal, TypeAlias, cast

from lark import Transformer, v_args

from checker.language import syntax as s
from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.language.duty_declaration import BREACH
from checker.language.lexer import Lexeme

Placed: TypeAlias = (
    "s.Name | s.Text | s.Expr | s.Meaning | s.ItemSyntax | s.Binder | s.Case | s.ColumnRef | Lexeme"
)
Tail: TypeAlias = "s.ColumnRef | tuple[tuple[s.Name, s.Expr], ...] | None"


def join(first: Span, last: Span) -> Span:
    """The span from the start of `first` to the end of `last`."""
    return Span(first.file, first.line, first.column, last.end_line, last.end_column)


def spread(*parts: Placed | None) -> Span:
    """The span over those of the parts that are there, in textual order."""
    spans = [part.span for part in parts if part is not None]
    return join(spans[0], spans[-1])


@v_args(inline=True)
class ExpressionBuilder(Transformer[Lexeme, object]):
    """Callbacks for expressions, items and columns; named after the grammar's rules."""

    def NAME(self, token: Lexeme) -> s.Name:
        return s.Name(str(token), token.span)

    def STRING(self, token: Lexeme) -> s.Text:
        folded = " ".join(re.sub(r"\\(.)", r"\1", token[1:-1], flags=re.DOTALL).split())
        return s.Text(folded, token.span)

    # ------------------------------------------------------------- terms

    def ref(self, name: s.Name) -> s.Ref:
        return s.Ref(None, name, None, name.span)

    def call(self, name: s.Name, _open: Lexeme, *rest: s.Expr | Lexeme) -> s.Ref:
        arguments = cast("tuple[s.Expr, ...]", rest[:-1])
        return s.Ref(None, name, arguments, spread(name, rest[-1]))

    def dotted(self, request: s.Name, name: s.Name) -> s.Ref:
        return s.Ref(request, name, None, spread(request, name))

    def dotted_call(self, request: s.Name, name: s.Name, _open: Lexeme, *rest: s.Expr | Lexeme) -> s.Ref:
        arguments = cast("tuple[s.Expr, ...]", rest[:-1])
        return s.Ref(request, name, arguments, spread(request, rest[-1]))

    def before(self, word: Lexeme, body: s.Expr) -> s.Past:
        return s.Past(body, spread(word, body))

    def version_of(
        self, word: Lexeme, _open: Lexeme, component: s.Name, index: s.Expr | None, close: Lexeme
    ) -> s.VersionAt:
        return s.VersionAt(component, index, spread(word, close))

    def parens(self, _open: Lexeme, body: s.Expr, _close: Lexeme) -> s.Expr:
        return body

    def truth(self, word: Lexeme) -> s.Literally:
        return s.Literally(word == "true", word.span)

    # -------------------------------------------------------- quantities

    def plus(self, left: s.Expr, right: s.Expr) -> s.Arithmetic:
        return s.Arithmetic("plus", (left, right), spread(left, right))

    def minus(self, left: s.Expr, right: s.Expr) -> s.Arithmetic:
        return s.Arithmetic("minus", (left, right), spread(left, right))

    def times(self, factor: s.Expr, term: s.Expr) -> s.Arithmetic:
        return s.Arithmetic("times", (factor, term), spread(factor, term))

    def share(self, percent: s.Expr, _of: Lexeme, term: s.Expr, rounded: Lexeme | None) -> s.Arithmetic:
        how = "share" if rounded is None else f"share {rounded.split()[-1]}"
        operator = cast("s.ArithmeticOperator", how)
        return s.Arithmetic(operator, (percent, term), spread(percent, term, rounded))

    def days_from(self, words: Lexeme, first: s.Expr, last: s.Expr) -> s.Arithmetic:
        return s.Arithmetic("days from", (first, last), spread(words, last))

    def day(self, words: Lexeme) -> s.Ref:
        return self._literal(words)

    def period(self, words: Lexeme) -> s.Ref:
        return self._literal(words)

    def period_ending(self, words: Lexeme, _open: Lexeme, rule: s.Name, close: Lexeme) -> s.Ref:
        name = s.Name(" ".join(words.split()), words.span)
        return s.Ref(None, name, (s.Ref(None, rule, None, rule.span),), spread(words, close))

    def _literal(self, words: Lexeme) -> s.Ref:
        """A date or a period, which is a name as a numeral is."""
        return self.ref(s.Name(" ".join(words.split()), words.span))

    def extreme(self, word: Lexeme, _open: Lexeme, *rest: s.Expr | Lexeme) -> s.Arithmetic:
        parts = cast("tuple[s.Expr, ...]", rest[:-1])
        operator = cast("s.ArithmeticOperator", word.split()[0])
        return s.Arithmetic(operator, parts, spread(word, rest[-1]))

    # ---------------------------------------------------------- formulas

    def quantifier(
        self, word: Lexeme, which: Lexeme, binders: tuple[s.Binder, ...], where: s.Expr | None, body: s.Expr
    ) -> s.Quantifier:
        return s.Quantifier(which == "every", binders, where, body, spread(word, body))

    def counted(self, words: Lexeme, binder: s.Binder, body: s.Expr) -> s.Counted:
        *how, number = words.split()
        counting = cast('Literal["at least", "at most", "exactly"]', " ".join(how))
        return s.Counted(counting, s.Name(number, words.span), binder, body, spread(words, body))

    def iff_(self, left: s.Expr, right: s.Expr) -> s.Conditional:
        return s.Conditional("iff", left, right, spread(left, right))

    def implies(self, left: s.Expr, right: s.Expr) -> s.Conditional:
        return s.Conditional("implies", left, right, spread(left, right))

    def any_part(self, *parts: s.Expr) -> s.Junction:
        return s.Junction("or", parts, spread(*parts))

    def all_parts(self, *parts: s.Expr) -> s.Junction:
        return s.Junction("and", parts, spread(*parts))

    def negated(self, word: Lexeme, body: s.Expr) -> s.Negation:
        return s.Negation(body, spread(word, body))

    def ever(self, word: Lexeme, body: s.Expr) -> s.Historic:
        return s.Historic("ever", (body,), spread(word, body))

    def since(self, left: s.Expr, word: Lexeme, right: s.Expr) -> s.Historic:
        how = cast('Literal["since", "as of"]', " ".join(word.split()))
        return s.Historic(how, (left, right), spread(left, right))

    def lasted(self, body: s.Expr, _words: Lexeme, period: s.Expr) -> s.Historic:
        return s.Historic("for at least", (body, period), spread(body, period))

    def beginning(self, words: Lexeme, _open: Lexeme, body: s.Expr, close: Lexeme) -> s.Historic:
        return s.Historic("beginning of", (body,), spread(words, close))

    def breach(self, words: Lexeme, name: s.Name) -> s.Ref:
        return s.Ref(None, _breach(words, name), None, spread(words, name))

    def breach_about(self, words: Lexeme, name: s.Name, _open: Lexeme, *rest: s.Expr | Lexeme) -> s.Ref:
        arguments = cast("tuple[s.Expr, ...]", rest[:-1])
        return s.Ref(None, _breach(words, name), arguments, spread(words, rest[-1]))

    def is_(self, left: s.Expr, right: s.Expr) -> s.Comparison:
        return s.Comparison("is", left, right, spread(left, right))

    def is_not(self, left: s.Expr, right: s.Expr) -> s.Comparison:
        return s.Comparison("is not", left, right, spread(left, right))

    def inside(self, left: s.Expr, _word: Lexeme, right: s.Expr) -> s.Comparison:
        return s.Comparison("is inside", left, right, spread(left, right))

    def not_inside(self, left: s.Expr, word: Lexeme, right: s.Expr) -> s.Negation:
        return s.Negation(self.inside(left, word, right), spread(left, right))

    def is_or_inside(self, left: s.Expr, _word: Lexeme, right: s.Expr) -> s.Comparison:
        return s.Comparison("is or inside", left, right, spread(left, right))

    def matches(self, left: s.Expr, right: s.Expr) -> s.Comparison:
        return s.Comparison("matches", left, right, spread(left, right))

    def ordered(self, left: s.Expr, word: Lexeme, right: s.Expr) -> s.Comparison:
        how = cast("s.ComparisonOperator", " ".join(word.split()))
        return s.Comparison(how, left, right, spread(left, right))

    def in_period(
        self, day: s.Expr, _within: Lexeme, period: s.Expr, side: Lexeme, start: s.Expr
    ) -> s.InPeriod:
        which = cast('Literal["after", "from", "before"]', str(side))
        return s.InPeriod(day, period, which, start, spread(day, start))

    def presence(self, term: s.Expr, word: Lexeme) -> s.Presence:
        return s.Presence(term, word == "present", spread(term, word))

    def member(self, term: s.Expr, word: Lexeme, *rest: s.Expr | Lexeme) -> s.Member:
        values = cast("tuple[s.Expr, ...]", rest[:-1])
        return s.Member(term, values, word.type == "NOT_IN", spread(term, rest[-1]))

    def step_is(self, word: Lexeme, event: s.Name) -> s.StepEvent:
        return s.StepEvent(event, spread(word, event))

    def outcome(self, request: s.Name, word: Lexeme, *tail: Tail) -> s.OutcomeOf:
        return self._outcome(request, word, None, tail)

    def outcome_by(self, request: s.Name, word: Lexeme, by: s.Target, *tail: Tail) -> s.OutcomeOf:
        return self._outcome(request, word, by, tail)

    def _outcome(
        self, request: s.Name, word: Lexeme, by: s.Target | None, tail: tuple[Tail, ...]
    ) -> s.OutcomeOf:
        column = next((each for each in tail if isinstance(each, s.ColumnRef)), None)
        changes = next((each for each in tail if isinstance(each, tuple)), ())
        ends = [each[1] for each in changes]
        kind = cast("s.OutcomeKind", " ".join(word.split()))
        return s.OutcomeOf(kind, request, by, column, changes, spread(request, word, by, column, *ends))

    def with_changes(self, *parts: tuple[s.Name, s.Expr] | Lexeme) -> tuple[tuple[s.Name, s.Expr], ...]:
        return tuple(each for each in parts if not isinstance(each, Lexeme))

    def parameter_change(self, name: s.Name, value: s.Expr) -> tuple[s.Name, s.Expr]:
        return name, value

    # ----------------------------------------------------------- columns

    def column(
        self,
        base: s.Name,
        staged: Lexeme | None,
        readings: tuple[s.Name, ...] | None,
        without: tuple[s.Name, ...] | None,
    ) -> s.ColumnRef:
        span = spread(base, staged, *(readings or ()), *(without or ()))
        return s.ColumnRef(base, readings or (), without or (), span, staged is not None)

    def columns(self, *parts: s.ColumnRef) -> tuple[s.ColumnRef, ...]:
        return parts

    def and_names(self, *parts: s.Name) -> tuple[s.Name, ...]:
        return parts

    def in_column(self, base: s.Name) -> s.ColumnRef:
        return s.ColumnRef(base, (), (), base.span)

    def in_changed_column(self, base: s.Name, word: Lexeme, name: s.Name) -> s.ColumnRef:
        under = word == "under"
        return s.ColumnRef(base, (name,) if under else (), () if under else (name,), spread(base, name))

    def in_parens(self, column: s.ColumnRef) -> s.ColumnRef:
        return column

    # ------------------------------------------------------------- items

    def binder(self, name: s.Name, optional: Lexeme | None, sort: s.Name | Lexeme) -> s.Binder:
        known = sort if isinstance(sort, s.Name) else None
        return s.Binder(name, known, optional is not None, spread(name, sort))

    def binders(self, *parts: s.Binder) -> tuple[s.Binder, ...]:
        return parts

    def parameters(self, *parts: s.Binder | None) -> tuple[s.Binder, ...]:
        return tuple(each for each in parts if each is not None)

    def cases(self, *parts: s.Case) -> tuple[s.Case, ...]:
        return parts

    def case(self, value: s.Expr) -> s.Case:
        return s.Case(value, None, otherwise=False, span=value.span)

    def case_when(self, value: s.Expr, condition: s.Expr) -> s.Case:
        return s.Case(value, condition, otherwise=False, span=spread(value, condition))

    def case_otherwise(self, value: s.Expr) -> s.Case:
        return s.Case(value, None, otherwise=True, span=value.span)

    def inference(self, why: s.Text) -> str:
        return why.text

    def items(self, *parts: s.ItemSyntax) -> tuple[s.ItemSyntax, ...]:
        return parts

    def item(self, *parts: s.Text | s.Meaning | str | None) -> s.ItemSyntax:
        phrases = tuple(each for each in parts if isinstance(each, s.Text))
        meaning = cast("s.Meaning", parts[-2])
        inference = cast("str | None", parts[-1])
        if not phrases:
            _refuse_list(meaning, inferred=inference is not None)
        return s.ItemSyntax(phrases, meaning, inference, spread(*phrases, meaning))

    def applies_when(self, formula: s.Expr) -> s.Clause:
        return s.Clause("applies-when", formula, formula.span)

    def applies_unless(self, formula: s.Expr) -> s.Clause:
        return s.Clause("applies-unless", formula, formula.span)

    def requires(self, formula: s.Expr) -> s.Clause:
        return s.Clause("requires", formula, formula.span)

    def condition(self, formula: s.Expr) -> s.Clause:
        return s.Clause("condition", formula, formula.span)

    def subject_to(self, group: s.Text) -> s.SubjectTo:
        return s.SubjectTo(group, group.span)

    def like(self, name: s.Name, word: Lexeme | None = None) -> s.Like:
        return s.Like(name, word is not None and word == "with", spread(name, word))

    def connective(self, word: Lexeme) -> s.Wordless:
        return s.Wordless("connective", "", word.span)

    def any_of(self, word: Lexeme) -> s.Wordless:
        return s.Wordless("any-of", "", word.span)

    def not_modelled(self, why: s.Text) -> s.Wordless:
        return s.Wordless("not-modelled", why.text, why.span)

    def becomes(self, left: s.Expr, value: s.Expr | Lexeme) -> s.Becomes:
        absent = isinstance(value, Lexeme)
        return s.Becomes(left, None if absent else cast("s.Expr", value), spread(left, value))

    def words(self, text: s.Text, general: s.Text | None) -> s.Label:
        return s.Label(text, general)

    def defines(self, heading: s.Define, label: s.Label | None, cases: tuple[s.Case, ...]) -> s.Define:
        return replace(heading, label=label, cases=cases)

    def heading(
        self, name: s.Name, parameters: tuple[s.Binder, ...] | None, result: s.Name | None
    ) -> s.Define:
        return s.Define(name, parameters or (), result, None, (), None, name.span)


def _breach(words: Lexeme, duty: s.Name) -> s.Name:
    """The name of the statement that a duty is in breach."""
    return s.Name(f"{BREACH}{duty.text}", spread(words, duty))


def _refuse_list(meaning: s.Meaning, *, inferred: bool) -> None:
    """Raise SpecError for `in (A, B)` behind a term, and for `in A`: as `in` may be a name, that is read as a
    meaning of its own, which no words stand for. One that is `inferred` may be meant, unless values follow.
    """
    if not isinstance(meaning, s.Clause) or meaning.kind != "condition":
        return
    formula = meaning.formula
    body = formula.body if isinstance(formula, s.Negation) else formula
    if not isinstance(body, s.Ref) or body.name.text != "in" or body.request is not None:
        return
    names = [each.name.text for each in body.arguments or () if isinstance(each, s.Ref)]
    if inferred and not all(re.match("[A-Z0-9]", each) for each in names):
        return
    word = "in" if body is formula else "not in"
    nearest = f"{word} {{{', '.join(names) or 'A, B'}}}"
    message = "a list stands in braces after `in`"
    raise SpecError((Diagnostic("syntax", message, meaning.span, nearest=nearest),))
