"""Every name is found where it stands, and leads to where it is declared."""

from __future__ import annotations

from checker.editor.index import index_of
from checker.editor.pages import read_pages
from checker.model.clock import TIME, TODAY
from checker.model.expressions import DATE
from tests.support.edited_law import CLAIMS, PROPOSAL, RULES, index, place, starter
from tests.support.places import ROOT


def test_every_name_of_the_shipped_law_is_declared() -> None:
    """What a rule, a table or a claim names leads somewhere; only the request of comparisons is nobody's, and
    time is built in.
    """
    folders = (ROOT / "spec" / each for each in ("model", "sec", "modifications"))
    pages = [path for folder in (*folders, ROOT / "properties") for path in folder.glob("*.md")]
    pages.append(ROOT / "spec" / "effects-and-events.md")
    pages.append(ROOT / "spec" / "suppositions.md")
    found = index_of(read_pages({str(each): each.read_text(encoding="utf-8") for each in pages}, {}))
    names = [each for all_ in found.occurrences.values() for each in all_ if each.kinds != ("phrase",)]
    assert len(names) > 3_000
    assert {each.name for each in names if not found.resolve(each)} == {"r", DATE.name, TIME, TODAY}


def test_names_stand_where_the_text_has_them() -> None:
    """The stretch of every name has just its letters, quotation marks aside."""
    found = index()
    for file, names in found.occurrences.items():
        for each in names:
            text = found.pages[file].slice(each.span)
            assert " ".join(text.strip('"').split()) == each.name, each


def test_a_name_leads_to_its_declaration() -> None:
    """A function that a claim names is declared among the words of the law."""
    found, texts = index(), starter()
    line, column = place(texts[CLAIMS], "read(r.change)")
    name = found.at(CLAIMS, line, column + 1)
    assert name is not None
    (known,) = found.resolve(name)
    assert (known.kind, known.span.file, known.sort, known.parameters) == (
        "function",
        RULES,
        "fact",
        ("Change",),
    )
    assert texts[RULES].split("\n")[known.span.line - 1].startswith("state read(Change)")


def test_uses_are_found_in_law_claims_and_modifications() -> None:
    """A function is used in all three pages; the declaration counts as one of its uses."""
    found = index()
    (known,) = found.declared["function", "approved"]
    uses = list(found.uses([known]))
    assert {each.span.file for each in uses} == {RULES, PROPOSAL, CLAIMS}
    assert len(uses) == sum(text.count("approved(") for text in starter().values())
    assert sum(each.declares for each in uses) == 1


def test_a_clause_is_its_quote_and_its_rule() -> None:
    """The attribution of a quote, the check under it, and who names the clause are the same clause."""
    found = index()
    uses = list(found.uses(found.declared["clause", "Rule 3"]))
    assert [(each.span.file, each.declares) for each in uses] == [
        (RULES, True),
        (RULES, True),
        (PROPOSAL, False),
        (CLAIMS, False),
        (CLAIMS, False),
    ]


def test_variables_are_their_own() -> None:
    """Two claims may each have a request `r`: neither is used by the other."""
    found, text = index(), starter()[CLAIMS]
    first = found.at(CLAIMS, *place(text, "request r where r.act is Merge:", "r where"))
    second = found.at(CLAIMS, *place(text, "request r where r.act is Merge and", "r where"))
    assert first is not None
    assert second is not None
    assert len(list(found.uses(found.resolve(first)))) == 3
    assert len(list(found.uses(found.resolve(second)))) == 4


def test_what_a_table_declares_is_used_in_its_cells() -> None:
    """A value that a table makes is found in other tables' cells, by its short name too."""
    text = (
        "```redline\ntable t\n```\n\n| v | s |\n|---|---|\n| One | o |\n| Two | t |\n\n"
        '```redline\nenum E from table t: value "v", short "s"\ntable u\n```\n\n'
        "| v | others |\n|---|---|\n| One | o t |\n| Two | none |\n\n"
        '```redline\nfixed f(E, E) "f" from table u: "others" lists E\n```\n'
    )
    found = index_of(read_pages({"law.md": text}, {}))
    uses = list(found.uses(found.declared["value", "One"]))
    assert [(each.span.line, each.span.column) for each in uses] == [(7, 3), (17, 3)]
    shorts = list(found.uses(found.declared["short name", "o"]))
    assert [(each.span.line, each.span.column) for each in shorts] == [(7, 9), (17, 9)]
    headings = list(found.uses(found.declared["heading", "others"]))
    assert [each.span.line for each in headings] == [15, 21]


def test_a_reading_may_name_the_variables_of_its_rule() -> None:
    """What a limb binds can be named where a reading gives its words another meaning."""
    rules = starter()[RULES] + (
        '\n```redline\nlimb "Rule 9" for some p: Person\n    p is p inference "x"\n\n'
        'reading other "s" because "b"\n    in "Rule 9", also sender is p inference "y"\n```\n'
    )
    found = index(rules=rules)
    name = found.at(RULES, *place(rules, "some p: Person", "p:"))
    assert name is not None
    assert len(list(found.uses(found.resolve(name)))) == 4
