"""A whole specification, with all its versions and readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from checker.language.diagnostics import Diagnostic, Span, SpecError
from checker.language.document import Document
from checker.language.parse import parse_column_text, parse_expression
from checker.language.quotes import Phrase, Quote
from checker.language.syntax import ColumnRef, Expr, Name
from checker.model.claim import Claim, Column
from checker.model.expressions import Formula, History, Sort, Term
from checker.model.history import with_histories
from checker.model.item import Item
from checker.model.lacking import lacking
from checker.model.mixture import with_the_same_kinds
from checker.model.model import Check, Limb, Model
from checker.model.situation import Instance
from checker.regime.cited_passages import Source
from checker.regime.lapses import stopping_at_turns
from checker.regime.names import Report, Vocabulary
from checker.regime.names_of_labels import Labels
from checker.regime.program import TableData, Unit
from checker.regime.redlining import ClauseText
from checker.regime.term_context import Context
from checker.regime.typecheck import Typer

if TYPE_CHECKING:
    from checker.regime.files_as_written import Written

COMMAND_LINE = "<command line>"
"""The file name in diagnostics about texts given on the command line."""

SuppositionKind: TypeAlias = Literal["axiom", "premise", "adopted check", "typical", "abstraction"]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the law: as it was written (`parent` None), or another version with modifications, which
    are in force from a `day` if there is one.
    """

    name: str
    label: str
    parent: str | None
    modifications: tuple[str, ...]
    span: Span
    day: Expr | None = None


@dataclass(frozen=True, slots=True)
class Modification:
    name: str
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand words that can be read in two. `changes` names the rules, definitions and
    checks whose meaning it changes or adds.
    """

    name: str
    sentence: str
    because: str
    changes: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Deployment:
    """Which version every component enforces."""

    name: str
    sentence: str
    versions: Mapping[Instance, str]
    span: Span


@dataclass(frozen=True, slots=True)
class Supposition:
    """Something that the model assumes, or leaves out."""

    kind: SuppositionKind
    name: str
    sentence: str
    because: str
    span: Span


@dataclass(frozen=True, slots=True)
class NotModelled:
    """Words of the law without a formal meaning, and why."""

    phrases: tuple[Phrase, ...]
    why: str
    span: Span


@dataclass(frozen=True, slots=True)
class ClauseMeaning:
    """A clause in a version: its redlined words, and the rules that tile them.

    `items` are (rule or limb, item) for every item with a phrase in this quote.
    """

    text: ClauseText
    checks: tuple[Check, ...]
    limbs: tuple[Limb, ...]
    items: tuple[tuple[str, Item], ...]


class Building(Protocol):
    """Makes the model of a column."""

    def __call__(self, column: Column) -> Model: ...
    def owners(self, column: Column) -> Mapping[Span, str]: ...
    def without_effect(self, column: Column) -> str | None: ...
    def reread(self, written: Written, texts: Mapping[str, str], report: Report) -> Building: ...


@dataclass(frozen=True, slots=True)
class Regime:
    """A loaded and checked specification, with its claims.

    `histories`: what has been, as far as versions and claims speak of it.

    `model` and the other functions of columns raise SpecError for a column that doesn't exist.
    """

    documents: tuple[Document, ...]
    versions: Mapping[str, Version]
    modifications: Mapping[str, Modification]
    readings: Mapping[str, Reading]
    deployments: Mapping[str, Deployment]
    suppositions: Mapping[str, Supposition]
    claims: tuple[Claim, ...]
    quotes: tuple[Quote, ...]
    unformalised: tuple[Quote, ...]
    not_modelled: tuple[NotModelled, ...]
    sources: tuple[Source, ...]
    vocabulary: Vocabulary = field(repr=False)
    build: Building = field(repr=False, compare=False)
    texts: Mapping[str, tuple[ClauseText, ...]] = field(repr=False)
    tables: Mapping[str, Mapping[str, TableData]] = field(repr=False)
    units: Mapping[str, tuple[Unit, ...]] = field(repr=False, compare=False)
    histories: tuple[History, ...] = ()
    _models: dict[Column, Model] = field(default_factory=dict, repr=False, compare=False)
    # A regime with other deployments or readings is another one, which `replace` gives a table of its own.
    _side_by_side: dict[Column, Mapping[str, Model]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def first_version(self) -> str:
        """Any version: all of them share sorts, components and the kinds of functions."""
        return next(iter(self.versions))

    def model(self, column: Column) -> Model:
        """The model of a column whose base is a version."""
        self._check(column)
        if column.base not in self.versions:
            message = f"`{column.base}` deploys several versions, so it has no single model"
            raise SpecError((Diagnostic("wrong-column", message, None, tuple(self.versions)),))
        if column not in self._models:
            self._models[column] = _remembering(self.build(column), self.histories)
        return self._models[column]

    def _check(self, column: Column) -> None:
        """Raises SpecError for a column that names something that doesn't exist."""
        report = Report()
        place = Span(COMMAND_LINE, 1, 1, 1, 2)
        names = [tuple(Name(each, place) for each in part) for part in (column.readings, column.without)]
        written = ColumnRef(Name(column.base, place), names[0], names[1], place, column.staged)
        Typer(self.vocabulary, report).column(written)
        report.stop_if_any()

    def rules(self, column: Column) -> Mapping[str, Model]:
        """The model of every version that the column needs, readings and `without` applied to each, and what
        changes in one of them changes in all. Sorted by name, because the names in a story must not depend on
        the order of declarations.
        """
        self._check(column)
        if column.base not in self.deployments:
            return {column.base: self.model(column)}
        if column not in self._side_by_side:
            names = sorted(set(self.deployments[column.base].versions.values()))
            each = {name: self.model(replace(column, base=name)) for name in names}
            self._side_by_side[column] = with_the_same_kinds(each)
        return self._side_by_side[column]

    def owners(self, column: Column) -> Mapping[Span, str]:
        """For every item in a column whose base is a version, by its place: the rule or limb that has it, as
        a reading names it.
        """
        self.model(column)
        return self.build.owners(column)

    def deployed(self, column: Column) -> Mapping[Instance, str]:
        """The version at every component instance."""
        if column.base in self.deployments:
            return self.deployments[column.base].versions
        return dict.fromkeys(instances(self.model(column)), column.base)

    def parse_column(self, text: str) -> Column:
        """A column as people write it. Raises SpecError, with nearest names, for one that doesn't exist."""
        report = Report()
        found = Typer(self.vocabulary, report).column(parse_column_text(text, COMMAND_LINE))
        report.stop_if_any()
        assert found is not None
        return found

    def parse_formula(
        self,
        text: str,
        variables: Mapping[str, Sort] | None = None,
        requests: Iterable[str] = (),
        *,
        at_hand: bool = False,
        claim: bool = False,
        place: str = COMMAND_LINE,
    ) -> Formula:
        """A formula given on the command line, over variables, named requests or the request at hand.
        `claim`: outcomes of requests may stand in it.

        Raises SpecError whose places lie in the file `place`.
        """
        report = Report()
        context = Context(variables or {}, at_hand=at_hand, requests=frozenset(requests), claim=claim)
        with self._in_words(text):
            found = Typer(self.vocabulary, report).formula(parse_expression(text, place), context)
            report.stop_if_any()
        assert found is not None
        return found

    def parse_term(
        self, text: str, variables: Mapping[str, Sort] | None = None, *, place: str = COMMAND_LINE
    ) -> Term | Formula:
        """A term, or a statement that is one application, given on the command line, over variables.

        Raises SpecError whose places lie in the file `place`.
        """
        report = Report()
        with self._in_words(text):
            expression = parse_expression(text, place)
            found = Typer(self.vocabulary, report).expression(expression, Context(variables or {}), None)
            report.stop_if_any()
        assert found is not None
        return found

    @contextmanager
    def _in_words(self, text: str) -> Iterator[None]:
        """Tell mistakes in a text with the labels that the law has for things."""
        try:
            yield
        except SpecError as wrong:
            labels = Labels.of(self.documents)
            raise SpecError(tuple(labels.told(each, text) for each in wrong.diagnostics)) from None

    def clauses(self, version: str) -> tuple[ClauseMeaning, ...]:
        """The law of a version, redlined, clause by clause, with the meaning of its words."""
        model = self.model(Column(version))
        return tuple(_meaning(text, model) for text in self.texts[version])


