"""What a good specification says, once it is read."""

from __future__ import annotations

import pytest

from checker.language.diagnostics import SpecError
from checker.model import expressions as e
from checker.model import model as m
from checker.model.claim import Column
from checker.regime.load import load_texts
from tests.support.good_specification import PRELUDE, extended, library, model


def limbs(column: str) -> list[str]:
    check = next(check for check in model(column).checks if check.name == "enrolment")
    return [limb.clause for limb in check.limbs]


def named(column: str, name: str) -> m.Check:
    return next(check for check in model(column).checks if check.name == name)


# ------------------------------------------------------------------ versions


def test_insertion() -> None:
    """A modification puts its limb behind the one that it names, and only in versions made with it."""
    assert limbs("then") == ["Rule 4(a)", "Rule 4(b)"]
    assert limbs("now") == ["Rule 4(a)", "Rule 4(b)", "Rule 4(c)"]


def test_amended_words_and_meaning() -> None:
    """An amendment changes words and meaning together; the words around it stay."""
    text = next(text for text in library().texts["now"] if text.clause == "Rule 4(a)")
    assert text.text == "(a) a member of staff who borrows any book; or"
    assert [(s.kind, s.text) for s in text.segments if s.kind != "kept"] == [
        ("struck", "a novel"),
        ("inserted", "any book"),
    ]
    items = named("now", "enrolment").limbs[0].items
    changed = next(item for item in items if item.phrases[0].text == "who borrows any book")
    assert changed.meaning is not None
    assert changed.meaning.text == "act is 1.1 and book is b"
    old = next(text for text in library().texts["then"] if text.clause == "Rule 4(a)")
    assert [s.kind for s in old.segments] == ["kept"]


def test_amended_table() -> None:
    """An amended table row changes the function in that version alone."""
    row = ("1.2", "Staff")
    for version, allowed in (("then", False), ("now", True)):
        table = model(version).functions["allowed"].table
        assert table is not None
        assert table.entries[row] is allowed


def test_strike_takes_the_limbs_below() -> None:
    """Striking a limb strikes its words and the limbs under it."""
    regime = extended('modification M2 "Less"\nversion less "less" is then with M2\nby M2 strike "Rule 4(a)"')
    less = regime.model(Column("less"))
    assert [limb.clause for limb in less.checks[0].limbs] == ["Rule 4(b)"]
    struck = next(text for text in regime.texts["less"] if text.clause == "Rule 4(a)")
    assert [s.kind for s in struck.segments] == ["struck"]
    assert struck.text == ""


def test_replacement_stands_where_the_old_limb_stood() -> None:
    """A replaced limb keeps its place and its parent; its old words are struck, its new ones inserted."""
    more = """> (b) a child.
>
> — Rule 4(b), verbatim in Handbook

```redline
modification M2 "Children"
version young "young" is then with M2
by M2 replace "Rule 4(b)": limb "Rule 4(b)"
    "(b) a child." card is not Staff
```
"""
    regime = load_texts({"library.md": PRELUDE, "more.md": more})
    check = regime.model(Column("young")).checks[0]
    assert [limb.clause for limb in check.limbs] == ["Rule 4(a)", "Rule 4(b)"]
    kinds = [s.kind for text in regime.texts["young"] if text.clause == "Rule 4(b)" for s in text.segments]
    assert kinds == ["struck", "inserted"]


def test_what_does_not_change_is_typed_once() -> None:
    """Versions share the typed items of the rules that no modification touches."""
    assert named("then", "enrolment").items[0] is named("now", "enrolment").items[0]


# -------------------------------------------------------------------- checks


def test_check_with_label_and_phrases() -> None:
    """The first string after a code is its meaning, if the quote doesn't have these words."""
    check = named("then", "enrolment")
    assert (check.code, check.code_label, check.groups) == ("L1", "not enrolled", ("Rule 4",))
    assert [item.kind for item in check.items] == ["requires", "applies-unless", "subject-to"]
    assert named("then", "stack-enrolment").code_label == ""


def test_check_as_another() -> None:
    """`as X, with its exceptions` takes over what X says, and its limbs."""
    other, check = named("now", "enrolment"), named("now", "stack-enrolment")
    assert check.like == "enrolment"
    assert check.items[:-1] == other.items
    assert check.limbs == other.limbs


