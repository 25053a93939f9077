"""Real clauses: every verdict and every number of a story is what was worked out by hand from their words.

The verdicts stand in the claims themselves, under `expect`; what stories must tell stands here.
"""

from __future__ import annotations

from functools import cache

import pytest
from _pytest.mark import ParameterSet

from checker.model.claim import Column
from checker.question.jobs import jobs_for
from checker.question.verdict import Evidence, Result, VerdictName
from checker.regime.load import load_regime
from checker.regime.regime import Regime
from checker.report.case_paragraphs import check_paragraphs
from checker.story.trace_told import Story
from tests.rooms.lint.lint_laws import only
from tests.support.evidence_made import BOTH, certified, decided, reasons, written
from tests.support.places import TESTS

CLAUSES = TESTS / "cases" / "clauses"
LONG = ("03", "04", "07", "08", "09", "11", "28", "29", "35")
"""Clauses whose claims take more than two seconds."""

THOROUGH = ("23", "24", "27", "30")
"""Clauses whose claims take nearly that, each more than one second."""

MARKS = {**dict.fromkeys(LONG, pytest.mark.long), **dict.fromkeys(THOROUGH, pytest.mark.thorough)}


def _case(case: str) -> ParameterSet:
    return pytest.param(case, marks=[MARKS[case]] if case in MARKS else [], id=case)


def _place(place: tuple[str, str, str]) -> ParameterSet:
    return pytest.param(place, marks=[MARKS[place[0]]] if place[0] in MARKS else [], id=" ".join(place))


CASES = [_case(each.name) for each in sorted(CLAUSES.iterdir()) if each.is_dir()]
TOLD = {
    ("01", "last-day", "y2005"): {"after": "31"},
    ("01", "takes-nothing-away", "y2009"): {"after": "11"},
    ("01", "adds-nothing", "y2009"): {"after": "0"},
    ("01", "from-the-tenth-day", "y2009"): {"after": "10"},
    ("01", "readings-alike", "y2005"): {"after": "8"},
    ("01", "spivey", "y2005"): {"after": "10"},
    ("12", "hundred-pounds", "y1983"): {"price": "10000"},
    ("12", "thirty-thousand-pounds", "y1974"): {"price": "3000000"},
    ("12", "takes-nothing-away", "y1983"): {"price": "3001"},
    ("12", "somebody-answers", "y1983"): {"price": "3000001"},
    ("12", "somebody-answers", "y2010"): {"price": "3000001", "credit": "6026001"},
    ("12", "no-gap", "y1983"): {"price": "3000001"},
    ("13", "nine-to-twelve", "repealed"): {"position": "GS-12", "grade": "GS-9"},
    ("13", "two-above-lowest", "repealed"): {"position": "GS-4", "lowest": "GS-1"},
    ("13", "below-four", "rule"): {"position": "GS-4", "lowest": "GS-1"},
    ("13", "grade-by-grade", "repealed"): {"position": "GS-6"},
    ("02", "a-decides-of-unscored", "y2018"): {"threes": "1", "violent-twos": "1", "points": "0"},
    ("02", "a-decides", "y2018"): {"twos": "3", "threes": "0", "violent-twos": "0"},
    ("02", "b-decides", "y2018"): {"twos": "0", "threes": "1", "violent-twos": "0"},
    ("02", "c-decides", "y2018"): {"twos": "1", "threes": "0", "violent-twos": "1"},
    ("02", "one-point-offenses", "y1994"): {"ones": "2", "twos": "0", "threes": "0"},
    ("16", "worsens-nothing", "y2017"): {"over": "15"},
    ("20", "below-that", "lower"): {"earnings": "14842", "amount": "11875", "day": "4"},
    ("20", "first-day", "flat"): {"earnings": "1"},
    ("21", "one-of-three", "scheme"): {"voting": "3", "in-favour": "1"},
    ("26", "tallest-246", "y2013"): {"rise": "220", "going": "245"},  # nine tenths of 245 is 220.5
}
"""Clause, claim and version -> the numbers in the shortest story, in smallest units, and values in order:
parameters of the request, and functions of its item or its sender.
"""

