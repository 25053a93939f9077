"""Words and rules that do not fit each other, in small laws with one clause too many or one word too few."""

from __future__ import annotations

import pytest

from checker.regime.regime import Regime
from tests.rooms.lint.lint_laws import found_in_words, law, marked, only_in_words

GUESTS = """
## By-laws

> A guest who enters is a friend of the house, subject to section 2.
>
> — By-law 1, verbatim in Gazette 1

```redline
check guests for "By-law 1" at Door, reject with E4 "no friend"
    "A guest who enters" applies when act is Enter
    "is a friend of the house," requires friend(sender)
    "subject to section 2." subject to "By-law 2"
```

> Section 1 does not apply to
>
> — By-law 2, verbatim in Gazette 1

```redline
exceptions "By-law 2"
    "Section 1 does not apply to" any of
```

> (a) whoever lives in it.
>
> — By-law 2(a), verbatim in Gazette 1

```redline
limb "By-law 2(a)" of "By-law 2"
    "(a)" connective
    "whoever lives in it." host(sender)
```
"""

TEXTUAL = (
    *("value-not-in-words", "value-not-in-meaning", "undefined-term", "clause-absent"),
    *("reference-not-followed", "subject-to-unsaid", "exceptions-unsaid"),
)


def guests(*edits: tuple[str, str], more: str = "") -> Regime:
    """The house with by-laws for guests, edited."""
    text = GUESTS
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return law(page=text + more)


def textual(regime: Regime) -> dict[str, list[str]]:
    """Subjects of what is found by reading, by kind."""
    found: dict[str, list[str]] = {}
    for each in found_in_words(regime):
        if each.kind in TEXTUAL:
            found.setdefault(each.kind, []).append(each.subject)
    return found


def test_by_laws_in_order() -> None:
    """The by-laws for guests as they stand give no finding, so that each edit below is what is found."""
    assert textual(guests()) == {}


# ------------------------------------------------------------------- values


@pytest.mark.parametrize(
    "words",
    [
        "A guest who enters",  # its name, as the verb is written
        "A guest at his entering",
        "Of those who Enter, a guest",
    ],
)
def test_a_value_that_the_words_name(words: str) -> None:
    """The value's own name, in whatever form of the verb and case, is enough."""
    assert "value-not-in-words" not in textual(guests(("A guest who enters", words)))


def test_a_value_that_no_words_name() -> None:
    """Who stays has entered, the drafter thought; the words do not say so."""
    regime = guests(("A guest who enters", "A guest who stays"))
    finding = only_in_words(regime, "value-not-in-words")
    assert (finding.subject, finding.clause, finding.gates) == ("Enter", "By-law 1", False)
    assert finding.words == ("A guest who stays",)
    assert marked(regime, finding) == '"A guest who stays"'


def test_a_value_that_another_phrase_of_the_clause_names() -> None:
    """Words of one phrase excuse the meaning of the next in the same clause."""
    edits = (("is a friend of the house,", "is a friend when he would enter,"), ("who enters", "who stays"))
    assert "value-not-in-words" not in textual(guests(*edits))


def test_an_inference_says_why_a_meaning_has_more_than_its_words() -> None:
    """It stands at the end of the item."""
    why = ("applies when act is Enter", 'applies when act is Enter inference "to stay one must enter"')
    assert textual(guests(("A guest who enters", "A guest who stays"), why)) == {}


WATCH = """
## The watch

```redline
enum Post: NorthGate "North Gate House", SouthGate "South Gate House", Well "the well" (WL)
fixed post(User): Post "the post of {1}"
```

> At the gate the watch asks.
>
> — By-law 7, verbatim in Gazette 1

```redline
check watch for "By-law 7" at Door, reject with E7 "not asked"
    "At the gate" applies when post(sender) is NorthGate
    "the watch asks." requires inside(sender)
```
"""


@pytest.mark.parametrize(
    ("words", "meant", "missing"),
    [
        ("At the gate", "is NorthGate", ["NorthGate"]),  # which of the two gates?
        ("At the gate", "in {NorthGate, SouthGate}", []),  # both, and nothing else is a gate
        ("At the northern gate", "is NorthGate", []),
        ("At the gate to the south", "is NorthGate", ["NorthGate"]),  # this names the other one
        ("At the WL", "is Well", []),  # by its short name
        ("At any well", "is Well", []),
        ("At the trough", "is Well", ["Well"]),
    ],
)
def test_words_that_come_nearer_to_one_value_than_to_others(
    words: str, meant: str, missing: list[str]
) -> None:
    """Words that fit two values name none of them alone; a short name or a near form names one."""
    page = WATCH.replace("At the gate", words).replace("is NorthGate", meant)
    assert textual(guests(more=page)).get("value-not-in-words", []) == missing


