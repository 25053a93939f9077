"""Rules that decide nothing and readings that differ nowhere, in small laws made so by hand."""

from __future__ import annotations

import pytest

from checker.language.diagnostics import SpecError
from checker.regime.load import load_regime, load_texts
from checker.rooms.lint.ask import chosen_versions
from checker.rooms.lint.find import lint
from tests.rooms.lint.lint_laws import HOUSE, deciding, found, giving_up, law, linted, only
from tests.support.places import LIBRARY

SUBJECT = (
    'requires friend(sender) inference "x"',
    'requires friend(sender) inference "x"\n subject to "C 2"',
)


def exempting(*limbs: str) -> str:
    """Exceptions to the house's check, with one limb for each condition."""
    written = (
        f'limb "C 2({letter})" of "C 2"\n    {condition} inference "x"\n'
        for letter, condition in zip("abc", limbs, strict=False)
    )
    return 'exceptions "C 2"\n    any of inference "x"\n' + "".join(written)


def exempted(*limbs: str, more: str = "") -> set[tuple[str, str]]:
    """What is found where the house's check is subject to exceptions."""
    old, new = SUBJECT
    return found(law(exempting(*limbs), *([more] if more else []), old=old, new=f'{new} inference "x"'))


def test_nothing_is_found_in_a_house_in_order() -> None:
    """The law that all the others are made from gives no finding."""
    assert not linted(law()).findings


# --------------------------------------------------------------- exemptions


@pytest.mark.parametrize(
    ("limb", "kinds"),
    [
        ("act is Leave", {("exemption-never-applies", "C 2(a)")}),  # the check lets everybody leave
        ("friend(sender)", {("exemption-never-applies", "C 2(a)")}),  # a friend is let in anyhow
        ("host(sender)", set()),
    ],
)
def test_an_exemption_from_what_is_no_duty_never_applies(limb: str, kinds: set[tuple[str, str]]) -> None:
    """An exemption that no failing request meets is found, and no other."""
    assert exempted(limb) == kinds


def test_an_exemption_that_never_applies_gates() -> None:
    """The finding names its version and clause, and gives the exit code."""
    old, new = SUBJECT
    finding = only(
        law(exempting("act is Leave"), old=old, new=f'{new} inference "x"'), "exemption-never-applies"
    )
    assert finding.gates
    assert finding.versions == ("old",)
    assert finding.clause == "C 2(a)"


def test_an_exemption_within_another_is_covered() -> None:
    """Whoever lives here is let off, so nothing is gained by letting off who lives here and is inside."""
    assert exempted("host(sender)", "host(sender) and inside(sender)") == {("exemption-covered", "C 2(b)")}
    assert exempted("host(sender)", "inside(sender)") == set()


def test_two_exemptions_may_cover_a_third_together() -> None:
    """Inside or not inside: whoever lives here is one of the two."""
    limbs = ("host(sender) and inside(sender)", "host(sender) and not inside(sender)", "host(sender)")
    assert ("exemption-covered", "C 2(c)") in exempted(*limbs)
    regime = law(exempting(*limbs), old=SUBJECT[0], new=f'{SUBJECT[1]} inference "x"')
    covered = {each.subject: each.message for each in linted(regime).findings}
    assert covered["C 2(a)"] == "whatever `C 2(a)` exempts is exempted by `C 2(c)` as well"
    assert covered["C 2(c)"] == "whatever `C 2(c)` exempts is exempted by one of the others as well"


@pytest.mark.parametrize("both", ["door", "porter"])
def test_an_exemption_is_covered_only_where_it_is_so_for_every_check(both: str) -> None:
    """Both limbs let those off who live here. One check knows both, so the second is superfluous to it; the
    other one knows the first alone, and would refuse them without it.
    """
    second = 'exceptions "C 9"\n any of inference "x"\nlimb "C 9(a)" of "C 9"\n host(sender) inference "x"'
    porter = 'check porter for "C 3" at Porter, reject with E3\n applies when act is Enter inference "x"\n'
    porter += ' requires friend(sender) inference "x"\n subject to "C 2" inference "x"'
    more = '\n subject to "C 9" inference "x"'
    old, new = SUBJECT[0], f'{SUBJECT[1]} inference "x"'
    new, porter = (new + more, porter) if both == "door" else (new, porter + more)
    kinds = found(law(exempting("host(sender)"), second, porter, old=old, new=new))
    assert {subject for kind, subject in kinds if kind == "exemption-covered"} == {"C 9(a)"}


