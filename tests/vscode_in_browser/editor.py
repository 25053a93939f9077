"""A window of VS Code, as a person uses it: real keys, and what is seen."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Window

_PATIENCE: Final = 600.0  # seconds after which what never comes is given up; a busy machine needs many
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Editor:
    """An open window on a folder."""

    window: Window

    @property
    def driver(self) -> Any:
        return self.window.driver

    def open(self, address: str, folder: Path) -> None:
        """Open a folder, in a window that is wide enough."""
        self.driver.set_window_size(1500, 1000)
        self.driver.get(f"{address}/?folder={folder}")

    def until(self, wanted: Callable[[], _T]) -> _T:
        """Wait until something is so, and return it."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            try:
                found = wanted()
            except WebDriverException:  # what was looked at is no more
                found = None
            if found:
                return found
            time.sleep(0.1)
        raise AssertionError("never so")

    def all(self, selector: str) -> list[Any]:
        return list(self.driver.find_elements("css selector", selector))

    def read(self, selector: str) -> str:
        """What a person reads in all places of a kind, a line for each."""
        script = (
            "return [...document.querySelectorAll(arguments[0])]"
            ".map(e => e.innerText.replace(/\\u00a0/g, ' ')).join('\\n')"
        )
        return str(self.window.ask(script, selector))

    def click(self, selector: str, words: str) -> None:
        """Click the first thing of a kind that has the words."""

        def clicked() -> bool:
            found = next((each for each in self.all(selector) if words in each.text), None)
            if found is not None:
                found.click()
            return found is not None

        self.until(clicked)

    def press(self, *keys: str) -> None:
        """Hold all keys but the last down, and press that."""
        chain = ActionChains(self.driver)
        for each in keys[:-1]:
            chain.key_down(each)
        chain.send_keys(keys[-1])
        for each in keys[:-1]:
            chain.key_up(each)
        chain.perform()

    def type(self, text: str) -> None:
        ActionChains(self.driver).send_keys(text).perform()

    def page(self, folder: str, name: str) -> None:
        """Open a page in the tree of files, and wait until it is there."""

        def rows(label: str) -> list[Any]:
            return [each for each in self.all(".explorer-folders-view .label-name") if each.text == label]

        def shown() -> bool:
            if not rows(name):
                rows(folder)[0].click()
            return bool(rows(name))

        self.until(lambda: rows(folder))
        self.until(shown)
        page = f".monaco-editor[data-uri$='{name}']"

        def opened() -> bool:
            if not self.all(page):
                ActionChains(self.driver).double_click(rows(name)[0]).perform()
                time.sleep(0.5)
            elif not self.all(f"{page}.focused"):
                self.all(f"{page} .view-lines")[0].click()
            return bool(self.all(f"{page}.focused .view-line"))

        self.until(opened)

    def command(self, title: str) -> None:
        """Run a command by its title."""
        self.press(Keys.F1)
        self.until(lambda: self.all(".quick-input-widget input"))
        self.type(title)
        self.until(lambda: title in self.read(".quick-input-list .monaco-list-row.focused"))
        self.press(Keys.ENTER)

    def seek(self, words: str) -> None:
        """Go to the first place that has the words, which are selected then."""
        self.press(Keys.CONTROL, Keys.HOME)
        self.press(Keys.CONTROL, "f")
        self.until(lambda: self.all(".find-widget.visible textarea, .find-widget.visible input"))
        self.press(Keys.CONTROL, "a")
        self.type(words)
        self.until(lambda: " of " in self.read(".find-widget.visible .matchesCount"))
        self.press(Keys.ENTER)
        self.press(Keys.ESCAPE)

    def undo_until(self, wanted: Callable[[], bool]) -> None:
        """Undo until something is so; where it is asked, on all pages at once."""

        def undone() -> bool:
            question = ".monaco-dialog-box .monaco-button"
            if self.all(question):
                next(each for each in self.all(question) if "Undo in" in each.text).click()
            elif not wanted():
                self.press(Keys.CONTROL, "z")
            time.sleep(0.5)
            return wanted()

        self.until(undone)

    def save(self) -> None:
        """Save all pages."""
        self.command("File: Save All")
        self.until(lambda: not self.all(".tab.dirty"))

    @property
    def lenses(self) -> str:
        """What stands over claims and clauses."""
        return self.read(".codelens-decoration")

    def picture(self, folder: Path | None, name: str) -> None:
        """Write what is seen, if somebody wants it."""
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self.driver.save_screenshot(str(folder / f"{name}.png"))
