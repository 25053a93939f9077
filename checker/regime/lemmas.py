"""From lemmas as written, of a claim or of the law, to typed ones."""

from __future__ import annotations

from collections.abc import Iterator

from checker.language import declarations as d
from checker.language.statements import LemmaDecl
from checker.model.claim import Lemma
from checker.regime.names import Report, Vocabulary
from checker.regime.term_context import Context
from checker.regime.typecheck import Typer


def lemmas_of(decl: d.ClaimDecl, typer: Typer) -> Iterator[Lemma]:
    """Yield the claim's own lemmas, then those of the law that it uses. They are about situations alone,
    without the claim's variables. Reports names that occur twice, and lemmas that are not there.
    """
    known: set[str] = set()
    for each in decl.lemmas:
        if each.name.text in known:
            message = f"claim `{decl.name.text}` has a second lemma `{each.name.text}`"
            typer.report.say("duplicate", message, each.name.span)
        known.add(each.name.text)
        yield from _typed(each, typer)
    of_law = {each.name.text: each for each in typer.vocabulary.lemmas}
    for name in decl.using:
        if name.text in known:
            message = f"claim `{decl.name.text}` has a lemma `{name.text}` already"
            typer.report.say("duplicate", message, name.span)
        elif name.text not in of_law:
            typer.report.unknown("lemma of the law", name.text, name.span, sorted(of_law))
        else:
            yield from _typed(of_law[name.text], typer)
        known.add(name.text)


def report_lemmas(vocabulary: Vocabulary, report: Report) -> None:
    """Reports mistakes in lemmas of the law, whether a claim uses them or not."""
    typer = Typer(vocabulary, report)
    for each in vocabulary.lemmas:
        tuple(_typed(each, typer))


def _typed(lemma: LemmaDecl, typer: Typer) -> Iterator[Lemma]:
    formula = typer.formula(lemma.formula, Context({}, claim=True))
    if formula is not None:
        yield Lemma(lemma.name.text, lemma.sentence, formula)
