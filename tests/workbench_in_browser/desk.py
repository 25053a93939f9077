"""A window of the workbench, as a person uses it: real keys, and what is seen."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    NoAlertPresentException,
    StaleElementReferenceException,
)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Look, Window

_PATIENCE: Final = 600.0  # seconds after which what never comes is given up; a busy machine needs many
CONTROL: Final = Keys.CONTROL
_NOT_YET: Final = (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    NoAlertPresentException,
    StaleElementReferenceException,
)
"""What a browser says of what is being shown, or is no more."""


@dataclass(frozen=True, slots=True)
class Desk:
    """An open window."""

    window: Window

    def nothing_on_the_console(self) -> None:
        """Raise AssertionError, with what stands there, if the browser had something to complain of."""
        complaints = self.window.complaints()
        assert not complaints, "\n".join(complaints)

    @property
    def driver(self) -> Any:
        return self.window.driver

    def open(self, address: str) -> None:
        """Open an address, and wait until the workbench has told everything."""
        self.driver.get(address)
        self.until(lambda: bool(self.ask("return document.querySelectorAll('.verdicts tbody tr').length")))

    def look(self, look: Look, height: int = 900) -> None:
        """Look at the page in a size, and dark or light."""
        size = {"width": look.width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        scheme = {"name": "prefers-color-scheme", "value": "dark" if look.dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})

    def ask(self, script: str, *arguments: object) -> Any:
        return self.window.ask(script, *arguments)

    def until(self, wanted: Callable[[], object]) -> None:
        """Wait until something is so."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            try:
                if wanted():
                    return
            except _NOT_YET:
                pass
            time.sleep(0.05)
        raise AssertionError(f"never so; the page says {self.read('state')!r}, {self.read('progress')!r}")

    def read(self, place: str) -> str:
        """What a person reads in a place."""
        return str(self.ask("return document.getElementById(arguments[0]).innerText", place))

    def click(self, selector: str) -> None:
        """Click something, wherever it is in its pane."""

        def clicked() -> bool:
            found = self.driver.find_elements("css selector", selector)
            if not found:
                return False
            self.ask("arguments[0].scrollIntoView({block: 'center'})", found[0])
            found[0].click()
            return True

        self.until(clicked)

    def choose_page(self, title: str) -> None:
        """Show a page in the editor."""
        self.click("#page")
        self.driver.find_element("xpath", f"//select[@id='page']//option[starts-with(., '{title}')]").click()
        self.press(Keys.ESCAPE)
        self.click(".cm-content")

    def press(self, *keys: str, holding: tuple[str, ...] = ()) -> None:
        """Press keys, while others are held."""
        chain = ActionChains(self.driver)
        for each in holding:
            chain.key_down(each)
        chain.send_keys(*keys)
        for each in reversed(holding):
            chain.key_up(each)
        chain.perform()

    def select(self, words: str) -> None:
        """Select words in the editor, as a person finds them: by searching from the top."""
        self.click(".cm-content")
        self.press(Keys.HOME, holding=(CONTROL,))
        self.press("f", holding=(CONTROL,))
        self.until(lambda: self.ask("return document.activeElement.matches('.cm-search [name=search]')"))
        self.press("a", holding=(CONTROL,))
        self.press(words, Keys.ENTER, Keys.ESCAPE)
        self.until(
            lambda: self.ask("return getSelection().toString().replace(/\\s+/g, ' ')").strip() == words
        )

    def replace(self, words: str, by: str) -> None:
        """Type over words."""
        self.select(words)
        self.press(by)

    def take_back(self) -> None:
        """Undo in the editor until nothing is edited: how much goes at once depends on how fast was typed."""

        def undone() -> bool:
            if "Nothing is edited" not in self.read("state"):
                self.press("z", holding=(CONTROL,))
            return "Nothing is edited" in self.read("state")

        self.until(undone)

    def undo_all(self) -> None:
        """Drop all edits, and say that it is meant."""

        def accepted() -> bool:
            self.driver.switch_to.alert.accept()
            return True

        self.click("#undo")
        self.until(accepted)

    def cell(self, claim: str, column: str) -> str:
        """What stands in the matrix for a claim in a column."""
        selector = f"[data-claim='{claim}'][data-column='{column}']"
        return str(self.ask("return document.querySelector(arguments[0])?.innerText ?? ''", selector))

    def picture(self, place: Path | None, name: str) -> None:
        """Write what is seen, if somebody wants it."""
        if place is not None:
            place.mkdir(parents=True, exist_ok=True)
            seen = self.driver.execute_cdp_cmd("Page.captureScreenshot", {})
            (place / f"{name}.png").write_bytes(base64.b64decode(seen["data"]))