def test_clauses_may_be_called_anything() -> None:
    """Even by names with inverted commas in them: the claims that are asked still say what they should."""
    limb = exempting("act is Leave").replace("C 2(a)", 'C \\"2\\"')
    finding = only(law(limb, old=SUBJECT[0], new=f'{SUBJECT[1]} inference "x"'), "exemption-never-applies")
    assert finding.subject == 'C "2"'


def test_a_law_without_checks() -> None:
    """Nothing to ask, nothing found."""
    house = 'version old "the house rules"'
    bare = HOUSE[: HOUSE.index("check manners")].replace(house, f"{house}\n```\n")
    result = linted(load_texts({"spec/house.md": bare}))
    assert (result.findings, result.asked, result.text) == ((), (), "")


@pytest.mark.parametrize(
    ("requires", "kinds"),
    [
        ("act is not Enter", {("exemption-without-effect", "C 2(a)"), ("check-repeated", "manners")}),
        ("act is Knock or inside(sender)", set()),
    ],
)
def test_an_exemption_lets_nothing_through_if_others_refuse(
    requires: str, kinds: set[tuple[str, str]]
) -> None:
    """The porter lets nobody in at all; or everybody who is inside."""
    porter = f'check porter for "C 3" at Porter, reject with E3\n    requires {requires} inference "x"'
    assert exempted("host(sender)", more=porter) == kinds


# ------------------------------------------------------------------- checks


def test_a_check_that_nothing_fails_gates_and_its_code_cannot_occur() -> None:
    """If some request fails the check nothing is found."""
    idle = 'check idle for "C 3" at Door, reject with E3\n applies when act is Knock inference "x"\n'
    never = only(law(idle + ' requires act is not Leave inference "x"'), "check-never-fails")
    assert (never.subject, never.gates, never.notes) == ("idle", True, ("so the code `E3` cannot occur",))
    assert found(law(idle + ' requires friend(sender) inference "x"')) == set()


def test_a_check_that_another_repeats() -> None:
    """Whoever is no friend fails the stricter check, whether entering or not."""
    strict = 'check strict for "C 3" at Door, reject with E3\n requires friend(sender) inference "x"'
    finding = only(law(strict), "check-repeated")
    assert (finding.subject, finding.gates) == ("manners", False)
    assert finding.message == "whatever fails `manners` fails `strict` as well"


# -------------------------------------------------------------------- codes

PORTER = """check porter for "C 3" at Porter, reject with E3
    applies when act is Enter inference "x"
    requires friend(sender) inference "x"
"""
LATER = """version new "without manners" is old with RUDE
modification RUDE "no manners"
by RUDE strike manners
"""
RUDE_FIRST = 'deployment rude-door "x": Door at new, Porter at old'


def test_a_code_that_an_earlier_component_forestalls_cannot_occur() -> None:
    """Whoever the porter would refuse never gets past the door: in no version, so it gates."""
    finding = only(law(PORTER), "code-cannot-occur")
    assert (finding.subject, finding.gates) == ("E3", True)
    assert ("code-cannot-occur", "E1") not in found(law(PORTER))


def test_a_code_that_occurs_in_a_deployment_is_a_notice_only() -> None:
    """While the door has the new rules and the porter the old ones, the porter refuses."""
    regime = law(PORTER, LATER, RUDE_FIRST)
    finding = only(regime, "code-cannot-occur")
    assert (finding.gates, finding.versions) == (False, ("old",))
    assert "it does occur in rude-door" in finding.notes


@pytest.mark.parametrize(("order", "lost"), [("manners, strict", set()), ("strict, manners", {"E1"})])
def test_a_code_that_an_earlier_check_forestalls(order: str, lost: set[str]) -> None:
    """Both fail together. If strictness is asked first, nobody ever hears of manners."""
    strict = 'check strict for "C 3" at Door, reject with E3\n requires friend(sender) inference "x"'
    kinds = found(law(strict, f'order at Door: {order} because "x"'))
    assert {subject for kind, subject in kinds if kind == "code-cannot-occur"} == lost


