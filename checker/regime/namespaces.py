"""Which names may be the same: the only table of everything that has a name, and of the spaces in which names
must differ. spec/reference.md says it in words, under *Names*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, assert_never

from checker.language import declarations as d
from checker.language import statements as st
from checker.language import syntax as s
from checker.model.clock import BUILT_IN as BUILT_IN_PAGE
from checker.model.clock import TODAY
from checker.model.expressions import DATE, FACT, NUMBER, VERSION, Sort
from checker.model.steps import DEPLOY
from checker.regime.names import Report, Vocabulary

Named: TypeAlias = s.Name | s.Text
Kind: TypeAlias = Literal[
    "sort",
    "quantity",
    "calendar",
    "enum",
    "constant",
    "value",
    "function",
    "definition",
    "premise",
    "parameter",
    "component",
    "check",
    "effect",
    "event",
    "lapse",
    "duty",
    "axiom",
    "typical",
    "abstraction",
    "lemma",
    "version",
    "deployment",
    "reading",
    "modification",
    "clause",
    "table",
    "source",
    "claim",
    "claim number",
]

DECLARED: Final = "what is declared"
WORDS: Final = "what statements may name"
RULES: Final = "what a claim or a change may name as a rule"

_WORD: Final = (DECLARED, WORDS)
_RULE: Final = (DECLARED, RULES)
SPACES: Final[Mapping[Kind, tuple[str, ...]]] = {
    "sort": (DECLARED,),
    "quantity": (DECLARED,),
    "calendar": (DECLARED,),
    "enum": (DECLARED,),
    "constant": _WORD,
    "value": (WORDS,),
    "function": _WORD,
    "definition": (*_WORD, RULES),
    "premise": (*_WORD, RULES),
    "parameter": _WORD,
    "component": _RULE,
    "check": _RULE,
    "effect": _RULE,
    "event": _RULE,
    "lapse": _RULE,
    "duty": _RULE,
    "axiom": _RULE,
    "typical": (DECLARED,),
    "abstraction": (DECLARED,),
    "lemma": (DECLARED,),
    "version": (DECLARED,),
    "deployment": (DECLARED,),
    "reading": (DECLARED,),
    "modification": (DECLARED,),
    "clause": (RULES,),
    "table": ("tables",),
    "source": ("sources",),
    "claim": ("claims",),
    "claim number": ("claims",),
}
"""Within a space, no two things may have the same name."""

BUILT_IN: Final[Mapping[Kind, tuple[str, ...]]] = {
    "sort": (FACT.name, VERSION, "request", DATE.name),
    "quantity": (FACT.name, VERSION, "request", NUMBER.name, DATE.name),
    "enum": (FACT.name, VERSION, "request", DATE.name),
    "constant": (TODAY,),
    "value": (TODAY,),
    "function": (TODAY,),
    "definition": (TODAY,),
    "premise": (TODAY,),
    "parameter": (TODAY,),
    "event": (DEPLOY,),
}
"""Names that the language itself uses."""

_MANY: Final = ("value", "clause")  # enums may share a value, and a clause may have several rules


@dataclass(frozen=True, slots=True)
class Given:
    """A name, with the kind and declaration of the thing that has it. One declaration may give a name in
    several kinds.
    """

    kind: Kind
    name: Named
    owner: d.Declaration


@dataclass(frozen=True, slots=True)
class Names:
    """Finds names with two meanings."""

    report: Report
    across: bool = False  # different versions may each use a name for the same kind of thing

    def check(self, given: Iterable[Given]) -> None:
        """Reports names that something else already has; of two declarations, the first that both give."""
        told: list[tuple[Given, Given]] = []
        taken: dict[tuple[str, str], list[Given]] = {}
        for each in given:
            if each.name.text in BUILT_IN.get(each.kind, ()) and each.name.span.file != BUILT_IN_PAGE:
                message = f"`{each.name.text}` is built in, so no {each.kind} can have this name"
                self.report.say("duplicate", message, each.name.span, expected=("another name",))
            for space in SPACES[each.kind]:
                others = taken.setdefault((space, each.name.text), [])
                first = next((other for other in others if self._clash(other, each)), None)
                if first is not None:
                    if not any(_repeats(first, each, *pair) for pair in told):
                        self._say(first, each)
                    told.append((first, each))
                others.append(each)

    def _clash(self, first: Given, second: Given) -> bool:
        if first.kind == second.kind and (self.across or first.kind in _MANY):
            return False
        one = first.owner is second.owner and first.kind != second.kind
        return not one and first.name.span != second.name.span

    def _say(self, first: Given, second: Given) -> None:
        text, kind = second.name.text, second.kind
        if first.kind == kind:
            message = f"there is {_article(kind)} `{text}` already"
        else:
            message = f"`{text}` is already {_article(first.kind)}, so no {kind} can have this name"
        where = f"the first one is at line {first.name.span.line} of {first.name.span.file}"
        self.report.say("duplicate", message, second.name.span, notes=(where,))


def _repeats(first: Given, second: Given, one: Given, other: Given) -> bool:
    """Whether two names are of the same two declarations as two earlier ones, and of two different ones."""
    return first.owner is one.owner and second.owner is other.owner and first.owner is not second.owner


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def taken_by(name: str, sort: Sort | None, vocabulary: Vocabulary) -> str | None:
    """What already has the name, so no variable of the sort (None: a request) can have it; None if nothing
    has. The name of a version is only taken for variables of that sort.
    """
    if name in vocabulary.constants:
        return "a constant"
    if name in vocabulary.callables:
        return _article(vocabulary.callables[name].kind)
    owners = vocabulary.values.get(name, ())
    meant = [each for each in owners if each.name != VERSION or sort == each]
    return f"a value of `{meant[0].name}`" if meant else None


def report_requests(claims: Iterable[d.ClaimDecl], vocabulary: Vocabulary, report: Report) -> None:
    """Reports requests in claims whose names something else already has."""
    for name in (each for decl in claims for each in _requests(decl)):
        kind = taken_by(name.text, None, vocabulary)
        if kind is not None:
            message = f"`{name.text}` already has a meaning here: it is {kind}"
            report.say("duplicate", message, name.span, expected=("a name of its own",))


def _requests(decl: d.ClaimDecl) -> Iterator[s.Name]:
    yield from (each.name for each in decl.variables if each.sort is None)
    match decl.statement:
        case st.AfterSyntax(kind="request" | "step", name=name):
            yield name
        case st.RequestSyntax(request=name) | st.EventuallySyntax(request=name):
            yield name
        case st.DifferenceSyntax(request=name):
            yield name
        case (
            st.AfterSyntax()
            | st.AlwaysSyntax()
            | st.PossiblySyntax()
            | st.LeadsSyntax()
            | st.CompareSyntax()
            | None
        ):
            return
        case _:
            assert_never(decl.statement)
