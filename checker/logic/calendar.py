"""The facts about months that solvers get.

For a solver, the end of a period of months is a function of the day on which it begins. Two facts hold for
all days: the fewest and the most days that such a period takes, and that a period which begins later does not
end earlier. Mostly they suffice; where they do not, the solver gets the exact ends, month by month
(`checker.logic.calendar_in_solvers`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from itertools import combinations

from checker.logic import working_days
from checker.logic.node import Node, subterms
from checker.logic.smtlib import Part
from checker.logic.terms import Terms
from checker.model.dates import told_month
from checker.model.expressions import DATE, DAYS
from checker.model.months import Chain, Period, apart, kinds, lengths, piece, written

FEW = 8
"""If more months were looked at one by one, what months have in common is told, too."""

KINDS = 200  # of months, of which solvers are told


def period_of(node: Node) -> Period:
    """The period of a node that says where one ends."""
    assert isinstance(node.data, Period)
    return node.data


def root_and_chain(end: Node) -> tuple[Node, Chain]:
    """The day from which a period is reckoned, and what is reckoned from there: this period, and those at
    whose ends it begins.
    """
    (day,), own = end.arguments, (period_of(end),)
    if day.operator != "months":
        return day, own
    root, before = root_and_chain(day)
    return root, (*before, *own)


def chained(terms: Terms, day: Node, chain: Chain) -> Node:
    """The end of the last of the periods, of which the first begins on the day."""
    return reduce(terms.months, chain, day)


def ends(nodes: Iterable[Node]) -> list[Node]:
    """The nodes that say where a period of months ends."""
    return [each for each in nodes if each.operator == "months"]


def bounded(terms: Terms, end: Node) -> Node:
    """It takes no fewer and no more days than such periods do, alone and with those before it."""
    ways = {end.arguments[0]: (period_of(end),), **dict([root_and_chain(end)])}
    return terms.and_(*(_between(terms, day, end, lengths(chain)) for day, chain in ways.items()))


def _between(terms: Terms, day: Node, end: Node, days: tuple[int, int]) -> Node:
    least, greatest = (terms.weighed((1, day), constant=each) for each in days)
    return terms.between(least, end, greatest)


def in_step(terms: Terms, one: Node, other: Node) -> Node:
    """What begins later does not end earlier."""
    (first,), (second,) = one.arguments, other.arguments
    return terms.and_(
        terms.implies(terms.at_most(first, second), terms.at_most(one, other)),
        terms.implies(terms.at_most(second, first), terms.at_most(other, one)),
    )


def beside(terms: Terms, one: Node, other: Node) -> Node:
    """How much later, or earlier, another period ends that is reckoned from the same day."""
    (root, own), (another, theirs) = root_and_chain(one), root_and_chain(other)
    assert root is another
    return _between(terms, one, other, apart(own, theirs))


def in_order(terms: Terms, one: Node, other: Node) -> Node:
    """A period that is reckoned from no earlier day than another ends no sooner, compared with the other,
    than if both were reckoned from one day; and the other way round.
    """
    (first, own), (second, theirs) = root_and_chain(one), root_and_chain(other)
    least, greatest = (terms.weighed((1, one), constant=each) for each in apart(own, theirs))
    return terms.and_(
        terms.implies(terms.at_most(first, second), terms.at_most(least, other)),
        terms.implies(terms.at_most(second, first), terms.at_most(other, greatest)),
    )


def exactly(terms: Terms, end: Node, month: int) -> Node:
    """Where it ends if it begins in the month."""
    (day,), known = end.arguments, piece(period_of(end), month)
    first, last, latest, from_last = (
        terms.number(each, day.sort) for each in (known.first, known.last, known.latest, known.from_last)
    )
    usual = terms.least(terms.weighed((1, day), constant=known.apart), latest)
    there = terms.ite(terms.same_number(day, last), from_last, usual)
    return terms.implies(terms.between(first, day, last), terms.same_number(end, there))


def of_a_kind(terms: Terms, day: Node, periods: tuple[Period, ...]) -> Node:
    """The day is in a month of one of the kinds that there are, as far as such periods differ by them."""
    own, number = _number(terms, day), _kind(terms, day)
    ways: list[Node] = []
    for at, kind in enumerate(kinds(periods)):
        said = [terms.same_number(number, _counted(terms, at))]
        said += [
            terms.at_most(_counted(terms, 1), own),
            terms.at_most(own, _counted(terms, kind.days)),
        ]
        for period, end in zip(periods, kind.ends, strict=True):
            there, zero = terms.months(day, period), terms.weighed((1, day), (-1, own))
            usual = terms.weighed((1, day), constant=end.apart)
            capped = terms.weighed((1, zero), constant=end.latest)
            last = terms.weighed((1, zero), constant=end.from_last)
            reaches = terms.at_most(own, _counted(terms, end.latest - end.apart))
            said.append(
                terms.ite(
                    terms.same_number(own, _counted(terms, kind.days)),
                    terms.same_number(there, last),
                    terms.ite(reaches, terms.same_number(there, usual), terms.same_number(there, capped)),
                )
            )
        ways.append(terms.and_(*said))
    return terms.or_(*ways)


def in_months(terms: Terms, one: Node, other: Node) -> Node:
    """Two days are in one month, or in one that has ended before the other begins."""
    before, after = (terms.weighed((1, each), (-1, _number(terms, each))) for each in (one, other))
    same = terms.and_(
        terms.same_number(before, after), terms.same_number(_kind(terms, one), _kind(terms, other))
    )
    return terms.or_(same, terms.at_most(one, after), terms.at_most(other, before))


def _number(terms: Terms, day: Node) -> Node:
    """Which day of its month it is, from 1."""
    return terms.apply("the day of the month of", (day,), DAYS)


def _kind(terms: Terms, day: Node) -> Node:
    return terms.apply("the kind of month of", (day,), DAYS)


def _counted(terms: Terms, number: int) -> Node:
    return terms.number(number, DAYS)


def many_months(months: Collection[int]) -> bool:
    """Whether so many were looked at one by one that what months have in common is told, too."""
    return len(months) > FEW


def periods_of(nodes: Iterable[Node]) -> tuple[Period, ...]:
    """The periods of nodes that say where one ends, in order."""
    return tuple(sorted({period_of(each) for each in nodes}, key=str))


def _chains(formulas: tuple[Node, ...]) -> list[Chain]:
    """What is reckoned in formulas, in order."""
    found = {root_and_chain(each)[1] for each in ends(subterms(formulas))}
    found |= {each[-1:] for each in found}
    return sorted(found, key=lambda chain: (len(chain), *map(str, chain)))


def parts(terms: Terms, formulas: Iterable[Node], months: Iterable[int]) -> Iterator[Part]:
    """Yield what is true, for all days, of the periods that the formulas speak of; `months`: where exactly
    those end that begin in these.
    """
    formulas = tuple(formulas)
    periods = periods_of(ends(subterms(formulas)))
    one, other = (terms.binder(name, DATE) for name in ("a day", "another day"))
    known = tuple(months)
    if periods and many_months(known) and len(kinds(periods)) <= KINDS:
        caption = "the calendar: which kinds of months there are"
        yield Part(caption, terms.forall((one,), of_a_kind(terms, one, periods)))
        caption = "the calendar: days are in the same month or in different ones"
        yield Part(caption, terms.forall((one, other), in_months(terms, one, other)))
    for chain, another in combinations(_chains(formulas), 2):
        said, than = (" and ".join(map(str, each)) for each in (another, chain))
        caption = f"the calendar: how much later {said} is than {than}"
        compared = beside(terms, chained(terms, one, chain), chained(terms, one, another))
        yield Part(caption, terms.forall((one,), compared))
        ordered = in_order(terms, chained(terms, one, chain), chained(terms, other, another))
        yield Part(f"{caption}, on other days", terms.forall((one, other), ordered))
    yield from working_days.parts(terms, formulas, known)
    for period in periods:
        end, second = terms.months(one, period), terms.months(other, period)
        said = written(abs(period.months))
        yield Part(f"the calendar: how many days {said} are", terms.forall((one,), bounded(terms, end)))
        later = terms.implies(terms.at_most(one, other), terms.at_most(end, second))
        yield Part(
            f"the calendar: {said} that begin later do not end earlier", terms.forall((one, other), later)
        )
        for month in known:
            caption = f"the calendar: {said} that begin in {told_month(month)}"
            yield Part(caption, terms.forall((one,), exactly(terms, end, month)))
