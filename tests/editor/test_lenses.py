"""What stands over claims and clauses says what was found, and no more."""

from __future__ import annotations

from checker.editor.lenses import lenses
from checker.editor.standings import Standing, of_claim, of_clause
from tests.support.edited_law import CLAIMS, RULES, index


def test_what_turned_comes_first() -> None:
    """A verdict that is another since the last save is told before all else, and that it is not expected."""
    found = (
        Standing("c", "1", "old", "refuted", "refuted", "refuted"),
        Standing("c", "1", "new", "refuted", "proved", "proved"),
    )
    assert of_claim(found, ["old", "new"]) == "TURNED new: proved → refuted · refuted: old"


def test_what_is_not_known_is_not_told() -> None:
    """Columns without a verdict yet are counted, and a claim without any says so."""
    assert of_claim((), ["old", "new"]) == "… no verdict yet"
    known = (Standing("c", "1", "old", "proved", "proved"),)
    assert of_claim(known, ["old", "new"]) == "proved: old · … 1 to come"


def test_columns_stand_in_their_own_order() -> None:
    """Whichever verdict is found first, the line over a claim reads alike."""
    found = (Standing("c", "1", "new", "proved", "proved"), Standing("c", "1", "old", "proved", "proved"))
    assert of_claim(found, ["old", "new"]) == "proved: old, new"
    assert of_claim(found[::-1], ["old", "new"]) == "proved: old, new"


def test_what_is_odd_is_told() -> None:
    """A verdict that its author does not expect is told, even if the edit did not turn it."""
    known = (Standing("c", "1", "old", "refuted", "proved", "refuted"),)
    assert of_claim(known, ["old"]) == "NOT AS EXPECTED old: refuted"


def test_a_clause_counts_the_claims_that_may_turn_on_it() -> None:
    """Only verdicts on these claims count; without any, the clause says so."""
    found = (
        Standing("c", "1", "old", "proved", "proved"),
        Standing("d", "2", "old", "refuted", "proved", "proved"),
        Standing("e", "3", "old", "proved", "proved"),
    )
    told = of_clause(found, ["c", "d"])
    assert told == "2 claims may turn on this clause: TURNED: 2 · NOT AS EXPECTED: 2 · 1 proved · 1 refuted"
    assert of_clause(found, []) == "no claim turns on this clause"


def test_lenses_stand_over_claims_and_clauses() -> None:
    """Every claim has one; a clause has one once it is known what turns on it."""
    found = (Standing("never-alone", "2", "after", "refuted", "proved", "proved"),)
    over = {each.claim: each for each in lenses(index(), CLAIMS, found, {})}
    assert list(over) == ["merged-as-read", "never-alone", "still-possible"]
    assert over["never-alone"].text.startswith("TURNED after: proved → refuted")
    assert over["never-alone"].column == "after"
    assert list(lenses(index(), RULES, found, {})) == []
    clauses = list(lenses(index(), RULES, found, {"Rule 3": ["never-alone"]}))
    assert [each.text for each in clauses] == [
        "1 claim may turn on this clause: TURNED: 2 · NOT AS EXPECTED: 2 · 1 refuted"
    ]
