"""The workbench where something goes wrong outside of it: nothing typed is lost, and it goes on."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import cast

import pytest
from starlette.websockets import WebSocket

from checker.language.diagnostics import SpecError
from checker.workbench import app, trial
from checker.workbench import messages as m
from checker.workbench.drafts import Draft, Drafts
from tests.support.screen import Screen

PAGE = "spec/permits.md"
ROOM = 40  # pages of the database


def _room(drafts: Drafts, pages: int) -> None:
    """Let the database grow to so many pages, as on a disk that has so much room."""
    drafts.database.execute(f"pragma max_page_count = {pages}")


def test_drafts_that_have_no_room_are_kept_later(tmp_path: Path) -> None:
    """A full disk is told, spoils nothing that was kept before, and does not matter once there is room."""
    with Drafts(tmp_path / "drafts", [tmp_path]) as drafts:
        drafts.write({"one": Draft("a", "b")})
        _room(drafts, ROOM)
        with pytest.raises(SpecError, match="not kept"):
            drafts.write({"one": Draft("a", "c"), "two": Draft("", "x" * 1_000_000)})
        assert drafts.read() == {"one": Draft("a", "b")}
        _room(drafts, 10 * ROOM * ROOM)
        drafts.write({"two": Draft("", "x" * 1_000_000)})
        assert set(drafts.read()) == {"one", "two"}


def test_a_full_disk_costs_no_edit(screen: Screen) -> None:
    """What is typed meanwhile is on the desk, in all windows and in the verdicts; it is kept with the next
    edit for which there is room, and can be saved before.
    """
    drafts = screen.bench.desk.drafts
    other = Screen(screen.bench, "windowtwo")
    _room(drafts, 1)
    screen.edits(PAGE, "# ", "“" * 20_000 + "\n\n# ")
    assert "not kept" in screen.hears(m.Note).text
    assert other.hears(m.Pushed).version == 1
    assert drafts.read() == {}
    _room(drafts, 10 * ROOM * ROOM)
    claims = "properties/claims.md"
    screen.edits(claims, "# ", "# A few ")
    assert set(drafts.read()) == {screen.page(PAGE), screen.page(claims)}
    assert drafts.read()[screen.page(PAGE)].text == screen.text(PAGE)


def test_an_edit_is_kept_before_a_window_forgets_it(screen: Screen) -> None:
    """When a window hears that its edit is taken, the edit is where it outlives the server."""
    kept: list[bool] = []

    def hear(message: m.ToWindow) -> None:
        if isinstance(message, m.Pushed):
            kept.append(screen.bench.desk.drafts.read()[screen.page(PAGE)].text == screen.text(PAGE))

    screen.bench.enter("windowtwo", hear)
    screen.edits(PAGE, "# ", "# My ")
    assert kept == [True]


def test_a_save_that_was_killed_leaves_nothing_for_good(screen: Screen, folder: Path) -> None:
    """The next save of the page takes away what was written beside it; files of other programs stay."""
    spec = folder / "spec"
    (spec / ".permits.md.0a1b2c3d.tmp").write_text("half", encoding="utf-8")
    (spec / ".permits.md.swp.tmp").write_text("theirs", encoding="utf-8")
    screen.edits(PAGE, "# ", "# My ")
    screen.says(m.Save())
    assert "Saved" in screen.hears(m.Note).text
    assert {each.name for each in spec.iterdir()} == {"permits.md", ".permits.md.swp.tmp"}


def test_a_mistake_of_its_own_does_not_end_the_workbench(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text that brings redline itself down is told to be one, and the next text is looked at."""
    screen.settles()
    before = trial.tried

    def spoilt(_: object) -> object:
        raise ArithmeticError("spoilt")

    monkeypatch.setattr("checker.workbench.bench.tried", spoilt)
    screen.edits("properties/claims.md", "# ", "# Some ")
    assert "ArithmeticError" in screen.hears(m.Note, lambda each: each.bad).text
    screen.says(m.Save())
    assert "ArithmeticError" in screen.hears(m.Note).text
    monkeypatch.setattr("checker.workbench.bench.tried", before)
    screen.edits("properties/claims.md", "# Some", "# Few")
    screen.hears(m.State, lambda each: len(each.changed) == 1 and not each.mistakes)


def test_a_window_that_takes_nothing_is_let_go(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for a window that reads nothing any more does not grow for ever: the window has to begin
    again, and the others go on.
    """
    monkeypatch.setattr(app, "_WAITING", 20)
    windows, socket = app.Windows(screen.bench), _Stuck()

    async def until_closed() -> None:
        serving = asyncio.create_task(windows.live(cast("WebSocket", socket)))
        await socket.greeted.wait()
        for _ in range(30):
            await asyncio.to_thread(screen.edits, PAGE, "# ", "# x")
        await asyncio.wait_for(serving, 20)

    asyncio.run(until_closed())
    assert socket.closed == 4408
    assert screen.text(PAGE).startswith("# xxx")


class _Stuck:
    """A websocket to which nothing can be sent after the first message."""

    def __init__(self) -> None:
        self.query_params = {"client": "windowtwo"}
        self.greeted, self.for_ever = asyncio.Event(), asyncio.Event()
        self.closed = 0

    async def accept(self) -> None:
        """Let it in."""

    async def send_text(self, _: str) -> None:
        """Take one message, and no other."""
        if self.greeted.is_set():
            await self.for_ever.wait()
        self.greeted.set()

    async def receive_text(self) -> str:
        """Say nothing."""
        await self.for_ever.wait()
        return ""

    async def close(self, code: int, _reason: str) -> None:
        """Note why."""
        self.closed = code
