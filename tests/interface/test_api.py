"""The Python interface: it answers what the commands answer, and gives tables besides."""

from __future__ import annotations

import html.parser
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

import checker
from checker.cli import run as run_command
from checker.documents import DOCUMENTS
from checker.results.answer import Untold, html_table
from checker.results.proofs import Proofs
from tests.support import permits_law
from tests.support.places import PERMITS

FOLDERS = ("--spec", str(PERMITS / "spec"), "--properties", str(PERMITS / "properties"))
ONE = checker.effort(jobs=1)

Run = Callable[..., str]


@pytest.fixture(scope="module")
def permits() -> checker.Law:
    return permits_law.permits()


@pytest.fixture(scope="module")
def proofs(permits: checker.Law) -> Proofs:
    return permits.prove(blame=True)


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Run:
    def running(*arguments: str) -> str:
        run_command(arguments)
        return capsys.readouterr().out

    return running


def untimed(document: object) -> object:
    """A document without what differs from run to run: times, and the command."""
    match document:
        case dict():
            kept = {name: value for name, value in document.items() if name not in ("seconds", "command")}
            return {name: untimed(value) for name, value in kept.items()}
        case list():
            return [untimed(each) for each in document]
        case _:
            return document


# ---------------------------------------------------------------------- loading


def test_a_law_says_what_it_holds(permits: checker.Law) -> None:
    """Versions, readings and claims of the permits can be listed, and it is not taken for the shipped law."""
    assert permits.versions == ("old", "new")
    assert permits.readings == ("strict",)
    assert [each.number for each in permits.claims] == ["1", "2", "3"]
    assert not permits.shipped


def test_texts_are_as_good_as_folders(permits: checker.Law, proofs: Proofs) -> None:
    """The same pages given as texts get the same verdicts and sources; a mixture of both is refused."""
    spec = {page.name: page.read_text("utf-8") for page in (PERMITS / "spec").glob("*.md")}
    asked = {page.name: page.read_text("utf-8") for page in (PERMITS / "properties").glob("*.md")}
    law = checker.load(spec, asked, effort=ONE)
    assert [each.verdict for each in law.prove().results] == [each.verdict for each in proofs.results]
    assert law.sources() == permits.sources()
    with pytest.raises(checker.SpecError, match="both as texts, or both as folders"):
        checker.load(spec, PERMITS / "properties")


def test_mistakes_are_values(permits: checker.Law) -> None:
    """What is wrong is raised with all that a program needs to point at it."""
    with pytest.raises(checker.SpecError) as caught:
        checker.load(
            {"law.md": '# Law\n\n```redline\nsort User\nfixed at(Usr) "{1} is there"\nversion v "v"\n```\n'}
        )
    (found,) = caught.value.diagnostics
    assert (found.nearest, found.span) == ("User", checker.Span("law.md", 5, 10, 5, 13))
    with pytest.raises(checker.SpecError, match="there is no claim `9`"):
        permits.prove("9")


