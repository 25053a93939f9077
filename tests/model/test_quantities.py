"""Quantities: numerals, decimals, rounding, and what is absent."""

from __future__ import annotations

from fractions import Fraction

import pytest

from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.model.evaluate import Environment, holds, term_value, well_formed
from checker.model.expressions import Arithmetic, Measure, Ordered, Present, Sort
from checker.model.model import Model
from checker.model.quantities import belongs, in_cell, is_numeral, percent, told, units_in, value_of, written
from checker.model.situation import Request, Situation
from checker.model.unparse import unparse
from checker.regime.regime import Regime
from tests.support.load import load

MONEY = Sort("money", (), Measure("$", "$", 2))
DAYS = Sort("days", (), Measure("day", "days", signed=False))
LAW = """
quantity money "$" with 2 decimals
quantity days "day" or "days", never negative
sort User
enum Act: Pay, Wait
fixed limit(User): money "the limit of {1}"
state balance(User): optional money "the balance of {1}"
state free
request "{sender} does {act}"
    sender: User
    act: Act
    amount: money when act is Pay
    wait: days when act is Wait
component Bank
route Bank
version v "v"
"""


@pytest.fixture(scope="module")
def law() -> Regime:
    return load(LAW, "")


@pytest.fixture(scope="module")
def model(law: Regime) -> Model:
    return law.model(Column("v"))


def _here(model: Model, *, balance: str | None = "500") -> Environment:
    values: dict[tuple[str, tuple[str, ...]], str | bool] = {("limit", ("ann",)): "7000"}
    if balance is not None:
        values["balance", ("ann",)] = balance
    return Environment(model, Situation({"User": ("ann",)}, values, {}), variables={"u": "ann"})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("balance(u) at most limit(u)", True),
        ("balance(u) is 5", True),
        ("balance(u) at least 5.01", False),
        ("balance(u) less than 5.01", True),
        ("balance(u) more than 5", False),
        ("balance(u) plus 65 at least limit(u)", True),
        ("limit(u) minus balance(u) is 65", True),
        ("14 times balance(u) is limit(u)", True),
        ("least of (limit(u), balance(u), 90) is balance(u)", True),
        ("greatest of (limit(u), balance(u)) is limit(u)", True),
        ("balance(u) in {5, 7}", True),
        ("balance(u) at most 7.142 per cent of limit(u)", False),  # that is 4.9994
        ("balance(u) at most 7.143 per cent of limit(u)", True),
        ("7.143 per cent of limit(u) rounded down is balance(u)", True),
        ("7.143 per cent of limit(u) rounded up is 5.01", True),
        ("0 minus 50 per cent of balance(u) rounded down is 0 minus 2.5", True),
        ("33 per cent of (balance(u) minus 5.01) rounded down is balance(u) minus 5.01", True),
        ("33 per cent of (balance(u) minus 5.01) rounded up is 0", True),
    ],
)
def test_numbers_are_compared_and_reckoned_with(law: Regime, model: Model, text: str, value: bool) -> None:
    """With a balance of $5 and a limit of $70, worked out by hand; and each text reads back as it was."""
    formula = law.parse_formula(text, {"u": model.sorts["User"]})
    assert holds(formula, _here(model)) is value
    assert law.parse_formula(unparse(formula), {"u": model.sorts["User"]}) == formula


@pytest.mark.parametrize("how", ["at least", "at most", "more than", "less than", "is"])
def test_what_is_absent_is_in_no_order(law: Regime, model: Model, how: str) -> None:
    """Every comparison with something absent is false, and so is one with what is worked out from it."""
    for text in (f"balance(u) {how} 5", f"balance(u) plus 0 {how} 5", f"least of (balance(u), 0) {how} 5"):
        formula = law.parse_formula(text, {"u": model.sorts["User"]})
        assert not holds(formula, _here(model, balance=None))


def test_what_is_worked_out_of_something_absent_is_absent(model: Model) -> None:
    """A sum is there if all its parts are."""
    number = value_of(MONEY, 5)
    whole = Arithmetic("plus", (number, number), MONEY)
    assert holds(Present(whole), _here(model))
    assert term_value(Arithmetic("share up", (whole,), MONEY, Fraction(1, 3)), _here(model)) == "4"
    assert holds(
        Ordered(Arithmetic("share", (whole,), MONEY, Fraction(1, 3)), "less than", number), _here(model)
    )