@pytest.mark.parametrize(
    ("words", "meant", "found"),
    [
        ("At the South Gate House", "is NorthGate", ["SouthGate"]),  # one gate is written, another is meant
        ("At the well or the North Gate House", "is NorthGate", ["Well"]),
        ("At the well or the North Gate House", "in {NorthGate, Well}", []),
        ("At the North Gate House", "is NorthGate", []),
        ("At the well", 'is NorthGate inference "there is no well at any other gate"', []),
    ],
)
def test_words_that_name_what_is_not_meant(words: str, meant: str, found: list[str]) -> None:
    """A full label in the words that the meaning leaves out is found, unless an inference explains it."""
    page = WATCH.replace("At the gate", words).replace("is NorthGate", meant)
    assert textual(guests(more=page)).get("value-not-in-meaning", []) == found


def test_a_name_within_a_longer_one_is_not_named_itself() -> None:
    """`North Gate House` has `Gate House` in it, which is another post."""
    page = WATCH.replace('Well "the well"', 'Gate "Gate House", Well "the well"')
    page = page.replace("At the gate", "At the North Gate House")
    assert "value-not-in-meaning" not in textual(guests(more=page))


def test_what_limbs_inherit_is_found_once_where_it_stands() -> None:
    """The opening words mean more than they say; their limbs are not to blame."""
    opening = ('Section 1 does not apply to" any of', 'Section 1" act is Knock\n "does not apply to" any of')
    finding = only_in_words(guests(opening), "value-not-in-words")
    assert (finding.subject, finding.clause) == ("Knock", "By-law 2")


def test_an_amendment_is_found_where_it_brings_its_words() -> None:
    """The words stand in no quote but in the amendment, and in the new version alone."""
    change = """
```redline
modification STAY "those who stay"
version new "as amended" is old with STAY
by STAY amend "By-law 1": "A guest who enters" becomes "A Lodger who stays" act is Enter
```
""".replace("act is Enter", "applies when act is Enter")
    regime = guests(more=change)
    found = {each.kind: each for each in found_in_words(regime) if each.kind in TEXTUAL}
    assert set(found) == {"value-not-in-words", "undefined-term"}
    assert {each.versions for each in found.values()} == {("new",)}
    assert {marked(regime, each) for each in found.values()} == {'"A Lodger who stays"'}


# -------------------------------------------------------------------- terms


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("", ["Night Guest"]),
        ("\n## The Night Guests\n", []),
        ("\nA *Night Guest* is one who stays.\n", []),
        ("\nA Night Guest (NG) is one who stays.\n", []),
        ("\n    A *Night Guest* in an example.\n", ["Night Guest"]),
        ("\nA night guest is one who stays.\n", ["Night Guest"]),
        ('\n```redline\nconstant NightGuest: User "the night guest"\n```\n', []),
        ('\n```redline\nenum Stay: Night "Night Guest (by leave)", Day\n```\n', []),
        ('\n```redline\nenum Stay: Night "Night", Day\n```\n', ["Night Guest"]),  # only a part of it
        ('\n```redline\nenum Stay: N "Old Night Guest", Day\n```\n', []),  # two words of a longer one
        ('\n```redline\nenum Stay: N "Night Watch", Day "Day Guest"\n```\n', ["Night Guest"]),
    ],
)
def test_a_capitalised_term_needs_a_definition(more: str, found: list[str]) -> None:
    """A heading, italics, an abbreviation or a label defines it; an example or a part of a label does not."""
    page = guests(("A guest who enters", "A Night Guest who enters"), more=more)
    assert textual(page).get("undefined-term", []) == found


@pytest.mark.parametrize(
    ("label", "found"),
    [("House of Guests", []), ("House", ["Guests"]), ("House for the Night", ["House", "Guests"])],
)
def test_a_term_may_have_small_words_in_it(label: str, found: list[str]) -> None:
    """What is labelled as a whole is known as a whole, and nothing that has only a part of it is."""
    more = f'\n```redline\nconstant Inn: User "the {label}"\n```\n'
    page = guests(("A guest who enters", "A guest of the House of Guests who enters"), more=more)
    assert textual(page).get("undefined-term", []) == found