SAID = {
    ("03", "no-long-term-lost", "y2018"): [
        "Offense 1 is committed",
        "Offense 2 is committed",
        "There is a finding of guilt for Offense 2",
        "There is a finding of guilt for Offense 1",
    ],
    ("03", "again-after-conviction", "y2018"): [
        "Offense 1 is committed",
        "There is a finding of guilt for Offense 1",
        "Offense 2 is committed",
        "There is a finding of guilt for Offense 2",
    ],
    ("03", "later-offense", "y1998"): [
        "Offense 1 is committed",
        "Offense 2 is committed",
        "There is a finding of guilt for Offense 2",
        "There is a finding of guilt for Offense 1",
    ],
    ("05", "stay", "y1996"): ["The section that Decision 1 is under is section 9 (stay of proceedings)"],
    ("05", "takes-none-away", "y1996"): [
        "The section that Decision 1 is under is section 9 (stay of proceedings)"
    ],
    ("07", "dodds", "y1954"): [
        "Today is Wednesday 31 January 1979",
        "The day on which the landlord gave notice of Tenancy A is Saturday 30 September 1978",
    ],
    ("11", "pledge-loses-none", "y1985"): [
        "Holding 1 has the right to appoint a majority of the board",
        "Holding 1 is given as security, and Company C is registered for it",
    ],
    ("11", "pledge-loses-none", "y1989"): [
        "Company B controls alone, by agreement, a majority of the voting rights in Company A",
        "Holding 1 is given as security, and Company C is registered for it",
    ],
    ("11", "no-new-subsidiary-by-votes", "y1989"): ["Holding 1 has a majority of the voting rights"],
    ("11", "none-ended", "y1989"): ["Holding 1 is more than half of the equity share capital"],
    ("15", "nurse", "july2004"): [
        "The industry of Employer A is medical services",
        "Employee 1 files notice that Sunday is the day of rest",
    ],
    ("15", "only-frees", "july2004"): [  # what is typical counts for more than how many steps lead there
        "Employee 1 has had twenty-four consecutive hours of rest in that week",
        "Employee 1 has filed notice that Sunday is the day of rest",
    ],
    ("15", "only-frees-rested", "july2004"): [
        "The industry of Employer A is transport",
        "Employee 1 has filed notice that Sunday is the day of rest",
    ],
    ("16", "bonus", "y2017"): ["The kind of Property 1 is leasehold improvements"],
    ("16", "bought", "y2020"): ["Property 1 is not made by the taxpayer"],
    ("16", "gives-back", "y2020"): ["The kind of Property 1 is new restaurant buildings"],
    ("17", "drivers", "y2017"): ["Distributing is part of Job 1"],
    ("17", "packers", "y2017"): ["Packing for distribution is part of Job 1"],
    ("22", "no-director", "ca2006"): ["Person A is the secretary", "Person B is the secretary"],
    ("22", "sole-director", "ca1985"): ["Person A is a director", "Person A has signed Document 1"],
    ("23", "none-under-18", "y1970"): [
        "Today is Monday 2 March 2026",
        "The date of Person A's birth is Tuesday 2 March 2010",
        "Person A has the consent of a parent",
    ],
    ("24", "bank-holiday", "old"): [
        "Today is Tuesday 9 September 2008",
        "The day on which Letter 1 was posted is Saturday 23 August 2008",
    ],
    ("18", "stays-forbidden", "y2025"): [
        "Decision 1 is not necessary for a contract with the data subject",
        "Decision 1 is not required or authorised by law",
        "Decision 1 is not based on the data subject's explicit consent",
    ],
    ("18", "nothing-newly-forbidden", "y2025"): [
        "Decision 1 is based on Datum 1",
        "Decision 1 is based on Datum 2",
        "Datum 1 is of a special category",
        "There is no explicit consent to the processing of Datum 2",
        "Point (g) of Article 9(2) does not apply to Decision 1",
    ],
    ("18", "ordinary-data", "y2025"): ["Datum 1 is processed in reliance on Article 6(1)(ea)"],
    ("18", "consent-to-some", "y2025"): ["Point (g) of Article 9(2) applies to Decision 1"],
}
"""Clause, claim and version -> sentences of the shortest story, in their order."""

