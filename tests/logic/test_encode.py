"""The encoder says in terms what `evaluate` says in Python: on the shipped law, and on made-up rules.

The same at length: `python -m tests.agreement --situations 20000 --rule-sets 300`.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from checker.logic.encode import Encoder
from checker.logic.encode_steps import Changes
from checker.logic.ground import Grounder
from checker.regime.load import load_regime, load_texts
from checker.regime.regime import Regime
from tests.agreement import command as agreement
from tests.agreement.compare import Differs, Law, Tally
from tests.random_laws import rules as random_rules
from tests.support.params import with_long, with_thorough
from tests.support.places import ROOT

RULE_SETS, AT_A_TIME, EACH = 40, 5, 10
OFTEN = 0.2  # of the requests, at least, are to be accepted or refused by one check only

WORLD = """
sort User
sort Thing
enum Kind: A, B, C
table sheet
fixed paired(Kind): optional Kind "p" from table sheet: "pair"
fixed listed(Kind) "l" from table sheet: "listed"
state owner(Thing): optional User "o"
state grade(Thing): optional Kind "g"
state good(User) "good"
state shown(Thing) "shown"
define once(k: Kind): Kind means B when (for some u: User: good(u) and rank(u) is k), A otherwise
fixed rank(User): Kind "r"
request "{sender} asks"
    sender: User
    kind: Kind
    thing: optional Thing when kind is not C
component Door "d"
route Door
version old "old"
version new "new" is old with MOD
modification MOD "mod"
by MOD amend table sheet: row "A", "listed" becomes "yes"
"""
TABLE = (
    "| kind | pair | listed |\n|---|---|---|\n| A | unknown | no |\n| B | none | unknown |\n| C | A | yes |\n"
)


@pytest.fixture(scope="module")
def law() -> Regime:
    return load_regime(ROOT / "spec", ROOT / "properties")


def regime_of(rules: str, claims: str = "") -> Regime:
    """Read a small specification about users and things."""
    return load_texts(
        {"rules.md": f"```redline\n{WORLD}\n```\n\n{TABLE}\n```redline\n{rules}\n{claims}\n```\n"}
    )


def compare(regime: Regime, count: int = 60) -> Tally:
    """Compare so many samples of the old version, the new one, and both side by side."""
    tally = Tally()
    laws = [Law(regime, regime.parse_column(name), regime.claims) for name in ("old", "new")]
    for law in (*laws, Law(regime, regime.parse_column("old"), regime.claims, ("old", "new"))):
        for number in range(count):
            chance = random.Random(number)
            law.compare(law.sample(chance), chance, tally, solve=number % 10 == 0)
    return tally


# -------------------------------------------------------------------- at large


@pytest.mark.thorough
def test_the_shipped_law_is_encoded_as_it_is_meant(law: Regime) -> None:
    """In one of three columns and mixtures, random situations; `tests.agreement`, which `.ci/run` asks, goes
    through all. Enough requests get far enough to say something.
    """
    count = len(agreement.columns_of(law)) + 1 + len(law.readings)
    tally = agreement.agree(law, 3 * count, seed=1, part=1, parts=3)
    total = sum(tally.columns.values())
    assert len(tally.columns) >= count // 3
    assert tally.kinds["accepted"] + tally.kinds["one check fails"] >= OFTEN * total
    assert tally.kinds["event enabled"] >= OFTEN * total
    assert tally.solved > 0


@pytest.mark.parametrize("first", with_long(range(0, RULE_SETS, AT_A_TIME), lambda first: first > 0))
def test_random_rules_are_encoded_as_they_are_meant(first: int) -> None:
    """Made-up rules in the language itself: nothing that the shipped law happens not to say is left out."""
    tally = Tally()
    for number in range(first, first + AT_A_TIME):
        tally.add(random_rules.agree_on_rules(EACH, 0, number))
    assert tally.kinds["rule sets"] == AT_A_TIME
    assert tally.undecided <= tally.solved // 10
    assert tally.kinds["several checks fail"] > 0
    assert tally.kinds["accepted"] > 0


@pytest.mark.thorough
def test_random_rules_say_everything() -> None:
    """Every form that rules can have occurs, so that no form goes unasked by chance."""
    texts = "\n".join(random_rules.write(random.Random(f"rules 0 {n}"))["rules.md"] for n in range(RULE_SETS))
    forms = (
        *("is absent", "is present", "matches", "not in {", "iff", "implies", "for every", "for some"),
        *(": optional", "otherwise", "as c0, without its exceptions", "as c0, with its exceptions", "where"),
        *("applies unless", "adopted check", 'of "G 0(a)"', "becomes absent", "amend table", "replace g"),
        *("version(", "K1[", "premise", "unknown"),
    )
    assert [form for form in forms if form not in texts] == []


# ------------------------------------------------------- the comparison can fail


BREAKS: dict[str, tuple[object, str, Callable[..., object]]] = {
    "limbs never hold": (Encoder, "limb_holds", lambda self, _limb, _scope: self.terms.false),
    "exceptions are not heeded": (Encoder, "_check_fails", lambda self, c, s: self.would_fail(c, s)),
    "events always happen": (Changes, "event_guard", lambda self, _event, _scope: self.terms.true),
    "nothing is written": (Changes, "request_writes", lambda _self, _scope, _condition: ()),
    "witnesses are dropped": (Grounder, "_tie", lambda _self, _node, **_: None),
}


@pytest.mark.parametrize("broken", with_thorough(BREAKS, lambda broken: broken == "witnesses are dropped"))
def test_a_broken_encoder_is_found(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison tells an encoder, or a grounder, with any one mistake from one without."""
    owner, name, instead = BREAKS[broken]
    monkeypatch.setattr(owner, name, instead)
    with pytest.raises(Differs):
        _all_rules()


