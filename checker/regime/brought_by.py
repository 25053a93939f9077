"""Says of what a version lacks which modification brings it, or has taken it away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from checker.language import declarations as d
from checker.language import syntax as s
from checker.language.diagnostics import Diagnostic
from checker.regime.duplicates import given_by
from checker.regime.modifications import Change
from checker.regime.program import Unit
from checker.regime.regime import Version


@dataclass(frozen=True, slots=True)
class BroughtBy:
    """The modifications that bring a clause or name, and those that take one away; `order`: of each version,
    its modifications in the order in which they are made, those of earlier versions first.
    """

    bring: Mapping[str, tuple[str, ...]]
    take: Mapping[str, tuple[str, ...]]
    order: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, changes: Iterable[Change], versions: Mapping[str, Version]) -> BroughtBy:
        """What the changes bring and take. The versions are made of each other without a circle."""
        bring: dict[str, dict[str, None]] = {}
        take: dict[str, dict[str, None]] = {}
        for change in changes:
            by = change.decl.by.text
            gone = change.decl.target.text if isinstance(change.decl, d.StrikeDecl | d.ReplaceDecl) else None
            for name in (each for unit in change.brings for each in _names(unit)):
                if name != gone:  # a replacement needs it, and brings nothing new
                    bring.setdefault(name, {})[by] = None
            if gone is not None:
                take.setdefault(gone, {})[by] = None
        return cls(
            {name: tuple(by) for name, by in bring.items()},
            {name: tuple(by) for name, by in take.items()},
            {name: tuple(_made_with(name, versions)) for name in versions},
        )

    def told(self, found: Diagnostic, version: str, by: str | None = None) -> Diagnostic:
        """The diagnostic, if something is missing that a modification brings or has taken away, with the
        reason why it is not in that version; `by`: the modification that needs it.
        """
        why = self._why(found.word, version, by) if found.word else None
        if why is None:
            return found
        return replace(found, nearest=None, expected=(), notes=(why, *found.notes))

    def _why(self, name: str, version: str, by: str | None) -> str | None:
        made = self.order.get(version, ())
        before = made[: made.index(by)] if by in made else made
        bringing, taking = self.bring.get(name, ()), self.take.get(name, ())
        gone = next((each for each in taking if each in before and each not in bringing), None)
        if gone is not None:
            return f"`{name}` is struck or replaced by `{gone}`, which `{version}` is made with before"
        if not bringing or by in bringing:
            return None
        first = bringing[0]
        if first in made:
            return f"`{name}` is inserted by `{first}`, which comes after `{by}` in `{version}`"
        return f"`{name}` is inserted by `{first}`, which `{version}` is not made with"


def _made_with(name: str, versions: Mapping[str, Version]) -> Iterator[str]:
    parent = versions[name].parent
    if parent is not None:
        yield from _made_with(parent, versions)
    yield from versions[name].modifications


def _names(unit: Unit) -> Iterable[str]:
    given = [each.name.text for each in given_by(unit.decl)]
    meanings = (item.syntax.meaning for item in unit.items)
    given += [each.name.text for each in meanings if isinstance(each, s.Define)]
    return dict.fromkeys(each for each in (unit.clause, unit.name, *given) if each)