@pytest.mark.parametrize(
    ("where", "term"),
    [("on a Sunday Pass", "Sunday Pass"), ("by Sec. five", "Sec"), ("of kind (a) Drunk", "Drunk")],
)
def test_what_only_looks_like_that_is_a_term(where: str, term: str) -> None:
    """With the name of a day in it, before what is no number, and behind a mark within a sentence."""
    page = guests(("A guest who enters", f"A guest who, {where}, enters"))
    assert textual(page).get("undefined-term", []) == [term]


def test_a_term_is_found_in_the_quote() -> None:
    """The finding points at the two words within the quoted clause."""
    regime = guests(("A guest who enters", "A Night Guest who enters"))
    finding = only_in_words(regime, "undefined-term")
    assert marked(regime, finding) == "Night Guest"
    assert finding.clause == "By-law 1"


@pytest.mark.parametrize(
    "edits",
    [
        [("A guest who enters", "Guests who enter")],  # a sentence begins with a capital letter
        [("of the house,", "of the house. Mates, too, are")],
        [("a friend of", "a Mate of"), ("verbatim in", "paraphrased in")],  # not the law's own words
        [("A guest who enters", "A guest who enters on Sunday")],
        [("A guest who enters", "A guest who, since June, enters")],
        [("A guest who enters", "A guest who, by Sec. 5, enters")],
        [("A guest who enters", "A guest who, being (1) early; (2) Drunk or late; or (3) Silent, enters")],
    ],
)
def test_capitals_that_make_no_term(edits: list[tuple[str, str]]) -> None:
    """The first word of a sentence or of an item of a list, a name of the calendar, what is short for
    “Section” and words of a paraphrase are no terms of the law.
    """
    assert "undefined-term" not in textual(guests(*edits))


def test_a_term_that_the_model_leaves_out_needs_none() -> None:
    """Nor does one that the law itself defines."""
    part = ('"A guest who enters" applies', '"A Night Guest who" not modelled "x"\n "enters" applies')
    assert textual(guests(("> A guest who", "> A Night Guest who"), part)) == {}
    said = "\n> A “Night Guest” means a guest.\n>\n> — By-law 9, verbatim in Gazette 1\n"
    said += '\n```redline\nevent x by the environment\n "A “Night Guest” means a guest." connective\n```\n'
    assert textual(guests(("A guest who", "A Night Guest who"), more=said)) == {}


# --------------------------------------------------------------- references


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        ("of the house,", []),
        ("of the house under section 8,", ["section 8"]),
        ("of the house under Section 8(b)(ii),", ["Section 8(b)(ii)"]),
        ("of the house under sections 1, 2(a) and 8,", ["sections 8"]),
        ("of the house under By-law 8,", ["By-law 8"]),
        ("of the house under paragraph 8,", []),  # no clause is called a paragraph here
        ("of the house under section 2(a),", []),
    ],
)
def test_a_clause_that_is_not_there(words: str, absent: list[str]) -> None:
    """References by section, list or by-law are looked up; words that name no clauses are left alone."""
    found = textual(guests(("of the house,", words)))
    assert found.get("clause-absent", []) == absent
    assert "reference-not-followed" not in found


def test_a_clause_that_is_quoted_for_reading_is_there() -> None:
    """The clause exists; what is found is that no rule follows it."""
    quoted = "\n## Read\n\n> No noise.\n>\n> — By-law 8, verbatim in Gazette 1\n"
    found = textual(guests(("of the house,", "of the house under section 8,"), more=quoted))
    assert found == {"reference-not-followed": ["section 8"]}


def test_a_part_of_the_clause_itself_needs_no_rule() -> None:
    """A clause that refers to its own part is not asked to follow itself."""
    part = "\n## Read\n\n> No noise.\n>\n> — By-law 1(b), verbatim in Gazette 1\n"
    assert textual(guests(("of the house,", "of the house as in section 1(b),"), more=part)) == {}


def test_an_inference_answers_a_reference() -> None:
    """The item says itself why nothing follows."""
    edits = (
        ("of the house,", "of the house under section 8,"),
        ("requires friend(sender)", 'requires friend(sender) inference "section 8 was never made"'),
    )
    assert textual(guests(*edits)) == {}


