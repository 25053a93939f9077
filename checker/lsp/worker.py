"""The process that checks the law: one thread loads every new text at once, another decides its claims.

It ends when the server does, because nobody has the other end of the pipe any more.
"""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator, Mapping
from multiprocessing.connection import Connection
from typing import assert_never

from checker.editor.standings import Standing
from checker.holding import Held, Stopped
from checker.holding import Standing as Verdict
from checker.interface.held_texts import HeldTexts
from checker.language.diagnostics import Diagnostic, SpecError
from checker.lsp.messages import (
    Answer,
    Begin,
    Cancel,
    Change,
    Done,
    Found,
    Mistakes,
    Noticed,
    Question,
    Tell,
    Told,
    Turns,
)
from checker.lsp.trying import Trying
from checker.question.jobs import Disagreement
from checker.report.paper import WIDTH, text_of
from checker.results.answer import kept
from checker.rooms.lint.answer import Linted
from checker.rooms.lint.find import by_reading, in_order, merged
from checker.rooms.lint.finding import Finding


def work(connection: Connection, trying: Trying) -> None:
    """Answer questions until the other end hangs up; then end the process."""
    os.dup2(2, 1)  # standard output belongs to the server
    worker = _Worker(connection, trying)
    threading.Thread(target=worker.decide, daemon=True).start()
    while True:
        try:
            question: Question = connection.recv()
        except (EOFError, OSError):
            os._exit(0)
        worker.take(question)


