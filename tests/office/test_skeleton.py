"""Documents as laws that load: nothing is guessed, every phrase is open, and both texts are as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

import checker
from checker.api import Law, SpecError
from checker.results.imported import Imported
from tests.support.word_files import dele, ins, p, t, word_file


def _import(body: str, place: Path, modification: str | None = None) -> tuple[Law, Imported]:
    """The law of a page, and what was said of it."""
    file = place / "page.html"
    file.write_text(body, encoding="utf-8")
    found = checker.import_document(file, source="Code", modification=modification)
    found.write(place / "law")
    return checker.load(place / "law/spec", place / "law/properties"), found


def _words(law: Law, version: str) -> list[tuple[str, str]]:
    return [(each.clause, each.text) for each in law.regime.texts[version] if each.text]


PAGE = """
<h1>Part 6</h1>
<p>6.1 The DCC <del>shall</del><ins>must</ins> check it; the check is the check.</p>
<p><ins>6.1A It may check twice.</ins></p>
<p>6.2 Clause 6.1 does not apply to:</p>
<p>(a) a supplier;</p>
<p><del>(b) a network operator; or</del></p>
<p><ins>(b) nobody else; or</ins></p>
<p><del>(c) anybody else.</del></p>
<p>closing words, which belong to the limb above.</p>
<p>7. The the the <ins>the </ins>end.</p>
"""


def test_both_texts_are_as_they_were(tmp_path: Path) -> None:
    """Clauses are named by their numbers; what has none goes on with the clause above it."""
    law, _ = _import(PAGE, tmp_path)
    assert _words(law, "baseline") == [
        ("Code 6.1", "6.1 The DCC shall check it; the check is the check."),
        ("Code 6.2", "6.2 Clause 6.1 does not apply to:"),
        ("Code 6.2(a)", "(a) a supplier;"),
        ("Code 6.2(b)", "(b) a network operator; or"),
        ("Code 6.2(c)", "(c) anybody else. closing words, which belong to the limb above."),
        ("Code 7", "7. The the the end."),
    ]
    assert _words(law, "amended") == [
        ("Code 6.1", "6.1 The DCC must check it; the check is the check."),
        ("Code 6.1A", "6.1A It may check twice."),
        ("Code 6.2", "6.2 Clause 6.1 does not apply to:"),
        ("Code 6.2(a)", "(a) a supplier;"),
        ("Code 6.2(b)", "(b) nobody else; or"),
        ("Code 6.2(c)", "closing words, which belong to the limb above."),
        ("Code 7", "7. The the the the end."),
    ]


def test_each_change_is_a_change_by_the_modification(tmp_path: Path) -> None:
    """Insertions are insertions, and only the words that change are amended."""
    law, found = _import(PAGE, tmp_path, modification="SECMP0999")
    page = found.files["spec/20-SECMP0999.md"]
    assert page.count("by SECMP0999 insert after") == 1
    assert '"shall"\n    becomes "must"' in page
    assert page.count("by SECMP0999 amend") == 3
    segments = {each.clause: each.segments for each in law.show("amended").clauses}
    assert [each.text for each in segments["Code 6.1"] if each.kind == "struck"] == ["shall"]
    assert {each.by for one in segments.values() for each in one if each.kind != "kept"} == {"SECMP0999"}
    assert any("1 inserted" in each for each in found.found)


def test_no_meaning_is_guessed(tmp_path: Path) -> None:
    """Every phrase is not modelled, the rules change nothing, and what is open is counted and listed."""
    law, found = _import(PAGE, tmp_path)
    for version in law.versions:
        items = [item for each in law.show(version).clauses for rule in each.rules for item in rule.items]
        assert items
        assert {item.kind for item in items} == {"not-modelled"}
        model = law.regime.model(law.regime.parse_column(version))
        assert not model.checks
        assert not model.effects
        assert all(not each.updates for each in model.events.values())
    said = {each.why for each in law.regime.not_modelled}
    assert said == {"still to be given a meaning"}
    assert f"{len(law.regime.not_modelled)} phrases have no meaning yet" in found.text()
    listed = law.register(quick=True).markdown
    assert listed.count("still to be given a meaning") >= len(law.regime.not_modelled)
    assert law.lint().exit == 0


@pytest.mark.parametrize(
    "body",
    [
        "<p><ins>1. Before all.</ins></p><p><ins>2. And this.</ins></p><p>3. <del>x</del><ins>y</ins>.</p>",
        "<p><ins>1. All of it.</ins></p><p><ins>2. And more.</ins></p>",
        "<p><del>1. All of it.</del></p><p><del>2. And more.</del></p>",
        "<p><ins>1. New.</ins></p><p><del>1. Old.</del></p><p>2. Kept.</p>",
        "<p>1. a b a b <del>a b</del><ins>c</ins> a b a b</p><p>1. a b a b a b</p>",
        '<p>1. star * and \\ and ` and | <ins>*</ins> &lt;pre&gt; “x” "y"</p>',
        "<p>1. word<del>s</del><ins>ing</ins> (<del>a</del><ins>b</ins>) end<del>.</del><ins>;</ins></p>",
        "<p>no number at all</p><p><ins>nor here</ins></p><p>nor <ins>there</ins></p>",
        '<p>```redline</p><p>version x "y"</p><p>&gt; — Code 1, verbatim in x</p><p># heading</p>',
        "<p>1. \u202eevil\u202c \x1b[31m red\u200b dy\u00adne</p>",
        "<p>(a) a limb without a clause</p><p>(i) deeper</p><p>(ii) and again</p><p>(b) up</p>",
        "<p>1. One.</p><p>1. One again.</p><p><ins>1. And inserted.</ins></p>",
    ],
)
def test_whatever_a_document_has_it_loads(body: str, tmp_path: Path) -> None:
    """Changes before the first clause, of everything, of words that occur often, and marks of Markdown."""
    law, _ = _import(body, tmp_path)
    assert any(law.show(version).text() for version in law.versions)


def test_an_attribution_says_which_clause_stands_above_it(tmp_path: Path) -> None:
    """Also where its words have the style of a heading. Names of clauses above them are no headings."""
    body = (
        "<h2>Yard 1</h2><p>One, <ins>two,</ins></p><p>three.</p><p>— Yard 1, verbatim in Leaflet 2</p>"
        "<h3>Yard 2</h3><h3><del>Four.</del></h3><p><del>— Yard 2</del></p><p>5 Five.</p>"
    )
    law, found = _import(body, tmp_path)
    assert _words(law, "baseline") == [("Yard 1", "One, three."), ("Yard 2", "Four."), ("Code 5", "5 Five.")]
    assert _words(law, "amended") == [("Yard 1", "One, two, three."), ("Code 5", "5 Five.")]
    sources = [(each.quote.kind, each.quote.source) for each in law.regime.texts["baseline"]]
    assert sources == [("verbatim", "Leaflet 2"), ("paraphrase", "Yard 2"), ("paraphrase", "Code 5")]
    assert "## " not in found.files["spec/10-law.md"]


def test_marks_of_markdown_are_letters(tmp_path: Path) -> None:
    """They come back as they were; what nobody would see comes back as an escape, or not at all."""
    law, _ = _import("<p>1. a * b \\ c | d # \u202ee\u202c f\u00adg</p>", tmp_path)
    assert _words(law, "baseline") == [("Code 1", "1. a * b \\ c | d # \\u202ee\\u202c fg")]


def test_tables_become_tables(tmp_path: Path) -> None:
    """Merged cells are filled, headings differ, a changed cell is amended; what cannot be said is named."""
    body = (
        "<h2>Eligible roles</h2><table><tr><th>srv</th><th>role</th><th>role</th><th></th></tr>"
        "<tr><td rowspan=2>6.15.1</td><td>IS</td><td>a|b</td><td>1</td></tr>"
        "<tr><td>GS</td><td></td><td>2</td></tr>"
        "<tr><td>7.7</td><td><del>IS</del><ins>GS</ins></td><td></td><td>3</td></tr>"
        "<tr><td><ins>8.1</ins></td><td><ins>IS</ins></td><td></td><td></td></tr></table>"
    )
    law, found = _import(body, tmp_path)
    assert law.regime.tables["baseline"]["Eligible-roles"].header == ("srv", "role", "role (2)", "column 4")
    rows = {
        version: [[cell.text for cell in row] for row in law.regime.tables[version]["Eligible-roles"].rows]
        for version in law.versions
    }
    assert rows["baseline"] == [
        ["6.15.1", "IS", "a|b", "1"],
        ["6.15.1", "GS", "", "2"],
        ["7.7", "IS", "", "3"],
    ]
    assert rows["amended"][2] == ["7.7", "GS", "", "3"]
    assert found.lost == ("inserted and struck rows of the table Eligible-roles, which is written as before",)


def test_a_word_file_with_numbers_of_its_own(tmp_path: Path) -> None:
    """Numbers that Word counts are words of the clause, and change with it."""
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    look = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = (
        p(t("First."), look=look)
        + p(ins("Between."), mark="ins", look=look)
        + p(t("Second"), dele(" one"), t("."), look=look)
    )
    file = tmp_path / "x.docx"
    file.write_bytes(word_file(body, {"numbering": numbering}))
    found = checker.import_document(file, source="Code")
    before = [(each.clause, each.text) for each in found.regime.texts["baseline"] if each.text]
    after = [(each.clause, each.text) for each in found.regime.texts["amended"] if each.text]
    assert before == [("Code 1", "1. First."), ("Code 2", "2. Second one.")]
    assert after == [
        ("Code 1", "1. First."),
        ("Code 2, as inserted", "2. Between."),
        ("Code 2", "3. Second."),
    ]


def test_words_that_no_page_can_have_are_refused(tmp_path: Path) -> None:
    """What Markdown might take for a fence of rules is in no law: one diagnostic, and nothing is written."""
    with pytest.raises(SpecError, match="looks like a fence of rules"):
        _import("<p>1. &lt;pre redline&gt;</p>", tmp_path)
    assert not (tmp_path / "law").exists()


@pytest.mark.parametrize("body", ["", "<p> </p>", "<script>x</script>", "<h1>Only a heading</h1>"])
def test_a_document_without_text_is_refused(body: str, tmp_path: Path) -> None:
    """There is nothing to write."""
    with pytest.raises(SpecError, match=r"there is no text in it|it is empty"):
        _import(body, tmp_path)
    assert not (tmp_path / "law").exists()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A folder that is there is left as it is; an empty one is used."""
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "mine.txt").write_text("mine")
    with pytest.raises(SpecError, match="is there already"):
        _import(PAGE, tmp_path)
    assert [each.name for each in (tmp_path / "law").iterdir()] == ["mine.txt"]
    (tmp_path / "law" / "mine.txt").unlink()
    _import(PAGE, tmp_path)
    assert {each.name for each in (tmp_path / "law").iterdir()} == {"README.md", "properties", "spec"}
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".")]