HEWITT = [
    "Offender 1 offends",
    "Court A sentences Offender 1 to the old penalty",
    "The Act is enacted",
    "The sentence of Offender 1 is vacated",
    "Court A sentences Offender 1 to the old penalty",
]
STEPS = {
    ("04", "vacated-before", "act under historical"): [
        "Offender 1 offends",
        "Court A sentences Offender 1 to the old penalty",
        "The sentence of Offender 1 is vacated",
        "The Act is enacted",
        "Court A sentences Offender 1 to the old penalty",
    ],
    ("04", "vacated-after", "act under historical"): HEWITT,
    ("04", "vacated-after", "act under at-enactment"): HEWITT,
    ("04", "always-new", "act under at-enactment"): HEWITT,
    ("04", "same-days", "act under at-enactment"): [
        "Offender 1 offends",
        "Offender 2 offends",
        "Court A sentences Offender 1 to the old penalty",
        "The Act is enacted",
        "The sentence of Offender 1 is vacated",
        "Court A sentences Offender 1 to the old penalty",
        "Court A sentences Offender 2 to the old penalty",
    ],
    ("29", "two-people", "one"): [  # an author approves nothing of their own; whoever pushed last may
        "User B pushes to Pull 1",
        "User B approves Pull 1",
        "User B merges Pull 1",
    ],
    ("09", "sole-director-decides", "model"): ["Person A, at Meeting 1, takes a decision on business"],
    ("09", "sole-director-decides", "model under wear"): [
        "Person B resigns",
        "Person A, at Meeting 1, takes a decision on business",
    ],
}
"""Clause, claim and version -> all that happens and is asked in the shortest story, in this order."""


@cache
def _law(case: str) -> Regime:
    return load_regime(CLAUSES / case / "spec", CLAUSES / case / "properties")


@cache
def _results(case: str) -> tuple[Result, ...]:
    return tuple(decided(_law(case), jobs_for(_law(case).claims)))


def _evidence(place: tuple[str, str, str]) -> Evidence:
    case, name, column = place
    result = next(each for each in _results(case) if (each.claim.name, str(each.column)) == (name, column))
    assert result.evidence is not None
    return result.evidence


@pytest.mark.parametrize("case", CASES)
def test_every_verdict_is_the_one_worked_out(case: str) -> None:
    """Of every claim in every version for which one was worked out."""
    found = {(each.claim.name, str(each.column)): each.verdict for each in _results(case)}
    worked_out: dict[tuple[str, str], VerdictName] = {}
    for claim in _law(case).claims:
        worked_out |= {(claim.name, str(each.column)): each.verdict for each in claim.expectations}
        needed = ((claim.name, f"{each.column} without {each.supposition}") for each in claim.needs)
        worked_out.update((each, "refuted") for each in needed)
    assert found == worked_out


@pytest.mark.parametrize("place", TOLD, ids=" ".join)
def test_the_numbers_of_a_story_are_the_nearest(place: tuple[str, str, str]) -> None:
    """No number is an accident of the solver's: it is the first at which things turn out so."""
    evidence = _evidence(place)
    assert evidence.trace is not None
    told = {name: value for (name, _), value in evidence.trace.situations[0].values.items()}
    for request in evidence.requests.values():
        told |= request.values
    assert {name: told.get(name) for name in TOLD[place]} == TOLD[place]


@pytest.mark.parametrize("place", list(map(_place, SAID)))
def test_a_story_tells_what_was_worked_out(place: tuple[str, str, str]) -> None:
    """The facts, the steps and the requests on which the answer turns."""
    case, name, column = place
    claim = next(each for each in _law(case).claims if each.name == name)
    story = Story.of(_law(case), claim, Column(column), _evidence(place))
    note = story.note((), ())
    steps = (*note.steps, *note.trials)
    said = [*note.opening, *(each.sentence for each in steps)]
    assert [each for each in said if each in SAID[place]] == SAID[place]


