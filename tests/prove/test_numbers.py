"""Numbers in claims: strategies, axioms, the second opinion; and random laws against all small numbers."""

from __future__ import annotations

import itertools
import operator
import random
from collections.abc import Callable
from typing import TypeAlias

import pytest

from checker.model.unparse import unparse
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.question.verdict import Result
from tests.support.load import load
from tests.support.params import with_long

BANK = """
quantity money "$" with 2 decimals, never negative
sort User
state balance(User): money "the balance of {1}"
request "{sender} pays {amount} to {payee}"
    sender: User
    amount: money
    payee: User
component Bank
route Bank
version v "v"
start inference "at first": for every u: User: balance(u) is 50
check covered for "1" at Bank, reject with R1
    requires amount at most balance(sender) inference "nobody pays what is not there"
effect pay
    balance(sender) becomes balance(sender) minus amount inference "it is debited"
"""


def _decided(law: str, claim: str, *, explore: int = 0) -> Result:
    regime = load(law, f'claim 1 a "A."\n    from "1"\n{claim}\n    expect proved in v\n')
    (job,) = jobs_for(regime.claims)
    return Prover(regime, budget=60, explore=explore).decide(job)


def test_no_step_makes_a_number_negative() -> None:
    """The axiom of a quantity that is never negative is kept by each step, which is an obligation."""
    found = _decided(BANK, "    for u: User\n    always not balance(u) less than 0")
    assert found.verdict == "proved"


def test_an_overdraft_breaks_the_axiom() -> None:
    """Without the check, there is no verdict, and the reason names the step; without the axiom, there is."""
    law = BANK.replace("requires amount at most balance(sender)", "requires true")
    found = _decided(law, "    for u: User\n    always not balance(u) less than 0")
    assert (found.verdict, found.reason) == ("unknown", "a step breaks an axiom: after pay, one may be false")
    signed = law.replace(", never negative", "")
    without = _decided(signed, "    for u: User\n    always balance(u) at least 0")
    assert without.verdict == "refuted"


def test_a_strategy_names_the_number_by_a_term_of_the_law() -> None:
    """Everything is paid by paying the balance, whatever it is: no number would do for all."""
    statement = "always, if balance(u) more than 0, then possibly balance(u) is 0 by a request of u"
    found = _decided(BANK, f"    for u: User\n    {statement}")
    assert found.verdict == "proved"
    assert found.evidence is not None
    (way,) = found.evidence.ways
    amount = way.parameters["amount"]
    assert amount is not None
    assert unparse(amount) == "balance(u)"


def test_a_goal_between_two_numbers_is_reached_by_their_difference() -> None:
    """The comparison is solved for the number that the step carries."""
    goal = "balance(u) at least 20 and balance(u) at most 30"
    statement = f"always, if balance(u) more than 30, then possibly ({goal}) by a request of u"
    found = _decided(BANK, f"    for u: User\n    {statement}")
    assert found.verdict == "proved"
    assert found.evidence is not None
    amounts = [unparse(each) for way in found.evidence.ways if (each := way.parameters["amount"]) is not None]
    assert amounts
    assert all("balance(u) minus" in each for each in amounts)


def test_a_claim_about_a_balance_needs_its_start() -> None:
    """From $50, no payment leads to more."""
    assert _decided(BANK, "    for u: User\n    always balance(u) at most 50").verdict == "proved"
    assert _decided(BANK, "    for u: User\n    always balance(u) at least 50").verdict == "refuted"


BANDS = """
quantity money "$"
sort User
state fee(User): money "the fee of {1}"
request "{sender} asks for {amount}"
    sender: User
    amount: money
component Desk
route Desk
version v "v"
start inference "at first": for every u: User: fee(u) is 0
check low for "1" at Desk, reject with R1
    requires amount at most 70 inference "by chance"
effect ask
    fee(sender) becomes amount inference "by chance"
"""


def test_the_second_opinion_covers_numbers_that_are_only_compared_with_written_ones() -> None:
    """One number for each interval stands for all in it, so that exploring a few situations is exact."""
    for claim, verdict in (("fee(u) at most 70", "proved"), ("fee(u) less than 70", "refuted")):
        found = _decided(BANDS, f"    for u: User\n    always {claim}", explore=1 << 16)
        assert found.verdict == verdict
        assert "agrees on all" in found.explored


