"""Claims as items of pytest: one for each column. Silent unless `--redline` or `[tool.redline]` asks for it.

pytest loads this module wherever redline is installed, so it loads nothing else until it is asked.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from _pytest._code.code import TerminalRepr, TracebackStyle

    from checker.api import Law, SpecError
    from checker.interface.loaded_law import Folders
    from checker.interface.questions import Question

_TABLE: Final = "[tool.redline"
_MARK: Final = "redline: a claim of the law in one column, decided by redline"
_TEXTS: Final = ("spec", "properties")
_LISTS: Final = ("versions", "claims")


@dataclass(frozen=True, slots=True)
class Settings:
    """What is asked of which law. `properties` without `spec`, or the other way round: the other is beside
    it, as for every command. `budget`: seconds for one verdict.
    """

    spec: Path | None = None
    properties: Path | None = None
    versions: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    quick: bool = False
    budget: float | None = None


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("redline", "claims about a law, decided by redline")
    group.addoption("--redline", action="store_true", help="Collect every claim in every column as an item.")
    group.addoption("--redline-spec", metavar="DIR", help="Folder of the law.")
    group.addoption("--redline-properties", metavar="DIR", help="Folder of the claims.")
    group.addoption(
        "--redline-version", action="append", metavar="COLUMN", help="Only this column. May be repeated."
    )
    group.addoption(
        "--redline-quick", action="store_true", help="Leave out readings and dropped suppositions."
    )


def pytest_configure(config: pytest.Config) -> None:
    """Collect claims if that is asked for. Raises UsageError for settings that are not understood."""
    table = _table(config.rootpath / "pyproject.toml")
    if table is None and not config.option.redline:
        return
    if not hasattr(pytest, "Directory"):
        raise pytest.UsageError("redline's plugin needs pytest 8 or later")
    config.addinivalue_line("markers", _MARK)
    collecting = Collecting(_settings(config, table or {}))
    config.pluginmanager.register(collecting, "redline-claims")
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        folder = collecting.folder(config)
        around = {folder, *folder.parents}
        if not any(Path(config.invocation_params.dir, each).resolve() in around for each in config.args):
            config.args.append(str(folder))


def _table(file: Path) -> Mapping[str, Any] | None:
    """Return `[tool.redline]` of a file, if there is one that does not say `pytest = false`."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError:
        return None
    if _TABLE not in text:
        return None
    try:
        table = tomllib.loads(text).get("tool", {}).get("redline")
    except tomllib.TOMLDecodeError as wrong:
        raise pytest.UsageError(f"{file} is not TOML: {wrong}") from wrong
    return None if table is None or table.get("pytest") is False else table


def _settings(config: pytest.Config, table: Mapping[str, Any]) -> Settings:
    """Return what the table says, and where the command line says something else, that."""
    known = {*_TEXTS, *_LISTS, "quick", "budget", "pytest"}
    for name, value in table.items():
        kind: type | tuple[type, ...] = (
            str if name in _TEXTS else list if name in _LISTS else bool if name != "budget" else (int, float)
        )
        if name not in known or not isinstance(value, kind):
            expected = ", ".join(sorted(known))
            raise pytest.UsageError(
                f"[tool.redline]: `{name} = {value!r}` is not understood; it has {expected}"
            )
    option = config.option
    here = config.invocation_params.dir
    told = {name: getattr(option, f"redline_{name}") for name in _TEXTS}
    folders = {
        name: here / told[name] if told[name] else config.rootpath / table[name] if name in table else None
        for name in _TEXTS
    }
    return Settings(
        **folders,
        versions=tuple(map(str, option.redline_version or table.get("versions", ()))),
        claims=tuple(map(str, table.get("claims", ()))),
        quick=option.redline_quick or bool(table.get("quick", False)),
        budget=table.get("budget"),
    )