def test_a_clause_of_another_document() -> None:
    """What the by-law calls section 1 of the Charter is not its own section 1."""
    edit = ("of the house,", "of the house under section 1 of the Charter,")
    charter = "\n## Charter\n\n> No noise.\n>\n> — Charter 3, verbatim in Gazette 1\n"
    assert textual(guests(edit, more=charter)).get("clause-absent") == ["section 1"]
    assert "clause-absent" not in textual(guests(edit, more=charter.replace("Charter 3", "Charter 1")))


def test_numbers_of_other_things_are_no_clauses() -> None:
    """A word that stands before the name of a value, too, does not name clauses: `form 1` is no section 1."""
    forms = '\n```redline\nenum Form: 1, 7\nfixed form(User): Form "the form of {1}"\n```\n'
    edit = ("is a friend of the house,", "is a friend by form 7, form 1 or form 9,")
    assert "clause-absent" not in textual(guests(edit, more=forms))
    assert "clause-absent" in textual(guests(edit))


def test_a_struck_clause_is_named_with_the_version_that_has_it() -> None:
    """The reference is dead in the new version alone, and the note says where the clause still stands."""
    change = """
> No noise.
>
> — By-law 8, verbatim in Gazette 1

```redline
check noise for "By-law 8" at Door, reject with E8 "x"
    "No noise." requires not inside(sender)
modification QUIET "no need"
version new "as amended" is old with QUIET
by QUIET strike "By-law 8"
```
"""
    regime = guests(("of the house,", "of the house under section 8,"), more=change)
    finding = only_in_words(regime, "clause-absent")
    assert (finding.versions, finding.notes) == (("new",), ("it stands in old",))


def test_words_that_no_rule_follows() -> None:
    """The check says that it is subject to section 2; its rule is not, but some other is."""
    words = '"subject to section 2."'
    check = 'check other for "By-law 5" at Door, reject with E5 "x"\n requires friend(sender) inference "x"'
    rest = f'{check}\n subject to "By-law 2" inference "x"'
    other = (f'{words} subject to "By-law 2"', f"{words} connective\n{rest}")
    found = textual(guests(other))
    assert found == {"reference-not-followed": ["section 2", "Section 1"]}
    aside = (other[0], other[1].replace("connective", 'not modelled "elsewhere"', 1))
    assert textual(guests(aside)) == {"reference-not-followed": ["Section 1"]}


def test_a_rule_whose_words_do_not_say_what_it_is_subject_to() -> None:
    """`subject to` in the rule without such words is found, unless an inference explains it."""
    silent = ("subject to section 2.", "with exceptions.")
    assert textual(guests(silent)) == {"subject-to-unsaid": ["guests"]}
    why = ('subject to "By-law 2"', 'subject to "By-law 2" inference "they are in section 2"')
    assert textual(guests(silent, why)) == {}


PORTER = """
## The porter

> The porter applies section 1.
>
> — By-law 6, verbatim in Gazette 1

```redline
check porter for "By-law 6" at Porter, reject with E6 "no friend"
    "The porter applies section 1." as guests, with its exceptions
```
"""


@pytest.mark.parametrize(
    ("words", "how", "found"),
    [
        ("applies section 1.", "with its exceptions", {"exceptions-unsaid": ["porter"]}),
        ("applies section 1.", "without its exceptions", {}),
        ("applies sections 1 and 2.", "with its exceptions", {}),
        ("asks again.", "without its exceptions", {"subject-to-unsaid": ["porter"]}),
    ],
)
def test_exceptions_that_are_taken_over_without_a_word(
    words: str, how: str, found: dict[str, list[str]]
) -> None:
    """Exceptions taken over without a word are one finding, words without a rule another."""
    page = PORTER.replace("applies section 1.", words).replace("with its exceptions", how)
    assert textual(guests(more=page)) == found


def test_a_reading_that_takes_it_otherwise_is_named() -> None:
    """The note names the reading in which the same words have the other meaning."""
    other = '\n```redline\nreading alone "x" because "x"\n    in porter, "The porter applies section 1."\n'
    other += "        means as guests, without its exceptions\n```\n"
    finding = only_in_words(guests(more=PORTER + other), "exceptions-unsaid")
    assert finding.notes == ("it is read otherwise in `alone`",)
