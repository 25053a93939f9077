"""The declarations of a fence, as written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from checker.language.calendar_declaration import CalendarDecl
from checker.language.diagnostics import Span
from checker.language.duty_declaration import DutyDecl
from checker.language.lapse_declaration import LapseDecl
from checker.language.quantity_declaration import QuantityDecl
from checker.language.request_declaration import OnShapes, RequestDecl
from checker.language.source_declaration import SourceDecl
from checker.language.statements import DeployedSyntax, ExpectSyntax, LemmaDecl, NeedsSyntax, StatementSyntax
from checker.language.syntax import Binder, Define, Expr, ItemSyntax, Label, Meaning, Name, Target, Text
from checker.language.tree_words import TreeWords
from checker.language.typical_declaration import TypicalDecl

# --------------------------------------------------------------- vocabulary


@dataclass(frozen=True, slots=True)
class SortDecl:
    name: Name
    span: Span


@dataclass(frozen=True, slots=True)
class ConstantDecl:
    name: Name
    sort: Name
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class EnumValue:
    name: Name
    label: str
    short: Name | None
    span: Span


@dataclass(frozen=True, slots=True)
class EnumColumn:
    kind: Literal["value", "label", "short"]
    header: Text
    span: Span


@dataclass(frozen=True, slots=True)
class EnumDecl:
    """With its values, or with the table whose rows are the values. `ordered`: the lowest first."""

    name: Name
    values: tuple[EnumValue, ...]
    table: Name | None
    columns: tuple[EnumColumn, ...]
    span: Span
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class TableDecl:
    name: Name
    span: Span


@dataclass(frozen=True, slots=True)
class TableColumn:
    table: Name
    header: Text
    lists: Name | None
    span: Span


@dataclass(frozen=True, slots=True)
class FunctionDecl:
    name: Name
    parameters: tuple[Name, ...]
    result: Name | None
    optional: bool
    state: bool
    label: Label | None
    column: TableColumn | None
    span: Span
    tree: TreeWords | None = None


@dataclass(frozen=True, slots=True)
class NamesDecl:
    sort: Name
    variable: Name
    cases: tuple[tuple[str, Expr | None], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ComponentDecl:
    name: Name
    index: Name | None
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class StageDecl:
    component: Name
    index: Expr | None
    when: Expr | None
    span: Span


@dataclass(frozen=True, slots=True)
class RouteDecl:
    stages: tuple[StageDecl, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class StartDecl:
    inference: str | None
    formula: Expr
    span: Span


# -------------------------------------------------------------------- rules


@dataclass(frozen=True, slots=True)
class CheckDecl:
    name: Name
    clause: Text | None
    components: tuple[Name, ...]
    code: str | None
    adopted_because: str | None
    items: tuple[ItemSyntax, ...]
    span: Span
    on: OnShapes | None = None  # None: requests of all shapes


@dataclass(frozen=True, slots=True)
class ExceptionsDecl:
    clause: Text
    items: tuple[ItemSyntax, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class LimbDecl:
    clause: Text
    parent: Text | None
    binders: tuple[Binder, ...]
    items: tuple[ItemSyntax, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class EffectDecl:
    name: Name
    when: Expr | None
    items: tuple[ItemSyntax, ...]
    span: Span
    on: OnShapes | None = None  # None: requests of all shapes


@dataclass(frozen=True, slots=True)
class EventDecl:
    """`actor` None: the environment."""

    name: Name
    actor: Name | None
    parameters: tuple[Binder, ...]
    when: Expr | None
    items: tuple[ItemSyntax, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class OrderDecl:
    component: Name
    checks: tuple[Name, ...] | None
    because: str
    span: Span


# ------------------------------------------------------------- suppositions


@dataclass(frozen=True, slots=True)
class AxiomDecl:
    name: Name
    sentence: str
    because: str
    formula: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class PremiseDecl:
    name: Name
    parameters: tuple[Binder, ...]
    sentence: str
    because: str
    formula: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class AbstractionDecl:
    name: Name
    sentence: str
    because: str
    span: Span


# ---------------------------------------- versions, modifications, readings


@dataclass(frozen=True, slots=True)
class VersionDecl:
    """`day`: that from which the modifications are in force; None if they are on every day."""

    name: Name
    label: str
    parent: Name | None
    modifications: tuple[Name, ...]
    span: Span
    day: Expr | None = None


@dataclass(frozen=True, slots=True)
class ModificationDecl:
    name: Name
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class InsertDecl:
    by: Name
    after: Target
    span: Span
    body: tuple[Declaration, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplaceDecl:
    by: Name
    target: Target
    span: Span
    body: tuple[Declaration, ...] = ()


@dataclass(frozen=True, slots=True)
class StrikeDecl:
    by: Name
    target: Target
    span: Span


@dataclass(frozen=True, slots=True)
class AmendDecl:
    """`same`: it says that the meaning stays."""

    by: Name
    target: Target
    old: Text
    new: Text
    meaning: Meaning | None
    inference: str | None
    span: Span
    same: bool = False


@dataclass(frozen=True, slots=True)
class AmendTableDecl:
    by: Name
    table: Name
    row: Text
    header: Text
    value: Text
    span: Span


@dataclass(frozen=True, slots=True)
class ReadingDecl:
    """`brings`: what the law has under this reading only: things to speak of, and rules about them."""

    name: Name
    sentence: str
    because: str
    span: Span
    body: tuple[Declaration, ...] = ()
    brings: tuple[Declaration, ...] = ()


@dataclass(frozen=True, slots=True)
class RemeaningDecl:
    """`inferred`: the inference that is taken to mean something else, where no phrase says it."""

    rule: Target
    phrases: tuple[Text, ...]
    meaning: Meaning
    inference: str | None
    span: Span
    inferred: Text | None = None


@dataclass(frozen=True, slots=True)
class AdditionDecl:
    rule: Target
    item: ItemSyntax
    span: Span


@dataclass(frozen=True, slots=True)
class GuardDecl:
    rule: Target
    when: Expr | None
    span: Span
    day: Expr | None = None  # of a lapse or a duty, another day
    falls: Literal["on", "past", "by"] = "on"


@dataclass(frozen=True, slots=True)
class Placement:
    component: Name
    instance: Name | None
    version: Name
    span: Span


@dataclass(frozen=True, slots=True)
class DeploymentDecl:
    name: Name
    sentence: str
    placements: tuple[Placement, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ClaimDecl:
    number: Name
    name: Name
    sentence: str
    sources: tuple[Text, ...]
    notes: tuple[str, ...]
    variables: tuple[Binder, ...]
    where: Expr | None
    premises: tuple[Expr, ...]
    statement: StatementSyntax | None
    statement_span: Span | None
    witness: Expr | None
    lemmas: tuple[LemmaDecl, ...]
    using: tuple[Name, ...]  # lemmas of the law
    over: tuple[Name, ...]  # versions between which deployment steps move the components
    deployed: DeployedSyntax | None
    expectations: tuple[ExpectSyntax, ...]
    needs: tuple[NeedsSyntax, ...]
    repeated: tuple[tuple[str, Span], ...]  # parts that may stand only once, written again
    span: Span


Declaration: TypeAlias = (
    SortDecl
    | QuantityDecl
    | CalendarDecl
    | ConstantDecl
    | EnumDecl
    | TableDecl
    | FunctionDecl
    | Define
    | NamesDecl
    | RequestDecl
    | ComponentDecl
    | RouteDecl
    | StartDecl
    | CheckDecl
    | ExceptionsDecl
    | LimbDecl
    | EffectDecl
    | EventDecl
    | LapseDecl
    | DutyDecl
    | OrderDecl
    | AxiomDecl
    | PremiseDecl
    | TypicalDecl
    | AbstractionDecl
    | LemmaDecl
    | SourceDecl
    | VersionDecl
    | ModificationDecl
    | InsertDecl
    | ReplaceDecl
    | StrikeDecl
    | AmendDecl
    | AmendTableDecl
    | ReadingDecl
    | RemeaningDecl
    | AdditionDecl
    | GuardDecl
    | DeploymentDecl
    | ClaimDecl
)
