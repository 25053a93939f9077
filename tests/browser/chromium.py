"""Chromium without a window, driven by selenium: what it sees, asks for and complains of."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BROWSERS: Final = ("chromium", "chromium-browser")
DRIVER: Final = "chromedriver"


def installed() -> tuple[str, str] | None:
    """Where the browser and its driver are, or None if one of them is not there."""
    browser = next((found for each in BROWSERS if (found := shutil.which(each))), None)
    driver = shutil.which(DRIVER)
    return None if browser is None or driver is None else (browser, driver)


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at: so wide, and dark or light."""

    name: str
    width: int
    dark: bool = False


LOOKS: Final = (Look("light", 1280), Look("dark", 1280, dark=True), Look("narrow", 360))


@dataclass(frozen=True, slots=True)
class Window:
    """An open page. `driver`: selenium's."""

    driver: Any

    def open(self, page: Path, look: Look) -> None:
        """Open a page in a look."""
        size = {"width": look.width, "height": 1400, "deviceScaleFactor": 1, "mobile": False}
        scheme = {"name": "prefers-color-scheme", "value": "dark" if look.dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        self.driver.get("about:blank")
        self.requests(), self.complaints()  # what went before is not of this page
        self.driver.get(page.resolve().as_uri())

    def ask(self, script: str, *arguments: object) -> Any:
        """Return what a script says of the page; the page's own policy forbids it scripts, not us."""
        return self.driver.execute_script(script, *arguments)

    def follow(self, selector: str) -> str:
        """Click a link, and return the id of the place that the page goes to."""
        found = self.driver.find_element("css selector", selector)
        self.ask("arguments[0].scrollIntoView({block: 'center'})", found)
        found.click()
        return str(self.ask("return decodeURIComponent(location.hash.slice(1))"))

    def sees(self, place: str) -> bool:
        """Whether a person sees what has this id: it is on the screen, and not folded away."""
        return bool(
            self.ask(
                "const e = document.getElementById(arguments[0]), r = e.getBoundingClientRect();"
                "return e.checkVisibility() && r.bottom > 0 && r.top < innerHeight",
                place,
            )
        )

    def violations(self) -> list[str]:
        """What axe-core finds wrong, with everything unfolded."""
        import axe_core_python

        script = Path(axe_core_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
        self.ask("document.querySelectorAll('details').forEach(e => e.open = true)")
        self.ask(f"{script};window.axe = axe")
        self.driver.set_script_timeout(240)
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations.map("
            "v => `${v.id}, ${v.nodes.length} times: ${v.nodes[0].html.slice(0, 200)}`)))"
        )
        return list(map(str, found))

    def complaints(self) -> list[str]:
        """What stands on the console."""
        return [each["message"] for each in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Every address that was asked for since the last time."""
        return list(_addresses(self.driver.get_log("performance")))


def _addresses(log: list[Mapping[str, str]]) -> Iterator[str]:
    for each in log:
        told = json.loads(each["message"])["message"]
        if told["method"] == "Network.requestWillBeSent":
            yield told["params"]["request"]["url"]


@contextmanager
def window(browser: str, driver: str, profile: Path) -> Iterator[Window]:
    """A window with a fresh profile; it is closed in the end."""
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    opened = webdriver.Chrome(options=options, service=Service(driver))
    try:
        yield Window(opened)
    finally:
        opened.quit()
