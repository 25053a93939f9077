"""Types numbers: literals, quantities that are worked out from others, and steps of an order."""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction
from typing import cast

from checker.language import syntax as s
from checker.model import expressions as e
from checker.model import orders, quantities
from checker.model.expressions import Sort
from checker.model.quantities import LITERAL
from checker.regime.names import Report
from checker.regime.term_context import Context, Thing, count, text_of


class NumberTyper(ABC):
    """Types numbers, with the help of what types other terms."""

    def __init__(self, report: Report) -> None:
        self.report = report

    @abstractmethod
    def term(self, expr: s.Expr, context: Context, expected: Sort | None = None) -> Thing | None:
        """The typed term of `expr`, of the expected sort if there is one."""

    @abstractmethod
    def is_bare_value(self, expr: s.Expr, context: Context) -> bool:
        """Whether only what it is compared with says of which sort it is."""

    @abstractmethod
    def dated(self, expr: s.Arithmetic, context: Context) -> e.Arithmetic | None:
        """What is worked out from a date, which comes first."""

    def literal(self, name: s.Name, sort: Sort) -> e.Value | None:
        """A number that the law writes."""
        if sort.is_date:
            expected = ("a date, such as `1 April 2026`",)
            self.report.say("wrong-type", f"`{name.text}` is no date", name.span, expected=expected)
            return None
        if len(name.text) > quantities.DIGITS:
            message = f"this number has more than {quantities.DIGITS} digits"
            self.report.say("too-large", message, name.span)
            return None
        units = quantities.units_in(name.text, sort)
        if units is None:
            decimals = quantities.measure(sort).decimals
            said = count(decimals, "decimal")
            message = f"`{name.text}` has more decimals than `{sort.name}`, which has {said}"
            self.report.say("wrong-type", message, name.span, expected=(f"at most {said}",))
            return None
        return quantities.value_of(sort, units)

    def arithmetic(
        self, expr: s.Arithmetic, context: Context, expected: Sort | None, *, compared: bool = False
    ) -> e.Arithmetic | None:
        """A quantity that is worked out; a share need not be rounded here. `compared`: in order, so that it
        may also be steps from a value of an enum.
        """
        if expr.operator in {"earliest", "latest", "days from"}:
            return self.dated(expr, context)
        operator, parts, factor = cast("e.ArithmeticOperator", expr.operator), expr.parts, Fraction(1)
        if operator in {"times", "share", "share down", "share up"}:
            found = self._factor(expr)
            if found is None:
                return None
            factor, parts = found
        sort = self._sort_of(parts, context, expected)
        if sort is None:
            return None
        if sort.is_enum and operator in {"plus", "minus"}:
            return (
                self._steps(expr, context, sort) if self._are_steps(expr, sort, compared=compared) else None
            )
        if not sort.is_quantity:
            message = f"a `{sort.name}` is no number, and cannot be reckoned with"
            self.report.say("wrong-type", message, expr.span, expected=("a quantity",))
            return None
        if sort.is_date:
            return self.dated(expr, context)
        typed = [self.term(each, context, sort) for each in parts]
        known = tuple(each for each in typed if each is not None)
        return e.Arithmetic(operator, known, sort, factor) if len(known) == len(typed) else None

    def _are_steps(self, expr: s.Arithmetic, sort: Sort, *, compared: bool) -> bool:
        """Whether steps from a value of the enum have a meaning here; reports why not."""
        if not sort.ordered:
            message = f"the values of `{sort.name}` are not in order, so there are no steps between them"
            self.report.say("not-in-order", message, expr.span, expected=(_declared_in_order(sort),))
        elif not compared:
            message = f"`{text_of(expr)}` may lie past the ends of `{sort.name}`, where there is no value"
            only = "only `at least`, `at most`, `more than` and `less than` compare with it"
            notes = (only, "for a value, write the cases of a definition")
            self.report.say("past-the-ends", message, expr.span, notes=notes)
        return sort.ordered and compared

    def _steps(self, expr: s.Arithmetic, context: Context, sort: Sort) -> e.Arithmetic | None:
        """So many steps of an order, up or down from a value."""
        first, steps = expr.parts
        if not (is_numeral(steps) and isinstance(steps, s.Ref) and steps.name.text.isdigit()):
            message = f"`{text_of(steps)}` is no whole numeral, and steps of `{sort.name}` are counted by one"
            wanted = (f"`{text_of(first)} {expr.operator} 2`",)
            self.report.say("wrong-type", message, steps.span, expected=wanted)
            return None
        start, number = self.term(first, context, sort), self.literal(steps.name, e.NUMBER)
        if start is None or number is None:
            return None
        return e.Arithmetic("plus" if expr.operator == "plus" else "minus", (start, number), sort)

    def in_order(self, expr: s.Comparison, ordered: e.Ordered) -> bool:
        """Whether the comparison of two values of an enum has a meaning; reports why not."""
        sort = orders.order_of(ordered)
        assert sort is not None
        bound = orders.bounded(ordered) if sort.ordered else None
        if not sort.ordered:
            message = (
                f"`{text_of(expr.left)}` is a {sort.name}, and the values of `{sort.name}` are not in order"
            )
            self.report.say("not-in-order", message, expr.left.span, expected=(_declared_in_order(sort),))
        elif bound is not None and not bound[1]:
            message = f"this is never so: the order of `{sort.name}` ends there"
            notes = (f"its lowest value is `{sort.values[0]}`, its highest `{sort.values[-1]}`",)
            self.report.say("unreachable", message, expr.span, notes=notes)
        return sort.ordered and (bound is None or bool(bound[1]))

    def _factor(self, expr: s.Arithmetic) -> tuple[Fraction, tuple[s.Expr, ...]] | None:
        """The factor, and what it is taken of. Reports a product of two numbers that are not known."""
        numerals = [each for each in expr.parts if is_numeral(each)]
        share = expr.operator != "times"
        first = expr.parts[0] if share else next(iter(numerals), None)
        if first is None or first not in numerals:
            left, right = map(text_of, expr.parts)
            word = "per cent of" if share else "times"
            message = f"`{left} {word} {right}` multiplies two numbers that are not known"
            notes = ("one of them must be a numeral; if one takes few values, write cases of a definition",)
            self.report.say("not-linear", message, expr.span, notes=notes)
            return None
        assert isinstance(first, s.Ref)
        number = Fraction(first.name.text)
        if len(first.name.text) > quantities.DIGITS:
            message = f"this number has more than {quantities.DIGITS} digits"
            self.report.say("too-large", message, first.span)
            return None
        if not share and number.denominator != 1:
            message = f"`{first.name.text}` is not whole, and what it makes of whole units need not be"
            wanted = f"`{quantities.percent(number)} per cent of … rounded down`"
            self.report.say("unrounded", message, first.span, expected=(wanted,))
            return None
        rest = tuple(each for each in expr.parts if each is not first)
        return (number / 100 if share else number), rest

    def _sort_of(self, parts: tuple[s.Expr, ...], context: Context, expected: Sort | None) -> Sort | None:
        """The quantity that the parts are of: that of the first that is no numeral."""
        if expected is not None and expected.is_quantity:
            return expected
        speaking = next((each for each in parts if not self.is_bare_value(each, context)), None)
        if speaking is None and expected is not None and expected.is_enum:
            return expected
        if speaking is None:
            return e.NUMBER
        found = self.term(speaking, context)
        return None if found is None else found.sort


def _declared_in_order(sort: Sort) -> str:
    if sort.name == e.VERSION:
        return "a value of an enum in order"
    return f"`enum {sort.name}: {sort.values[0]}, … in order`"


def is_numeral(expr: s.Expr) -> bool:
    """Whether it is a number as a law writes it."""
    plain = isinstance(expr, s.Ref) and expr.arguments is None and expr.request is None
    return plain and isinstance(expr, s.Ref) and LITERAL.fullmatch(expr.name.text) is not None
