"""Builds the syntax of claims, rule by rule, while the parser reduces."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias, cast

from lark import v_args

from checker.language import declarations as d
from checker.language import statements as st
from checker.language import syntax as s
from checker.language.build_expressions import ExpressionBuilder, join, spread
from checker.language.diagnostics import Span
from checker.language.lexer import Lexeme

WITH_STEPS: Final = "with deployment steps"
IN_DEPLOYMENT: Final = "in every deployment"

Side: TypeAlias = st.Chain | st.EverySyntax
Alike: TypeAlias = "s.Expr | Lexeme | None"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a claim, such as `from`, `note` or `for`."""

    kind: str
    values: tuple[object, ...]
    span: Span


@dataclass(slots=True)
class _Parts:
    """The parts of a claim, sorted by kind."""

    by_kind: dict[str, list[Part]] = field(default_factory=dict)

    def all(self, kind: str) -> tuple[object, ...]:
        return tuple(value for part in self.by_kind.get(kind, []) for value in part.values)

    def first(self, kind: str) -> Part | None:
        return next(iter(self.by_kind.get(kind, [])), None)

    def repeated(self) -> tuple[tuple[str, Span], ...]:
        once = ("for", "given", "statement", "witness", WITH_STEPS, IN_DEPLOYMENT)
        return tuple((kind, part.span) for kind in once for part in self.by_kind.get(kind, [])[1:])


