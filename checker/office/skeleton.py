"""A document as a law whose meaning is still to be given: pages of Markdown that load, and what is to do.

Nothing is guessed: each phrase of each clause is “not modelled, still to be given a meaning”, in a rule that
changes nothing. What is written is loaded first, and compared with the document, clause by clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from checker.language.diagnostics import SpecError
from checker.office import markdown_text as md
from checker.office.amendments import Laid, laid_out, phrases_of
from checker.office.blocks import State, text_of
from checker.office.changed_words import escaped
from checker.office.clauses import Clause, Heading, NamedTable, Outline, cleaned, slug
from checker.office.packed_files import wrong_file
from checker.regime.regime import Regime
from checker.trusted.load_law import load_texts

BEFORE, AFTER = "baseline", "amended"
"""The versions that are written."""

_NOTHING = "nothing-before"
_CLAIMS = "# Claims\n\nClaims about the law stand here, in fences, under prose that says why.\n"


@dataclass(frozen=True, slots=True)
class Names:
    """What the document is called, and the modification that its changes are."""

    file: str
    modification: str


@dataclass(frozen=True, slots=True)
class Skeleton:
    """`files` by their names in the new folder. `open_phrases`: how many have no meaning yet."""

    files: Mapping[str, str]
    regime: Regime
    open_phrases: int


def skeleton_of(outline: Outline, names: Names) -> Skeleton:
    """Write a law. SpecError if there is nothing to write, or if it is more than a law may hold."""
    if not any(isinstance(each, Clause | NamedTable) for each in outline.parts):
        raise wrong_file(names.file, "there is no text in it")
    wrong: SpecError | None = None
    for whole in (False, True):
        files = dict(_Pages(outline, names, whole=whole).files())
        try:
            regime = load_texts(files)
        except SpecError as error:
            wrong = error
            continue
        if _says_the_same(outline, regime):
            return Skeleton(files, regime, len(regime.not_modelled))
    first = wrong.diagnostics[0].message if wrong else "its changes cannot be written as a modification"
    raise wrong_file(names.file, f"as a law, {first}")


def _says_the_same(outline: Outline, regime: Regime) -> bool:
    """Whether each version has the words of the document, clause by clause, in the same order."""
    clauses = [each for each in outline.parts if isinstance(each, Clause)]
    sides: tuple[tuple[str, State], ...] = ((BEFORE, "inserted"), (AFTER, "struck"))
    for version, gone in sides:
        without = gone if version in regime.versions else "inserted"
        wanted = [(each.name, each.words(without)) for each in clauses]
        found = [(each.clause, each.text) for each in regime.texts.get(version, regime.texts[BEFORE])]
        if [each for each in found if each[1]] != [each for each in wanted if each[1]]:
            return False
    return True


@dataclass(slots=True)
class _Pages:
    """Writes the pages. `whole`: clauses that change are replaced as wholes."""

    outline: Outline
    names: Names
    whole: bool
    rules: dict[str, int] = field(default_factory=dict)

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the pages of the law by name."""
        laid = [(each, self._rule(each), self._laid(each)) for each in self._clauses()]
        law = "\n\n".join(self._law({id(clause): (rule, found) for clause, rule, found in laid}))
        yield "spec/10-law.md", f"{law}\n"
        changes = list(self._changes(laid))
        if changes:
            title = self.names.modification
            intro = f"The tracked changes of {escaped(self.names.file)}, one by one."
            declared = md.fence(
                f"modification {title} {md.string(f'the tracked changes of {self.names.file}')}"
            )
            pages = (md.heading(1, title), intro, declared, *changes)
            yield f"spec/20-{title}.md", "\n\n".join(pages) + "\n"
        yield "spec/30-versions.md", self._versions(changed=bool(changes))
        yield "properties/README.md", _CLAIMS

    def _versions(self, *, changed: bool) -> str:
        lines = [f"version {BEFORE} {md.string(f'{self.names.file} without its changes')}"]
        if changed:
            told = md.string(f"{self.names.file} with its changes")
            lines.append(f"version {AFTER} {told} is {BEFORE} with {self.names.modification}")
        return f"# Versions\n\n{md.fence(*lines)}\n"

    def _clauses(self) -> list[Clause]:
        return [each for each in self.outline.parts if isinstance(each, Clause) and each.pieces]

    def _rule(self, clause: Clause) -> str:
        name = f"open-{slug(clause.name) or 'clause'}"
        count = self.rules[name] = self.rules.get(name, 0) + 1
        return name if count == 1 else self._again(name, count)

    def _again(self, name: str, count: int) -> str:
        other = f"{name}-no-{count}"
        self.rules[other] = self.rules.get(other, 0) + 1
        return other

    def _laid(self, clause: Clause) -> Laid | None:
        """The phrases and amendments of a clause; None if it is replaced as a whole."""
        if len(clause.states) == 1:
            return Laid(phrases_of(clause.pieces), ())
        if self.whole or "kept" not in clause.states or any(each.text in "\\*_" for each in clause.pieces):
            return None
        others = [each.pieces for each in self._clauses() if each.name == clause.name and each is not clause]
        return laid_out(clause.pieces, others)

    # ----------------------------------------------------------------- law

    def _law(self, laid: Mapping[int, tuple[str, Laid | None]]) -> Iterator[str]:
        yield md.heading(1, self.outline.title or self.names.file)
        yield (
            "Each clause stands here in its words. Under it is a rule that changes nothing, and says of\n"
            f"each phrase that it is {md.OPEN}. Put a check, a limb, an effect or an event in its place."
        )
        for part in self.outline.parts:
            match part:
                case Heading():
                    if not part.inserted:
                        yield md.heading(part.level + 1, part.text)
                case NamedTable():
                    yield md.fence(f"table {part.name}")
                    yield md.table(table_rows(part))
                case Clause():
                    old = part.words("inserted")
                    if old:
                        rule, found = laid[id(part)]
                        kept = [each for each in part.pieces if each.state != "inserted"]
                        yield md.quote(old, part.attribution)
                        yield md.fence(md.placeholder(rule, found.phrases if found else phrases_of(kept)))
                case _:
                    assert_never(part)
        if all(each.states == {"inserted"} for each in self._clauses()):
            why = "there are no clauses before the changes, and an insertion must come after something"
            yield md.fence(f'abstraction {_NOTHING} "All clauses are inserted." because "{why}"')

    # ------------------------------------------------------------- changes

    def _changes(self, laid: Sequence[tuple[Clause, str, Laid | None]]) -> Iterator[str]:
        """Yield insertions, then amendments and replacements, then what is struck."""
        yield from self._insertions(laid)
        by = f"by {self.names.modification}"
        for clause, rule, found in laid:
            if len(clause.states) == 1:
                continue
            yield md.heading(2, clause.name)
            if found is None:
                yield from self._whole(f"{by} replace {rule}:", clause, rule)
                continue
            for each in found.amendments:
                words = f"{md.phrase(each.old, 4)}\n    becomes {md.phrase(each.new, 12)}"
                yield md.fence(f"{by} amend {rule}:\n    {words}\n    not modelled {md.string(md.OPEN)}")
        yield from self._tables()
        for clause, rule, _ in laid:
            if clause.states == {"struck"}:
                yield md.heading(2, clause.name)
                yield md.fence(f"{by} strike {rule}")

    def _insertions(self, laid: Sequence[tuple[Clause, str, Laid | None]]) -> Iterator[str]:
        by = f"by {self.names.modification}"
        none = all(clause.states == {"inserted"} for clause, _, _ in laid)
        last: str | None = _NOTHING if none else None
        first: list[tuple[Clause, str]] = []  # inserted before all others
        for clause, rule, _ in laid:
            if clause.states != {"inserted"}:
                if last is None and first:
                    yield from self._before_all(first, clause, rule)
                    first = []
                last = rule
                continue
            if last is None:
                first.append((clause, rule))
                continue
            yield md.heading(2, clause.name)
            yield from self._whole(f"{by} insert after {last}:", clause, rule)
            last = rule

    def _before_all(self, inserted: Sequence[tuple[Clause, str]], clause: Clause, rule: str) -> Iterator[str]:
        """Yield what puts clauses before the first one: there is nothing to insert them after, so the
        first is struck there and inserted again.
        """
        by = f"by {self.names.modification}"
        change = f"{by} replace {rule}:"
        for new, name in inserted:
            yield md.heading(2, new.name)
            yield from self._whole(change, new, name)
            change = f"{by} insert after {name}:"
        yield md.heading(2, f"{clause.name}, again")
        yield from self._again_whole(change, clause, rule)

    def _again_whole(self, change: str, clause: Clause, rule: str) -> Iterator[str]:
        old = [each for each in clause.pieces if each.state != "inserted"]
        found = self._laid(clause)
        phrases = found.phrases if found else phrases_of(old)
        yield md.quote(clause.words("inserted"), clause.attribution)
        yield md.fence(change, md.placeholder(rule, phrases))

    def _whole(self, change: str, clause: Clause, rule: str) -> Iterator[str]:
        new = [each for each in clause.pieces if each.state != "struck"]
        yield md.quote(clause.words("struck"), clause.attribution)
        yield md.fence(change, md.placeholder(rule, phrases_of(new)))

    def _tables(self) -> Iterator[str]:
        for part in self.outline.parts:
            if isinstance(part, NamedTable):
                lines = list(cell_changes(part, self.names.modification))
                if lines:
                    yield md.heading(2, part.name)
                    yield md.fence(*lines)


