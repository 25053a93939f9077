"""Builds what a fence declares of time: calendars, lapses and duties, while the parser reduces."""

from __future__ import annotations

from typing import cast

from lark import v_args

from checker.language import syntax as s
from checker.language.build_claims import ClaimBuilder
from checker.language.calendar_declaration import CalendarDecl, HolidayColumn
from checker.language.duty_declaration import DutyDecl
from checker.language.lapse_declaration import LapseDecl
from checker.language.lexer import Lexeme


@v_args(inline=True)
class TimeBuilder(ClaimBuilder):
    """Callbacks for the rules of time; named after the grammar's rules."""

    def calendar(
        self,
        name: s.Name,
        label: s.Label | None,
        _never: Lexeme,
        _on: Lexeme,
        *parts: s.Name | HolidayColumn | tuple[s.Name, ...] | None,
    ) -> CalendarDecl:
        *days, ends = parts
        known = cast("tuple[s.Name, s.Name]", ends) if isinstance(ends, tuple) and ends else None
        return CalendarDecl(
            name,
            label,
            tuple(each for each in days if isinstance(each, s.Name)),
            tuple(each for each in days if isinstance(each, HolidayColumn)),
            known,
            ends == (),
            name.span,
        )

    def holidays(self, table: s.Name, header: s.Text | None) -> HolidayColumn:
        return HolidayColumn(table, header)

    def known_between(self, _from: Lexeme, first: Lexeme, last: Lexeme) -> tuple[s.Name, ...]:
        return tuple(s.Name(" ".join(each.split()), each.span) for each in (first, last))

    def no_others(self, _on: Lexeme) -> tuple[s.Name, ...]:
        return ()

    def lapse(
        self,
        name: s.Name,
        clause: s.Text,
        parameters: tuple[s.Binder, ...] | None,
        falls: Lexeme,
        day: s.Expr,
        when: s.Expr | None,
        items: tuple[s.ItemSyntax, ...],
    ) -> LapseDecl:
        past = falls.type == "PAST"
        return LapseDecl(name, clause, parameters or (), past, day, when, items, name.span)

    def duty(
        self,
        name: s.Name,
        clause: s.Text,
        party: s.Expr,
        parameters: tuple[s.Binder, ...] | None,
        _by: Lexeme,
        day: s.Expr,
        when: s.Expr | None,
        items: tuple[s.ItemSyntax, ...],
    ) -> DutyDecl:
        return DutyDecl(name, clause, party, parameters or (), day, when, items, name.span)