def test_the_second_opinion_says_where_it_has_none() -> None:
    """Sums lead out of every choice of numbers, and so do numbers that are compared with each other."""
    law = BANDS.replace("becomes amount", "becomes fee(sender) plus amount")
    found = _decided(law, "    for u: User\n    always fee(u) at most 70", explore=1 << 16)
    assert found.verdict == "refuted"
    assert found.explored == "not explored: numbers are added, or compared with each other"


# ------------------------------------------------------------ random laws

Worth: TypeAlias = Callable[[int | None, int], int | None]
Truth: TypeAlias = Callable[[int | None, int], bool]
WINDOW = range(-9, 25)
ORDERS = {"at least": operator.ge, "at most": operator.le, "more than": operator.gt, "less than": operator.lt}
PARTS = """
sort User
fixed total(User): optional number "the total of {1}"
request "{sender} asks for {amount}"
    sender: User
    amount: number
component Desk
route Desk
version v "v"
"""


def _number(chance: random.Random, depth: int) -> tuple[str, Worth]:
    """A number about `total(sender)` and `amount`, and what it is for these."""
    way = chance.randrange(7 if depth else 3)
    if way == 0:
        return "total(SENDER)", lambda total, _amount: total
    if way == 1:
        return "AMOUNT", lambda _total, amount: amount
    if way == 2:
        number = chance.choice((0, 1, 3, 5, 8))
        return str(number), lambda _total, _amount: number
    one, own = _number(chance, depth - 1)
    other, others = _number(chance, depth - 1)

    def both(work: Callable[[int, int], int]) -> Worth:
        def worth(total: int | None, amount: int) -> int | None:
            left, right = own(total, amount), others(total, amount)
            return None if left is None or right is None else work(left, right)

        return worth

    if way == 3:
        return f"({one} plus {other})", both(operator.add)
    if way == 4:
        return f"({one} minus {other})", both(operator.sub)
    if way == 5:
        word = chance.choice(("least", "greatest"))
        return f"{word} of ({one}, {other})", both(min if word == "least" else max)
    up, percent = chance.random() < 0.5, chance.choice((25, 50, 150))
    text = f"({percent} per cent of {one} rounded {'up' if up else 'down'})"

    def share(total: int | None, amount: int) -> int | None:
        number = own(total, amount)
        return None if number is None else -(-percent * number // 100) if up else percent * number // 100

    return text, share


def _formula(chance: random.Random) -> tuple[str, Truth]:
    """A statement about the two numbers, and its truth for them."""
    how = chance.choice(list(ORDERS))
    one, own = _number(chance, 2)
    other, others = _number(chance, 1)

    def truth(total: int | None, amount: int) -> bool:
        left, right = own(total, amount), others(total, amount)
        return left is not None and right is not None and ORDERS[how](left, right)

    text = f"({one} {how} {other})"
    if chance.random() < 0.5:
        return text, truth
    more, also = _formula(chance)
    if chance.random() < 0.5:
        return (
            f"({text} and not {more})",
            lambda t, a: truth(t, a) and not also(t, a),
        )
    return f"({text} or {more})", lambda t, a: truth(t, a) or also(t, a)


def _put(text: str, sender: str, amount: str) -> str:
    return text.replace("SENDER", sender).replace("AMOUNT", amount)


@pytest.mark.parametrize("seed", with_long(range(600), lambda seed: seed >= 25))
def test_no_small_numbers_are_against_a_verdict(seed: int) -> None:
    """What one check of a random law lets pass, a random statement is claimed of. Where small numbers show a
    request against it, the claim is refuted; and a request that refutes it does so in Python's own numbers.
    """
    chance = random.Random(seed)
    (passes, let), (claimed, so) = _formula(chance), _formula(chance)
    required = _put(passes, "sender", "amount")
    check = f'check some for "1" at Desk, reject with R1\n    requires {required} inference "by chance"'
    claim = f"    always, for every request r: r accepted implies {_put(claimed, 'r.sender', 'r.amount')}"
    found = _decided(f"{PARTS}{check}\n", claim)
    against = any(
        let(total, amount) and not so(total, amount)
        for total, amount in itertools.product((None, *WINDOW), WINDOW)
    )
    assert found.verdict in ("proved", "refuted")
    assert not (against and found.verdict == "proved"), (passes, claimed)
    if found.verdict == "refuted":
        assert found.evidence is not None
        assert found.evidence.trace is not None
        (request,) = found.evidence.requests.values()
        values = found.evidence.trace.situations[0].values
        total = values.get(("total", (request.values["sender"],)))
        numbers = (None if total is None else int(total), int(request.values["amount"]))
        assert let(*numbers)
        assert not so(*numbers)
