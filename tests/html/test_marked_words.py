"""Each word of a clause belongs to one meaning, or to none, and no word is lost between versions."""

from __future__ import annotations

from checker.html.marked_words import MarkedClause, marked_law
from checker.regime.redlining import Segment
from checker.report.json_documents import ToldColumn
from checker.results.redlined import Clause, Meaning, RedlinedLaw, RuleMeaning
from checker.rooms.cover.answer import Edit, Edits

HERE = ToldColumn(text="new", base="new", readings=(), without=(), staged=False)


def _meaning(*words: str, place: str = "law.md:1") -> Meaning:
    return Meaning(kind="requires", words=words, inference=None, means="p(x)", place=place)


def _rule(*items: Meaning) -> RuleMeaning:
    return RuleMeaning(title="check a", clause="1", items=items)


def _law(
    segments: tuple[Segment, ...], rules: tuple[RuleMeaning, ...], before: tuple[RuleMeaning, ...] = ()
) -> RedlinedLaw:
    text = " ".join(each.text for each in segments if each.kind != "struck")
    clause = Clause(
        clause="1",
        above=None,
        source="Act",
        kind="verbatim",
        place="law.md:1",
        text=text,
        segments=segments,
        rules=rules,
        before=before,
    )
    return RedlinedLaw(command="", column=HERE, clauses=(clause,), inferred=(), shipped=False, against=HERE)


def _marked(
    segments: tuple[Segment, ...], rules: tuple[RuleMeaning, ...], before: tuple[RuleMeaning, ...] = ()
) -> MarkedClause:
    (clause,) = marked_law(_law(segments, rules, before), (), None).clauses
    return clause


def _words(clause: MarkedClause) -> list[tuple[str, str, int]]:
    return [(each.change, each.text, each.number) for each in clause.stretches]


def test_phrases_are_found_in_the_words_in_force() -> None:
    """A phrase may go on where words were struck within it; struck words belong to what they meant before."""
    segments = (
        Segment("kept", "a user"),
        Segment("struck", "must not", "M"),
        Segment("inserted", "may", "M"),
        Segment("kept", "send."),
    )
    clause = _marked(
        segments, (_rule(_meaning("a user may"), _meaning("send.")),), (_rule(_meaning("must not")),)
    )
    assert _words(clause) == [
        ("kept", "a user", 1),
        ("struck", " ", 0),
        ("struck", "must not", 3),
        ("inserted", " may", 1),
        ("kept", " ", 0),
        ("kept", "send.", 2),
    ]
    assert [each.first for each in clause.stretches if each.number == 1] == [True, False]


def test_a_short_phrase_does_not_take_the_words_of_a_long_one() -> None:
    """The same words twice are given to the phrases that have them, longest first, each its own place."""
    clause = _marked(
        (Segment("kept", "the user and the user"),), (_rule(_meaning("user"), _meaning("the user and")),)
    )
    assert _words(clause) == [("kept", "the user and", 2), ("kept", " the ", 0), ("kept", "user", 1)]


def test_words_that_no_rule_stands_for_are_kept() -> None:
    """A phrase that is not in the text owns no letter of it."""
    clause = _marked((Segment("kept", "a title"),), (_rule(_meaning("other words")),))
    assert _words(clause) == [("kept", "a title", 0)]


def test_edits_are_told_with_the_meaning_that_they_edit() -> None:
    """By its place in the law; edits without words, and of other places, are not."""
    edits = tuple(
        Edit(
            part="phrase",
            rule="a",
            clause="1",
            words=words,
            how="struck",
            said="p(x)",
            instead="",
            place=place,
            column=HERE,
            weight="noticed",
            evidence=None,
            asked=1,
            noticed_by=(),
            unseen=(),
            reason="",
        )
        for words, place in ((("a",), "law.md:2"), (("b",), "law.md:9"), ((), "law.md:2"))
    )
    found = Edits(
        command="",
        seconds=0.0,
        exit=0,
        column=HERE,
        counts={},
        left_out=(),
        readings="",
        edits=edits,
        shipped=False,
    )
    law = _law((Segment("kept", "a b"),), (_rule(_meaning("a", place="law.md:2"), _meaning("b")),))
    told = [each.edits for rule in marked_law(law, (), found).clauses[0].rules for each in rule.meanings]
    assert told == [edits[:1], ()]
