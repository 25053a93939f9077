"""What people do at the workbench, from opening the address to closing the window."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Look
from tests.support.places import ROOT
from tests.workbench_in_browser.desk import CONTROL, Desk
from tests.workbench_in_browser.server import served

WIDE, NARROW, DARK = Look("wide", 1280), Look("narrow", 800), Look("dark", 1280, dark=True)
LIVES: Final = "requires lives(sender, street)"
CLAIM: Final = "holders-live-there"
LIMITS: Final = ROOT / "tests" / "cases" / "clauses" / "12"


@dataclass(frozen=True, slots=True)
class Scene:
    """A window, a law that may be written to, and where drafts are. `pictures`: where what is seen goes."""

    desk: Desk
    law: Path
    state: Path
    port: int
    pictures: Path | None

    @property
    def page(self) -> str:
        """The page of the small law, as it was saved."""
        return (self.law / "spec" / "permits.md").read_text(encoding="utf-8")


def settled(desk: Desk) -> bool:
    """Whether everything is known."""
    return "deciding" not in desk.read("progress") and "of" in desk.read("progress")


def assert_fit(desk: Desk) -> None:
    """Nothing on the page keeps anybody out."""
    found = desk.window.violations()
    assert not found, found


def an_edit_turns_a_verdict(scene: Scene) -> None:
    """Type in the modification: a verdict turns, its story is beside it, and undoing turns it back."""
    desk = scene.desk
    desk.look(WIDE)
    with served(scene.law, scene.state, scene.port, "--jobs", "1") as server:
        desk.open(server.address)
        assert "token" not in desk.driver.current_url
        desk.until(lambda: settled(desk))
        desk.click(f"[data-claim={CLAIM}][data-column=new]")
        desk.until(lambda: "refuted" in desk.read("telling"))
        desk.replace("not inner(street)", "inner(street) and not inner(street)")
        desk.until(lambda: "was refuted" in desk.cell(CLAIM, "new"))
        desk.until(lambda: "proved in new" in desk.read("telling"))
        first = desk.ask("return document.querySelector('.verdicts tbody tr').dataset.row")
        assert first == CLAIM, "what turned is first"
        assert "1 turned" in desk.read("progress")
        desk.picture(scene.pictures, "turned")
        desk.take_back()
        desk.until(lambda: settled(desk) and "turned" not in desk.read("progress"))
        desk.nothing_on_the_console()


def all_looks_are_fit_for_everybody(scene: Scene) -> None:
    """Wide, narrow and dark; a story, an effect and a mistake: nothing for axe-core, nothing too wide."""
    desk = scene.desk
    with served(scene.law, scene.state, scene.port, "--jobs", "1") as server:
        desk.look(WIDE)
        desk.open(server.address)
        desk.until(lambda: settled(desk))
        desk.click(f"[data-claim={CLAIM}][data-column=new]")
        desk.until(lambda: "refuted" in desk.read("telling"))
        desk.replace(LIVES, f"{LIVES} or kind is Trader")
        desk.until(lambda: "stays as it is" in desk.read("asking"))
        desk.until(lambda: settled(desk))
        for look in (WIDE, NARROW, DARK, Look("phone", 360)):
            desk.look(look)
            desk.picture(scene.pictures, f"story-{look.name}")
            assert_fit(desk)
            wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert desk.ask(wide) <= 0, look.name
        desk.look(DARK)
        desk.click("#effect")
        desk.until(lambda: "Edits of mine" in desk.read("told-effect"))
        desk.picture(scene.pictures, "effect-dark")
        assert_fit(desk)
        desk.click("#back")
        desk.click(".cm-content")
        desk.press("x")
        desk.until(lambda: desk.ask("return !document.getElementById('mistakes').hidden"))
        desk.look(WIDE)
        desk.picture(scene.pictures, "mistake-wide")
        assert_fit(desk)
        desk.nothing_on_the_console()
        asked = [each for each in desk.window.requests() if each.startswith(("http", "ws"))]
        assert all(f"127.0.0.1:{scene.port}/" in each for each in asked), asked


def a_check_leads_to_its_words(scene: Scene) -> None:
    """Click a check that refuses: its words are selected in the editor."""
    desk = scene.desk
    desk.look(WIDE)
    with served(scene.law, scene.state, scene.port, "--jobs", "1") as server:
        desk.open(server.address)
        desk.choose_page("properties/claims.md")
        desk.click("[data-claim=holders-live-there][data-column=new]")
        desk.until(lambda: "Exempt from" in desk.read("telling"))
        desk.click("#telling blockquote a")
        desk.until(lambda: desk.ask("return document.getElementById('page').value").endswith("permits.md"))
        desk.until(lambda: desk.ask("return document.querySelectorAll('.cm-found').length") >= 2)
        assert desk.ask("return document.activeElement.className").startswith("cm-content")


def a_broken_edit_is_told_and_mended(scene: Scene) -> None:
    """While there is a mistake, the last verdicts stand, and saving is refused."""
    desk = scene.desk
    desk.look(WIDE)
    with served(scene.law, scene.state, scene.port, "--jobs", "1") as server:
        desk.open(server.address)
        desk.until(lambda: settled(desk))
        before = scene.page
        desk.replace(LIVES, "requires lives(sender, stree)")
        desk.until(lambda: "stree" in desk.read("mistakes"))
        desk.until(lambda: "without a mistake" in desk.read("progress"))
        desk.until(lambda: desk.ask("return document.querySelectorAll('.cm-lintRange-error').length"))
        desk.press("s", holding=(CONTROL,))
        desk.until(lambda: "stree" in desk.read("notes"))
        assert scene.page == before
        desk.click(".cm-content")
        desk.take_back()
        desk.until(lambda: settled(desk))
        desk.nothing_on_the_console()


def words_are_struck_and_saved_as_a_modification(scene: Scene) -> None:
    """Strike words of the law in force: a version without them is decided, and saving writes that."""
    desk = scene.desk
    desk.look(WIDE)
    with served(scene.law, scene.state, scene.port, "--jobs", "1") as server:
        desk.open(server.address)
        desk.until(lambda: settled(desk))
        before = scene.page
        desk.select("a person who lives in the street,")
        desk.click("#strike")
        desk.until(lambda: "stays as it is" in desk.read("asking"))
        desk.until(lambda: "refuted" in desk.cell(CLAIM, "mine"))
        desk.picture(scene.pictures, "struck")
        desk.press("s", holding=(CONTROL,))
        desk.until(lambda: "stays as it was" in desk.read("notes"))
        assert scene.page == before
        written = (scene.law / "spec" / "mine.md").read_text(encoding="utf-8")
        assert "by MINE amend residence:" in written
        desk.until(lambda: "Nothing is edited" in desk.read("state"))
        desk.until(lambda: desk.cell(CLAIM, "mine").strip() != "")
        assert "spec/mine.md" in desk.read("page")


def what_no_page_can_have_is_not_put_in(scene: Scene) -> None:
    """A paste that is too large, or breaks a letter in two, changes nothing and is told; one of a hundred
    thousand letters, with quotes and line ends of Windows, is an edit like any other.
    """
    desk = scene.desk
    desk.look(WIDE)
    paste = (
        "const data = new DataTransfer(); data.setData('text/plain', arguments[0].repeat(arguments[1]));"
        "document.querySelector('.cm-content').dispatchEvent("
        "new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))"
    )
    with served(scene.law, scene.state, scene.port, "--jobs", "1") as server:
        desk.open(server.address)
        desk.until(lambda: settled(desk))
        desk.click(".cm-content")
        desk.ask(paste, "x", 2_100_000)
        desk.until(lambda: "at most 2,000,000 bytes" in desk.read("notes"))
        desk.ask(paste, "“", 700_000)  # three bytes each
        desk.ask(paste.replace("arguments[0].repeat(arguments[1])", r"'a\ud800'"))
        desk.until(lambda: "half a letter" in desk.read("notes"))
        assert "Nothing is edited" in desk.read("state")
        desk.ask(paste, "“word” 😀\r\n", 10_000)
        desk.until(lambda: "Edited" in desk.read("state"))
        desk.until(lambda: settled(desk))
        desk.undo_all()
        desk.until(lambda: "Nothing is edited" in desk.read("state"))
        desk.nothing_on_the_console()


def a_law_of_amounts_is_told_in_all_looks(scene: Scene) -> None:
    """An amount that is another turns a verdict; its story says both, and fits wide, narrow and dark."""
    desk = scene.desk
    with served(LIMITS, scene.state, scene.port, "--jobs", "1") as server:
        desk.look(WIDE)
        desk.open(server.address)
        desk.until(lambda: settled(desk))
        desk.click("[data-claim=hundred-pounds][data-column=y1983]")
        desk.until(lambda: "£100" in desk.read("telling"))
        desk.replace("price(item) at most 100", "price(item) at most 99.99")
        desk.until(lambda: "was refuted" in desk.cell("hundred-pounds", "y1983"))
        desk.until(lambda: settled(desk))
        desk.click("[data-claim=takes-nothing-away][data-column=y1983]")
        desk.until(lambda: "£" in desk.read("telling"))
        for look in (WIDE, NARROW, DARK):
            desk.look(look)
            desk.picture(scene.pictures, f"amounts-{look.name}")
            assert_fit(desk)
        desk.undo_all()
        desk.until(lambda: "Nothing is edited" in desk.read("state"))
        desk.nothing_on_the_console()


def two_windows_edit_one_page(scene: Scene) -> None:
    """What one types, the other has at once; both type at the same time, and both have both."""
    desk, driver = scene.desk, scene.desk.driver
    desk.look(WIDE)
    with served(scene.law, scene.state, scene.port, "--jobs", "1") as server:
        desk.open(server.address)
        first = driver.current_window_handle
        driver.switch_to.new_window("tab")
        desk.look(WIDE)
        desk.open(f"http://127.0.0.1:{scene.port}/")
        second = driver.current_window_handle
        for handle, words in ((first, "one "), (second, "two "), (first, "three ")):
            driver.switch_to.window(handle)
            desk.click(".cm-content")
            desk.press(Keys.HOME, holding=(CONTROL,))
            desk.press(words)
        texts = []
        heading = "return document.querySelector('.cm-line').innerText"
        for handle in (first, second):
            driver.switch_to.window(handle)
            desk.until(lambda: all(each in desk.ask(heading) for each in ("one", "two", "three")))
            texts.append(desk.ask(heading))
        assert texts[0] == texts[1], texts
        desk.undo_all()
        driver.switch_to.window(first)
        desk.until(
            lambda: desk.ask("return document.querySelector('.cm-line').innerText") == "# Parking permits"
        )


def nothing_is_lost_when_the_server_is_killed(scene: Scene) -> None:
    """What was typed before, and what was typed while there was no server, is there when it is back."""
    desk = scene.desk
    desk.look(WIDE)
    with served(scene.law, scene.state, scene.port, "--jobs", "1") as server:
        desk.open(server.address)
        desk.click(".cm-content")
        desk.press(Keys.HOME, holding=(CONTROL,))
        desk.press("before ")
        desk.until(lambda: "Edited" in desk.read("state"))
        server.kill()
        desk.until(lambda: "No connection" in desk.read("state"))
        desk.press("during ")
    with served(scene.law, scene.state, scene.port, "--jobs", "1") as server:
        handle = desk.driver.current_window_handle
        desk.driver.switch_to.new_window("tab")
        desk.open(server.address)
        desk.driver.close()
        desk.driver.switch_to.window(handle)
        desk.until(lambda: "Edited" in desk.read("state"))
        desk.until(lambda: desk.ask("return !Object.keys(localStorage).length"))
        assert "before during" in desk.ask("return document.querySelector('.cm-line').innerText")
    with served(scene.law, scene.state, scene.port, "--jobs", "1") as server:
        desk.open(server.address)
        desk.until(lambda: "before during" in desk.ask("return document.querySelector('.cm-line').innerText"))


def names_are_known_in_the_editor(scene: Scene) -> None:
    """The language client: a name leads to its declaration, is completed, and is renamed everywhere."""
    desk = scene.desk
    desk.look(WIDE)
    line = "return document.querySelector('.cm-activeLine').innerText"
    with served(scene.law, scene.state, scene.port, "--jobs", "1") as server:
        desk.open(server.address)
        desk.until(lambda: settled(desk))
        desk.select("lives(sender")
        desk.press(Keys.ARROW_LEFT, Keys.ARROW_RIGHT)

        def at_the_declaration() -> bool:
            desk.press(Keys.F12)  # the language server may not be there yet
            return "state lives(Person, Street)" in desk.ask(line)

        desk.until(at_the_declaration)
        desk.select("requires lives(sender, street)")
        desk.press(Keys.ARROW_RIGHT, " and liv")
        desk.press(" ", holding=(CONTROL,))
        desk.until(
            lambda: (
                "lives"
                in desk.ask("return document.querySelector('.cm-tooltip-autocomplete')?.innerText ?? ''")
            )
        )
        desk.picture(scene.pictures, "completion")
        desk.press(Keys.ESCAPE)
        desk.take_back()
        desk.select("lives(sender")
        desk.press(Keys.ARROW_LEFT, Keys.ARROW_RIGHT)
        desk.press(Keys.F2)
        desk.until(lambda: desk.ask("return document.activeElement.matches('.cm-panel input')"))
        desk.press("a", holding=(CONTROL,))
        desk.press("dwells", Keys.ENTER)
        desk.until(
            lambda: "properties/claims.md" in desk.read("state") and "permits.md" in desk.read("state")
        )
        desk.until(lambda: settled(desk) and "turned" not in desk.read("progress"))
        desk.nothing_on_the_console()


def what_lint_finds_is_answered(scene: Scene) -> None:
    """A lemma that nothing uses is underlined and listed; the edit that is offered strikes it alone."""
    desk = scene.desk
    desk.look(WIDE)
    place = scene.law / "spec" / "permits.md"
    before = place.read_text(encoding="utf-8")
    lemma = 'lemma empty "The office lives nowhere.": for every s: Street: not lives(Office, s)\n'
    place.write_text(before.replace("version old", f"{lemma}version old", 1), encoding="utf-8")
    listed = "return document.querySelector('.cm-panel-lint').innerText"
    with served(scene.law, scene.state, scene.port, "--jobs", "1") as server:
        desk.open(server.address)
        desk.until(lambda: settled(desk))
        desk.until(lambda: desk.ask("return document.querySelectorAll('.cm-lintRange-info').length"))
        desk.click(".cm-content")
        desk.press("m", holding=(CONTROL, Keys.SHIFT))
        desk.until(lambda: "no claim uses the lemma" in desk.ask(listed))
        desk.picture(scene.pictures, "lint")
        desk.click(".cm-panel-lint .cm-diagnosticAction")
        desk.until(lambda: "permits.md" in desk.read("state"))
        desk.until(lambda: "no claim uses the lemma" not in desk.ask(listed))
        desk.press("s", holding=(CONTROL,))
        desk.until(lambda: scene.page == before)
        desk.nothing_on_the_console()


def shipped_tour(scene: Scene) -> None:
    """The tour: one digit in 6.2(d) turns claim 1, and the story says why; then what the edit does."""
    desk = scene.desk
    desk.look(WIDE)
    with served(scene.law, scene.state, scene.port) as server:
        desk.open(server.address)
        assert "secmp0107" in desk.ask("return document.getElementById('page').value")
        desk.click("[data-claim=wrong-no-hands-over][data-column=mp107]")
        desk.until(lambda: "proved in mp107" in desk.read("telling"))
        desk.replace("srv is 6.15.1", "srv is 6.15.2")
        began = time.monotonic()
        desk.until(lambda: "was proved" in desk.cell("wrong-no-hands-over", "mp107"))
        sys.stdout.write(f"from the last key to the turned verdict: {time.monotonic() - began:.1f} s\n")
        desk.until(lambda: "refuted in mp107" in desk.read("telling"))
        for look in (WIDE, NARROW, DARK):
            desk.look(look)
            desk.picture(scene.pictures, f"tour-{look.name}")
            assert_fit(desk)
        desk.look(WIDE)
        desk.click("#effect")
        desk.until(lambda: "What mp107 decides differently" in desk.read("told-effect"))
        desk.picture(scene.pictures, "tour-effect")
        desk.click("#no-effect")
        desk.undo_all()
        desk.until(lambda: "proved in mp107" in desk.read("telling"))


def shipped_slow_claims_are_left(scene: Scene) -> None:
    """Leave one claim, stop, go on: what is left is not decided; the workers end with the server."""
    desk = scene.desk
    desk.look(WIDE)
    with served(scene.law, scene.state, scene.port, "--jobs", "2") as server:
        desk.open(server.address)
        desk.until(server.children)
        desk.click(".verdicts tbody tr:last-child [data-leave]")
        desk.until(lambda: desk.driver.find_elements("css selector", ".verdicts [data-resume]"))
        desk.click("#stop")
        desk.until(lambda: desk.read("stop") == "Go on")
        desk.until(lambda: not server.children())
        known = desk.read("progress")
        desk.open(server.address)  # which tells all anew, as the server has it
        desk.until(lambda: desk.read("stop") == "Go on")
        assert desk.read("progress") == known
        assert not server.children()
        desk.picture(scene.pictures, "stopped")
        desk.click("#stop")
        desk.until(server.children)
        workers = server.children()
        server.kill()
        desk.until(lambda: not any(Path(f"/proc/{each}").exists() for each in workers))


SCENES: Final[tuple[Callable[[Scene], None], ...]] = (
    an_edit_turns_a_verdict,
    all_looks_are_fit_for_everybody,
    a_check_leads_to_its_words,
    a_broken_edit_is_told_and_mended,
    words_are_struck_and_saved_as_a_modification,
    two_windows_edit_one_page,
    what_no_page_can_have_is_not_put_in,
    a_law_of_amounts_is_told_in_all_looks,
    nothing_is_lost_when_the_server_is_killed,
    names_are_known_in_the_editor,
    what_lint_finds_is_answered,
    shipped_tour,
    shipped_slow_claims_are_left,
)
