"""The declarations in force: as written, then as modifications and readings change them.

A program is immutable; each change returns a new one. Units that a change doesn't touch stay the same
objects, so cached results for them stay valid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar, assert_never

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.calendar_declaration import CalendarDecl
from checker.language.diagnostics import Diagnostic, Span
from checker.language.document import PipeTable, QuoteText
from checker.language.duty_declaration import DutyDecl
from checker.language.lapse_declaration import LapseDecl
from checker.language.quantity_declaration import QuantityDecl
from checker.language.quotes import Phrase, Quote
from checker.language.request_declaration import RequestDecl
from checker.language.source_declaration import SourceDecl
from checker.language.statements import LemmaDecl
from checker.language.tiling import Tiling
from checker.language.typical_declaration import TypicalDecl
from checker.regime.names import Report, nearest_name
from checker.regime.redlining import ClauseText
from checker.regime.request_shapes import joined, on_shapes

_T = TypeVar("_T")
Rule: TypeAlias = (
    d.CheckDecl | d.ExceptionsDecl | d.LimbDecl | d.EffectDecl | d.EventDecl | LapseDecl | DutyDecl
)
RULES = (d.CheckDecl, d.ExceptionsDecl, d.LimbDecl, d.EffectDecl, d.EventDecl, LapseDecl, DutyDecl)


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """An item with its phrases, laid on their quotes."""

    syntax: s.ItemSyntax
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One declaration in force. `label` is that of a check's code or of an event."""

    decl: d.Declaration
    items: tuple[Laid, ...] = ()
    label: str = ""
    clause: str = ""
    quotes: tuple[Quote, ...] = ()

    @property
    def name(self) -> str:
        return declared_name(self.decl)


