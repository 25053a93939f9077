"""Source documents kept with the spec: quotes are held against them, and what nothing cites is told."""

from __future__ import annotations

import re

import pytest

from checker.language.diagnostics import SpecError
from checker.language.document import read_document
from checker.language.source_document import sections_of
from checker.regime.cited_passages import CitedPassage, Source
from checker.regime.load import load_regime, load_texts
from checker.report.register_page import register_text
from tests.support.good_specification import PRELUDE
from tests.support.places import ROOT

LEAFLET = """# A leaflet

```redline
source Leaflet "The library's leaflet"
EXEMPT```

## 1 Guests

Guests are shown around. They may not borrow, but read.

- They sign the book;
- they leave by nine.

### 1.1 Young guests

Guests under ten come with somebody - or not at all.

## Annex B: Charges

| Charge | Pence |
|---|---|
| a day late | 20 |
"""


def leaflet(*, exempt: str = "", pages: str = "") -> str:
    return LEAFLET.replace("EXEMPT", exempt) + "\n# Elsewhere\n\n" + pages


def quote(words: str, section: str, *, clause: str = "") -> str:
    said = f"{clause}, paraphrased in Leaflet {section}" if clause else f"Leaflet {section}"
    return "".join(f"> {line}\n" for line in words.split("\n")) + f">\n> — {said}\n\n"


def claim(sources: str, number: int = 9) -> str:
    return (
        f'claim {number} claim-{number} "Sentence." from "{sources}"\n'
        "    possibly, for some request r: r.card is Guest\n    expect proved in now\n"
    )


def adopted(section: str, item: str) -> str:
    return (
        f'adopted check borrowing for "Leaflet {section}" at Front, reject without a published code, '
        f'because "why"\n    {item}\n'
    )


def fence(text: str) -> str:
    return f"```redline\n{text}```\n\n"


def read(text: str) -> Source:
    (only,) = load_texts({"library.md": PRELUDE, "leaflet.md": text}).sources
    return only


def passage(source: Source, beginning: str) -> CitedPassage:
    (only,) = (
        each for section in source.sections for each in section.passages if each.text.startswith(beginning)
    )
    return only


def codes(text: str) -> list[str]:
    try:
        read(text)
    except SpecError as error:
        return [each.code for each in error.diagnostics]
    return []


# -------------------------------------------------------------- the document


def test_sections_and_passages() -> None:
    """Sections are headings with a number or a letter; passages are sentences, items and rows."""
    found = {
        each.name: [p.text for p in each.passages] for each in sections_of(read_document("l.md", leaflet()))
    }
    assert found == {
        "1": [
            "Guests are shown around.",
            "They may not borrow, but read.",
            "They sign the book;",
            "they leave by nine.",
        ],
        "1.1": ["Guests under ten come with somebody - or not at all."],
        "Annex B": ["Charge Pence", "a day late 20"],
    }


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("N.B. In this leaflet a guest is anybody.", 1),
        ("See section 6.2. It says so.", 2),
        ("This (i.e. Rule 4) stays. So does “Rule 3.” Nothing else.", 3),
        ("Rule 4 is “not applied”. (Rule 3 is.)", 2),
        ("Guests go at 9. they say.", 1),
    ],
)
def test_sentences(text: str, count: int) -> None:
    """A sentence begins with a capital after the end of another, and not after a short form."""
    (section,) = sections_of(read_document("l.md", f"## 1 One\n\n{text}\n"))
    assert len(section.passages) == count


# ------------------------------------------------------------------- quotes


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("Guests are shown\naround.", "1"),
        ("They may not borrow … read.", "1"),
        ("… read. • They sign the book; … leave by nine.", "1"),
        ("- They sign the book;\n- they leave", "1"),
        ("*Guests* under ten", "1.1"),
        ("Guests under ten", "1"),
        ("come with somebody or not at all.", "1.1"),
        ("a day late 20", "Annex B"),
    ],
)
def test_words_of_the_section_are_quoted(words: str, section: str) -> None:
    """Line breaks, marks of lists and emphasis do not count; `…` leaves words out; 1.1 belongs to 1."""
    assert codes(leaflet(pages=quote(words, section))) == []


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("Guests are shown round.", "1"),
        ("guests are shown", "1"),
        ("ests are shown", "1"),
        ("Guests are sho", "1"),
        ("They may not borrow read.", "1"),
        ("They may not borrow, but read", "1.1"),
        ("read. … They may not borrow", "1"),
        ("under ten", "Annex B"),
    ],
)
def test_other_words_are_refused(words: str, section: str) -> None:
    """A letter, a word left out without `…`, another order, or another section."""
    assert codes(leaflet(pages=quote(words, section))) == ["not-in-source"]


def test_sources_that_are_not_kept_are_not_checked() -> None:
    """Nobody knows what a document says that is not here, even if its name begins alike."""
    for name in ("Leaflets 1", "Handbook 1", "The Leaflet 1"):
        assert codes(leaflet(pages=f"> Anything.\n>\n> — {name}\n")) == []


def test_a_quote_of_a_clause_is_held_against_the_section_that_prints_it() -> None:
    """A clause may be printed in a section of another number: the quote must be there word for word."""
    assert codes(leaflet(pages=quote("Guests are shown around.", "1", clause="Rule 8"))) == []
    assert codes(leaflet(pages=quote("Guests are shown.", "1", clause="Rule 8"))) == ["not-in-source"]