def test_importing_loads_nothing() -> None:
    """`import checker` and the list of commands load neither the solver nor networkx nor msgspec."""
    heavy = ("z3", "networkx", "msgspec", "lark", "checker.api", "checker.question", "checker.prove")
    for line in ("import checker", "import checker.cli; checker.cli.run(['--help'])"):
        script = (
            f"import sys\n{line}\nprint([each for each in {heavy} if each in sys.modules], file=sys.stderr)"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        assert done.stderr == "[]\n", line


def test_every_name_that_is_promised_is_there() -> None:
    """All of `__all__` can be had, though it is loaded late, and a misspelt name is an AttributeError."""
    assert set(checker.__all__) <= set(dir(checker))
    assert all(getattr(checker, each) is not None for each in checker.__all__)
    with pytest.raises(AttributeError, match="no attribute `lode`"):
        getattr(checker, "lo" + "de")


# ---------------------------------------------------------------------- answers


def test_answers_are_what_commands_write(permits: checker.Law, printed: Run) -> None:
    """The document of each method is that of its command, but for times and the command; it says nothing
    that its type does not know, and comes back the same through the type.
    """
    apply = {"sender": "ann", "kind": "Resident", "act": "Apply", "street": "high"}
    requests = tuple(part for pair in apply.items() for part in ("--request", "=".join(pair)))
    answers = {
        ("prove", "1", "--quick"): permits.prove("1", quick=True),
        ("diff", "old", "new", "--claims"): permits.diff("old", "new", claims=True),
        ("who", "3", "--version", "new"): permits.who("3", versions=["new"]),
        ("rollout",): permits.rollout(),
        ("lint",): permits.lint(),
        ("register", "--quick"): permits.register(quick=True),
        ("show", "new"): permits.show("new"),
        ("explain", *requests, "--set", "lives(ann, high)"): permits.explain(
            apply, {"lives(ann, high)": True}
        ),
    }
    for words, answer in answers.items():
        timed = () if words[0] in ("show", "explain") else ("--jobs", "1")
        document = json.loads(printed(*words, *FOLDERS, *timed, "--format", "json"))
        assert untimed(json.loads(answer.json())) == untimed(document), words[0]
        again = msgspec.convert(document, DOCUMENTS[words[0]])
        assert json.loads(json.dumps(msgspec.to_builtins(again))) == document, words[0]


def test_the_text_is_that_of_the_command(permits: checker.Law, printed: Run) -> None:
    """`explain` from Python and from the command line say the same, up to how to repeat it."""
    asked = {"sender": "a", "kind": "Trader", "act": "Apply", "street": "b"}
    told = permits.explain(asked, version="old")
    requests = ("sender=a", "kind=Trader", "act=Apply", "street=b")
    options = tuple(part for each in requests for part in ("--request", each))
    repeated = told.text().rpartition("Repeat with:")[0]
    assert (
        repeated == printed("explain", "--version", "old", *options, *FOLDERS).rpartition("Repeat with:")[0]
    )
    assert "REFUSES" in repeated


def test_a_refutation_has_its_story(proofs: Proofs) -> None:
    """It names the clause, and has one situation more than steps; a claim that is not there is a KeyError."""
    found = proofs.verdict("1", "new")
    assert (found.verdict, found.by, found.as_expected) == ("refuted", "By-law 2(a)", True)
    assert "does not live in" in found.story()
    assert found.evidence.trace is not None
    assert len(found.evidence.trace.situations) == len(found.evidence.trace.steps) + 1
    with pytest.raises(KeyError, match="claim 4 was not asked in new"):
        proofs.verdict("4", "new")


def test_examples_are_looked_for_if_they_are_wanted(permits: checker.Law) -> None:
    """Without, verdicts and refutations are the same, and proofs are shown not to be vacuous all the same."""
    shown = 0
    for each, told in zip(permits.prove(examples=False).results, permits.prove().results, strict=True):
        assert (each.verdict, each.witness is None) == (told.verdict, told.witness is None)
        shown += bool(told.note.witness)
        if each.verdict == "refuted":
            assert untimed(json.loads(msgspec.json.encode(each))) == untimed(
                json.loads(msgspec.json.encode(told))
            )
        else:
            assert not each.note.witness
    assert shown


def test_what_nobody_expected_is_told_with_its_example() -> None:
    """A claim that is proved, and should be refuted, is told in full in every report."""
    spec = {page.name: page.read_text("utf-8") for page in (PERMITS / "spec").glob("*.md")}
    asked = {page.name: page.read_text("utf-8") for page in (PERMITS / "properties").glob("*.md")}
    wrong = {name: text.replace("expect proved in", "expect refuted in") for name, text in asked.items()}
    law = checker.load(spec, wrong, effort=ONE)
    told = law.prove()
    surprising = [each for each in law.prove(examples=False).results if each.note.witness]
    assert surprising
    for each in surprising:
        assert each.verdict == "proved"
        same = told.verdict(each.claim.name, each.column.text)
        assert untimed(json.loads(msgspec.json.encode(each))) == untimed(
            json.loads(msgspec.json.encode(same))
        )


def test_answers_are_frozen_and_equal_by_value(permits: checker.Law) -> None:
    """Asked twice, the answer is the same value, and nobody can change it."""
    one: Any = permits.show("new")
    other = permits.show("new")
    assert one == other
    with pytest.raises(AttributeError):
        one.shipped = True


def test_a_document_that_is_read_back_has_no_report(permits: checker.Law) -> None:
    """What an answer was made of is no part of the document; that is said, and not made up."""
    found = permits.show("new")
    again = msgspec.json.decode(found.json(), type=type(found))
    assert again == found
    assert again.frame() == found.frame()
    with pytest.raises(Untold, match="RedlinedLaw was read from a document"):
        again.text()
    read = msgspec.json.decode(permits.lint().json(), type=type(permits.lint()))
    with pytest.raises(Untold, match="has no evidence"):
        read.write_evidence("somewhere")


def test_progress_is_heard_to_the_end(permits: checker.Law) -> None:
    """The listener hears zero of two, then one, then all, and knows the total from the beginning."""
    heard: list[tuple[int, int, str]] = []
    permits.prove("1", quick=True, progress=lambda *told: heard.append(told))
    assert heard[0] == (0, 2, "")
    assert [done for done, _, _ in heard] == [0, 1, 2]


def test_evidence_is_written_and_certified(permits: checker.Law, tmp_path: Path) -> None:
    """What `prove` writes, `certify` accepts; evidence is not written where it would be read as law."""
    permits.prove("2").write_evidence(tmp_path / "evidence")
    found = permits.certify(tmp_path / "evidence", solvers=["z3"], jobs=1)
    assert found.certified
    assert found.exit == 0
    assert all(found.frame()["holds"])
    with pytest.raises(checker.SpecError, match="would be read as law"):
        permits.prove("2").write_evidence(PERMITS / "spec" / "evidence")


def test_a_law_is_compared_with_what_it_was(permits: checker.Law, tmp_path: Path) -> None:
    """As a folder or as texts: the difference is the same, and only a folder is told to `certify` as the
    place.
    """
    spec = {page.name: page.read_text("utf-8") for page in (PERMITS / "spec").glob("*.md")}
    was = {
        name: text.replace("requires lives(sender, street)", "requires sender is Office")
        for name, text in spec.items()
    }
    assert was != spec
    for name, text in was.items():
        (tmp_path / name).write_text(text, "utf-8")
    texts, folder = permits.diff("old", before=was), permits.diff("old", before=tmp_path)
    assert not texts.same
    assert [each.kind for each in texts.cases] == [each.kind for each in folder.cases]
    with pytest.raises(checker.SpecError, match="different laws"):
        permits.diff("old", before=was, git="HEAD")


def test_a_question_of_ones_own_can_be_asked(permits: checker.Law) -> None:
    """Claim 3, typed: the holder can give a permit away."""
    typed = permits.who(
        bound="s: Street, q: Person", condition="held(s)", goal="holder(s) is q", versions=["new"]
    )
    asked = permits.who("3", versions=["new"])
    ways = [[(each.members, each.others) for each in found.columns[0].coalitions] for found in (typed, asked)]
    assert ways[0] == ways[1] != []


def test_how_hard_to_try_is_said_once_or_each_time(permits: checker.Law) -> None:
    """A hasty law answers `unknown`, and the same law proves if one call is given more time."""
    hasty = permits.trying(checker.effort(budget=0.000001, jobs=1))
    assert {each.verdict for each in hasty.prove("3", quick=True).results} == {"unknown"}
    assert {each.verdict for each in hasty.prove("3", quick=True, effort=ONE).results} == {"proved"}


def test_pages_and_modules_are_written(permits: checker.Law, tmp_path: Path) -> None:
    """Exported modules and the register arrive as files; foreign folders and bad sizes are refused."""
    exported, points = permits.export("2", things={"Person": 2}), permits.register(quick=True)
    exported.write(tmp_path / "tla")
    points.write(tmp_path / "register.md")
    assert {each.name for each in (tmp_path / "tla").iterdir()} == set(exported.files)
    assert (tmp_path / "register.md").read_text("utf-8") == points.markdown
    with pytest.raises(checker.SpecError, match="something else than an export"):
        exported.write(PERMITS)
    with pytest.raises(checker.SpecError, match="from 1 to 9"):
        permits.export("2", things={"Person": 10})
    strict = next(each for each in points.points if each.name == "strict")
    assert {each.claim for each in strict.turning} == {"1"}


# ----------------------------------------------------------------------- frames


def test_frames_are_columns_of_one_length(permits: checker.Law, proofs: Proofs) -> None:
    """Each answer makes a table, also an empty one with the same columns if nothing differs."""
    answers = (proofs, permits.show("new"), permits.diff("old", "new"), permits.rollout(), permits.lint())
    for answer in answers:
        frame = answer.frame()
        assert len({len(values) for values in frame.values()}) == 1
    assert list(proofs.frame()["verdict"]) == [each.verdict for each in proofs.results]
    same = permits.diff("old", "old")
    assert same.same
    assert set(same.frame()) == set(permits.diff("old", "new").frame())
    assert not any(same.frame().values())


# ------------------------------------------------------------------------- HTML


class Seen(html.parser.HTMLParser):
    """Notes the tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert attrs == []
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_notebooks_get_a_small_table(permits: checker.Law, proofs: Proofs) -> None:
    """The HTML has only tags of tables, and a thousand rows are cut to sixty with a count of the rest."""
    for shown in (permits, proofs, permits.show("new")):
        seen = Seen()
        seen.feed(shown._repr_html_())
        assert seen.tags <= {"table", "caption", "thead", "tbody", "tr", "th", "td", "p"}
    assert len(html_table("x", {"a": list(range(1000))})) < 3_000
    assert "<p>and 940 more</p>" in html_table("x", {"a": list(range(1000))})


def test_words_of_a_law_are_escaped() -> None:
    """A law may hold anything, and a notebook must not run it."""
    evil = "<script>alert(1)</script>&\"'"
    page = html_table(evil, {evil: [evil, (evil, evil), None]})
    seen = Seen()
    seen.feed(page)
    assert "script" not in seen.tags
    assert seen.text.count(evil) == 3
