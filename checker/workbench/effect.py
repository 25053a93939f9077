"""What an edit does: which requests are decided differently, and what weight the edited words have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.model.claim import Column
from checker.model.fingerprint import Fingerprints
from checker.regime.regime import Regime
from checker.results.answer import Watch
from checker.workbench.fragments import effect_html
from checker.workbench.messages import EffectFound

if TYPE_CHECKING:
    from checker.api import Law


@dataclass(frozen=True, slots=True)
class Edited:
    """The law with an edit. `new`: the version that the edit of the law made of `old`; or empty, and `old` is
    the version that people look at. `words`: how a modification says it; `clean`: nothing is edited.
    """

    law: Law
    old: str
    new: str
    words: str
    clean: bool


def effects(edited: Edited, saved: Law, watch: Watch) -> Iterator[EffectFound]:
    """Yield what is known of the effect, more and more of it. Raises SpecError, Disagreement and Stopped."""
    law, words = edited.law, edited.words
    first = "what is decided differently"
    yield EffectFound(effect_html(law, words), done=False, stage=first, progress=first)
    if edited.new:
        found = law.diff(edited.old, edited.new, progress=watch)
    else:
        before = {name: text for name, text in saved.sources().items() if name.startswith("spec/")}
        found = law.diff(edited.old, before=before, progress=watch)
    column = edited.new or edited.old
    clauses = clauses_edited(law.regime, column, saved.regime, edited.old)
    if not clauses:
        note = f"No clause of {column} has other words or another meaning."
        yield EffectFound(effect_html(law, words, note, found), done=True, stage="", progress="")
        return
    second = f"edits of {' and '.join(clauses)}, and which claims notice"
    yield EffectFound(effect_html(law, words, "", found), done=False, stage=second, progress=second)
    edits = law.cover(column, clauses=clauses, everyone=True, progress=watch)
    yield EffectFound(effect_html(law, words, "", found, edits), done=True, stage="", progress="")


def clauses_edited(law: Regime, column: str, saved: Regime, old: str) -> tuple[str, ...]:
    """Return the clauses with rules of a version that have other words, or another meaning, than before."""
    now, before = _clauses(law, column), _clauses(saved, old)
    return tuple(clause for clause, said in now.items() if before.get(clause) != said)


def _clauses(regime: Regime, version: str) -> dict[str, str]:
    """Return what each clause of a version that has rules says."""
    prints = Fingerprints()
    model = regime.model(Column(version))
    words: dict[str, str] = {}
    for text in regime.texts[version]:
        words[text.clause] = f"{words.get(text.clause, '')} {text.text}"
    rules: dict[str, list[object]] = {}
    for check in model.checks:
        rules.setdefault(check.clause, []).append(check.items)
        for limb in check.limbs:
            if limb not in rules.setdefault(limb.clause, []):
                rules[limb.clause].append(limb)
    return {clause: prints.of(words.get(clause, ""), found) for clause, found in rules.items() if clause}
