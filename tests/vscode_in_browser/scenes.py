"""What people do in VS Code, from opening the folder of the law that `redline init` makes."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from selenium.webdriver.common.keys import Keys

from tests.support.places import ROOT
from tests.support.running import PROGRAM
from tests.vscode_in_browser.editor import Editor

SQUIGGLES: Final = ".view-overlays .squiggly-error"
NOTES: Final = ".notification-list-item-message"


def scenes(editor: Editor, address: str, law: Path) -> Iterator[str]:
    """Yield what was seen to be so; raises AssertionError at the first thing that is not."""
    rules = (law / "spec" / "rules.md").read_text(encoding="utf-8")
    editor.open(address, law)
    editor.until(lambda: "Do you trust" in editor.read(".monaco-dialog-box"))
    editor.click(".monaco-dialog-box .monaco-button", "No,")
    editor.page("properties", "claims.md")
    editor.until(lambda: "redline" in editor.read(".monaco-breadcrumbs") or editor.all(".mtk1"))
    assert not editor.lenses
    assert "redline" not in editor.read(NOTES)
    yield "in a folder that is not trusted, nothing is started"
    editor.command("Workspaces: Manage Workspace Trust")
    editor.click(".workspace-trust-buttons-row .monaco-button", "Trust")
    editor.until(lambda: "redline was not found" in editor.read(NOTES))
    yield "where there is no redline, it says how it is installed"
    _install(law)
    editor.click(".notifications-toasts .monaco-button", "Try Again")
    editor.page("properties", "claims.md")
    editor.until(lambda: "refuted: before · proved: after" in editor.lenses)
    editor.until(lambda: editor.lenses.count("proved: before, after") == 2)
    yield "over every claim stand its verdicts"
    editor.click(".codelens-decoration a", "refuted: before")
    editor.until(
        lambda: "What is merged has been read" in editor.read(".monaco-editor[data-uri^='redline-story']")
    )
    yield "the story of a verdict opens beside the page"
    editor.press(Keys.CONTROL, "k")
    editor.press("w")
    yield from _mistake(editor)
    yield from _names(editor, rules)
    yield from _verdict(editor, law)


def _install(law: Path) -> None:
    """Put redline where a virtual environment of the folder would have it."""
    program = law / ".venv" / "bin" / "redline"
    program.parent.mkdir(parents=True)
    command = f"PYTHONPATH={shlex.quote(str(ROOT))} REDLINE_CACHE=0 exec {shlex.join(PROGRAM)}"
    program.write_text(f'#!/bin/sh\n{command} "$@"\n', encoding="utf-8")
    program.chmod(0o755)


def _mistake(editor: Editor) -> Iterator[str]:
    editor.page("spec", "rules.md")
    editor.seek("approved(change)")
    editor.type("aproved(change)")
    editor.until(lambda: editor.all(SQUIGGLES))
    yield "a mistake is underlined while it is typed"
    editor.press(Keys.HOME)
    editor.press(Keys.F8)
    editor.until(lambda: "aproved" in editor.read(".marker-widget"))
    editor.press(Keys.ESCAPE)
    editor.press(Keys.CONTROL, ".")
    editor.until(lambda: "approved" in editor.read(".action-widget"))
    editor.press(Keys.ENTER)
    editor.until(lambda: not editor.all(SQUIGGLES))
    yield "its message is read, and the nearest name is written by the quick fix"
    editor.undo_until(lambda: not editor.all(".tab.dirty"))


def _names(editor: Editor, rules: str) -> Iterator[str]:
    editor.seek("approved(change)")
    editor.press(Keys.ARROW_LEFT)
    editor.press(Keys.CONTROL, "k")
    editor.press(Keys.CONTROL, "i")
    editor.until(lambda: "{1} is [not] approved" in editor.read(".monaco-hover"))
    yield "a name says what it is"
    editor.press(Keys.ESCAPE)
    line = rules[: rules.index("state approved")].count("\n") + 1
    editor.press(Keys.F12)
    editor.until(lambda: f"Ln {line}," in editor.read("#status\\.editor\\.selection"))
    yield "and leads to where it is declared"
    editor.press(Keys.F2)
    editor.until(lambda: editor.driver.switch_to.active_element.get_attribute("class").count("rename-input"))
    editor.press(Keys.CONTROL, "a")
    editor.type("waved-through")
    editor.press(Keys.ENTER)
    editor.until(lambda: "waved-through(Change)" in editor.read(".view-line"))
    editor.page("properties", "claims.md")
    editor.until(lambda: "waved-through(r.change)" in editor.read(".view-line"))
    yield "it gets another name on all pages"
    editor.undo_until(lambda: "waved-through" not in editor.read(".view-line"))
    editor.page("spec", "rules.md")
    editor.undo_until(lambda: "waved-through" not in editor.read(".view-line"))
    editor.save()
    yield "which is undone at once"
    editor.page("spec", "rules.md")
    editor.seek("applies when act is Merge")
    editor.press(Keys.ARROW_RIGHT)
    editor.press(Keys.CONTROL, Keys.SHIFT, Keys.ARROW_LEFT)
    editor.press(Keys.DELETE)
    editor.press(Keys.CONTROL, Keys.SPACE)
    editor.until(
        lambda: (
            {"Approve", "Merge", "Push"} <= set(editor.read(".suggest-widget.visible .label-name").split())
        )
    )
    yield "what can stand at a place is offered"


def _verdict(editor: Editor, law: Path) -> Iterator[str]:
    editor.type("Push")
    editor.press(Keys.ESCAPE)
    editor.until(lambda: "TURNED" in editor.lenses)
    yield "over the clauses stands what an edit turned"
    editor.page("properties", "claims.md")
    editor.until(lambda: "TURNED before: proved → refuted" in editor.lenses)
    yield "and over the claims how"
    editor.page("spec", "rules.md")
    editor.save()
    editor.until(lambda: "TURNED" not in editor.lenses)
    yield "once saved, it is as it was saved"
    editor.seek("sort Person")
    editor.type("  sort   Person")
    editor.command("Format Document")
    editor.until(lambda: "\nsort Person\n" in f"\n{editor.read('.view-line')}\n")
    yield "fences are laid out"
    before = _servers(law)
    assert len(before) == 1, "there is one server for one folder"
    editor.command("redline: Restart Language Server")
    editor.until(lambda: _servers(law) and not _servers(law) & before)
    editor.page("properties", "claims.md")
    editor.until(lambda: "NOT AS EXPECTED before: refuted" in editor.lenses)
    yield "and the server is started again when asked"


def _servers(law: Path) -> set[int]:
    """The language servers that run in a folder."""
    found = set[int]()
    for each in Path("/proc").glob("[0-9]*"):
        try:
            words = (each / "cmdline").read_bytes().split(b"\0")
            if b"lsp" in words and (each / "cwd").resolve() == law.resolve():
                found.add(int(each.name))
        except OSError:  # it has ended meanwhile, or is somebody else's
            continue
    return found
