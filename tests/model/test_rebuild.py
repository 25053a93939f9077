"""Terms in place of variables."""

from __future__ import annotations

from checker.model.expressions import FACT, Apply, Counted, Quantified, Sort, Variable
from checker.model.rebuild import with_variables

USER = Sort("User")
ONE, OTHER, THIRD = (Variable(name, USER) for name in ("u", "w", "w2"))


def _knows(*who: Variable) -> Apply:
    return Apply("knows", who, FACT)


def test_a_bound_variable_gives_way_to_a_term_of_its_name() -> None:
    """“Whom `u` knows”, said of another `w`, is still about two."""
    some = Quantified(
        universal=False, variables=(OTHER,), where=_knows(OTHER, OTHER), body=_knows(ONE, OTHER)
    )
    assert with_variables(some, {"u": OTHER}) == Quantified(
        universal=False, variables=(THIRD,), where=_knows(THIRD, THIRD), body=_knows(OTHER, THIRD)
    )
    counted = Counted("at least", 2, OTHER, _knows(ONE, OTHER))
    assert with_variables(counted, {"u": OTHER}) == Counted("at least", 2, THIRD, _knows(OTHER, THIRD))


def test_names_stay_where_nothing_is_taken_for_another() -> None:
    """What a formula does not speak of freely changes no name in it, and other terms take none."""
    some = Quantified(universal=False, variables=(OTHER,), where=None, body=_knows(ONE, OTHER))
    assert with_variables(some, {"v": OTHER}) == some
    assert with_variables(some, {"u": THIRD}).variables == (OTHER,)