@v_args(inline=True)
class ClaimBuilder(ExpressionBuilder):
    """Callbacks for claims and their statements."""

    def claim(self, number: s.Name, name: s.Name, sentence: s.Text, *parts: Part) -> d.ClaimDecl:
        sorted_parts = _Parts()
        for part in parts:
            sorted_parts.by_kind.setdefault(part.kind, []).append(part)
        given_for = sorted_parts.first("for")
        statement = sorted_parts.first("statement")
        witness = sorted_parts.first("witness")
        deployed = sorted_parts.first(IN_DEPLOYMENT)
        return d.ClaimDecl(
            number=number,
            name=name,
            sentence=sentence.text,
            sources=cast("tuple[s.Text, ...]", sorted_parts.all("from")),
            notes=cast("tuple[str, ...]", sorted_parts.all("note")),
            variables=cast("tuple[s.Binder, ...]", given_for.values[0] if given_for else ()),
            where=cast("s.Expr | None", given_for.values[1] if given_for else None),
            premises=cast("tuple[s.Expr, ...]", sorted_parts.all("given")),
            statement=cast("st.StatementSyntax | None", statement.values[0] if statement else None),
            statement_span=statement.span if statement else None,
            witness=cast("s.Expr | None", witness.values[0] if witness else None),
            lemmas=cast("tuple[st.LemmaDecl, ...]", sorted_parts.all("lemma")),
            using=cast("tuple[s.Name, ...]", sorted_parts.all("using")),
            over=cast("tuple[s.Name, ...]", sorted_parts.all(WITH_STEPS)),
            deployed=cast("st.DeployedSyntax | None", deployed.values[0] if deployed else None),
            expectations=cast("tuple[st.ExpectSyntax, ...]", sorted_parts.all("expect")),
            needs=cast("tuple[st.NeedsSyntax, ...]", sorted_parts.all("needs")),
            repeated=sorted_parts.repeated(),
            span=name.span,
        )

    def claim_from(self, *sources: s.Text) -> Part:
        return Part("from", sources, spread(*sources))

    def claim_note(self, note: s.Text) -> Part:
        return Part("note", (note.text,), note.span)

    def claim_for(self, binders: tuple[s.Binder, ...], where: s.Expr | None) -> Part:
        return Part("for", (binders, where), spread(*binders))

    def claim_given(self, *premises: s.Expr) -> Part:
        return Part("given", premises, spread(*premises))

    def claim_witness(self, formula: s.Expr) -> Part:
        return Part("witness", (formula,), formula.span)

    def claim_lemma(self, name: s.Name, sentence: s.Text, formula: s.Expr) -> Part:
        return Part("lemma", (st.LemmaDecl(name, sentence.text, formula, name.span),), name.span)

    def claim_using(self, *lemmas: s.Name) -> Part:
        return Part("using", lemmas, spread(*lemmas))

    def claim_over(self, _with: Lexeme, *versions: s.Name) -> Part:
        return Part(WITH_STEPS, versions, spread(*versions))

    def claim_deployed(self, which: Lexeme, *parts: s.Name | s.Expr | None) -> Part:
        names, where = cast("tuple[s.Name, ...]", parts[:-1]), cast("s.Expr | None", parts[-1])
        every = which.split()[-1] == "every"
        found = st.DeployedSyntax(names, where, every=every, span=spread(which, *names))
        return Part(IN_DEPLOYMENT, (found,), found.span)

    def claim_expect(self, verdict: Lexeme, by: s.Target | None, columns: tuple[s.ColumnRef, ...]) -> Part:
        kind = cast('Literal["proved", "refuted"]', str(verdict))
        return Part("expect", (st.ExpectSyntax(kind, by, columns, verdict.span),), verdict.span)

    def claim_needs(self, *parts: s.Name | tuple[s.ColumnRef, ...]) -> Part:
        names, columns = cast("tuple[s.Name, ...]", parts[:-1]), cast("tuple[s.ColumnRef, ...]", parts[-1])
        return Part("needs", (st.NeedsSyntax(names, columns, spread(*names)),), spread(*names))

    def claim_statement(self, statement: st.StatementSyntax) -> Part:
        return Part("statement", (statement,), statement.span)

    # -------------------------------------------------------- statements

    def always(self, word: Lexeme, formula: s.Expr) -> st.AlwaysSyntax:
        return st.AlwaysSyntax(formula, spread(word, formula))

    def after_request(
        self, word: Lexeme, name: s.Name, where: s.Expr | None, formula: s.Expr
    ) -> st.AfterSyntax:
        possibly = word == "possibly"
        return st.AfterSyntax(
            possibly, "request", name, twice=False, where=where, formula=formula, span=spread(word, formula)
        )

    possibly_after = after_request

    def after_step(self, word: Lexeme, name: s.Name, formula: s.Expr) -> st.AfterSyntax:
        return st.AfterSyntax(
            possibly=False,
            kind="step",
            name=name,
            twice=False,
            where=None,
            formula=formula,
            span=spread(word, formula),
        )

    def after_event(
        self, word: Lexeme, name: s.Name, twice: Lexeme | None, formula: s.Expr
    ) -> st.AfterSyntax:
        return st.AfterSyntax(
            possibly=False,
            kind="event",
            name=name,
            twice=twice is not None,
            where=None,
            formula=formula,
            span=spread(word, formula),
        )

    def every_request(
        self, word: Lexeme, name: s.Name, where: s.Expr | None, formula: s.Expr
    ) -> st.RequestSyntax:
        return st.RequestSyntax(
            universal=True,
            reachable=word == "always",
            request=name,
            where=where,
            formula=formula,
            span=spread(word, formula),
        )

    any_situation = every_request

    def some_request(self, word: Lexeme, name: s.Name, formula: s.Expr) -> st.RequestSyntax:
        return st.RequestSyntax(
            universal=False,
            reachable=word == "possibly",
            request=name,
            where=None,
            formula=formula,
            span=spread(word, formula),
        )

    some_situation = some_request

    def possibly(
        self, word: Lexeme, formula: s.Expr, steps: tuple[st.StepSyntax, ...] | None
    ) -> st.PossiblySyntax:
        span = spread(word, formula)
        return st.PossiblySyntax(formula, steps or (), join(span, steps[-1].span) if steps else span)

    def leads(
        self,
        word: Lexeme,
        condition: s.Expr,
        modality: Literal["next", "possibly", "never"],
        goal: s.Expr,
        period: s.Expr | None,
        steps: tuple[st.StepSyntax, ...] | None,
    ) -> st.LeadsSyntax:
        span = spread(word, goal, period)
        whole = join(span, steps[-1].span) if steps else span
        return st.LeadsSyntax(condition, modality, goal, steps or (), whole, period)

    def in_time(self, _within: Lexeme, period: s.Expr) -> s.Expr:
        return period

    def promised(
        self, word: Lexeme, condition: s.Expr, goal: s.Expr, _within: Lexeme, period: s.Expr
    ) -> st.AfterSyntax:
        """What is overdue is seen when the day on which it was due is past, that is, after a step of time."""
        span = spread(word, period)
        owed = s.Historic("within", (condition, goal, period), span)
        time = s.Name("time", word.span)
        return st.AfterSyntax(
            possibly=False, kind="event", name=time, twice=False, where=None, formula=owed, span=span
        )

    def modality_next(self, _word: Lexeme) -> Literal["next"]:
        return "next"

    def modality_possibly(self, _word: Lexeme) -> Literal["possibly"]:
        return "possibly"

    def modality_never(self, _word: Lexeme) -> Literal["never"]:
        return "never"

    def eventually(
        self,
        word: Lexeme,
        condition: s.Expr,
        goal: s.Expr,
        justice: tuple[s.Name, s.Expr],
        steps: tuple[st.StepSyntax, ...],
    ) -> st.EventuallySyntax:
        name, made = justice
        return st.EventuallySyntax(condition, goal, name, made, steps, join(word.span, steps[-1].span))

    def justice(self, name: s.Name, formula: s.Expr, _made: Lexeme) -> tuple[s.Name, s.Expr]:
        return name, formula

    def steps(self, *parts: st.StepSyntax) -> tuple[st.StepSyntax, ...]:
        return parts

    def step_requests(self, word: Lexeme) -> st.StepSyntax:
        return st.StepSyntax("requests", (), None, word.span)

    def step_senders(self, *senders: s.Expr) -> st.StepSyntax:
        return st.StepSyntax("requests", senders, None, spread(*senders))

    def step_others(self, *senders: s.Expr) -> st.StepSyntax:
        return st.StepSyntax("others", senders, None, spread(*senders))

    def shape_requests(self, shape: s.Name, word: Lexeme) -> st.StepSyntax:
        return st.StepSyntax("requests", (), None, spread(shape, word), shape)

    def shape_senders(self, shape: s.Name, *senders: s.Expr) -> st.StepSyntax:
        return st.StepSyntax("requests", senders, None, spread(shape, *senders), shape)

    def shape_others(self, shape: s.Name, *senders: s.Expr) -> st.StepSyntax:
        return st.StepSyntax("others", senders, None, spread(shape, *senders), shape)

    def step_event(self, event: s.Name) -> st.StepSyntax:
        return st.StepSyntax("event", (), event, event.span)

    def step_time(self, word: Lexeme) -> st.StepSyntax:
        return self.step_event(s.Name(str(word), word.span))

    def step_any(self, word: Lexeme, last: Lexeme) -> st.StepSyntax:
        return st.StepSyntax("any", (), None, spread(word, last))

    # ------------------------------------------------------- comparisons

    def chain(self, first: s.Name, *rest: Lexeme | s.Name) -> st.Chain:
        words = [str(each) for each in rest[::2]]
        names = cast("tuple[s.Name, ...]", rest[1::2])
        links = tuple(zip(words, names, strict=True))
        return st.Chain(
            first,
            cast('tuple[tuple[Literal["and", "under", "without"], s.Name], ...]', links),
            spread(first, *names),
        )

    def every(self, word: Lexeme, *versions: s.Name) -> st.EverySyntax:
        return st.EverySyntax(versions, None, spread(word, *versions))

    every_plain = every

    def every_where(self, word: Lexeme, *rest: s.Name | s.Expr) -> st.EverySyntax:
        versions, where = cast("tuple[s.Name, ...]", rest[:-1]), cast("s.Expr", rest[-1])
        return st.EverySyntax(versions, where, spread(word, where))

    def every_and_chain(self, every: st.EverySyntax, chain: st.Chain) -> tuple[Side, Side]:
        return every, chain

    def chain_and_every(self, *parts: s.Name | Lexeme | st.EverySyntax) -> tuple[Side, Side]:
        chain = self.chain(*cast("tuple[s.Name, ...]", parts[:-1]))
        return chain, cast("st.EverySyntax", parts[-1])

    def alike(
        self, sides: Side | tuple[Side, Side], alike: Lexeme, where: s.Expr | None, codes: Lexeme | None
    ) -> st.CompareSyntax:
        left, right = sides if isinstance(sides, tuple) else (sides, None)
        span = join(left.span, (codes or where or alike).span)
        return st.CompareSyntax("alike", left, right, codes is not None, where, span)

    def no_more(self, left: Side, right: Side, where: s.Expr | None = None) -> st.CompareSyntax:
        span = join(left.span, (where or right).span)
        return st.CompareSyntax("no-more", left, right, codes=False, where=where, span=span)

    def any_order(self, word: Lexeme, alike: Lexeme, codes: Lexeme | None) -> st.CompareSyntax:
        span = spread(word, codes or alike)
        return st.CompareSyntax("orders", None, None, codes is not None, None, span)

    def difference(
        self,
        word: Lexeme,
        old: s.ColumnRef,
        new: s.ColumnRef,
        name: s.Name,
        *changes: st.ChangeSyntax,
    ) -> st.DifferenceSyntax:
        return st.DifferenceSyntax(old, new, name, changes, join(word.span, changes[-1].span))

    def change_case(self, word: Lexeme, label: s.Text, formula: s.Expr) -> st.ChangeSyntax:
        return st.ChangeSyntax(_change_kind(word), label.text, formula, spread(word, formula))

    def change_never(self, word: Lexeme, never: Lexeme) -> st.ChangeSyntax:
        return st.ChangeSyntax(_change_kind(word), "", None, spread(word, never))


def _change_kind(word: Lexeme) -> st.ChangeKind:
    """What becomes of the requests, by the last words before the label."""
    match str(word).split():
        case ["newly", *_]:
            return "made"
        case ["no", *_]:
            return "unmade"
        case _:
            return cast("st.ChangeKind", str(word))