# -------------------------------------------------------------------- tables


def table_rows(part: NamedTable) -> list[list[str]]:
    """The rows of a table before the changes or, if they insert all of it, after them, as the language wants
    them: every column has a heading, and no two have the same.
    """
    gone: State = "inserted"
    rows = [each for each in part.table.rows if each.state != gone]
    if not rows:
        gone, rows = "struck", list(part.table.rows)
    words = [[cleaned(text_of(cell, gone)) for cell in row.cells] for row in rows]
    return [headed(words[0]), *words[1:]]


def headed(cells: Sequence[str]) -> list[str]:
    """Headings that are there and differ."""
    found: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name, count = cell or f"column {number}", 1
        while name in found:
            count += 1
            name = f"{cell or f'column {number}'} ({count})"
        found.append(name)
    return found


def cell_changes(part: NamedTable, modification: str) -> Iterator[str]:
    """Yield the amendments of single cells: of rows that are there before and after, known by their first
    cell, which is kept.
    """
    rows = [each for each in part.table.rows if each.state == "kept"]
    head = table_rows(part)[0]
    keys = [cleaned(text_of(row.cells[0], "inserted")) for row in part.table.rows if row.cells]
    for row in rows[1:] if rows and rows[0] is part.table.rows[0] else ():
        old = [cleaned(text_of(cell, "inserted")) for cell in row.cells]
        new = [cleaned(text_of(cell, "struck")) for cell in row.cells]
        if keys.count(old[0]) != 1 or old[0] != new[0]:
            continue
        for column, before, after in zip(head, old, new, strict=True):
            if before != after:
                place = f"row {md.string(old[0])}, {md.string(column)}"
                yield f"by {modification} amend table {part.name}:\n    {place} becomes {md.string(after)}"
