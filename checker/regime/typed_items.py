"""Types the items of rules, and definitions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from checker.language import syntax as s
from checker.model import expressions as e
from checker.model import model as m
from checker.model.clock import BUILT_IN, TODAY
from checker.model.expressions import FACT, Formula, Located, Sort, Term, Variable
from checker.model.item import Item, ItemKind
from checker.regime.file_texts import Sources
from checker.regime.labels import Labelled
from checker.regime.moves import bound_and_changed, moved, report_at_once
from checker.regime.names import Report, Vocabulary, nearest_name
from checker.regime.program import Laid
from checker.regime.term_context import RULE, STATE, UNKNOWN, Context, text_of
from checker.regime.typecheck import Typer
from checker.regime.typecheck_numbers import is_numeral

WORDS = frozenset({"connective", "not-modelled", "defines"})
_SAID = {
    "applies-when": "`applies when …`",
    "applies-unless": "`applies unless …`",
    "requires": "`requires …`",
    "subject-to": '`subject to "…"`',
    "as": "`as …`",
    "condition": "a statement",
    "any-of": "`any of`",
    "update": "`… becomes …`",
    "connective": "`connective`",
    "not-modelled": '`not modelled "…"`',
    "defines": "`defines …`",
}

_OPENINGS = ("applies", "requires", "subject", "connective", "defines")


@dataclass(slots=True)
class Parts:
    """The typed items of one rule."""

    items: list[Item] = field(default_factory=list)
    definitions: list[m.Definition] = field(default_factory=list)
    updates: list[m.Update] = field(default_factory=list)
    groups: list[s.Text] = field(default_factory=list)
    like: list[s.Like] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)  # trees in which something moves


class Meanings:
    """Types items and definitions against one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, sources: Sources, report: Report) -> None:
        self.vocabulary = vocabulary
        self.sources = sources
        self.report = report
        self.typer = Typer(vocabulary, report)

    def located(self, expr: s.Expr, context: Context) -> Located | None:
        formula = self.typer.formula(expr, context)
        if formula is None:
            return None
        return Located(formula, expr.span, self.sources.text(expr.span))

    # ------------------------------------------------------------- items

    def parts(self, items: Iterable[Laid], allowed: frozenset[str], where: str, context: Context) -> Parts:
        """The typed items of a rule. Reports those that this kind of rule cannot have."""
        parts, misplaced, every = Parts(), False, tuple(items)
        for at, laid in enumerate(every):
            kind = _kind(laid.syntax.meaning)
            if kind not in allowed:
                if not misplaced:
                    self._misplaced(laid.syntax, kind, allowed, where, every[at + 1 : at + 2])
                misplaced = True
                continue
            if not laid.phrases and laid.syntax.inference is None:
                message = "no words of the law say this, so it needs a reason"
                expected = ('a phrase in front, or `inference "why"` at the end',)
                self.report.say("no-source", message, laid.syntax.meaning.span, expected=expected)
            self._item(laid, kind, context, parts)
        return parts

    def _misplaced(
        self, item: s.ItemSyntax, kind: str, allowed: frozenset[str], where: str, following: tuple[Laid, ...]
    ) -> None:
        becomes = next((_bare(each.syntax) for each in following if not each.phrases), None)
        if becomes is not None and "update" in allowed and nearest_name(becomes.text, ("becomes",)):
            message = f"`{becomes.text}` is no word of the language"
            self.report.say("misplaced", message, becomes.span, nearest="becomes")
            return
        code = "misplaced-update" if kind == "update" else "misplaced"
        said = "an update" if kind == "update" else _SAID[kind]
        expected = tuple(_SAID[each] for each in _SAID if each in allowed and each not in WORDS)
        nearest = None
        name = _bare(item)
        if kind == "condition" and name is not None:
            nearest = nearest_name(name.text, _OPENINGS)  # a misspelt key word
            said = f"`{name.text}`" if nearest else said
        message = f"{said} has no meaning in {where}"
        self.report.say(code, message, item.meaning.span, expected=expected, nearest=nearest)

    def _item(self, laid: Laid, kind: ItemKind, context: Context, parts: Parts) -> None:
        meaning, located, note = laid.syntax.meaning, None, ""
        match meaning:
            case s.Clause():
                located = self.located(meaning.formula, context)
            case s.SubjectTo():
                note = meaning.group.text
                parts.groups.append(meaning.group)
            case s.Like():
                note = meaning.check.text
                parts.like.append(meaning)
            case s.Wordless():
                note = meaning.why
            case s.Becomes():
                update = self.update(meaning, context)
                parts.updates += [update] if update else []
                self._report_moves(meaning, parts)
            case s.Define():
                note = meaning.name.text
                found = self.definition(meaning, laid.syntax.inference)
                parts.definitions += [found] if found else []
            case _:
                assert_never(meaning)
        item = Item(kind, laid.phrases, located, laid.syntax.inference, note, laid.syntax.span)
        parts.items.append(item)

    def _report_moves(self, becomes: s.Becomes, parts: Parts) -> None:
        """Reports a second move in one tree by one rule."""
        name = becomes.left.name.text if isinstance(becomes.left, s.Ref) else ""
        of = self.vocabulary.maps.get(name)
        if of is not None and of.inside is not None:
            if name in parts.moved:
                report_at_once(of, becomes.span, self.report)
            parts.moved.add(name)

    def _plain(self, becomes: s.Becomes, context: Context) -> s.Becomes | None:
        """The update of what trees and self-maps are made of, written out; other updates as they are. None,
        with a report, if it cannot be.
        """
        binders, term = bound_and_changed(becomes.left)
        given = term.arguments or () if term is not None else ()
        name = "" if term is None else term.name.text
        of = next((x for x in self.vocabulary.maps.values() if name in {x.name, x.inside}), None)
        if of is None or term is None or len(given) not in {len(of.parameters), len(of.parameters) + 1}:
            return becomes
        if len(given) > len(of.parameters):
            message = f"`{text_of(term)}` changes by what becomes of `{of.name}`, and by nothing else"
            takes = ", ".join(text_of(each) for each in given[:-1])
            expected = (f"`{of.name}({takes}) becomes …`",)
            self.report.say("not-changeable", message, term.span, expected=expected)
            return None
        if of.inside is not None and binders:
            report_at_once(of, becomes.span, self.report)
            return None
        known = {**context.variables, **{each.name.text: UNKNOWN for each in binders}}
        first = self.typer.fresh(replace(context, variables=known))
        known[first] = UNKNOWN
        second = self.typer.fresh(replace(context, variables=known))
        return moved(becomes, of, (first, second))

    def update(self, written: s.Becomes, context: Context) -> m.Update | None:
        """`f(…) becomes …`, perhaps for every binding of variables."""
        becomes = self._plain(written, context)
        if becomes is None:
            return None
        left, inner = becomes.left, context
        variables: tuple[Variable, ...] = ()
        where: Formula | None = None
        if isinstance(left, s.Quantifier) and left.universal:
            variables = self.typer.binders(left.binders, context)
            inner = context.binding(variables)
            if left.where is not None:
                where = self.typer.formula(left.where, inner)
                if where is None:
                    return None
            left = left.body
        target = self._location(left, inner)
        if target is None:
            return None
        value = self._new_value(becomes, target, inner)
        if value is None or not self._all_placed(variables, target, left):
            return None
        said = "" if becomes is written else self.sources.text(written.span)
        return m.Update(target.function, target.arguments, value, variables, where, written.span, said)

    def _all_placed(self, variables: tuple[Variable, ...], target: e.Apply, left: s.Expr) -> bool:
        """Whether every variable is an argument of the target; if not, one place would get several values."""
        loose = [each.name for each in variables if each not in target.arguments]
        if loose:
            message = f"`{loose[0]}` is not an argument of `{text_of(left)}`, so it may get several values"
            self.report.say("two-values", message, left.span)
        return not loose

    def _location(self, left: s.Expr, context: Context) -> e.Apply | None:
        if isinstance(left, s.Ref):
            found = self.typer.expression(left, context, None)
            if found is None:
                return None
            if isinstance(found, e.Apply) and found.function == TODAY and left.span.file != BUILT_IN:
                message = f"`{TODAY}` changes as time passes, and by nothing else"
                self.report.say("not-changeable", message, left.span)
                return None
            if isinstance(found, e.Apply) and self.vocabulary.callables[found.function].state:
                return found
        if isinstance(left, s.Negation):
            message = "what becomes true or false stands without `not`"
            self.report.say("not-changeable", message, left.span, expected=("`p(x) becomes false`",))
            return None
        message = f"`{text_of(left)}` cannot change"
        changing = [f"`{f.name}(…)`" for f in self.vocabulary.callables.values() if f.state]
        self.report.say("not-changeable", message, left.span, expected=changing[:6])
        return None

    def _new_value(
        self, becomes: s.Becomes, target: e.Apply, context: Context
    ) -> Term | e.Absent | Formula | None:
        value = becomes.value
        if value is None:
            if target.sort == FACT:
                message = f"`{target.function}` is true or false, never absent"
                self.report.say("wrong-type", message, becomes.span, expected=("`false`",))
                return None
            return e.Absent()
        if target.sort == FACT:
            return self.typer.formula(value, context)
        return self.typer.term(value, context, target.sort)

    # -------------------------------------------------------- definitions

    def definition(self, define: s.Define, inference: str | None = None) -> m.Definition | None:
        """A definition, as a formula or a term."""
        signature = self.vocabulary.callables.get(define.name.text)
        parameters = self.typer.binders(define.parameters, STATE, taking=True)
        reads = signature is not None and signature.reads_request
        context = RULE.binding(parameters)
        result = self.vocabulary.sort(define.result, self.report) if define.result else FACT
        if result is None:
            return None
        body = self._cases(define, result, context)
        if body is None:
            return None
        why = define.inference if define.inference is not None else inference
        name = define.name
        labelled = Labelled(
            name.text, [each.name for each in parameters], [each.sort for each in parameters], result
        )
        label, forms = labelled.words(define.label, self.report)
        return m.Definition(name.text, parameters, result, body, label, why, reads, name.span, forms)

    def _cases(self, define: s.Define, result: Sort, context: Context) -> Formula | Term | None:
        if result != FACT:
            self._order_of_cases(define.cases)
        else:
            first = define.cases[0]
            if len(define.cases) > 1 or first.condition is not None or first.otherwise:
                message = f"`{define.name.text}` is a statement, and a statement has no cases"
                cut = any(
                    is_numeral(each.value) or text_of(each.value)[:1].isdigit() for each in define.cases[1:]
                )
                expected = ("a result sort: `name(…): Sort means …`",)
                notes = ("a number has no commas" if cut else "write `q and p`, or `q implies p`",)
                self.report.say("wrong-type", message, first.span, expected=expected, notes=notes)
                return None
            return self.typer.formula(first.value, context)
        values = [self.typer.term(case.value, context, result) for case in define.cases]
        conditions = [self.typer.formula(c.condition, context) if c.condition else None for c in define.cases]
        for case, value, condition in zip(define.cases, values, conditions, strict=True):
            if value is None or (case.condition is not None and condition is None):
                return None
        return _as_cases(define.cases, values, conditions, result)

    def _order_of_cases(self, cases: tuple[s.Case, ...]) -> None:
        seen: list[str] = []
        closed = False
        for case in cases:
            if closed:
                message = "this case is never reached: the one before it holds always"
                self.report.say("unreachable", message, case.span)
                return
            closed = case.condition is None
            if case.condition is not None:
                text = self.sources.text(case.condition.span)
                if text in seen:
                    message = "this case is never reached: an earlier one has the same condition"
                    self.report.say("unreachable", message, case.condition.span)
                seen.append(text)


def _kind(meaning: s.Meaning) -> ItemKind:
    match meaning:
        case s.Clause() | s.Wordless():
            return meaning.kind
        case s.SubjectTo():
            return "subject-to"
        case s.Like():
            return "as"
        case s.Becomes():
            return "update"
        case s.Define():
            return "defines"
        case _:
            assert_never(meaning)


def _bare(item: s.ItemSyntax) -> s.Name | None:
    """The name that is all that an item says; None if it says more."""
    formula = item.meaning.formula if isinstance(item.meaning, s.Clause) else None
    if not isinstance(formula, s.Ref) or formula.arguments is not None:
        return None
    return formula.name


def _as_cases(
    cases: tuple[s.Case, ...],
    values: Sequence[Term | None],
    conditions: Sequence[Formula | None],
    result: Sort,
) -> Term:
    branches = tuple(
        (value, condition)
        for value, condition in zip(values, conditions, strict=True)
        if value is not None and condition is not None
    )
    last = values[-1] if cases[-1].condition is None else None
    if not branches and last is not None:
        return last
    return e.Cases(branches, last, result)
