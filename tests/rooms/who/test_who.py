"""Who can bring something about: coalitions of users, worked out by hand for small laws.

A vault has two locks. Whoever has a key may turn its lock, and a lock that is turned stays so.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TypeAlias, cast

import pytest

from checker.model.claim import Column
from checker.model.unparse import unparse
from checker.prove.minimal_sets import border, hitting_sets
from checker.question.jobs import Effort
from checker.regime.load import load_regime, load_texts
from checker.regime.regime import Regime
from checker.report.one_page import PAGE
from checker.report.paper import text_of
from checker.rooms.who.claims import Coalition
from checker.rooms.who.coalitions import Barred, Who
from checker.rooms.who.find import Answers, Typed, answers, members_of, question_of
from checker.rooms.who.text import Inquiry, who_paragraphs
from tests.support.effort import ALONE
from tests.support.params import with_long
from tests.support.places import LIBRARY, PERMITS, ROOT

EXPLORED = Effort(processes=1, explore=1 << 16)
VAULT = """# A vault

```redline
sort Person
constant Owner: Person "the owner"
sort Vault
enum Lock: Left "the left lock", Right "the right lock"
state left-key(Vault): optional Person "the holder of the left key of {1}"
state right-key(Vault): optional Person "the holder of the right key of {1}"
state left(Vault) "the left lock of {1} is turned"
state right(Vault) "the right lock of {1} is turned"
define open(v: Vault) "{v} is open" means left(v) and right(v)
define keeper(v: Vault): Person "the keeper of {v}" means left-key(v) when true
define keys(v: Vault) means left-key(v) is present and right-key(v) is present
premise keys-given(v: Vault) "Both keys are given." because "x" means keys(v)
request "{sender} turns {lock} of {vault}"
    sender: Person
    lock: Lock
    vault: Vault
component Bank "the bank"
route Bank
start inference "closed": for every v: Vault: not left(v) and not right(v)
check keys-fit for "V 1" at Bank, reject with V1
    requires MEETS inference "x"
effect turning-left when lock is Left
    left(vault) becomes true inference "x"
effect turning-right when lock is Right
    right(vault) becomes true inference "x"
version now "v"
```
"""
TWO_KEYS = "(lock is Left and left-key(vault) is sender) or (lock is Right and right-key(vault) is sender)"
EITHER_KEY = "left-key(vault) is sender or right-key(vault) is sender"
NOBODY = "false"
NO_KEY = "left-key(vault) is not sender and right-key(vault) is not sender and sender is not Owner"
ANYBODY = "true"
EITHER_IS_THERE = "left-key(v) is present or right-key(v) is present"
TWICE = (NO_KEY,)
"""The law of which every answer is found a second time, always; `pytest -m long` explores the others."""

Named: TypeAlias = set[str]


def vault(meets: str) -> Regime:
    return load_texts({"vault.md": VAULT.replace("MEETS", meets)})


CLOSED = "keys(v) and not open(v)"


def asked(meets: str, condition: str = CLOSED, members: tuple[str, ...] = ()) -> Answers:
    """The answers; with a second opinion on each, where the question is the usual one about some laws."""
    return _asked(meets, condition, members, EXPLORED if condition == CLOSED and meets in TWICE else ALONE)


@cache  # by all four, however many were given
def _asked(meets: str, condition: str, members: tuple[str, ...], effort: Effort) -> Answers:
    regime = vault(meets)
    question = Typed("v: Vault", (), condition, "open(v)").asked(regime, "redline who")
    question = members_of(regime, question, members) if members else question
    return answers(regime, question, (Column("now"),), effort)


def found(meets: str, condition: str = CLOSED, members: tuple[str, ...] = ()) -> Who:
    (one,) = asked(meets, condition, members).found
    assert one.complete
    return one


def named(coalition: Coalition) -> Named:
    return {*map(unparse, coalition.named), *({"others"} if coalition.others else set())}


def able(one: Who) -> list[Named]:
    return [named(each.coalition) for each in one.able]


def hits(one: Who) -> list[Named]:
    return [_hit(each) for each in one.barred]


def _hit(barred: Barred) -> Named:
    return {
        *map(unparse, barred.without),
        *({f"others but {barred.others}"} if barred.others is not None else set()),
    }


def verdicts(one: Who) -> set[str]:
    return {each.result.verdict for each in one.barred}


# ----------------------------------------------------------------- small laws


def test_two_keys_open_together() -> None:
    """Neither holder can do it alone, and everybody else cannot do it without either of them."""
    one = found(TWO_KEYS)
    assert able(one) == [{"keeper(v)", "right-key(v)"}]
    assert hits(one) == [{"keeper(v)"}, {"right-key(v)"}]
    assert verdicts(one) == {"refuted"}


def test_who_has_two_names_is_one_member() -> None:
    """The keeper is the holder of the left key: both names are told, the first one first."""
    (only,) = found(TWO_KEYS).able
    assert [named(each) for each in only.also] == [{"left-key(v)", "right-key(v)"}]


def test_two_minimal_coalitions() -> None:
    """Either holder can open both locks; without both of them nobody can."""
    one = found(EITHER_KEY)
    assert able(one) == [{"keeper(v)"}, {"right-key(v)"}]
    assert hits(one) == [{"keeper(v)", "right-key(v)"}]
    (barred,) = one.barred
    assert barred.never is not None
    assert barred.never.verdict == "proved"


def test_nobody_can() -> None:
    """Where every request is refused, all users together can do nothing, from no situation."""
    one = found(NOBODY)
    assert able(one) == []
    assert hits(one) == [set()]
    (barred,) = one.barred
    assert (barred.result.verdict, barred.never and barred.never.verdict) == ("refuted", "proved")


@pytest.mark.thorough
def test_those_whom_nothing_names_can() -> None:
    """Whoever has no key, and is not the owner, may turn the locks."""
    one = found(NO_KEY)
    assert able(one) == [{"others"}]
    assert one.able[0].coalition.others == 1
    assert hits(one) == [{"others but 0"}]


def test_anybody_can() -> None:
    """Everybody alone is a coalition: those with names, and any other user."""
    one = found(ANYBODY)
    assert able(one) == [{"keeper(v)"}, {"right-key(v)"}, {"Owner"}, {"others"}]
    assert hits(one) == [{"keeper(v)", "right-key(v)", "Owner", "others but 0"}]


@pytest.mark.thorough
def test_two_others_whom_nothing_names() -> None:
    """The right lock must be turned by somebody else than the left one: it takes two, of any names."""
    law = VAULT.replace("state left(Vault)", "state first(Vault): optional Person\nstate left(Vault)")
    law = law.replace("MEETS", "lock is Left or (first(vault) is present and first(vault) is not sender)")
    law = law.replace(
        'left(vault) becomes true inference "x"',
        'left(vault) becomes true inference "x"\n    first(vault) becomes sender inference "x"',
    ).replace("not right(v)\n", "not right(v) and first(v) is absent\n")
    regime = load_texts({"vault.md": law})
    question = Typed("v: Vault", (), "not open(v)", "open(v)").asked(regime, "redline who")
    question = members_of(regime, question, ("Owner",))
    (one,) = answers(regime, question, (Column("now"),), ALONE).found
    assert one.complete
    assert {str(each.coalition) for each in one.able} == {
        "`Owner` and another user",
        "another user and yet another",
    }
    assert hits(one) == [{"others but 0"}, {"Owner", "others but 1"}]


# ------------------------------------------------- names that name nobody at times


def test_one_or_the_other_where_only_one_is_there() -> None:
    """Either holder opens; where only one key is given, its holder must do it: so it takes both names."""
    one = found(EITHER_KEY, f"({EITHER_IS_THERE}) and not open(v)", ("left-key(v)", "right-key(v)"))
    assert able(one) == [{"left-key(v)", "right-key(v)"}]
    assert one.always == frozenset()
    assert hits(one) == [{"left-key(v)"}, {"right-key(v)"}]


def test_no_key_no_coalition() -> None:
    """Where no key need be given, all users together cannot from some situations, and can from others."""
    one = found(TWO_KEYS, "not open(v)")
    assert able(one) == []
    (barred,) = one.barred
    assert (barred.result.verdict, barred.never and barred.never.verdict) == ("refuted", "refuted")


def test_it_may_be_so_already() -> None:
    """Where the goal holds from the start nobody is needed."""
    one = found(TWO_KEYS, "open(v)")
    assert (one.already.verdict, one.already.vacuous) == ("proved", False)
    assert able(one) == []


def test_the_situation_may_never_come_about() -> None:
    """A question about no situation is vacuous."""
    one = found(NOBODY, "open(v)")
    assert one.already.vacuous


# ------------------------------------------------------------- second opinions


@pytest.mark.parametrize(
    "meets", with_long((TWO_KEYS, EITHER_KEY, NOBODY, NO_KEY, ANYBODY), lambda meets: meets not in TWICE)
)
def test_the_explorer_agrees_with_every_answer(meets: str) -> None:
    """The second opinion goes through a small instance for each verdict."""
    results = _asked(meets, CLOSED, (), EXPLORED).results
    assert results
    assert all(each.explored.startswith("agrees") for each in results)
    assert all(each.as_expected for each in results)


def test_what_was_asked_is_text_of_the_language() -> None:
    """The claims that stand behind the answer are added to the law, each with what was found."""
    made = asked(TWO_KEYS)
    assert made.text.count("\nclaim ") == len(made.results)
    assert [each.claim for each in made.results] == list(made.regime.claims)


def test_the_question_is_asked_in_words() -> None:
    """The premise with its sentence; the situation in words, where the law has any."""
    regime = vault(NOBODY)  # of which all is soon answered
    told = []
    for condition in ("not open(v) and left-key(v) is Owner", "keys(v)"):
        question = Typed("v: Vault", ("keys-given(v)",), condition, "open(v)").asked(regime, "redline who")
        made = answers(regime, question, (Column("now"),), ALONE)
        told.append(" ".join(text_of(who_paragraphs(Inquiry(made, "redline who", 1.0), full=True)).split()))
    assert told[0].startswith(
        "Who can bring it about that v is open, in now? For any Vault v, from any situation where "
        "it is not so that v is open; and the owner is the holder of the left key of v. "
        "Given keys-given: Both keys are given."
    )
    assert "from any situation where `keys(v)`." in told[1]


class ManyColumns:
    """A law that says the same in columns of any name."""

    def __init__(self, regime: Regime) -> None:
        self._regime = regime

    def rules(self, column: Column) -> object:
        del column
        return self._regime.rules(Column("now"))

    def __getattr__(self, name: str) -> object:
        return getattr(self._regime, name)


def test_many_columns_and_coalitions_fit_on_a_page() -> None:
    """Columns in which the answer is another one each, with up to forty coalitions: who can, who cannot and
    how it is repeated stand in the first, and what is cut is counted; with `--all` nothing is cut.
    """
    one = found(EITHER_KEY)
    assert one.able
    assert one.barred
    columns = [
        replace(one, column=Column(f"version-{each}"), able=one.able * each, barred=one.barred * 30)
        for each in range(1, 21)
    ]
    answered = replace(
        asked(EITHER_KEY), found=tuple(columns), regime=cast("Regime", ManyColumns(vault(EITHER_KEY)))
    )
    inquiry = Inquiry(answered, "redline who", 1.0)
    lines = text_of(who_paragraphs(inquiry)).splitlines()
    assert len(lines) <= PAGE
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("Who can bring it about")
    assert lines[-1] == "Repeat with: redline who"
    shown = sum(line.startswith("In version-") for line in lines)
    assert 1 < shown < 20
    assert f"… and {20 - shown} more: `--all` tells them." in lines
    assert sum("cannot" in line for line in lines) >= shown
    assert "… and" not in text_of(who_paragraphs(inquiry, full=True))


# -------------------------------------------------------------------- hitting


def test_hitting_sets() -> None:
    """Every minimal set that meets all the sets; none where a set is empty, the empty one without any."""
    sets = [frozenset("ab"), frozenset("bc"), frozenset("d")]
    assert {*hitting_sets("abcd", sets)} == {frozenset("bd"), frozenset("acd")}
    assert hitting_sets("abcd", []) == (frozenset(),)
    assert hitting_sets("a", [frozenset("a"), frozenset()]) == ()


@pytest.mark.parametrize(
    "least", [[], [""], ["ab"], ["a", "bc"], ["ab", "bc", "ca"], ["abcd", "e"], ["ab", "cd", "ae"]]
)
def test_the_border_is_found_from_both_sides(least: list[str]) -> None:
    """Whatever the minimal sets are, they are found, and so are the maximal ones without any of them."""
    minimal = [frozenset(each) for each in least]
    found = border("abcde", lambda some: any(each <= some for each in minimal))
    assert {*found.least} == {*minimal}
    everything = frozenset("abcde")
    assert {*found.most} == {everything - each for each in hitting_sets("abcde", minimal)}


# ------------------------------------------------------------------- the laws


@cache
def shipped() -> Regime:
    return load_regime(ROOT / "spec", ROOT / "properties")


def of_claim(regime: Regime, number: str, *columns: str) -> tuple[Who, ...]:
    (claim,) = (each for each in regime.claims if each.number == number)
    chosen = tuple(map(regime.parse_column, columns))
    return answers(regime, question_of(claim, "redline who"), chosen, Effort(processes=1)).found


def test_who_repairs_a_wrong_slot() -> None:
    """Before the change nobody; after it the owner, and from no situation anybody without the owner."""
    before, after = of_claim(shipped(), "1", "baseline", "mp107")
    assert (able(before), hits(before)) == ([], [set()])
    owner = {"anchor(d, NetworkOperator)"}
    assert (able(after), hits(after)) == ([owner], [owner])
    assert before.complete
    assert after.complete
    assert after.barred[0].never is not None
    assert after.barred[0].never.verdict == "proved"


@pytest.mark.thorough
def test_who_can_give_a_permit_away() -> None:
    """By-law 3: only the holder may transfer a permit, and a street that is taken gets no second one."""
    permits = load_regime(PERMITS / "spec", PERMITS / "properties")
    before, after = of_claim(permits, "3", "old", "new")
    for one in (before, after):
        assert (able(one), hits(one), one.complete) == ([{"holder(s)"}], [{"holder(s)"}], True)


def test_who_can_bring_a_book_back() -> None:
    """Before the amnesty a former member cannot, and nobody can for them; after it the borrower can."""
    library = load_regime(LIBRARY / "spec", LIBRARY / "properties")
    before, after = of_claim(library, "1", "old", "new")
    assert (able(before), hits(before)) == ([], [set()])
    assert (able(after), hits(after)) == ([{"borrower(b)"}], [{"borrower(b)"}])