def test_a_check_without_a_code_that_never_answers() -> None:
    """Wherever it fails another check answers first; once it is wider it does answer."""
    silent = PORTER.replace("reject with E3", "reject without a published code")
    assert ("check-never-answers", "porter") in found(law(silent))
    wider = silent.replace("act is Enter", "act is Knock")
    assert found(law(wider)) == set()


# ----------------------------------------------------------------- readings


def reading(body: str) -> str:
    return f'reading other "Otherwise." because "x"\n    {body}'


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('in manners, also friend-of(sender) inference "x"', None),
        ('in manners, also applies when true inference "x"', "reading-differs-nowhere"),
        ('define known(u: User) means friend(u) or host(u) inference "x"', None),
        ('define known(u: User) means not not friend(u) inference "x"', "reading-differs-nowhere"),
    ],
)
def test_a_reading_is_held_against_the_main_reading(body: str, kind: str | None) -> None:
    """A reading that decides nothing differently is found, by what makes it idle."""
    body = body.replace("also friend-of(sender)", "also requires inside(sender)")
    known = "define known(u: User) means friend(u)"
    regime = law(known, reading(body), old="requires friend(sender)", new="requires known(sender)")
    assert {k for k, _ in found(regime)} == ({kind} if kind else set())


def test_a_reading_that_changes_an_effect_is_not_said_to_differ_nowhere() -> None:
    """It decides everything alike, but whoever enters throws all others out: that is not compared."""
    body = 'in entering, also for every u: User where u is not sender: inside(u) becomes false inference "x"'
    finding = only(law(reading(body)), "reading-decides-alike")
    assert "what it reads otherwise in `entering` was not compared" in finding.notes


def test_a_reading_of_a_word_that_claims_use_may_still_matter_to_them() -> None:
    """No rule asks who is known, so nothing is decided otherwise; a claim may ask."""
    regime = law(
        "define known(u: User) means friend(u)", reading('define known(u: User) means host(u) inference "x"')
    )
    finding = only(regime, "reading-differs-nowhere")
    assert "claims that use `known` may still come out otherwise" in finding.notes


def test_a_reading_that_changes_what_happens_by_itself_is_not_asked() -> None:
    """No claim can compare decisions in two worlds with different events; that is said."""
    result = linted(law(reading('in swept-out, also applies when inside(u) inference "x"')))
    assert result.unasked == (("other", "old"),)
    assert not result.findings


def test_a_reading_that_changes_codes_only() -> None:
    """The porter repeats the door's refusals under it."""
    body = 'adopted check twice at Door, reject without a published code, because "x"\n'
    body += '    applies when act is Enter inference "x"\n    requires friend(sender) inference "x"'
    assert found(law(reading(body))) == {("reading-changes-codes-only", "other")}


def test_a_reading_of_what_a_version_lacks_is_passed_over() -> None:
    """The new version has no manners to be read otherwise."""
    body = 'in manners, also applies when true inference "x"'
    assert only(law(reading(body), LATER), "reading-differs-nowhere").versions == ("old",)


# -------------------------------------------------------------------- whole


def test_questions_without_an_answer_are_no_findings() -> None:
    """What was given up is counted as undecided."""
    result = lint(law(PORTER), ("old",), giving_up)
    assert result.undecided
    assert not result.findings


def test_only_versions_as_they_stand_are_looked_at() -> None:
    """By default all versions, each once; a reading is refused."""
    regime = law(LATER, RUDE_FIRST)
    assert chosen_versions(regime, ()) == ("old", "new")
    assert chosen_versions(regime, ("new", "new")) == ("new",)
    with pytest.raises(SpecError, match="not a version as it stands"):
        chosen_versions(regime, ("rude-door",))


def test_the_library_repeats_itself_at_the_stack() -> None:
    """The stack asks what the desk has asked before it; a deployment and a reading tell them apart."""
    place = LIBRARY
    regime = load_regime(place / "spec", place / "properties")
    rules = {(x.kind, x.subject) for x in lint(regime, ("old",), deciding).findings if x.claims}
    assert rules == {("check-repeated", "stack-enrolment"), ("code-cannot-occur", "T1")}