def test_a_check_names_a_section_that_is_there() -> None:
    """A check that cites a section which the source lacks is refused."""
    rule = adopted("SECTION", 'requires card is not Guest inference "i"')
    assert codes(leaflet(pages=fence(rule.replace("SECTION", "1.1")))) == []
    assert codes(leaflet(pages=fence(rule.replace("SECTION", "7")))) == ["unknown-section"]


# ---------------------------------------------------------------- citations


def test_claims_that_are_from_there_cite_the_quote_above_them() -> None:
    """Of the claims under a quote, those cite it that are from its section, one in it, or one around it."""
    asked = claim("Leaflet 1") + claim("Leaflet 1.1", 10) + claim("Leaflet Annex B", 11)
    source = read(leaflet(pages=quote("They may not borrow", "1") + fence(asked)))
    found = passage(source, "They may")
    assert [(each.kind, each.label) for each in found.cited_by] == [
        ("claim", "9 claim-9"),
        ("claim", "10 claim-10"),
    ]
    assert found.uncited == (", but read.",)
    assert passage(source, "Guests are").cited_by == ()


def test_rules_cite_the_quotes_that_have_their_phrases() -> None:
    """A passage whose words a rule uses is cited by that rule."""
    rule = adopted("1", '"They may not borrow, but read." requires card is not Guest')
    source = read(leaflet(pages=quote("They may not borrow, but read.", "1") + fence(rule)))
    found = passage(source, "They may")
    assert [(each.kind, each.label) for each in found.cited_by] == [("rule", "check borrowing (Leaflet 1)")]
    assert found.uncited == ()


def test_other_declarations_cite_the_quote_above_them() -> None:
    """What has no phrases of its own cites the quote that it stands below."""
    said = 'abstraction manners "Nobody is shown around." because "it is not law"\n'
    source = read(leaflet(pages=quote("Guests are shown around.", "1") + fence(said)))
    assert [each.label for each in passage(source, "Guests are").cited_by] == ["abstraction manners"]


def test_a_quote_for_reading_cites_nothing() -> None:
    """No rule and no claim says what these words come to."""
    source = read(leaflet(pages=quote("Guests are shown around.", "1")))
    assert passage(source, "Guests are").uncited == ("Guests are shown around.",)


# --------------------------------------------------------------- exemptions


def test_sections_and_words_are_left_out_with_a_reason() -> None:
    """A section with those below it, or words; `…` leaves words in."""
    exempt = (
        '    section "1.1" not modelled "age"\n'
        '    section "1" "They sign … book;" "borrow" not modelled "ink"\n'
    )
    source = read(leaflet(exempt=exempt))
    assert (passage(source, "Guests under").left_out, passage(source, "Guests under").uncited) == (
        ("age",),
        (),
    )
    assert passage(source, "They sign").uncited == ("the",)
    assert passage(source, "They may").uncited == ("They may not", ", but read.")
    assert passage(source, "Guests are").left_out == ()
    whole = read(leaflet(exempt='    section "1" not modelled "all"\n'))
    assert [each.left_out for each in whole.sections[1].passages] == [("all",)]


def test_the_page_is_the_text_of_one_source() -> None:
    """A second source on the page is refused."""
    assert codes(leaflet(exempt='source Booklet "A booklet"\n')) == ["duplicate"]


# ------------------------------------------------------------- the register


def test_the_register_tells_first_what_nothing_cites() -> None:
    """Then come the sections in a table, the claims, and what is left out with its reason."""
    exempt = '    section "Annex B" not modelled "nobody is charged here"\n'
    pages = quote("Guests are shown around. They may not borrow", "1") + fence(claim("Leaflet 1"))
    text = leaflet(exempt=exempt, pages=pages)
    regime = load_texts({"library.md": PRELUDE, "leaflet.md": text})
    register = register_text(regime, ()).partition("## Passages of Leaflet\n")[2]
    line = text.split("\n").index("Guests are shown around. They may not borrow, but read.") + 1
    said = f"- Leaflet 1: “, but read.”, of a passage that is cited in part (leaflet.md:{line})"
    assert register.index(said) < register.index("| section |")
    assert "| 1 | 4 | 0 | 2 | 0 | 0 | 3 |" in register
    assert "| Annex B | 2 | 0 | 0 | 0 | 2 | 0 |" in register
    assert "| all | 7 | 0 | 2 | 0 | 2 | 4 |" in register
    assert re.search(r"- Claims: 9 claim-9 \(leaflet\.md:\d+\)", register)
    assert "- Left out, 2 passages: nobody is charged here" in register


def test_the_register_says_when_everything_is_cited() -> None:
    """If nothing is left over the register says so."""
    exempt = '    section "1" not modelled "w"\n    section "Annex B" not modelled "w"\n'
    regime = load_texts({"library.md": PRELUDE, "leaflet.md": leaflet(exempt=exempt)})
    assert "Every passage is cited, or left out with a reason." in register_text(regime, ())


# ------------------------------------------------------ the impact assessment


def test_nothing_of_the_impact_assessment_is_left_unsaid() -> None:
    """Every passage of it is cited or left out with a reason, and much of it is cited."""
    root = ROOT
    (source,) = load_regime(root / "spec", root / "properties").sources
    passages = [each for section in source.sections for each in section.passages]
    assert [each.text for each in passages if each.uncited] == []
    assert sum(bool(each.cited_by) for each in passages) > 60