@dataclass(eq=False)
class Collecting:
    """Collects the claims of one law, which is loaded once."""

    settings: Settings
    _places: Folders | None = None
    _law: Law | None = None
    _questions: tuple[Question, ...] = ()

    def places(self, config: pytest.Config) -> Folders:
        """Return the folders of the law and its claims. UsageError if they are not there."""
        if self._places is None:
            from checker.interface.loaded_law import find_folders
            from checker.language.diagnostics import SpecError

            asked = self.settings
            spec = asked.spec or (None if asked.properties else _inside(config.rootpath, "spec"))
            try:
                found = find_folders(spec, asked.properties)
            except SpecError as wrong:
                raise pytest.UsageError(f"redline: {wrong}") from wrong
            if found.shipped or not found.properties.is_dir():
                message = "redline: there is no `spec/` and `properties/`; name them in [tool.redline]"
                raise pytest.UsageError(message)
            self._places = found
        return self._places

    def folder(self, config: pytest.Config) -> Path:
        """Return the folder of the claims."""
        return self.places(config).properties.resolve()

    @pytest.hookimpl(tryfirst=True)
    def pytest_collect_directory(self, path: Path, parent: pytest.Collector) -> ClaimFolder | None:
        """Collect the folder of the claims."""
        if path.resolve() != self.folder(parent.config):
            return None
        made: ClaimFolder = ClaimFolder.from_parent(parent, path=path)
        made.collecting = self
        return made

    def questions(self, config: pytest.Config) -> tuple[Question, ...]:
        """Return every claim in every column. CollectError with every mistake, if the law cannot be read."""
        if self._law is None:
            from checker.api import SpecError, load
            from checker.interface.questions import questions

            asked, places = self.settings, self.places(config)
            try:
                self._law = load(*(Path(os.path.relpath(each)) for each in (places.spec, places.properties)))
                self._questions = questions(self._law, asked.claims, asked.versions, quick=asked.quick)
            except SpecError as wrong:
                raise pytest.Collector.CollectError(_told(wrong)) from wrong
        return self._questions

    def check(self, question: Question) -> tuple[str, str, str]:
        """Decide a question. Return whether it passed, what to say if not, and the verdict."""
        from checker.api import effort
        from checker.formats.of_prove import check_of_verdict
        from checker.interface.choices import BUDGET
        from checker.interface.questions import answer

        assert self._law is not None
        trying = effort(self.settings.budget or BUDGET, jobs=1)
        found = check_of_verdict(*answer(self._law, question, trying))
        return found.judged, f"{found.message}\n\n{found.details}".rstrip(), dict(found.about)["found"]


def _inside(place: Path, name: str) -> Path | None:
    return place / name if (place / name).is_dir() else None


def _told(wrong: SpecError) -> str:
    from checker.language.render_diagnostics import render_all

    files = {each.span.file for each in wrong.diagnostics if each.span is not None}
    texts = {
        each: Path(each).read_text(encoding="utf-8", errors="replace")
        for each in files
        if Path(each).is_file()
    }
    return render_all(wrong.diagnostics, texts)


class ClaimFolder(pytest.Directory):
    """The folder of the claims, or one in it."""

    collecting: Collecting

    def collect(self) -> Iterator[ClaimFolder | ClaimPage]:
        """Yield the pages and the folders that have claims."""
        found = self.collecting.questions(self.config)
        here = self.path.resolve()
        inside = sorted({each.file.resolve() for each in found if here in each.file.resolve().parents})
        for name in dict.fromkeys(each.relative_to(here).parts[0] for each in inside):
            kind = ClaimPage if here / name in inside else ClaimFolder
            made: ClaimFolder | ClaimPage = kind.from_parent(self, path=self.path / name)
            made.collecting = self.collecting
            yield made


class ClaimPage(pytest.File):
    """A page of claims."""

    collecting: Collecting

    def collect(self) -> Iterator[ClaimColumns]:
        """Yield each claim."""
        found = self.collecting.questions(self.config)
        here = [each for each in found if each.file.resolve() == self.path.resolve()]
        for name in dict.fromkeys(each.name for each in here):
            made: ClaimColumns = ClaimColumns.from_parent(self, name=name)
            made.collecting = self.collecting
            yield made


class ClaimColumns(pytest.Collector):
    """A claim, with its columns. The name of a column is no parameter: `--lf` would not find it again."""

    collecting: Collecting

    def collect(self) -> Iterator[ClaimItem]:
        """Yield the claim in each column."""
        for each in self.collecting.questions(self.config):
            if each.name == self.name:
                by = f" by {each.by}" if each.by else ""
                made: ClaimItem = ClaimItem.from_parent(self, name=f"{each.column}{by}")
                made.ask(self.collecting, each)
                yield made


class NotAsExpected(Exception):
    """A verdict that is not as its author expects, or none; with its story."""


class ClaimItem(pytest.Item):
    """One claim in one column."""

    collecting: Collecting
    question: Question

    def ask(self, collecting: Collecting, question: Question) -> None:
        """Say what the item is about."""
        self.collecting, self.question = collecting, question
        self.user_properties += [("claim", question.number), ("sentence", question.sentence)]
        self.add_marker("redline")

    def __repr__(self) -> str:
        return f"<Claim {self.question.number} in {self.name}: {self.question.sentence}>"

    def runtest(self) -> None:
        """Decide the claim."""
        judged, message, verdict = self.collecting.check(self.question)
        self.user_properties.append(("verdict", verdict))
        if judged != "passed":
            raise NotAsExpected(f"{self.question.title}: {message}")

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: TracebackStyle | None = None
    ) -> str | TerminalRepr:
        """Return the story; a traceback only for what is no verdict."""
        if isinstance(excinfo.value, NotAsExpected):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the claim stands, and what it says."""
        return self.path, self.question.line - 1, f"{self.question.title}: {self.question.sentence}"