def _all_rules() -> None:
    for number in range(RULE_SETS):
        random_rules.agree_on_rules(EACH, 0, number)


# --------------------------------------------- what once was encoded differently


PLAIN = """
check any for "C 1" at Door, reject with E1
    requires good(sender) inference "x"
effect none
    applies when true inference "x"
"""


def test_a_limb_above_exempts_when_one_below_does() -> None:
    """`exempted by` a limb that has limbs below it, one or two levels down, is asked and answered alike."""
    rules = """
    check any for "C 1" at Door, reject with E1
        requires kind is C inference "x"
        subject to "G" inference "x"
    exceptions "G"
        any of inference "x"
    limb "G(a)" of "G"
        good(sender) inference "x"
    limb "G(a)(1)" of "G(a)" for some t: Thing
        owner(t) is sender inference "x"
    limb "G(a)(1)(i)" of "G(a)(1)"
        shown(t) inference "x"
    """
    tally = compare(regime_of(rules))
    exempted = [tally.kinds[f"exempted by {clause}"] for clause in ("G(a)", "G(a)(1)", "G(a)(1)(i)")]
    assert exempted[0] > 0
    assert exempted[0] == exempted[1] == exempted[2]


def test_a_fact_becomes_false_when_it_is_to_be_what_is_said_of_something_absent() -> None:
    """A statement about something absent is false, and so is the fact that becomes it."""
    effect = 'effect shows\n    for every t: Thing: shown(t) becomes shown(thing) inference "x"'
    compare(regime_of(PLAIN + effect))


def test_an_open_cell_may_turn_out_empty() -> None:
    """A cell `unknown` of an optional function may be anything, nothing included."""
    regime = regime_of(PLAIN.replace("good(sender)", "paired(A) is present"))
    tally = compare(regime)
    assert tally.kinds["accepted"] > 0
    assert tally.kinds["one check fails"] > 0


def test_each_version_reads_its_own_table() -> None:
    """Side by side, the old version's rules read the old row, and the new one's the amended row."""
    effect = 'effect shows when listed(kind)\n    shown(thing) becomes true inference "x"'
    compare(regime_of(PLAIN + effect))
    compare(regime_of(PLAIN.replace("good(sender)", "listed(kind)")))


def test_an_optional_parameter_may_have_a_condition() -> None:
    """It may be left out where the condition holds, and is never carried where it does not."""
    regime = regime_of(PLAIN.replace("good(sender)", "(kind is C implies thing is absent)"))
    tally = compare(regime)
    assert tally.kinds["accepted"] == sum(tally.columns.values())


def test_looking_back_twice_is_looking_back_once() -> None:
    """`before` within `before` means the same situation."""
    claim = """
    claim 1 back "Back."
        from "F"
        for t: Thing, u: User
        always, after an accepted request r: before (owner(t) is u or (before good(u)))
        expect proved in old
    """
    compare(regime_of(PLAIN, claim))


def test_a_definition_applied_to_itself() -> None:
    """The quantifier inside is another one than that outside, though it is written once."""
    regime = regime_of(PLAIN.replace("good(sender)", "once(once(once(kind))) is B"))
    tally = compare(regime, 120)
    assert tally.kinds["accepted"] > 0
    assert tally.kinds["one check fails"] > 0
