"""Builds the declarations of a fence, rule by rule, while the parser reduces."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, cast

from lark import v_args

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.bringing_declaration import BringingDecl
from checker.language.build_expressions import join, spread
from checker.language.build_time import TimeBuilder
from checker.language.lexer import Lexeme
from checker.language.quantity_declaration import QuantityDecl
from checker.language.request_declaration import OnShapes, ParameterDecl, RequestDecl
from checker.language.source_declaration import Exemption, SourceDecl
from checker.language.statements import LemmaDecl
from checker.language.tree_words import TreeWords
from checker.language.typical_declaration import TypicalDecl


def _text(text: s.Text | None) -> str:
    return "" if text is None else text.text


@v_args(inline=True)
class Builder(TimeBuilder):
    """Callbacks for every rule of the grammar; named after the grammar's rules."""

    def start(self, *parts: d.Declaration) -> tuple[d.Declaration, ...]:
        return parts

    # -------------------------------------------------------- vocabulary

    def sort(self, name: s.Name) -> d.SortDecl:
        return d.SortDecl(name, name.span)

    def quantity(
        self, name: s.Name, unit: s.Label | None, decimals: s.Name | None, never: Lexeme | None
    ) -> QuantityDecl:
        return QuantityDecl(name, unit, decimals, never is not None, name.span)

    def decimals(self, _with: Lexeme, count: s.Name) -> s.Name:
        return count

    def constant(self, name: s.Name, sort: s.Name, label: s.Text | None) -> d.ConstantDecl:
        return d.ConstantDecl(name, sort, _text(label), name.span)

    def enum(self, name: s.Name, *values: d.EnumValue | Lexeme | None) -> d.EnumDecl:
        known = tuple(each for each in values if isinstance(each, d.EnumValue))
        return d.EnumDecl(name, known, None, (), name.span, ordered=values[-1] is not None)

    def enum_from_table(
        self, name: s.Name, table: s.Name, *columns: d.EnumColumn | Lexeme | None
    ) -> d.EnumDecl:
        known = tuple(each for each in columns if isinstance(each, d.EnumColumn))
        return d.EnumDecl(name, (), table, known, name.span, ordered=columns[-1] is not None)

    def enum_value(self, name: s.Name, label: s.Text | None, short: s.Name | None) -> d.EnumValue:
        return d.EnumValue(name, _text(label) or name.text, short, name.span)

    def enum_column(self, kind: Lexeme, header: s.Text) -> d.EnumColumn:
        return d.EnumColumn(cast('Literal["value", "label", "short"]', str(kind)), header, header.span)

    def table(self, name: s.Name) -> d.TableDecl:
        return d.TableDecl(name, name.span)

    def function(
        self,
        kind: Lexeme,
        name: s.Name,
        signature: tuple[tuple[s.Name, ...], bool, s.Name | None],
        label: s.Label | None,
        column: d.TableColumn | None,
    ) -> d.FunctionDecl:
        sorts, optional, sort = signature
        state = kind == "state"
        return d.FunctionDecl(name, sorts, sort, optional, state, label, column, name.span)

    def tree(
        self,
        name: s.Name,
        signature: tuple[tuple[s.Name, ...], bool, s.Name | None],
        label: s.Label | None,
        word: Lexeme | None,
        inside: s.Label | None,
    ) -> d.FunctionDecl:
        sorts, optional, sort = signature
        tree = TreeWords(inside if word is not None else None)
        state, column = True, None
        return d.FunctionDecl(name, sorts, sort, optional, state, label, column, name.span, tree)

    def signature(
        self, sorts: tuple[s.Name, ...] | None, result: tuple[bool, s.Name] | None
    ) -> tuple[tuple[s.Name, ...], bool, s.Name | None]:
        optional, sort = result or (False, None)
        return sorts or (), optional, sort

    def sorts(self, *parts: s.Name | None) -> tuple[s.Name, ...]:
        return tuple(each for each in parts if each is not None)

    def result(self, optional: Lexeme | None, sort: s.Name) -> tuple[bool, s.Name]:
        return optional is not None, sort

    def from_table(
        self, table: s.Name, header: s.Text, _lists: Lexeme | None, sort: s.Name | None
    ) -> d.TableColumn:
        return d.TableColumn(table, header, sort, header.span)

    def define(
        self, heading: s.Define, label: s.Label | None, cases: tuple[s.Case, ...], inference: str | None
    ) -> s.Define:
        return replace(heading, label=label, cases=cases, inference=inference)

    def names(self, sort: s.Name, variable: s.Name, *cases: tuple[str, s.Expr | None]) -> d.NamesDecl:
        return d.NamesDecl(sort, variable, cases, sort.span)

    def label_case(self, label: s.Text, condition: s.Expr) -> tuple[str, s.Expr | None]:
        return label.text, condition

    def label_otherwise(self, label: s.Text) -> tuple[str, s.Expr | None]:
        return label.text, None

    def request(self, label: s.Text, *parameters: ParameterDecl) -> RequestDecl:
        return RequestDecl(label, parameters, label.span)

    def request_shape(
        self, name: s.Name, label: s.Text, noun: s.Text | None, *parameters: ParameterDecl
    ) -> RequestDecl:
        return RequestDecl(label, parameters, name.span, name, noun)

    def request_common(self, *parameters: ParameterDecl) -> RequestDecl:
        return RequestDecl(None, parameters, parameters[0].span)

    def request_parameter(
        self,
        name: s.Name,
        optional: Lexeme | None,
        sort: s.Name,
        label: s.Text | None,
        when: s.Expr | None,
    ) -> ParameterDecl:
        return ParameterDecl(name, sort, optional is not None, label, when, name.span)

    def component(self, name: s.Name, index: s.Name | None, label: s.Text | None) -> d.ComponentDecl:
        return d.ComponentDecl(name, index, _text(label), name.span)

    def route(self, *stages: d.StageDecl) -> d.RouteDecl:
        return d.RouteDecl(stages, stages[0].span)

    def stage(self, component: s.Name, index: s.Expr | None, when: s.Expr | None) -> d.StageDecl:
        return d.StageDecl(component, index, when, component.span)

    def start_rule(self, inference: str | None, formula: s.Expr) -> d.StartDecl:
        return d.StartDecl(inference, formula, formula.span)

    # ------------------------------------------------------------- rules

    def check(
        self,
        name: s.Name,
        clause: s.Text,
        places: tuple[s.Name, ...],
        on: OnShapes | None,
        code: str | None,
        items: tuple[s.ItemSyntax, ...],
    ) -> d.CheckDecl:
        return d.CheckDecl(name, clause, places, code, None, items, name.span, on)

    def adopted(
        self,
        name: s.Name,
        clause: s.Text | None,
        places: tuple[s.Name, ...],
        on: OnShapes | None,
        refusal: tuple[str | None, str],
        items: tuple[s.ItemSyntax, ...],
    ) -> d.CheckDecl:
        code, because = refusal
        return d.CheckDecl(name, clause, places, code, because, items, name.span, on)

    def refusal(self, code: str | None, because: s.Text) -> tuple[str | None, str]:
        return code, because.text

    def places(self, *parts: s.Name | tuple[s.Name, ...]) -> tuple[s.Name, ...]:
        first = parts[0]
        earlier = (first,) if isinstance(first, s.Name) else first
        return (*earlier, *cast("tuple[s.Name, ...]", parts[1:]))

    def on(self, first: Lexeme | OnShapes, name: s.Name) -> OnShapes:
        earlier = first.names if isinstance(first, OnShapes) else ()
        return OnShapes((*earlier, name), join(first.span, name.span))

    def code_published(self, name: s.Name) -> str | None:
        return name.text

    def code_unpublished(self) -> str | None:
        return None

    def exceptions(self, clause: s.Text, items: tuple[s.ItemSyntax, ...]) -> d.ExceptionsDecl:
        return d.ExceptionsDecl(clause, items, clause.span)

    def limb(
        self,
        clause: s.Text,
        parent: s.Text | None,
        binders: tuple[s.Binder, ...] | None,
        items: tuple[s.ItemSyntax, ...],
    ) -> d.LimbDecl:
        return d.LimbDecl(clause, parent, binders or (), items, clause.span)

    def effect(
        self,
        name: s.Name,
        on: OnShapes | None,
        when: s.Expr | None,
        items: tuple[s.ItemSyntax, ...],
    ) -> d.EffectDecl:
        return d.EffectDecl(name, when, items, name.span, on)

    def event(
        self,
        name: s.Name,
        actor: s.Name | None,
        parameters: tuple[s.Binder, ...] | None,
        when: s.Expr | None,
        items: tuple[s.ItemSyntax, ...],
    ) -> d.EventDecl:
        return d.EventDecl(name, actor, parameters or (), when, items, name.span)

    def actor_environment(self) -> s.Name | None:
        return None

    def actor_named(self, name: s.Name) -> s.Name | None:
        return name

    def order_unpublished(self, component: s.Name, because: s.Text) -> d.OrderDecl:
        return d.OrderDecl(component, None, because.text, component.span)

    def order_published(self, component: s.Name, *rest: s.Name | s.Text) -> d.OrderDecl:
        checks = cast("tuple[s.Name, ...]", rest[:-1])
        return d.OrderDecl(component, checks, rest[-1].text, component.span)

    # ------------------------------------------------------ suppositions

    def axiom(self, name: s.Name, sentence: s.Text, because: s.Text, formula: s.Expr) -> d.AxiomDecl:
        return d.AxiomDecl(name, sentence.text, because.text, formula, name.span)

    def premise(
        self,
        name: s.Name,
        parameters: tuple[s.Binder, ...] | None,
        sentence: s.Text,
        because: s.Text,
        formula: s.Expr,
    ) -> d.PremiseDecl:
        return d.PremiseDecl(name, parameters or (), sentence.text, because.text, formula, name.span)

    def typical(
        self,
        name: s.Name,
        parameters: tuple[s.Binder, ...] | None,
        sentence: s.Text,
        because: s.Text,
        formula: s.Expr,
    ) -> TypicalDecl:
        return TypicalDecl(name, parameters or (), sentence.text, because.text, formula, name.span)

    def abstraction(self, name: s.Name, sentence: s.Text, because: s.Text) -> d.AbstractionDecl:
        return d.AbstractionDecl(name, sentence.text, because.text, name.span)

    def lemma(self, name: s.Name, sentence: s.Text, formula: s.Expr) -> LemmaDecl:
        return LemmaDecl(name, sentence.text, formula, name.span)

    def source(self, name: s.Name, title: s.Text, *exemptions: Exemption) -> SourceDecl:
        return SourceDecl(name, title.text, exemptions, name.span)

    def exempt_section(self, section: s.Text, *rest: s.Text) -> Exemption:
        return Exemption(section, rest[:-1], rest[-1])

    def exempt_words(self, *rest: s.Text) -> Exemption:
        return Exemption(None, rest[:-1], rest[-1])

    # ---------------------------------- versions, modifications, readings

    def version(
        self,
        name: s.Name,
        label: s.Text | None,
        parent: s.Name | None,
        *parts: s.Name | s.Expr | None,
    ) -> d.VersionDecl:
        named = tuple(each for each in parts if isinstance(each, s.Name))
        day = next((each for each in parts if each is not None and not isinstance(each, s.Name)), None)
        return d.VersionDecl(name, _text(label), parent, named, name.span, day)

    def in_force(self, _from: Lexeme, day: s.Expr) -> s.Expr:
        return day

    def modification(self, name: s.Name, title: s.Text) -> d.ModificationDecl:
        return d.ModificationDecl(name, title.text, name.span)

    def target(self, name: s.Target) -> s.Target:
        return name

    def insert(self, _by: Lexeme, by: s.Name, after: s.Target) -> d.InsertDecl:
        return d.InsertDecl(by, after, after.span)

    def replace(self, _by: Lexeme, by: s.Name, target: s.Target) -> d.ReplaceDecl:
        return d.ReplaceDecl(by, target, target.span)

    def strike(self, _by: Lexeme, by: s.Name, target: s.Target) -> d.StrikeDecl:
        return d.StrikeDecl(by, target, target.span)

    def amended(self, meaning: s.Meaning, inference: str | None) -> tuple[s.Meaning, str | None]:
        return meaning, inference

    def amended_alike(self, _same: Lexeme) -> Literal["same"]:
        return "same"

    def amend(
        self,
        _by: Lexeme,
        by: s.Name,
        target: s.Target,
        old: s.Text,
        new: s.Text,
        amended: tuple[s.Meaning, str | None] | Literal["same"] | None,
    ) -> d.AmendDecl:
        if amended is None or amended == "same":
            return d.AmendDecl(by, target, old, new, None, None, old.span, same=amended is not None)
        return d.AmendDecl(by, target, old, new, *amended, old.span)

    def amend_table(
        self, _by: Lexeme, by: s.Name, table: s.Name, row: s.Text, header: s.Text, value: s.Text
    ) -> d.AmendTableDecl:
        return d.AmendTableDecl(by, table, row, header, value, row.span)

    def reading(self, name: s.Name, sentence: s.Text, because: s.Text) -> d.ReadingDecl:
        return d.ReadingDecl(name, sentence.text, because.text, name.span)

    def bringing(self, also: Lexeme, decl: d.Declaration) -> BringingDecl:
        return BringingDecl(decl, also.span)

    def remeaning(
        self, _in: Lexeme, rule: s.Target, *rest: s.Text | s.Meaning | str | None
    ) -> d.RemeaningDecl:
        phrases = tuple(each for each in rest if isinstance(each, s.Text))
        meaning, inference = cast("s.Meaning", rest[-2]), cast("str | None", rest[-1])
        return d.RemeaningDecl(rule, phrases, meaning, inference, spread(*phrases))

    def remeaning_inferred(
        self, _in: Lexeme, rule: s.Target, inferred: s.Text, meaning: s.Meaning, inference: str | None
    ) -> d.RemeaningDecl:
        return d.RemeaningDecl(rule, (), meaning, inference, inferred.span, inferred)

    def guarding(self, _in: Lexeme, rule: s.Target, when: s.Expr) -> d.GuardDecl:
        return d.GuardDecl(rule, when, when.span)

    def moving(self, _in: Lexeme, rule: s.Target, falls: Lexeme, day: s.Expr) -> d.GuardDecl:
        word = cast('Literal["on", "past", "by"]', str(falls))
        return d.GuardDecl(rule, None, day.span, day, word)

    def addition(self, _in: Lexeme, rule: s.Target, item: s.ItemSyntax) -> d.AdditionDecl:
        return d.AdditionDecl(rule, item, item.span)

    def deployment(self, name: s.Name, sentence: s.Text, *placements: d.Placement) -> d.DeploymentDecl:
        return d.DeploymentDecl(name, sentence.text, placements, name.span)

    def placement(self, component: s.Name, instance: s.Name | None, version: s.Name) -> d.Placement:
        return d.Placement(component, instance, version, spread(component, version))