@dataclass(frozen=True, slots=True)
class TableData:
    """A table bound to its name; `cells` by row, then header."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[s.Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Program:
    """`until`: what is in force before days from which modifications are, the day that counts first at the
    end; what else is here is in force from all these days on.
    """

    units: tuple[Unit, ...]
    tables: Mapping[str, TableData]
    texts: tuple[ClauseText, ...]
    until: tuple[Until, ...] = ()

    @property
    def eras(self) -> tuple[Program, ...]:
        """What is in force at one time or another, each by itself; the newest first."""
        return (replace(self, until=()), *(era for each in self.until for era in each.program.eras))

    def throughout(self, change: Callable[[Program], Program]) -> Program:
        """The program with a change that is made in all that is in force at one time or another."""
        until = tuple(replace(each, program=each.program.throughout(change)) for each in self.until)
        return replace(change(replace(self, until=())), until=until)


@dataclass(frozen=True, slots=True)
class Until:
    """What is in force until the `day` from which the modifications `by` these names are."""

    program: Program
    day: s.Expr
    by: tuple[str, ...]


def declared_name(decl: d.Declaration) -> str:
    """The name that a declaration introduces; "" if it introduces none."""
    match decl:
        case (
            d.SortDecl()
            | QuantityDecl()
            | CalendarDecl()
            | d.ConstantDecl()
            | d.EnumDecl()
            | d.TableDecl()
            | d.FunctionDecl()
            | s.Define()
            | d.ComponentDecl()
            | d.CheckDecl()
            | d.EffectDecl()
            | d.EventDecl()
            | LapseDecl()
            | DutyDecl()
            | d.AxiomDecl()
            | d.PremiseDecl()
            | TypicalDecl()
            | d.AbstractionDecl()
            | LemmaDecl()
            | SourceDecl()
            | d.VersionDecl()
            | d.ModificationDecl()
            | d.ReadingDecl()
            | d.DeploymentDecl()
            | d.ClaimDecl()
        ):
            return decl.name.text
        case (
            d.NamesDecl()
            | RequestDecl()
            | d.RouteDecl()
            | d.StartDecl()
            | d.ExceptionsDecl()
            | d.LimbDecl()
            | d.OrderDecl()
            | d.InsertDecl()
            | d.ReplaceDecl()
            | d.StrikeDecl()
            | d.AmendDecl()
            | d.AmendTableDecl()
            | d.RemeaningDecl()
            | d.AdditionDecl()
            | d.GuardDecl()
        ):
            return ""
        case _:
            assert_never(decl)


def place_of(brought: d.Declaration) -> Span:
    """Where a declaration that a reading brings stands: that of its name, or of the request."""
    match brought:
        case d.FunctionDecl() | s.Define() | d.EffectDecl() | d.EventDecl() | LapseDecl():
            return brought.name.span
        case RequestDecl():
            return brought.span
        case _:
            raise TypeError(f"no reading brings {type(brought).__name__}")


# ------------------------------------------------------------------ laying


def lay(decl: d.Declaration, tiling: Tiling, report: Report) -> Unit:
    """A declaration with its phrases laid on the quotes above it."""
    if not isinstance(decl, RULES):
        return Unit(decl)
    items, label = _without_label(decl, tiling)
    own = _own_clause(decl)
    tiled = tiling.lay([item.phrases for item in items], own)
    report.extend(_meant_as_label(items, each) for each in tiled.diagnostics)
    laid = tuple(Laid(item, phrases) for item, phrases in zip(items, tiled.phrases, strict=True))
    first = next((phrase.clause for item in laid for phrase in item.phrases), "")
    quotes = tuple(tiling.quotes[at] for at in tiled.used)
    if not tiled.diagnostics and all(each.attributed for each in quotes):
        _report_other_clause(decl, laid, report)
    if isinstance(decl, d.CheckDecl | d.EffectDecl) and decl.on is not None:
        laid = (Laid(on_shapes(decl.on), ()), *laid)
    return Unit(decl, laid, label, own or first, tuple(each.quote for each in quotes))


def _meant_as_label(items: tuple[s.ItemSyntax, ...], wrong: Diagnostic) -> Diagnostic:
    """The diagnostic, with a note where the words of the phrase before stand in the quote by accident."""
    first = items[0].phrases if items else ()
    if wrong.code != "phrase-order" or not first[1:]:
        return wrong
    note = (
        f"`{first[0].text}` stands in the quote, so it is read as words of it, and not as the code's meaning"
    )
    return replace(
        wrong, notes=(*wrong.notes, note, "a code's meaning is told in words that the quote lacks")
    )


def _report_other_clause(decl: Rule, laid: tuple[Laid, ...], report: Report) -> None:
    """Reports a rule whose words all come from other clauses; words that are not modelled are ignored."""
    meant = [each for each in laid if not _not_modelled(each.syntax.meaning)]
    clauses = [phrase.clause for each in meant for phrase in each.phrases]
    own = decl.clause if isinstance(decl, d.CheckDecl | d.ExceptionsDecl | d.LimbDecl) else None
    above = decl.parent if isinstance(decl, d.LimbDecl) else None
    if (
        own is not None
        and clauses
        and own.text not in clauses
        and (above is None or above.text not in clauses)
    ):
        message = f"the words of this rule come from `{clauses[0]}`, not from `{own.text}`"
        expected = (f'`"{clauses[0]}"`', f"a quote of `{own.text}`")
        report.say("other-clause", message, own.span, expected=expected)


def _not_modelled(meaning: s.Meaning) -> bool:
    return isinstance(meaning, s.Wordless) and meaning.kind == "not-modelled"


def _own_clause(decl: Rule) -> str:
    match decl:
        case d.CheckDecl():
            return decl.clause.text if decl.clause else ""
        case d.ExceptionsDecl() | d.LimbDecl() | LapseDecl() | DutyDecl():
            return decl.clause.text
        case d.EffectDecl() | d.EventDecl():
            return ""
        case _:
            assert_never(decl)


def _without_label(decl: Rule, tiling: Tiling) -> tuple[tuple[s.ItemSyntax, ...], str]:
    """The first string of a check or event is its label, unless the quote has these words."""
    items = decl.items
    if not isinstance(decl, d.CheckDecl | d.EventDecl) or not items or not items[0].phrases:
        return items, ""
    first, *rest = items[0].phrases
    if tiling.holds(first) or (isinstance(decl, d.CheckDecl) and decl.code is None):
        return items, ""
    looks_like_words = tiling.quotes and not rest and items[0].inference is None
    if looks_like_words:
        return items, ""  # a phrase that misses its quote; as a label, it would leave no source
    return (replace(items[0], phrases=tuple(rest)), *items[1:]), first.text


def shapes_joined(units: Iterable[Unit], report: Report) -> tuple[Unit, ...]:
    """What stands for all shapes of requests: their enum, and one declaration; nothing, where none has a
    name.
    """
    return tuple(Unit(each) for each in joined(tuple(of_kind(units, RequestDecl)), report))


# ------------------------------------------------------------------ finding


def of_kind(units: Iterable[Unit], kind: type[_T]) -> Iterator[_T]:
    """The declarations of one kind, in order."""
    return (unit.decl for unit in units if isinstance(unit.decl, kind))


def matching(units: Iterable[Unit], target: s.Target) -> list[Unit]:
    """The rules and limbs that a target names, by clause or by name."""
    if isinstance(target, s.Text):
        return [unit for unit in units if unit.clause == target.text]
    return [unit for unit in units if unit.name == target.text and _outside(unit.decl) is None]


def _outside(decl: d.Declaration) -> str | None:
    """The kind of a declaration that has a name but is not part of any version's law, so no modification or
    reading can change it; None for others.
    """
    match decl:
        case d.VersionDecl():
            return "a version"
        case d.ModificationDecl():
            return "a modification"
        case d.ReadingDecl():
            return "a reading"
        case d.DeploymentDecl():
            return "a deployment"
        case d.TableDecl():
            return "a table"
        case SourceDecl():
            return "a source"
        case LemmaDecl():
            return "a lemma"
        case d.ClaimDecl():
            return "a claim"
        case (
            d.SortDecl()
            | QuantityDecl()
            | CalendarDecl()
            | d.ConstantDecl()
            | d.EnumDecl()
            | d.FunctionDecl()
            | s.Define()
            | d.NamesDecl()
            | RequestDecl()
            | d.ComponentDecl()
            | d.RouteDecl()
            | d.StartDecl()
            | d.CheckDecl()
            | d.ExceptionsDecl()
            | d.LimbDecl()
            | d.EffectDecl()
            | d.EventDecl()
            | LapseDecl()
            | DutyDecl()
            | d.OrderDecl()
            | d.AxiomDecl()
            | d.PremiseDecl()
            | TypicalDecl()
            | d.AbstractionDecl()
            | d.InsertDecl()
            | d.ReplaceDecl()
            | d.StrikeDecl()
            | d.AmendDecl()
            | d.AmendTableDecl()
            | d.RemeaningDecl()
            | d.AdditionDecl()
            | d.GuardDecl()
        ):
            return None
        case _:
            assert_never(decl)


def missing_target(target: s.Target, units: Iterable[Unit]) -> Diagnostic:
    """The diagnostic for a change whose target doesn't exist."""
    clause = isinstance(target, s.Text)
    valid = dict.fromkeys(
        (unit.clause if clause else unit.name) for unit in units if isinstance(unit.decl, RULES)
    )
    names = [each for each in valid if each]
    outside = None if clause else next((_outside(u.decl) for u in units if u.name == target.text), None)
    if outside is not None:
        message = f"`{target.text}` is {outside}, and not part of the law that a modification changes"
        return Diagnostic("wrong-target", message, target.span, expected=("the name of a rule", "a clause"))
    kind = "clause" if clause else "rule"
    return Diagnostic(
        "missing-clause",
        f"there is no {kind} `{target.text}` to change",
        target.span,
        nearest=nearest_name(target.text, names),
        word=target.text,
    )


# ------------------------------------------------------------------- tables


def bind_table(name: s.Name, table: PipeTable, report: Report) -> TableData:
    """A Markdown table under its name. Reports rows with too many or too few cells, and two columns with the
    same heading.
    """
    header = tuple(cell.text.strip("`") for cell in table.header)
    for at, cell in enumerate(table.header):
        if header[at] and header[at] in header[:at]:
            report.say("duplicate", f"`{name.text}` has a column `{header[at]}` already", cell.span)
    if table.uneven is not None:
        place, count = table.uneven
        message = f"this row of `{name.text}` has {count} {'cell' if count == 1 else 'cells'}"
        report.say("bad-cell", message, place, expected=(f"{len(header)}, one for every heading",))
    rows = tuple(tuple(s.Text(cell.text.strip("`"), cell.span) for cell in row) for row in table.rows)
    return TableData(name.text, header, rows)


def formalised(quotes: Iterable[QuoteText]) -> tuple[ClauseText, ...]:
    """The texts of quotes, unmodified."""
    return tuple(ClauseText.as_written(each.quote) for each in quotes)