def test_check_as_another_without_exceptions() -> None:
    """`without its exceptions` leaves the limbs and the subjection to them behind."""
    regime = extended(
        'adopted check bare at Front, reject without a published code, because "tried out"\n'
        '    as enrolment, without its exceptions inference "none"'
    )
    check = next(c for c in regime.model(Column("now")).checks if c.name == "bare")
    assert check.limbs == ()
    assert check.groups == ()
    assert [item.kind for item in check.items] == ["requires", "applies-unless", "as"]


def test_limbs_inherit() -> None:
    """A leaf carries what its group and the limbs above it say, in the order of the text."""
    regime = extended(
        'limb "Rule 4(a)(i)" of "Rule 4(a)" for some h: Shelf\n    shelf(b) is h inference "tried out"'
    )
    check = next(c for c in regime.model(Column("then")).checks if c.name == "enrolment")
    leaf = next(limb for limb in check.limbs if limb.clause == "Rule 4(a)(i)")
    assert leaf.above[0] == "Rule 4(a)"
    assert [v.name for v in leaf.binders] == ["b", "h"]
    assert [item.kind for item in leaf.items] == [
        "any-of",
        "connective",
        "condition",
        "condition",
        "connective",
        "condition",
    ]
    assert "Rule 4(a)" not in [limb.clause for limb in check.limbs]


def test_checks_stand_in_the_order_of_the_route() -> None:
    """Checks are sorted by the route's components, then as written."""
    assert [check.name for check in model("then").checks] == ["enrolment", "own-book", "stack-enrolment"]


# --------------------------------------------------- readings, without, columns


def test_reading() -> None:
    """A reading changes the meaning of a phrase and adds conditions, but no words."""
    check = named("now under strict", "enrolment")
    limb = next(limb for limb in check.limbs if limb.clause == "Rule 4(b)")
    (item,) = [item for item in limb.items if item.kind == "condition"]
    assert item.meaning is not None
    assert item.meaning.text == "card is Guest and act is 1.1"
    assert item.phrases[0].text == "(b) a guest."
    assert check.items[-1].inference == "a card is shown"


def test_reading_of_a_definition() -> None:
    """A reading may replace a definition; it keeps its label."""
    regime = extended(
        'reading loose "Any holder." because "tried out"\n'
        '    define lent(b: Book) means holder(b) is present inference "none"'
    )
    plain = regime.model(Column("now")).definitions["lent"]
    loose = regime.model(Column("now", ("loose",))).definitions["lent"]
    assert isinstance(plain.body, e.And)
    assert isinstance(loose.body, e.Present)
    assert loose.label == plain.label


def test_reading_without_its_rule_changes_nothing() -> None:
    """Where a version has no such rule, a reading of it changes nothing."""
    regime = extended(
        'reading heirs "Heirs borrow." because "tried out"\n'
        '    in "Rule 4(c)", also act is 1.1 inference "none"'
    )
    assert regime.model(Column("then", ("heirs",))).checks == regime.model(Column("then")).checks
    assert regime.model(Column("now", ("heirs",))).checks != regime.model(Column("now")).checks


def test_without() -> None:
    """Without an axiom or adopted check it is gone; without a premise it is true of everything."""
    assert model("now without heavy-books").axioms == ()
    assert "own-book" not in [check.name for check in model("now without own-book").checks]
    assert model("now without known").premises["known"].formula.formula == e.Truth(value=True)


def test_columns_read_back() -> None:
    """A column is written as it is read."""
    for text in ("now", "now under strict", "then under strict without own-book and known", "north-first"):
        assert str(library().parse_column(text)) == text


def test_deployment() -> None:
    """A deployment says the version of every instance; its rules are those of the versions in it."""
    column = Column("north-first", ("strict",))
    assert library().deployed(column) == {
        ("Front", None): "then",
        ("Stack", "North"): "now",
        ("Stack", "South"): "then",
    }
    rules = library().rules(column)
    assert list(rules) == ["now", "then"]
    assert rules["now"].column == "now under strict"
    with pytest.raises(SpecError):
        library().model(column)


