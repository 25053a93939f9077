"""A window of the workbench without a browser: what it types, and what it is told."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import checker
from checker.workbench import messages as m
from checker.workbench.bench import Bench
from checker.workbench.drafts import Drafts
from checker.workbench.shared_text import changes_between

T = TypeVar("T")
PATIENCE = 60.0  # seconds that a busy machine may take


@dataclass
class Screen:
    """A window: what it was told, and what it types."""

    bench: Bench
    name: str
    told: list[m.ToWindow] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.window = self.bench.enter(self.name, self.told.append)

    def says(self, message: m.FromWindow) -> None:
        """Say something to the workbench."""
        self.bench.take(self.window, message)

    def last(self, kind: type[T]) -> T | None:
        """The last message of a kind."""
        return next((each for each in reversed(self.told) if isinstance(each, kind)), None)

    def hears(self, kind: type[T], wanted: Callable[[T], bool] = lambda _: True) -> T:
        """Wait until the last message of a kind is as wanted."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            found = self.last(kind)
            if found is not None and wanted(found):
                return found
            time.sleep(0.01)
        raise AssertionError(f"never told: {self.last(kind)}")

    def page(self, title: str) -> str:
        """The name of a page."""
        return next(name for name, each in self.bench.desk.pages.items() if each.title == title)

    def text(self, title: str) -> str:
        return self.bench.desk.pages[self.page(title)].shared.text

    def edits(self, title: str, old: str, new: str) -> None:
        """Type something else in a page."""
        shared = self.bench.desk.pages[self.page(title)].shared
        assert old in shared.text
        made = changes_between(shared.text, shared.text.replace(old, new, 1))
        wire = [each if isinstance(each, int) else list(each) for each in made]
        self.says(m.Push(self.page(title), shared.version, [wire]))

    def settles(self) -> m.Verdicts:
        """Wait until what was typed is known in full."""
        changed = tuple(each.name for each in self.bench.desk.changed())
        self.hears(m.State, lambda each: each.changed == changed)
        time.sleep(0.2)
        return self.hears(m.Verdicts, lambda each: not each.running and each.done == each.of)


def opened(folder: Path) -> Iterator[Screen]:
    """A window on the workbench with that law."""
    held = checker.hold(folder / "spec", folder / "properties", effort=checker.effort(jobs=1))
    with Drafts(folder.parent / "drafts", held.law.folders) as drafts:
        bench = Bench(held, drafts)
        try:
            yield Screen(bench, "windowone")
        finally:
            bench.close()
