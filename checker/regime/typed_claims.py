"""From claims as written to typed claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from checker.language import declarations as d
from checker.language import statements as st
from checker.language import syntax as s
from checker.language.diagnostics import Span
from checker.model import claim as c
from checker.model import expressions as e
from checker.model.expressions import VERSION, Formula
from checker.regime.check_expectations import report_staged
from checker.regime.file_texts import Sources
from checker.regime.in_time import in_time, that_day
from checker.regime.kept_duties import says_kept, supposing
from checker.regime.lemmas import lemmas_of
from checker.regime.names import Report, Vocabulary, nearest_name
from checker.regime.term_context import CLAIM, Context
from checker.regime.typecheck import Typer
from checker.regime.typed_steps import report_event, steps_of

_REQUEST = "r"  # the name of the request in a comparison
_OF_REQUESTS = "`always, after an accepted request r: …` or another claim about requests"


class Claimant:
    """Types claims against the names of all versions."""

    def __init__(self, vocabulary: Vocabulary, sources: Sources, report: Report) -> None:
        self.vocabulary, self.sources, self.report = vocabulary, sources, report
        self.typer = Typer(vocabulary, report)

    def claim(self, decl: d.ClaimDecl) -> c.Claim | None:
        """The typed claim; None, with a report, if it has a mistake."""
        before = len(self.report.found)
        self._complete(decl)
        variables, context = self._variables(decl.variables)
        where, premises = self._formula(decl.where, context), tuple(self._premises(decl.premises, context))
        statement = self.statement(decl.statement, context) if decl.statement else None
        statement, kept = supposing(decl, statement, context, self.typer)
        witness = self._formula(decl.witness, self._witness_context(decl.statement, context))
        over = tuple(self._version(name) for name in decl.over)
        deployed, which = self._deployed(decl, statement)
        expectations = tuple(self._expectations(decl.expectations, statement))
        needs = tuple(self._needs(decl.needs))
        if len(self.report.found) > before or statement is None or decl.statement_span is None:
            return None
        claim = c.Claim(
            name=decl.name.text,
            number=decl.number.text,
            sentence=decl.sentence,
            sources=tuple(each.text for each in decl.sources),
            notes=decl.notes,
            variables=(*variables, *self._days(decl.statement, context)),
            where=_both(where, which),
            premises=(*premises, *kept),
            statement=statement,
            statement_text=self.sources.text(decl.statement_span),
            witness=witness,
            deployment_over=over,
            expectations=expectations,
            needs=needs,
            span=decl.span,
            deployed=deployed,
            lemmas=tuple(lemmas_of(decl, self.typer)),
        )
        report_staged(claim, self.vocabulary, self.report)
        return claim if len(self.report.found) == before else None

    def _complete(self, decl: d.ClaimDecl) -> None:
        present = (
            ("`from`", decl.sources, '`from "…"`'),
            ("statement", decl.statement, "`always …` or another statement"),
            ("`expect`", decl.expectations, "`expect proved in …`"),
        )
        for part, value, expected in present:
            if not value:
                message = f"claim `{decl.name.text}` has no {part}"
                self.report.say("incomplete-claim", message, decl.span, expected=(expected,))
                break
        for part, span in decl.repeated:
            self.report.say("duplicate", f"claim `{decl.name.text}` has a second `{part}`", span)

    def _deployed(
        self, decl: d.ClaimDecl, statement: c.Statement | None
    ) -> tuple[tuple[str, ...], Formula | None]:
        """The versions over which the claim's deployments range, and the condition on these deployments.
        Reports it if the sides of a comparison already say that or deployments move, and `every` in place of
        `some`.
        """
        asked = decl.deployed
        if asked is None:
            return (), None
        existential = statement is not None and c.is_existential(statement)
        if statement is not None and c.compares(statement) and not c.is_of_orders(statement):
            self.report.say("misplaced", "the sides of a comparison say what is deployed", asked.span)
        elif decl.over:
            self.report.say("misplaced", "deployments either move or stay as they are", asked.span)
        elif existential == asked.every:
            word = "in some deployment" if existential else "in every deployment"
            message = "a claim with `always` is about every deployment, any other about some deployment"
            self.report.say("misplaced", message, asked.span, expected=(f"`{word} over …`",))
        where = self._formula(asked.where, Context({}, claim=True))
        return tuple(self._version(name) for name in asked.versions), where

    def _variables(self, binders: tuple[s.Binder, ...]) -> tuple[tuple[c.ClaimVariable, ...], Context]:
        things = [binder for binder in binders if binder.sort is not None]
        requests = frozenset(binder.name.text for binder in binders if binder.sort is None)
        typed = iter(self.typer.binders(things, CLAIM))
        found = []
        context = Context({}, requests=requests, claim=True)
        for binder in binders:
            if binder.sort is None:
                if binder.optional:
                    self.report.say("misplaced", "a claim's request is there, not `optional`", binder.span)
                found.append(c.ClaimVariable(binder.name.text, None))
                continue
            variable = next(typed)
            context = context.binding((variable,))
            found.append(c.ClaimVariable(variable.name, variable.sort))
        return tuple(found), context

    def _days(self, statement: st.StatementSyntax | None, context: Context) -> tuple[c.ClaimVariable, ...]:
        """The day from which a period is reckoned, which the claim does not name itself."""
        if not isinstance(statement, st.LeadsSyntax) or statement.period is None:
            return ()
        day = that_day(self.vocabulary, context.variables)
        return (c.ClaimVariable(day.name, day.sort),)

    def _formula(self, expr: s.Expr | None, context: Context) -> Formula | None:
        return self.typer.formula(expr, context) if expr is not None else None

    def _required(self, expr: s.Expr, context: Context) -> Formula:
        """A formula that must be present. After a mistake the claim is dropped, so any formula will do."""
        found = self.typer.formula(expr, context)
        return found if found is not None else e.Truth(value=True)

    def _premises(self, given: Iterable[s.Expr], context: Context) -> Iterable[Formula]:
        for expr in given:
            if says_kept(expr, self.vocabulary):
                continue
            name = expr.name if isinstance(expr, s.Ref) and expr.request is None else None
            signature = self.vocabulary.callables.get(name.text) if name else None
            if name is None or (signature is not None and signature.kind != "premise"):
                message = "`given` takes premises, applied to the claim's variables"
                self.report.say("misplaced", message, expr.span, expected=self._premise_names())
            elif signature is None:
                valid = [each.name for each in self.vocabulary.callables.values() if each.kind == "premise"]
                self.report.unknown("premise", name.text, name.span, valid)
            else:
                yield self._required(expr, context)

    def _premise_names(self) -> tuple[str, ...]:
        names = [each.name for each in self.vocabulary.callables.values() if each.kind == "premise"]
        return tuple(f"`{name}`" for name in names[:6])

    def _witness_context(self, statement: st.StatementSyntax | None, context: Context) -> Context:
        match statement:
            case st.AfterSyntax(kind="request" | "step", name=name):
                return replace(_with_request(context, name), step=True)
            case st.AfterSyntax():
                return replace(context, step=True)
            case (
                st.RequestSyntax(request=name)
                | st.EventuallySyntax(request=name)
                | st.DifferenceSyntax(request=name)
            ):
                return _with_request(context, name)
            case st.AlwaysSyntax() | st.PossiblySyntax() | st.LeadsSyntax() | st.CompareSyntax() | None:
                return context
            case _:
                assert_never(statement)

    # -------------------------------------------------------- statements

    def statement(self, statement: st.StatementSyntax, context: Context) -> c.Statement | None:
        match statement:
            case st.AlwaysSyntax():
                return c.Always(self._required(statement.formula, context))
            case st.AfterSyntax():
                return self._after(statement, context)
            case st.RequestSyntax():
                return self._of_requests(statement, context)
            case st.PossiblySyntax():
                goal = self._required(statement.formula, context)
                return c.Possibly(goal, steps_of(statement.steps, context, self.typer))
            case st.LeadsSyntax():
                condition = self._required(statement.condition, context)
                goal = self._required(statement.goal, context)
                steps = steps_of(statement.steps, context, self.typer)
                leads = c.Leads(statement.modality, condition, goal, steps)
                if statement.period is None:
                    return leads
                day = that_day(self.vocabulary, context.variables)
                return in_time(leads, day, statement.period, context, self.typer)
            case st.EventuallySyntax():
                return self._eventually(statement, context)
            case st.CompareSyntax():
                return self._compare(statement, context)
            case st.DifferenceSyntax():
                return self._difference(statement, context)
            case _:
                assert_never(statement)

    def _after(self, statement: st.AfterSyntax, context: Context) -> c.Statement:
        name = statement.name.text
        if statement.kind == "event":
            report_event(statement.name, self.typer)
            formula = self._required(statement.formula, replace(context, step=True))
            return c.AlwaysAfter("event", "", name, statement.twice, None, formula)
        inner = self._named(statement.name, context)
        where = self._formula(statement.where, inner)
        formula = self._required(statement.formula, replace(inner, step=True))
        if statement.possibly:
            return c.PossiblyAfter(name, where, formula)
        return c.AlwaysAfter(statement.kind, name, "", twice=False, where=where, formula=formula)

    def _of_requests(self, statement: st.RequestSyntax, context: Context) -> c.Statement:
        inner = self._named(statement.request, context)
        where = self._formula(statement.where, inner)
        formula = self._required(statement.formula, inner)
        if statement.universal:
            return c.EveryRequest(statement.request.text, where, formula, statement.reachable)
        return c.SomeRequest(statement.request.text, formula, statement.reachable)

    def _eventually(self, statement: st.EventuallySyntax, context: Context) -> c.Statement:
        return c.Eventually(
            self._required(statement.condition, context),
            self._required(statement.goal, context),
            statement.request.text,
            self._required(statement.justice, self._named(statement.request, context)),
            steps_of(statement.steps, context, self.typer),
        )

    def _named(self, name: s.Name, context: Context) -> Context:
        if name.text in context.variables or name.text in context.requests:
            self.report.say("duplicate", f"`{name.text}` already has a meaning here", name.span)
        return _with_request(context, name)

    # ------------------------------------------------------- comparisons

    def _compare(self, statement: st.CompareSyntax, context: Context) -> c.Statement | None:
        inner = context
        if _REQUEST not in context.requests:
            inner = self._named(s.Name(_REQUEST, statement.span), context)
        where = self._formula(statement.where, inner)
        if statement.relation == "orders":
            order = c.Side("order")
            return c.Compare("alike", order, order, codes=statement.codes, request=_REQUEST, where=None)
        sides = self._sides(statement, context)
        if sides is None:
            return None
        left, right = sides
        return c.Compare(statement.relation, left, right, statement.codes, _REQUEST, where)

    def _sides(self, statement: st.CompareSyntax, context: Context) -> tuple[c.Side, c.Side] | None:
        left, right = statement.left, statement.right
        if right is None and isinstance(left, st.EverySyntax):
            left, right = self._split_every(left)
        elif right is None and isinstance(left, st.Chain):
            left, right = self._split_chain(left)
        if left is None or right is None:
            message = "this comparison has only one side"
            self.report.say(
                "incomplete-claim", message, statement.span, expected=("`COLUMN and COLUMN decide alike`",)
            )
            return None
        if isinstance(left, st.EverySyntax) and isinstance(right, st.EverySyntax):
            message = "only one side of a comparison may be every deployment"
            self.report.say("misplaced", message, right.span, expected=("a version or deployment",))
            return None
        first, second = self._side(left, context), self._side(right, context)
        return (first, second) if first is not None and second is not None else None

    def _split_every(self, every: st.EverySyntax) -> tuple[st.EverySyntax, st.Chain | None]:
        """`every deployment over A, B where p and COLUMN`: the last part is the other side."""
        where = every.where
        if not isinstance(where, s.Junction) or where.op != "and":
            return every, None
        last = where.parts[-1]
        if not isinstance(last, s.Ref) or last.arguments is not None or last.request is not None:
            return every, None
        rest = where.parts[:-1]
        kept = rest[0] if len(rest) == 1 else s.Junction("and", rest, where.span)
        return st.EverySyntax(every.versions, kept, every.span), st.Chain(last.name, (), last.span)

    def _split_chain(self, chain: st.Chain) -> tuple[st.Chain, st.Chain | None]:
        """Which `and` joins the two columns: the first after which a version or deployment is named."""
        joints = [at for at, (word, _name) in enumerate(chain.links) if word == "and"]
        named = [at for at in joints if chain.links[at][1].text in self.vocabulary.versions]
        for at in named or joints[-1:]:
            second = chain.links[at][1]
            left = st.Chain(chain.first, chain.links[:at], chain.span)
            return left, st.Chain(second, chain.links[at + 1 :], second.span)
        return chain, None

    def _side(self, side: st.Chain | st.EverySyntax, context: Context) -> c.Side | None:
        if isinstance(side, st.EverySyntax):
            versions = tuple(self._version(name) for name in side.versions)
            return c.Side("deployment", None, versions, self._formula(side.where, context))
        readings: list[s.Name] = []
        without: list[s.Name] = []
        current: list[s.Name] | None = None
        for word, name in side.links:
            if word != "and":
                current = readings if word == "under" else without
            if current is None:
                self.report.unknown(
                    "version or deployment", name.text, name.span, sorted(self.vocabulary.versions)
                )
                return None
            current.append(name)
        column = self.typer.column(s.ColumnRef(side.first, tuple(readings), tuple(without), side.span))
        return c.Side("column", column) if column is not None else None

    def _difference(self, statement: st.DifferenceSyntax, context: Context) -> c.Statement | None:
        old, new = self.typer.plain_column(statement.old), self.typer.plain_column(statement.new)
        inner = self._named(statement.request, context)
        cases: dict[str, list[c.DifferenceCase]] = {"accepted": [], "rejected": []}
        for change in statement.changes:
            known = {case.label for each in cases.values() for case in each}
            cases.setdefault(change.kind, [])
            if change.formula is not None:
                if change.label in known:
                    self.report.say("duplicate", f"there is a case `{change.label}` already", change.span)
                case = c.DifferenceCase(change.label, self._required(change.formula, inner))
                cases[change.kind].append(case)
        if old is None or new is None:
            return None
        both = tuple(cases["accepted"]), tuple(cases["rejected"])
        more = (tuple(cases[each]) if each in cases else None for each in ("differently", "made", "unmade"))
        return c.Difference(old, new, statement.request.text, *both, *more)

    # ------------------------------------------------ verdicts and needs

    def _version(self, name: s.Name) -> str:
        versions = self.vocabulary.sorts[VERSION].values
        if name.text not in versions:
            self.report.unknown("version", name.text, name.span, versions)
        return name.text

    def _expectations(
        self, expected: Iterable[st.ExpectSyntax], statement: c.Statement | None
    ) -> Iterable[c.Expectation]:
        seen: set[tuple[str, str | None]] = set()
        for each in expected:
            by = self._reason(each.by)
            if each.by is not None and statement is not None and not c.is_of_requests(statement):
                message = "`by` is only allowed in claims about requests"
                self.report.say("misplaced", message, each.by.span, expected=(_OF_REQUESTS,))
            for written in each.columns:
                column = self.typer.column(written)
                if column is None:
                    continue
                self._once((str(column), by), seen, written.span)
                yield c.Expectation(each.verdict, column, by, each.span)

    def _once(self, key: tuple[str, str | None], seen: set[tuple[str, str | None]], span: Span) -> None:
        if key in seen:
            self.report.say("duplicate", f"`{key[0]}` has an expected verdict already", span)
        seen.add(key)

    def _reason(self, by: s.Target | None) -> str | None:
        if by is None:
            return None
        vocabulary = self.vocabulary
        clause = isinstance(by, s.Text)
        valid = sorted({*vocabulary.exempting, *vocabulary.clauses}) if clause else sorted(vocabulary.checks)
        if by.text not in valid:
            kind = "clause" if clause else "check"
            code = "missing-clause" if clause else "unknown-name"
            near = nearest_name(by.text, valid)
            self.report.say(code, f"there is no {kind} `{by.text}`", by.span, nearest=near)
        return by.text

    def _needs(self, needs: Iterable[st.NeedsSyntax]) -> Iterable[c.Need]:
        for each in needs:
            columns = [self.typer.column(written) for written in each.columns]
            for name in each.suppositions:
                if name.text not in self.vocabulary.suppositions:
                    valid = sorted(self.vocabulary.suppositions)
                    self.report.unknown("axiom, premise or adopted check", name.text, name.span, valid)
                    continue
                yield from (c.Need(name.text, column, name.span) for column in columns if column is not None)


def _with_request(context: Context, name: s.Name) -> Context:
    return Context(
        context.variables, requests=context.requests | {name.text}, claim=context.claim, depth=context.depth
    )


def _both(where: Formula | None, which: Formula | None) -> Formula | None:
    """The conjunction of the restrictions on the claim's variables and on its deployments."""
    parts = tuple(each for each in (where, which) if each is not None)
    return e.And(parts) if len(parts) > 1 else next(iter(parts), None)