def _remembering(model: Model, histories: Sequence[History]) -> Model:
    """The model with functions for all histories that it has words for: others are another version's."""
    for each in histories:
        if lacking(model, each) is None:
            model = with_histories(model, (each,))
    own = tuple(each.history for each in model.functions.values() if each.history is not None)
    return stopping_at_turns(model, own) if histories else model


def instances(model: Model) -> tuple[Instance, ...]:
    """Every component instance of a model."""
    found: list[Instance] = []
    for component in model.components.values():
        values = component.index.values if component.index else (None,)
        found += [(component.name, value) for value in values]
    return tuple(found)


def _meaning(text: ClauseText, model: Model) -> ClauseMeaning:
    clause = text.clause
    checks = tuple(check for check in model.checks if check.clause == clause)
    limbs = {limb.clause: limb for check in model.checks for limb in check.limbs if limb.clause == clause}
    items: dict[tuple[str, Span], tuple[str, Item]] = {}
    rules: list[tuple[str, tuple[Item, ...]]] = [(check.name, check.items) for check in model.checks]
    rules += [(limb.clause, limb.items) for check in model.checks for limb in check.limbs]
    rules += [(effect.name, effect.items) for effect in model.effects]
    rules += [(each.name, each.items) for event in model.events.values() for each in event.lapses]
    rules += [(each.name, each.items) for each in model.duties.values()]
    rules += [(event.name, event.items) for event in model.events.values()]
    for name, own in rules:
        for item in own:
            if any(phrase.clause == clause for phrase in item.phrases):
                items.setdefault(("", item.span), (name, item))
    return ClauseMeaning(text, checks, tuple(limbs.values()), tuple(items.values()))
