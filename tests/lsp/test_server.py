"""The language server, message by message: one law, one process that checks it, and every feature once."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest

from checker.interface.starting import start_law
from checker.lsp import open_law
from tests.support.edited_law import CLAIMS, RULES, place
from tests.support.spoken_lsp import Editor

Session = Callable[[Editor], Coroutine[None, None, None]]


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    """An editor in a folder with the small law."""
    start_law(tmp_path / "law")
    return Editor(tmp_path / "law")


class _Nobody:
    """Stands where the process would be that decides, for sessions that ask for no verdict."""

    process = None

    def __init__(self, *_: object) -> None:
        self.asked: list[object] = []

    def ask(self, question: object) -> None:
        self.asked.append(question)

    def end(self) -> None:
        """There is nothing to end."""


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process is started."""
    monkeypatch.setattr(open_law, "Background", _Nobody)


def _run(editor: Editor, session: Session) -> None:
    """Run a session to its end, and end what the server has started."""

    async def all_of_it() -> None:
        try:
            await session(editor)
        finally:
            editor.server.end()

    asyncio.run(all_of_it())


async def _typing(editor: Editor) -> None:
    await editor.begin()
    text = editor.open(RULES)
    editor.open(CLAIMS)
    await editor.lens(CLAIMS, "refuted: before · proved: after")
    editor.say("textDocument/didSave", textDocument={"uri": editor.uri(RULES)})
    editor.type(RULES, text.replace("requires approved(change)", "requires aproved(change)"))
    (wrong,) = await editor.mistakes(RULES, 1)
    assert "did you mean `approved`?" in wrong["message"]
    assert wrong["range"]["start"]["line"] == text.split("\n").index(
        '    "only if it is approved." requires approved(change)'
    )
    assert all(each.startswith("before the mistake: ") for each in await editor.lens(CLAIMS, "proved"))
    (mend,) = await editor.of("codeAction", RULES, range=wrong["range"], context={"diagnostics": [wrong]})
    assert mend["title"] == "Write approved"
    editor.type(RULES, text.replace("requires approved(change)", "requires read(change)"))
    assert await editor.mistakes(RULES, 0) == []
    assert await editor.lens(CLAIMS, "TURNED before: refuted → proved")
    editor.type(RULES, text)
    editor.type(RULES, text + "more")
    editor.type(RULES, text)  # within the pause, so that nothing is asked but to go on
    await editor.lens(CLAIMS, "refuted: before · proved: after")
    told = await editor.ask(
        "workspace/executeCommand",
        command="redline.story",
        arguments=[editor.uri(CLAIMS), "merged-as-read", "before"],
    )
    assert "Claim 1, merged-as-read, in before: refuted, as expected" in told


@pytest.mark.thorough
def test_verdicts_turn_while_somebody_types(editor: Editor) -> None:
    """A mistake is told with its mend; verdicts turn against those of the last save, and back; a story is
    told on demand.
    """
    _run(editor, _typing)


async def _looking(editor: Editor) -> None:
    await editor.begin()
    text = editor.open(RULES)
    editor.open(CLAIMS)
    other = text.replace('approved" applies when act is Approve', 'approved" applies when act is Merge')
    editor.type(RULES, other)
    found = await editor.mistakes(RULES, 2)
    assert {each["code"] for each in found} == {"value-not-in-words", "value-not-in-meaning"}
    assert {(each["source"], each["severity"]) for each in found} == {("redline lint", 3)}
    offered = await editor.of("codeAction", RULES, range=found[0]["range"], context={"diagnostics": found})
    (mend,) = [each for each in offered if each["title"] == "Write Approve for Merge"]
    assert mend["diagnostics"][0]["code"] == "value-not-in-meaning"
    idle = text.replace("requires sender is not author(change)", "requires change is change")
    editor.type(RULES, idle)
    (asked,) = await editor.mistakes(RULES, 1)
    assert (asked["code"], asked["severity"]) == ("check-never-fails", 2)
    editor.type(RULES, f"{idle}more")
    await editor.of("foldingRange", RULES)  # so that the server has taken it over
    editor.type(RULES, idle)  # all was decided, and is to be told again
    assert await editor.lens(CLAIMS, "proved: before, after")
    (asked,) = await editor.mistakes(RULES, 1)
    assert asked["code"] == "check-never-fails"


def test_what_lint_finds_is_shown_while_somebody_types(editor: Editor) -> None:
    """Words that the meaning does not bear out are pointed at, with the mend; so, later, is a rule that can
    never decide. What is typed and undone after everything was decided leaves verdicts and notices in place.
    """
    _run(editor, _looking)


