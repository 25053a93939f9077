"""Instances of quantified rules: as many as are needed, and never more than can be paid for."""

from __future__ import annotations

from itertools import combinations

from checker.logic.ground import Grounder
from checker.logic.interchangeable import groups
from checker.logic.node import Node
from checker.logic.solver import Satisfied, Solver, Unknown, Unsatisfiable
from checker.logic.terms import Terms
from checker.model.expressions import FACT, Sort

USER = Sort("User")


def test_a_rule_with_too_many_instances_stops_at_the_limit() -> None:
    """Three variables over forty things are 64,000 instances: none is made, and that is known."""
    terms = Terms()
    bound = tuple(terms.symbol(f"bound {n}", USER) for n in range(3))
    rule = terms.forall(bound, terms.apply("alike", bound, FACT))
    things = [terms.apply("there", (terms.constant(f"c{n}", USER),), FACT) for n in range(40)]
    grounder = Grounder(terms)
    found = grounder.ground((rule, *things))
    assert not grounder.complete
    assert len(found) == len(things)
    assert isinstance(Solver(terms).ask((rule, *things)), Unknown)
    someone_not = terms.exists(bound, terms.not_(terms.apply("alike", bound, FACT)))
    assert isinstance(Solver(terms).ask((rule, someone_not, *things)), Unsatisfiable)


def test_a_rule_holds_of_the_things_that_nothing_else_speaks_of() -> None:
    """Whoever is named is there: what is said of everybody is said of them, too."""
    terms = Terms()
    bank, someone = terms.constant("Bank", USER), terms.symbol("someone", USER)
    rule = terms.forall((someone,), terms.apply("marked", (someone,), FACT))
    answer = Solver(terms, named=(bank,)).ask((rule,))
    assert isinstance(answer, Satisfied)
    assert answer.values[terms.apply("marked", (bank,), FACT)] is True


def test_what_one_rule_speaks_of_is_among_the_things_of_the_next() -> None:
    """A rule about things names the bank; the next, about users, holds of the bank, too."""
    terms = Terms()
    thing, user = terms.symbol("a thing", Sort("Thing")), terms.symbol("a user", USER)
    bank = terms.constant("Bank", USER)
    owner = terms.apply("owner", (thing,), USER)
    first = terms.forall((thing,), terms.not_(terms.equal(owner, bank)))
    second = terms.forall((user,), terms.not_(terms.apply("marked", (user,), FACT)))
    marked = terms.apply("marked", (bank,), FACT)
    assert isinstance(Solver(terms).ask((first, second, marked)), Unsatisfiable)


def test_two_things_that_there_are_need_not_be_one() -> None:
    """Somebody is marked, and somebody is not: as nobody says that there is one user only, both may be so."""
    terms = Terms()
    someone = terms.symbol("someone", USER)
    marked = terms.apply("marked", (someone,), FACT)
    some, other = terms.exists((someone,), marked), terms.exists((someone,), terms.not_(marked))
    assert isinstance(Solver(terms).ask((some, other)), Satisfied)
    everybody = terms.forall((someone,), marked)
    assert isinstance(Solver(terms).ask((everybody, other)), Unsatisfiable)


def test_a_thing_that_a_term_about_itself_names_stays_bound() -> None:
    """If nobody comes next to themselves, the bank does not."""
    terms = Terms()
    bank, someone = terms.constant("Bank", USER), terms.symbol("someone", USER)

    def alone(user: Node) -> Node:
        return terms.equal(terms.apply("next", (user,), USER), user)

    nobody = terms.not_(terms.exists((someone,), alone(someone)))
    assert isinstance(Solver(terms).ask((nobody, alone(bank))), Unsatisfiable)
    assert isinstance(Solver(terms).ask((alone(bank),)), Satisfied)


def test_a_rule_holds_of_things_that_come_up_while_rules_are_used() -> None:
    """Every thing has an owner, so there is one: what is said of every user is said of that one, too, whether
    another user was known before or none was.
    """
    terms = Terms()
    thing, user = terms.symbol("a thing", Sort("Thing")), terms.symbol("a user", USER)
    owns = terms.exists((user,), terms.apply("owns", (user, thing), FACT))
    owned = terms.forall((thing,), owns)
    box = terms.constant("Box", Sort("Thing"))
    nobody = terms.forall((user,), terms.not_(terms.apply("owns", (user, box), FACT)))
    known = terms.apply("marked", (terms.constant("Bank", USER),), FACT)
    assert isinstance(Solver(terms).ask((owned, nobody)), Unsatisfiable)
    assert isinstance(Solver(terms).ask((owned, nobody, known)), Unsatisfiable)
    assert isinstance(Solver(terms).ask((owned, known)), Satisfied)


def test_of_things_that_are_counted_the_order_does_not_matter() -> None:
    """Not three of ten are marked: 120 ways to choose three different ones, and not a thousand."""
    terms = Terms()
    bound = tuple(terms.symbol(f"bound {n}", USER) for n in range(3))
    marked = [terms.apply("marked", (each,), FACT) for each in bound]
    apart = [terms.not_(terms.equal(one, other)) for one, other in combinations(bound, 2)]
    three = terms.exists(bound, terms.and_(*marked, *apart))
    things = [terms.apply("there", (terms.constant(f"c{n}", USER),), FACT) for n in range(10)]
    found = Grounder(terms, limit=120).ground((terms.not_(three), *things))
    assert len(found) == 120 + len(things)
    few = [terms.apply("marked", (terms.constant(f"c{n}", USER),), FACT) for n in (3, 5, 9)]
    assert isinstance(Solver(terms).ask((terms.not_(three), *few)), Unsatisfiable)
    assert isinstance(Solver(terms).ask((terms.not_(three), *few[:2])), Satisfied)


def test_symbols_change_places_only_where_that_says_the_same() -> None:
    """Of who knows whom, both orders are tried, and whether somebody knows himself."""
    terms = Terms()
    one, other = terms.symbol("one", USER), terms.symbol("other", USER)
    ann, bob = (terms.constant(name, USER) for name in ("Ann", "Bob"))
    nobody = terms.not_(terms.exists((one, other), terms.apply("knows", (one, other), FACT)))
    for pair in ((ann, bob), (bob, ann), (ann, ann)):
        known = terms.apply("knows", pair, FACT)
        met = terms.apply("there", (ann,), FACT), terms.apply("there", (bob,), FACT)
        assert isinstance(Solver(terms).ask((nobody, known, *met)), Unsatisfiable)
    mutual = terms.and_(*(terms.apply("knows", pair, FACT) for pair in ((one, other), (other, one))))
    assert [each.positions for each in groups(terms, (one, other), mutual)] == [(0, 1)]
    assert not any(each.apart for each in groups(terms, (one, other), mutual))