class _Worker:
    """A law that is held, and what is to be decided about it."""

    def __init__(self, connection: Connection, trying: Trying) -> None:
        self._connection = connection
        self._effort = trying.effort()
        self._texts: HeldTexts | None = None
        self._held: Held | None = None
        self._number = -1
        self._done = -1  # the last of which all is decided
        self._loaded = -1  # the last text that is a law
        self._first: tuple[str, ...] = ()
        self._stories: list[Tell] = []
        self._news = threading.Condition()
        self._sending = threading.Lock()

    # -------------------------------------------------------------- loading

    def take(self, question: Question) -> None:
        """Take an edit over at once; leave what takes time to the other thread."""
        match question:
            case Begin():
                self._held, self._texts = None, question.texts
                self._load(question.number, {}, question.first)
            case Change():
                assert self._texts is not None
                self._texts = self._texts.edited(question.files)
                self._load(question.number, question.files, question.first)
            case Cancel():
                self._cancel()
            case Tell():
                with self._news:
                    self._stories.append(question)
                    self._news.notify()
            case _:
                assert_never(question)

    def _cancel(self) -> None:
        with self._news:
            self._number = (
                self._done
            ) = -1  # what goes on without an edit is decided again, from what is known
        if self._held is not None:
            self._held.cancel()

    def _load(self, number: int, files: Mapping[str, str | None], first: tuple[str, ...]) -> None:
        self._cancel()
        assert self._texts is not None
        wrong: tuple[Diagnostic, ...] = ()
        gc.disable()  # until the mistakes are told: what it would free can wait, and somebody does
        try:
            if self._held is None:
                self._held = Held(self._texts, self._effort)
                gc.freeze()  # looking through a whole law for what nobody needs takes as long as an edit
            else:
                wrong = self._held.change(files).diagnostics
        except SpecError as error:
            wrong = error.diagnostics
        except Exception as error:  # whatever happens to one text, the next may be a law
            self._held = None
            self._send(Mistakes(number, ()))
            self._send(Done(number, f"this text could not be loaded: {error!r}"))
            return
        finally:
            gc.enable()
        self._send(Mistakes(number, wrong))
        with self._news:
            self._number, self._first = number, first
            self._loaded = self._loaded if wrong else number
            self._news.notify()

    # ------------------------------------------------------------- deciding

    def decide(self) -> None:
        """Decide the claims about every text that is a law, unless there is a newer one."""
        while True:
            with self._news:
                self._news.wait_for(lambda: self._stories or self._open())
                story = self._stories.pop(0) if self._stories else None
                number, first, held = self._number, self._first, self._held
            if story is not None:
                self._tell(story, held)
                continue
            assert held is not None
            try:
                self._decide(held, number, first)
            except Stopped:
                continue
            with self._news:
                self._done = number if self._number == number else self._done

    def _decide(self, held: Held, number: int, first: tuple[str, ...]) -> None:
        """Send the verdicts on a law, and what lint finds: what is quickly known before what takes long."""
        failed, read = "", False
        try:
            for group in _in_turn(held, first):
                for each in self._verdicts(held, number, group):
                    self._send(Found(number, each))
                self._send(Turns(number, self._turns(held, number)))
                if not read:
                    self._send(Noticed(number, self._read(held, number)))
                    read = True
        except Stopped:
            raise
        except SpecError as wrong:
            failed = str(wrong)
        except Exception as wrong:
            failed = repr(wrong)
        self._send(Done(number, failed))
        if not failed:
            self._lint(held, number)

    def _turns(self, held: Held, number: int) -> dict[str, tuple[str, ...]]:
        """By clause, the claims that rest on it in some version."""
        import networkx as nx

        law = held.law
        found: dict[str, dict[str, None]] = {}
        for version in law.versions:
            self._keep(number)
            graph = law.graph(version)
            for node in graph:
                kind, name = node
                if kind in ("clause", "exemption"):
                    self._keep(number)
                    above = (each for each in nx.ancestors(graph, node) if each[0] == "claim")
                    found.setdefault(name, {}).update(dict.fromkeys(sorted(name for _, name in above)))
        return {clause: tuple(claims) for clause, claims in found.items()}

    def _keep(self, number: int) -> None:
        """Raise Stopped unless that is still the newest text: the thread that loads the next waits for this
        one whenever both have something to do.
        """
        if self._number != number:
            raise Stopped

    def _read(self, held: Held, number: int) -> tuple[Finding, ...]:
        """What lint finds by reading alone."""
        found = []
        for each in by_reading(held.law.regime):
            self._keep(number)
            found.append(each)
        return in_order(merged(found))

    def _lint(self, held: Held, number: int) -> None:
        """Send all that lint finds. It is told nobody that it could not be: `redline lint` would say so."""
        try:
            findings = kept(held.lint(), "linted", Linted).lint.findings
        except (SpecError, Disagreement):
            return
        if self._number == number:
            self._send(Noticed(number, findings))

    def _open(self) -> bool:
        """Whether the newest text is a law about which not all is decided."""
        return (
            self._held is not None and self._number not in (-1, self._done) and self._number == self._loaded
        )

    def _verdicts(self, held: Held, number: int, claims: tuple[str, ...]) -> Iterator[Standing]:
        """Yield the verdicts on those claims."""
        found = held.verdicts(*claims)
        self._keep(number)  # unless it was cancelled before it began
        yield from map(_standing, found)

    def _tell(self, story: Tell, held: Held | None) -> None:
        if held is None:
            self._send(Told(story.key, "there is no law yet"))
            return
        try:
            found = held.prove(story.claim, versions=(story.column,))
            self._send(Told(story.key, text_of(found.paragraphs("all", proofs=True), WIDTH)))
        except Stopped:
            self._send(Told(story.key, "the text was edited meanwhile"))
        except SpecError as wrong:
            self._send(Told(story.key, "; ".join(each.message for each in wrong.diagnostics)))
        except Exception as wrong:
            self._send(Told(story.key, f"internal error: {wrong!r}"))

    def _send(self, answer: Answer) -> None:
        try:
            with self._sending:
                self._connection.send(answer)
        except OSError:
            os._exit(0)


def _in_turn(held: Held, first: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the claims that are to be decided first, then all others."""
    names = [each.name for each in held.law.claims]
    groups = (
        tuple(each for each in names if each in first),
        tuple(each for each in names if each not in first),
    )
    yield from (each for each in groups if each)


def _standing(found: Verdict) -> Standing:
    return Standing(
        found.claim.name, found.claim.number, str(found.column), found.verdict, found.expected or ""
    )