async def _names(editor: Editor) -> None:
    begun = await editor.begin()
    assert begun["capabilities"]["positionEncoding"] == "utf-16"
    rules, claims = editor.open(RULES), editor.open(CLAIMS)
    at = place(claims, "approved(r.change)")
    assert "**function**" in (await editor.at("hover", CLAIMS, *at))["contents"]["value"]
    (known,) = await editor.at("definition", CLAIMS, *at)
    assert known["uri"] == editor.uri(RULES)
    assert rules.split("\n")[known["range"]["start"]["line"]].startswith("state approved")
    uses = await editor.at("references", CLAIMS, *at, context={"includeDeclaration": False})
    assert len(uses) == 5
    assert len(await editor.at("documentHighlight", CLAIMS, *at)) == 1
    assert (await editor.at("prepareRename", CLAIMS, *at))["placeholder"] == "approved"
    edit = await editor.at("rename", CLAIMS, *at, newName="passed")
    assert {len(each) for each in edit["changes"].values()} == {1, 4}
    refused = await editor.at("rename", CLAIMS, *at, newName="merged")
    assert refused["message"] == "there is a function `merged` already"
    names = [each["name"] for each in await editor.ask("workspace/symbol", query="merged")]
    assert "merged-as-read" in names
    (top,) = await editor.of("documentSymbol", CLAIMS)
    assert len(top["children"]) == 3
    assert await editor.of("foldingRange", RULES)
    assert len((await editor.of("semanticTokens/full", RULES))["data"]) % 5 == 0
    line, column = place(rules, "requires approved(change)", "approved")
    items = (await editor.at("completion", RULES, line, column))["items"]
    assert {"approved", "sender"} <= {each["label"] for each in items}


@pytest.mark.usefixtures("alone")
def test_names_are_known_to_the_editor(editor: Editor) -> None:
    """Hover, definition, references, rename, symbols, folding, colours and completion, each by its message;
    places are counted in UTF-16 even if the editor would rather have another.
    """
    _run(editor, _names)


async def _faces(editor: Editor) -> None:
    await editor.begin()
    text = editor.open(RULES)
    face = text.replace('"merge"\n', '"“\U0001f600” merge"\n').replace(
        "state merged(Change)",
        '-- \U0001f600\U0001f600\nconstant ann: Person "🧾“” ann" state merged(Change)',
    )
    editor.type(RULES, face)
    line, column = place(face, "state merged(Change)", "merged")
    (known,) = await editor.at("definition", RULES, line, column + 1)
    before = face.split("\n")[line - 1][: column - 1]
    assert known["range"]["start"]["character"] == len(before.encode("utf-16-le")) // 2 == column


@pytest.mark.usefixtures("alone")
def test_places_behind_faces_are_right(editor: Editor) -> None:
    """Curly quotes count one unit, faces two, in what is asked and in what is answered."""
    _run(editor, _faces)


async def _dying(editor: Editor) -> None:
    rules = editor.folder / RULES
    whole = rules.read_text(encoding="utf-8")
    rules.write_text(whole.replace("sort Change", "sort"), encoding="utf-8")
    await editor.begin()
    text = editor.open(RULES)
    assert await editor.mistakes(RULES)
    line, column = place(text, "requires approved(change)", "approved")
    assert (await editor.at("definition", RULES, line, column))[0]["uri"] == editor.uri(RULES)
    editor.type(RULES, whole)
    assert await editor.mistakes(RULES, 0) == []
    await editor.lens(CLAIMS, "proved: before, after")
    (law,) = editor.server.laws
    before = law.process
    assert before is not None
    os.kill(before, signal.SIGKILL)
    said = await editor.until(lambda each: each.get("method") == "window/showMessage")
    assert "was started again" in said["params"]["message"]
    assert law.process not in (None, before)
    editor.type(RULES, whole + "\nMore prose.\n")
    assert await editor.mistakes(RULES, 0) == []
    assert await editor.lens(CLAIMS, "proved: before, after")


@pytest.mark.long
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nobody can be killed so here")
def test_neither_mistakes_nor_deaths_end_the_server(editor: Editor) -> None:
    """A law that is broken from the start is served as far as it can be read, and is a law once mended; if
    the process that decides dies, the server says so, starts another, and goes on.
    """
    _run(editor, _dying)


async def _elsewhere(editor: Editor) -> None:
    await editor.begin()
    (editor.folder.parent / "other.md").write_text("# Nothing\n", encoding="utf-8")
    editor.open("../other.md")
    assert await editor.of("codeLens", "../other.md") == []
    assert await editor.at("hover", "../other.md", 1, 1) is None
    assert await editor.at("rename", "../other.md", 1, 1, newName="x") is None
    assert (await editor.at("completion", "../other.md", 1, 1))["items"] == []
    assert editor.server.laws == ()


@pytest.mark.usefixtures("alone")
def test_other_markdown_is_left_alone(editor: Editor) -> None:
    """A page that belongs to no law has no features, and starts no process."""
    _run(editor, _elsewhere)