def test_a_request_carries_a_number_that_the_quantity_may_have(model: Model) -> None:
    """A quantity that is never negative is carried by no request as less than nothing; others may be."""
    situation = _here(model).situation
    pay = {"sender": "ann", "act": "Pay"}
    assert well_formed(model, situation, Request({**pay, "amount": "-3"}))
    assert not well_formed(model, situation, Request({**pay, "amount": "3.5"}))
    assert not well_formed(model, situation, Request({**pay, "amount": "03"}))
    wait = {"sender": "ann", "act": "Wait"}
    assert well_formed(model, situation, Request({**wait, "wait": "0"}))
    assert not well_formed(model, situation, Request({**wait, "wait": "-1"}))


def test_never_negative_is_an_axiom() -> None:
    """A function of such a quantity gets an axiom, which columns can go without."""
    text = LAW.replace("state free", "state credit(User): days")
    law = load(text, "")
    assert [each.name for each in law.model(Column("v")).axioms] == ["credit-never-negative"]
    assert not law.model(law.parse_column("v without credit-never-negative")).axioms


@pytest.mark.parametrize(
    ("sort", "value", "law_text", "words"),
    [
        (MONEY, "7001", "70.01", "$70.01"),
        (MONEY, "7000", "70", "$70"),
        (MONEY, "3000050", "30000.50", "$30,000.50"),
        (MONEY, "-5", "-0.05", "\u2212$0.05"),
        (DAYS, "1", "1", "1 day"),
        (DAYS, "11", "11", "11 days"),
        (Sort("number", (), Measure()), "1200", "1200", "1,200"),
    ],
)
def test_numbers_are_written_and_told(sort: Sort, value: str, law_text: str, words: str) -> None:
    """As a law writes them, and in words with their unit."""
    assert (written(sort, value), told(sort, value)) == (law_text, words)


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        *(
            (" 5 ", "500"),
            ("$5", "500"),
            ("5 $", "500"),
            ("5\u00a0$", "500"),
            ("- 5", "-500"),
            ("$-5", "-500"),
        ),
        *(("\u22125", "-500"), ("5.000000000000000000", "500"), ("1,000", "100000"), ("05", "500")),
        *(("$$5", None), ("1,00", None), ("$1,0000", None), ("-$5", None), ("(5)", None), ("5.", None)),
        *((".5", None), ("1e3", None), ("+5", None), ("--5", None), ("\uff15", None), ("\u0665", None)),
        *(("5\u2009$", None), ("1 000", None), ("5.001", None), ("1_000", None), ("", None), ("$", None)),
    ],
)
def test_a_cell_says_one_amount_or_none(cell: str, units: str | None) -> None:
    """One sign beside the digits, one unit at either end, commas between thousands, digits from 0 to 9."""
    assert in_cell(cell, MONEY) == units


def test_numbers_are_read() -> None:
    """Literals and cells of tables, in smallest units."""
    assert [units_in(each, MONEY) for each in ("70", "70.5", "70.500", "70.505")] == [7000, 7050, 7050, None]
    assert [in_cell(each, MONEY) for each in ("$1,000", "-2.50", "1,00", "x")] == [
        "100000",
        "-250",
        None,
        None,
    ]
    assert [in_cell(each, DAYS) for each in ("7 days", "1 day", "-1")] == ["7", "1", None]
    assert [is_numeral(each) for each in ("0", "-7", "-0", "07", "", "7.0")] == [True, True, *[False] * 4]
    assert [belongs(DAYS, each) for each in ("0", "-1")] == [True, False]
    assert [percent(Fraction(each)) for each in ("1/5", "7143/100000", "3/2")] == ["20", "7.143", "150"]


def test_a_number_of_a_table_is_its_function() -> None:
    """Cells give numbers; `none` is absent, and `unknown` is open."""
    text = LAW.replace(
        "enum Act: Pay, Wait", 'enum Act: Pay, Wait\ntable fees\nfixed fee(Act): money from table fees: "fee"'
    )
    table = "```\n\n| act | fee |\n|---|---|\n| Pay | $1.50 |\n| Wait | none |\n\n```redline"
    law = load(text.replace("state free", f"{table}\nstate free"), "")
    function = law.model(Column("v")).functions["fee"]
    assert function.table is not None
    assert function.table.entries == {("Pay",): "150", ("Wait",): None}


def test_a_number_with_very_many_digits_is_refused() -> None:
    """Nothing that a law writes needs more than fifteen digits."""
    with pytest.raises(SpecError, match="more than 15 digits"):
        load(LAW.replace("state free", "define much(u: User) means limit(u) at least 1234567890123456"), "")
