"""From the lemmas of a claim as written to typed ones."""

from __future__ import annotations

from collections.abc import Iterator

from checker.language import declarations as d
from checker.model.claim import Lemma
from checker.regime.names import Report
from checker.regime.typecheck import Typer
from checker.regime.typecheck_terms import Context


def lemmas_of(decl: d.ClaimDecl, typer: Typer, report: Report) -> Iterator[Lemma]:
    """Yield the claim's lemmas. They are about situations alone, without the claim's variables. Reports names
    that occur twice.
    """
    known: set[str] = set()
    for each in decl.lemmas:
        if each.name.text in known:
            message = f"claim `{decl.name.text}` has a second lemma `{each.name.text}`"
            report.say("duplicate", message, each.name.span)
        known.add(each.name.text)
        formula = typer.formula(each.formula, Context({}, claim=True))
        if formula is not None:
            yield Lemma(each.name.text, each.sentence, formula)