def test_version_deployed_everywhere() -> None:
    """A version's own column deploys it everywhere."""
    assert set(library().deployed(Column("now")).values()) == {"now"}
    assert list(library().rules(Column("now"))) == ["now"]


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("nov", None), ("thn", "then"), ("now under strick", "strict"), ("now without own-bok", "own-book")],
)
def test_unknown_columns(text: str, nearest: str | None) -> None:
    """A column that isn't there is refused on the command line, with the nearest name."""
    with pytest.raises(SpecError) as caught:
        library().parse_column(text)
    (only,) = caught.value.diagnostics
    assert only.span is not None
    assert only.span.file == "<command line>"
    assert nearest is None or only.nearest == nearest


# ---------------------------------------------------------------- definitions


def test_cases() -> None:
    """A definition by cases reads the request when one of its parts does."""
    found = model("then").definitions["wanted-kind"]
    assert found.reads_request
    assert isinstance(found.body, e.Cases)
    assert found.body.otherwise == e.Apply(
        "usual", (e.Parameter("", "act", model("then").sorts["Act"]),), model("then").sorts["Kind"]
    )
    assert not model("then").definitions["lent"].reads_request


def test_reading_the_request_is_passed_on() -> None:
    """A definition reads the request if a definition that it uses does."""
    regime = extended("define theirs means not mine")
    assert regime.model(Column("now")).definitions["theirs"].reads_request


def test_key_words_can_be_names() -> None:
    """Key words are ordinary names wherever they cannot be key words."""
    regime = extended(
        "fixed label(Book): Kind\nstate value(Book)\n"
        "define short(b: Book) means value(b) and label(b) is Novel or (for some row: Book: value(row))"
    )
    assert set(regime.model(Column("now")).functions) >= {"label", "value"}


def test_values_shared_by_enums() -> None:
    """A value that two enums share means the one that is expected."""
    regime = extended(
        "enum Wing: North, East\nfixed wing(Book): Wing\n"
        "define odd(b: Book) means wing(b) is North and North is desk(b) and desk(b) in {North, South}\n"
        "define corner(b: Book) means near(b, North)"
    )
    body = regime.model(Column("now")).definitions["odd"].body
    assert isinstance(body, e.And)
    sides = [side for each in body.parts[:2] if isinstance(each, e.Is) for side in (each.left, each.right)]
    assert [each.sort.name for each in sides if isinstance(each, e.Value)] == ["Wing", "Desk"]


def test_claims_speak_of_all_versions() -> None:
    """A claim may name a limb that only one version has."""
    regime = extended(
        'claim 9 heirs "Heirs."\n    from "Rule 4(c)"\n'
        '    possibly, for some request r: r exempted by "Rule 4(c)"\n    expect proved in now'
    )
    assert regime.claims[-1].name == "heirs"


# ---------------------------------------------------------------- the register


def test_register() -> None:
    """Suppositions of all kinds are listed, adopted checks with their reasons."""
    kinds = {each.name: each.kind for each in library().suppositions.values()}
    assert kinds == {
        "own-book": "adopted check",
        "heavy-books": "axiom",
        "known": "premise",
        "hours": "abstraction",
    }
    assert library().suppositions["own-book"].because == "nobody lends twice"


def test_quotes_for_reading_only() -> None:
    """A quote that no fence tiles is kept as not formalised."""
    more = "> Silence, please.\n>\n> — Notice\n\n## Next\n"
    regime = load_texts({"library.md": PRELUDE, "more.md": more})
    assert [quote.text for quote in regime.unformalised] == ["Silence, please."]


def test_not_modelled() -> None:
    """Words without a formal meaning are listed with the reason."""
    more = """> Silence, please.
>
> — Notice

```redline
adopted check silence for "Notice" at Front, reject without a published code, because "tried out"
    "Silence, please." not modelled "the model is mute"
```
"""
    (only,) = load_texts({"library.md": PRELUDE, "more.md": more}).not_modelled
    assert (only.why, only.phrases[0].clause) == ("the model is mute", "Notice")


def test_clauses_with_their_meaning() -> None:
    """Each clause of a version comes with its redlined words and the items that tile them."""
    clauses = {each.text.clause: each for each in library().clauses("now")}
    rule = clauses["Rule 3"]
    assert [check.name for check in rule.checks] == ["enrolment"]
    assert " ".join(p.text for _, item in rule.items for p in item.phrases) == rule.text.text
    assert [limb.clause for limb in clauses["Rule 4(c)"].limbs] == ["Rule 4(c)"]