@pytest.mark.parametrize("place", list(map(_place, STEPS)))
def test_a_story_takes_no_more_steps_than_were_worked_out(place: tuple[str, str, str]) -> None:
    """Nothing happens in it besides, and nothing is left out."""
    case, name, column = place
    claim = next(each for each in _law(case).claims if each.name == name)
    under = next(each.column for each in claim.expectations if str(each.column) == column)
    note = Story.of(_law(case), claim, under, _evidence(place)).note((), ())
    assert [each.sentence for each in (*note.steps, *note.trials)] == STEPS[place]


def test_what_forbids_outright_says_why_it_applies() -> None:
    """No requirement is missed where nothing would do; the facts are those by which the bar applies."""
    place = ("18", "ordinary-data", "y2025")
    claim = next(each for each in _law("18").claims if each.name == place[1])
    note = Story.of(_law("18"), claim, Column(place[2]), _evidence(place)).note((), ())
    (refusing,) = (each for each in note.trials[0].stages[0].checks if each.outcome == "refuses")
    assert refusing.facts == (
        "Decision 1 is based on Datum 1",
        "Datum 1 is processed in reliance on Article 6(1)(ea)",
    )
    assert [each.kind for each in refusing.quotes] == ["requires", "applies-when"]
    told = ["".join(run.text for run in line.runs) for line in check_paragraphs(refusing, quoted=True)]
    assert not any("false" in each for each in told)


def test_a_refusal_by_two_phrases_says_both_reasons() -> None:
    """Of each requirement that is missed, what it rests on; the first alone would not do, were it met."""
    place = ("02", "pulsifer", "y2018")
    claim = next(each for each in _law("02").claims if each.name == place[1])
    note = Story.of(_law("02"), claim, Column(place[2]), _evidence(place)).note((), ())
    (refusing,) = (each for each in note.trials[0].stages[0].checks if each.outcome == "refuses")
    assert len(refusing.quotes) == 2
    assert refusing.facts == (
        "The number of criminal history points of Defendant A that do not result from 1-point offenses is 6",
        "The number of prior 3-point offenses of Defendant A is 2",
    )


def test_a_refusal_says_what_a_rate_comes_to() -> None:
    """Not only the earnings that it is worked out from: 80 per cent of £148.42 is £118.736."""
    place = ("20", "below-that", "lower")
    claim = next(each for each in _law("20").claims if each.name == place[1])
    note = Story.of(_law("20"), claim, Column(place[2]), _evidence(place)).note((), ())
    (facts,) = (each.facts for trial in note.trials for each in trial.stages[0].checks if each.facts)
    share = "80 per cent of the normal weekly earnings of Employee A, rounded up"
    assert facts == (
        "The normal weekly earnings of Employee A is £148.42",
        f"The least of £118.75 and {share} is £118.74",
    )


def test_a_row_that_points_to_nothing_is_found() -> None:
    """The row for the class that was forgotten exempts nothing, and lint says so of that version alone."""
    finding = only(_law("16"), "exemption-never-applies")
    assert (finding.subject, finding.versions) == ("168(g)(3)(B) row", ("y2017",))


def test_the_evidence_is_certified_by_two_solvers() -> None:
    """What is written about numbers says the same to Z3 and to cvc5, from the text alone."""
    regime = _law("12")
    some = [each for each in _results("12") if each.column == Column("y2010")]
    sources = {
        f"{folder}/{path.name}": path.read_text(encoding="utf-8")
        for folder in ("spec", "properties")
        for path in sorted((CLAUSES / "12" / folder).glob("*.md"))
    }
    files = written(regime, sources, some)
    scripts = [text for text in files.values() if "(check-sat)" in text]
    assert scripts
    assert all("(set-logic UFDTLIA)" in text for text in scripts)
    assert reasons(certified(regime, sources, files, BOTH)) == []


def test_what_is_overdue_is_told_by_its_last_day() -> None:
    """Told on a Friday before a Monday that is off, the bank has until Tuesday; three days end on Monday."""
    place = ("32", "friday", "y2017")
    claim = next(each for each in _law("32").claims if each.name == place[1])
    note = Story.of(_law("32"), claim, Column(place[2]), _evidence(place)).note((), ())
    assert note.because[-1] == (
        "Here time passes: it is Tuesday 10 March 2026; the last day for it was Monday 9 March 2026."
    )
