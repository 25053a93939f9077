"""Resolves names and sorts: from the syntax of terms to typed terms."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from functools import partial
from typing import assert_never

from checker.language import syntax as s
from checker.language.diagnostics import Span
from checker.language.duty_declaration import BREACH
from checker.language.lexer import MAX_DEPTH
from checker.model import expressions as e
from checker.model.clock import BUILT_IN
from checker.model.dates import LITERAL as DAY
from checker.model.dates import PERIOD
from checker.model.duties import is_breach
from checker.model.expressions import FACT, VERSION, Sort, Term, Variable
from checker.model.quantities import LITERAL
from checker.model.self_maps import SelfMap
from checker.regime.names import Signature
from checker.regime.namespaces import taken_by
from checker.regime.quantities import quantified
from checker.regime.term_context import UNKNOWN, Context, Thing, count, sort_in_words, text_of
from checker.regime.typecheck_dates import DateTyper
from checker.regime.typecheck_numbers import is_numeral
from checker.regime.written_out import WritingOut


class TermTyper(DateTyper):
    """Types terms against one vocabulary."""

    # ------------------------------------------------------------- terms

    def term(self, expr: s.Expr, context: Context, expected: Sort | None = None) -> Thing | None:
        """The typed term of `expr`, of the expected sort if there is one."""
        if context.depth > MAX_DEPTH:
            self.report.say("too-deep", f"nested more than {MAX_DEPTH} deep", expr.span)
            return None
        found = self.expression(expr, context.deeper(), expected)
        if found is None or found.sort == UNKNOWN:
            return None
        if found.sort == FACT:
            message = f"`{text_of(expr)}` is a statement, and cannot stand for a thing"
            self.report.say("wrong-type", message, expr.span, expected=_wanted(expected))
            return None
        return found if expected is None else self.of_sort(found, expr, expected)

    def of_sort(self, found: Thing, expr: s.Expr, expected: Sort) -> Thing | None:
        """The term if it is of the expected sort; reports one that is not."""
        if found.sort != expected:
            message = f"`{text_of(expr)}` is {a_thing(found)}"
            if found.sort.is_quantity and expected.is_quantity:
                self.units_differ(found.sort, expected, expr)
                return None
            self.report.say("wrong-type", message, expr.span, expected=_wanted(expected))
            return None
        return found

    def expression(self, expr: s.Expr, context: Context, expected: Sort | None) -> Thing | None:
        """A name, an application, a version, or one of these under `before`; of any sort, including FACT."""
        match expr:
            case s.Ref(request=None):
                return self._ref(expr, context, expected)
            case s.Ref():
                return self._of_request(expr, context)
            case s.Past(body=body):
                if not self.may_look_back(expr, context):
                    return None
                inner = self.term(body, context, expected)
                return e.Before(inner, inner.sort) if inner is not None else None
            case s.VersionAt():
                return self._version(expr, context)
            case s.Arithmetic(operator="share"):
                message = "a share of whole units need not be whole, and this one is not rounded"
                notes = ("only `at least`, `at most`, `more than` and `less than` compare it as it is",)
                expected_words = ("`rounded down`", "`rounded up`")
                self.report.say("unrounded", message, expr.span, expected=expected_words, notes=notes)
                return None
            case s.Arithmetic():
                return self.arithmetic(expr, context, expected)
            case s.Historic(how="beginning of"):
                return self.beginning(expr, context)
            case (
                s.Comparison()
                | s.InPeriod()
                | s.Presence()
                | s.Member()
                | s.Negation()
                | s.Junction()
                | s.Conditional()
                | s.Quantifier()
                | s.Counted()
                | s.Historic()
                | s.Literally()
                | s.StepEvent()
                | s.OutcomeOf()
            ):
                message = f"`{text_of(expr)}` is a statement, and cannot stand for a thing"
                self.report.say("wrong-type", message, expr.span, expected=_wanted(expected))
                return None
            case _:
                assert_never(expr)

    @abstractmethod
    def beginning(self, expr: s.Historic, context: Context) -> e.Apply | None:
        """The day from which a statement has held."""

    def may_look_back(self, expr: s.Past, context: Context) -> bool:
        if not context.claim:
            self.report.say("only-in-claims", "only a claim may look back with `before`", expr.span)
        elif not context.step:
            why = "`before` needs a step, and this part of a claim has none"
            self.report.say("no-step", why, expr.span)
        return context.claim and context.step

    def _ref(self, expr: s.Ref, context: Context, expected: Sort | None) -> Thing | None:
        name = expr.name.text
        if PERIOD.fullmatch(name):
            return self.period(expr)
        if expr.arguments is None:
            if DAY.fullmatch(name):
                return self.day(expr.name)
            if expected is not None and expected.is_quantity and LITERAL.fullmatch(name):
                return self.literal(expr.name, expected)
            if name in context.variables:
                return Variable(name, context.variables[name])
            if context.at_hand and name in self.vocabulary.request:
                return e.Parameter("", name, self.vocabulary.request[name])
            if name in self.vocabulary.constants and name not in self.vocabulary.callables:
                return e.Constant(self.vocabulary.constants[name], name)
        of = self.vocabulary.maps.get(name)
        if of is not None and len(expr.arguments or ()) == len(of.parameters):
            self._leads_back(expr, of)
            return None
        signature = self.vocabulary.callables.get(name)
        if signature is not None:
            return self._apply(expr, signature, context)
        if expr.arguments is None and name in self.vocabulary.values:
            return self._value(expr.name, expected)
        if expr.arguments is None and expected is None and LITERAL.fullmatch(name):
            return self.literal(expr.name, e.NUMBER)
        self._unknown(expr, context, expected)
        return None

    def written_out(self, expr: s.Expr, context: Context) -> s.Expr | None:
        """A statement with one term less that leads from a thing to one of its sort; None if it has none."""
        if not self.vocabulary.maps:
            return None
        return WritingOut(self.vocabulary.maps, self._is_function, partial(self.fresh, context))(expr)

    def _is_function(self, name: str) -> bool:
        found = self.vocabulary.callables.get(name)
        return found is not None and found.kind == "function"

    def fresh(self, context: Context) -> str:
        """A name for a thing that means nothing yet."""
        vocabulary = self.vocabulary
        taken = (context.variables, vocabulary.request, context.requests, vocabulary.sorts)
        names = ("x", "y", "z", *(f"x-{number}" for number in range(2, MAX_DEPTH + 2)))
        return next(
            each
            for each in names
            if not any(each in known for known in taken) and taken_by(each, None, vocabulary) is None
        )

    def _leads_back(self, expr: s.Ref, of: SelfMap) -> None:
        """Reports a term of a tree or a self-map where it stands in no statement of its own."""
        said = text_of(expr)
        message = f"`{said}` leads from a {of.result} to a {of.result}, and is no value here"
        notes = (
            "it stands in a statement about it, such as `… is …`, and in what a function takes there",
            f"elsewhere, name it first: `for some x: {of.result} where {said} is x: …`",
        )
        self.report.say("leads-back", message, expr.span, notes=notes)

    def _value(self, name: s.Name, expected: Sort | None) -> Thing | None:
        owners = self.vocabulary.values[name.text]
        if expected in owners:
            return e.Value(expected, name.text)
        if len(owners) == 1:
            return e.Value(owners[0], name.text)
        if expected is not None and expected.is_enum:
            self.report.unknown(f"{expected.name}", name.text, name.span, expected.values)
            return None
        enums = " and ".join(f"`{each.name}`" for each in owners)
        message = f"`{name.text}` may be a value of {enums}, and nothing here says which"
        self.report.say("ambiguous-name", message, name.span)
        return None

    def _unknown(self, expr: s.Ref, context: Context, expected: Sort | None) -> None:
        name = expr.name
        if name.text in self.vocabulary.request and not context.at_hand:
            self._no_request(name, context)
            return
        if name.text.startswith(BREACH):
            duties = (each.removeprefix(BREACH) for each in self.vocabulary.callables if is_breach(each))
            self.report.unknown("duty", name.text.removeprefix(BREACH), name.span, duties)
            return
        if expr.arguments is not None:
            things = [context.variables, self.vocabulary.constants, self.vocabulary.values]
            things += [self.vocabulary.request] if context.at_hand else []
            if any(name.text in each for each in things):
                self.report.say("wrong-arity", f"`{name.text}` takes no arguments", name.span)
            else:
                self.report.unknown(
                    "function or definition", name.text, name.span, self.vocabulary.callables, english=True
                )
            return
        valid: list[str] = [*context.variables]
        if context.at_hand:
            valid += [*self.vocabulary.request, "connective"]
        if expected is not None and expected.is_enum:
            valid = [*expected.values, *valid]
            self.report.unknown(expected.name, name.text, name.span, valid, listed=expected.values)
            return
        valid += [*self.vocabulary.constants, *self.vocabulary.callables]
        if expected is None:
            valid += self.vocabulary.values
        self.report.unknown("name", name.text, name.span, valid, english=True)

    def _no_request(self, name: s.Name, context: Context) -> None:
        request = min(context.requests, default=None)
        hint = f"{request}.{name.text}" if request else None
        message = f"`{name.text}` is a parameter of a request, and no request is at hand here"
        self.report.say("no-request", message, name.span, nearest=hint)

    def _apply(
        self, expr: s.Ref, signature: Signature, context: Context, request: str = ""
    ) -> e.Apply | e.Call | None:
        arguments = self._arguments(expr, signature, context)
        if signature.reads_request and not request and not context.at_hand:
            self._no_request_for(expr, context)
            return None
        if arguments is None:
            return None
        if signature.kind == "function":
            return e.Apply(signature.name, arguments, signature.result)
        return e.Call(signature.name, arguments, signature.result, request)

    def _no_request_for(self, expr: s.Ref, context: Context) -> None:
        request = min(context.requests, default=None)
        hint = f"{request}.{text_of(expr)}" if request else None
        message = f"`{expr.name.text}` reads a request, and no request is at hand here"
        self.report.say("no-request", message, expr.name.span, nearest=hint)

    def _arguments(self, expr: s.Ref, signature: Signature, context: Context) -> tuple[Term, ...] | None:
        given = expr.arguments or ()
        wanted = signature.parameters
        if len(given) != len(wanted):
            message = f"`{signature.name}` takes {count(len(wanted), 'argument')}, not {len(given)}"
            names = ", ".join(each.name for each in wanted)
            self.report.say("wrong-arity", message, expr.span, expected=(f"`{signature.name}({names})`",))
            return None
        typed = [self.term(each, context, sort) for each, sort in zip(given, wanted, strict=True)]
        known = tuple(each for each in typed if each is not None)
        return known if len(known) == len(typed) else None

    def _of_request(self, expr: s.Ref, context: Context) -> Thing | None:
        request, name = expr.request, expr.name.text
        if request is None or not self.is_request(request, context):
            return None
        if expr.arguments is None and name in self.vocabulary.request:
            return e.Parameter(request.text, name, self.vocabulary.request[name])
        signature = self.vocabulary.callables.get(name)
        if signature is not None and signature.kind == "definition":
            return self._apply(expr, signature, context, request.text)
        reading = [each.name for each in self.vocabulary.callables.values() if each.reads_request]
        self.report.unknown("request parameter", name, expr.name.span, [*self.vocabulary.request, *reading])
        return None

    def is_request(self, name: s.Name, context: Context) -> bool:
        if name.text in context.requests:
            return True
        if context.at_hand:
            message = f"in a rule the request at hand has no name, so `{name.text}` cannot be one"
            self.report.say("no-request", message, name.span, notes=("write its parameters plainly",))
        else:
            self.report.unknown("request", name.text, name.span, sorted(context.requests))
        return False

    def _version(self, expr: s.VersionAt, context: Context) -> Thing | None:
        name = expr.component
        if name.text not in self.vocabulary.components:
            self.report.unknown("component", name.text, name.span, self.vocabulary.components)
            return None
        index = self.instance(name, expr.index, context, expr.span)
        if index is False:
            return None
        return e.VersionOf(name.text, None if index is True else index, self.vocabulary.sorts[VERSION])

    def instance(self, component: s.Name, index: s.Expr | None, context: Context, span: Span) -> Thing | bool:
        """The index of a component's instance; True if the component has none, False after a mistake."""
        sort = self.vocabulary.components[component.text]
        if (sort is None) != (index is None):
            message = (
                f"`{component.text}` is {'a single component' if sort is None else 'one per ' + sort.name}"
            )
            wanted = f"`{component.text}`" if sort is None else f"`{component.text}[…]`"
            self.report.say("wrong-arity", message, span, expected=(wanted,))
            return False
        if index is None:
            return True
        found = self.term(index, context, sort)
        return False if found is None else found

    def binders(
        self, binders: Iterable[s.Binder], context: Context, *, event: bool = False, taking: bool = False
    ) -> tuple[Variable, ...]:
        """The bound variables. Reports unknown sorts, names that are taken, `optional` outside events, and
        numbers, unless an event carries them or something takes them (`taking`), which is told elsewhere.
        """
        found: dict[str, Variable] = {}
        for binder in binders:
            name = binder.name.text
            taken = (
                name in context.variables
                or name in found
                or (context.at_hand and name in self.vocabulary.request)
                or name in context.requests
            )
            if taken:
                message = f"`{name}` already has a meaning here"
                self.report.say("duplicate", message, binder.name.span, expected=("a name of its own",))
            if binder.sort is None:
                message = "a variable that stands for a request may only be bound by a claim"
                self.report.say("no-request", message, binder.span)
                continue
            if binder.optional and not event:
                message = "`optional` has no meaning here: only what an event or a request carries can be so"
                self.report.say(
                    "misplaced", message, binder.span, expected=(f"`{name}: {binder.sort.text}`",)
                )
            sort = self.vocabulary.sort(binder.sort, self.report)
            if sort is not None and sort.is_quantity and not (event or taking):
                quantified(binder, sort, self.report)
                sort = None
            own = binder.name.span.file == BUILT_IN  # a law need not know what a page of redline's own says
            kind = None if taken or own else taken_by(name, sort, self.vocabulary)
            if kind is not None:
                self.has_meaning(binder.name, kind)
            found[name] = Variable(name, sort or UNKNOWN)
        return tuple(found.values())

    def has_meaning(self, name: s.Name, kind: str) -> None:
        """Reports a variable whose name something else already has."""
        message = f"`{name.text}` already has a meaning here: it is {kind}"
        self.report.say("duplicate", message, name.span, expected=("a name of its own",))

    def is_bare_value(self, expr: s.Expr, context: Context) -> bool:
        """Whether only what it is compared with says of which sort it is."""
        if isinstance(expr, s.Arithmetic):
            return all(self.is_bare_value(each, context) for each in expr.parts)
        if not isinstance(expr, s.Ref) or expr.arguments is not None or expr.request is not None:
            return False
        name, vocabulary = expr.name.text, self.vocabulary
        return (
            (name in vocabulary.values or is_numeral(expr))
            and name not in context.variables
            and name not in vocabulary.constants
            and name not in vocabulary.callables
            and not (context.at_hand and name in vocabulary.request)
        )


def _wanted(expected: Sort | None) -> tuple[str, ...]:
    return (sort_in_words(expected),) if expected is not None and expected != FACT else ()


def a_thing(found: Thing) -> str:
    """The sort of a term in words: `a Member`."""
    return sort_in_words(found.sort)
