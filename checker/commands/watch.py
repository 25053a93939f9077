"""`redline watch`: prove again whenever a page is saved, and say what turned."""

from __future__ import annotations

import time
from collections.abc import Sequence
from queue import SimpleQueue
from threading import Thread

import click

import checker
from checker.commands.options import claims_argument, columns_option
from checker.commands.output import write_diagnostics, write_paragraphs
from checker.commands.session import Session, session_options
from checker.holding import Edit, Held, saved
from checker.language.diagnostics import SpecError
from checker.report.paper import Words, paragraph
from checker.results.watched import WatchedVerdict, standing_paragraphs, turned_paragraph


@click.command("watch")
@claims_argument
@columns_option
@click.option("--quick", is_flag=True, help="Leave out readings, dropped suppositions and staged columns.")
@session_options
def command(claims: tuple[str, ...], columns: tuple[str, ...], *, quick: bool, session: Session) -> int:
    """Decide CLAIMs (all of them by default), and again whenever a page is saved, as far as the edit can
    reach them.

    Prints first which verdicts turned, then which are not as expected. While a page has a mistake, watch
    prints the mistake and keeps the last verdicts. Ctrl-C ends it.
    """
    held = _without_mistake(session)
    edits: SimpleQueue[Edit | BaseException] = SimpleQueue()
    Thread(target=_follow, args=(held, edits), daemon=True).start()
    held.law.claims_called(*claims)  # a wrong name is told before anything else
    held.law.columns_called(*columns)
    _say("every page", "Ctrl-C ends")
    _ask(held, claims, columns, quick=quick, first=True)
    while True:
        edit = edits.get()
        if isinstance(edit, BaseException):
            raise edit
        files = edit.files or sorted({each.span.file for each in edit.diagnostics if each.span is not None})
        _say(", ".join(files) or "the folders", "cannot be understood" if edit.diagnostics else "")
        if edit.diagnostics:
            write_diagnostics(edit.diagnostics)
            write_paragraphs([paragraph("The verdicts of before stand.", indent=2)])
        else:
            _ask(held, claims, columns, quick=quick)


def _without_mistake(session: Session) -> Held:
    """Hold the law; as long as a page has a mistake, show it, and try again when a page is saved."""
    for _ in saved(session.spec, session.properties):
        try:
            return session.hold()
        except SpecError as wrong:
            if all(each.span is None for each in wrong.diagnostics):
                raise
            _say("every page", "cannot be understood")
            write_diagnostics(wrong.diagnostics)
    raise AssertionError("there is always another save to wait for")


def _follow(held: Held, edits: SimpleQueue[Edit | BaseException]) -> None:
    """Hand on every edit; it stops what is asked of the law before it."""
    try:
        for edit in held.edits():
            edits.put(edit)
    except BaseException as wrong:
        edits.put(wrong)


def _ask(
    held: Held, claims: Sequence[str], columns: Sequence[str], *, quick: bool, first: bool = False
) -> None:
    """Tell each verdict that turned as soon as it is known, and the others once all are; nothing more after
    the next edit.
    """
    began = time.monotonic()
    known: list[WatchedVerdict] = []
    turned = 0
    try:
        for each in held.verdicts(*claims, versions=columns, quick=quick):
            found = WatchedVerdict(each.claim, each.column, each.verdict, each.before, each.expected)
            known.append(found)
            if each.turned:
                turned += 1
                write_paragraphs([turned_paragraph(found)])
    except checker.Stopped:
        return
    except SpecError as wrong:
        if first:
            raise
        write_diagnostics(wrong.diagnostics)
        return
    write_paragraphs(standing_paragraphs(known, turned, time.monotonic() - began, first=first))


def _say(what: str, more: str) -> None:
    now = Words(time.strftime("%H:%M:%S"), "quiet")
    write_paragraphs([paragraph(now, f"  {what}{f': {more}' if more else ''}", hang=10)])
