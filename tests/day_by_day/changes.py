"""How a law says what it says: outright, by a modification, by a reading, or from a day on."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from tests.day_by_day.laws import Era, Write
from tests.day_by_day.statements import written
from tests.day_by_day.worlds import Moment, Said, So

How: TypeAlias = "Literal['plain', 'amended', 'read', 'also'] | int"
"""By what a rule is what it is; a number is that of the modification that changes it from a day on."""

READING = "as-read"


@dataclass
class Changes:
    """Collects the changes of a law. `eras`: from when modifications are in force that are so from a day."""

    chance: random.Random
    readings: bool
    eras: tuple[Era, ...]
    amended: list[str] = field(default_factory=list)
    by_era: dict[int, list[str]] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)

    def how(self, *may: How) -> How:
        """By what the next rule is what it is; `may`: what there is for such rules, besides eras."""
        if self.eras and self.chance.random() < 0.55:
            return self.chance.randrange(len(self.eras))
        several = [each for each in may if self.readings or each == "amended"]
        odds = 0.6 if self.readings else 0.08
        return self.chance.choice(several) if several and self.chance.random() < odds else "plain"

    def replace(self, how: How, name: str, text: str) -> None:
        """Put the text instead of the rule of that name."""
        self._by(how, f"by {self._name(how)} replace {name}: {text}")

    def insert(self, how: How, after: str, text: str) -> None:
        """Insert the text behind the clause."""
        self._by(how, f'by {self._name(how)} insert after "{after}": {text}')

    def strike(self, how: How, name: str) -> None:
        """Strike the rule of that name."""
        self._by(how, f"by {self._name(how)} strike {name}\n")

    def amend_table(self, how: How, table: str, row: str, column: str, cell: str) -> None:
        """Put something else into a cell."""
        self._by(how, f'by {self._name(how)} amend table {table}: row "{row}", "{column}" becomes "{cell}"\n')

    def _by(self, how: How, text: str) -> None:
        if isinstance(how, int):
            self.by_era.setdefault(how, []).append(text)
        else:
            assert how == "amended", how
            self.amended.append(text)

    def _name(self, how: How) -> str:
        return f"M{how}" if isinstance(how, int) else "M"

    @property
    def text(self) -> str:
        """The versions, modifications and the reading."""
        lines, last = [], "v"
        if self.amended:
            lines += ['version w "w" is v with M', 'modification M "m"']
            last = "w"
        for number, era in enumerate(self.eras):
            if self.by_era.get(number):
                lines.append(
                    f'version w{number} "w{number}" is {last} with M{number} in force from {era.text}'
                )
                lines.append(f'modification M{number} "m{number}"')
                last = f"w{number}"
        if self.read:
            lines += [f'reading {READING} "So it is read." because "somebody says so"', *self.read]
        changes = [*self.amended, *(each for number in self.by_era for each in self.by_era[number])]
        return "\n".join((*lines, *changes, ""))

    @property
    def column(self) -> str:
        """The column that has it all."""
        numbers = [each for each in range(len(self.eras)) if self.by_era.get(each)]
        last = f"w{numbers[-1]}" if numbers else "w" if self.amended else "v"
        return f"{last} under {READING}" if self.read else last


def by_era(how: How, old: So, new: So) -> So:
    """The one until the day before the modification is in force, the other from the day on."""
    if not isinstance(how, int):
        return new
    return lambda m: new(m) if m.begun(how) else old(m)


def until(how: int, so: So) -> So:
    """So until the day before."""
    return lambda m: not m.begun(how) and so(m)


def since(how: int, so: So) -> So:
    """So from the day on."""
    return lambda m: m.begun(how) and so(m)


def said_by_era(how: How, old: Said, new: Said) -> Said:
    """A statement that means the one and then the other."""
    return Said(new.text, by_era(how, old.so, new.so))


def writes_by_era(
    how: How, old: tuple[Write, ...], new: tuple[Write, ...]
) -> Callable[[Moment], tuple[Write, ...]]:
    """What is written, by the day."""

    def found(m: Moment) -> tuple[Write, ...]:
        return old if isinstance(how, int) and not m.begun(how) else new

    return found


def eras(chance: random.Random, pivot: int) -> tuple[tuple[Era, ...], str]:
    """One or two days from which modifications are in force, and how the law declares the commencement."""
    many = chance.choice((1, 1, 2))
    later = chance.choice((0, 1, 2, 3, 40))
    if chance.random() < 0.5:
        days = (pivot, pivot + later)[:many]
        return tuple(Era(written(each), each) for each in days), ""
    ever, appointed = chance.random() < 0.6, chance.random() < 0.4
    ever = ever and not appointed
    offsets = (chance.choice((0, 0, 1, 2)), later + 2)[:many]
    texts = [f"commencement plus {each} days" if each else "commencement" for each in offsets]
    found = tuple(Era(text, None, after, ever, appointed) for text, after in zip(texts, offsets, strict=True))
    kind = f"{'state' if appointed else 'fixed'} commencement: {'' if ever else 'optional '}date"
    return found, f'{kind} "the day of commencement"\n'
