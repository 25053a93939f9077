"""Counts rows by a condition of the law, and decides some of them again without SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Final
from zlib import crc32

from sqlglot import exp

from checker.data import amounts, sql
from checker.data.atoms import atoms_of, functions_in
from checker.data.encode_sql import SqlMeaning
from checker.data.lookups import THING, Scope, view_of
from checker.data.mapping import called, key_of
from checker.data.relations import Relations
from checker.data.row_situations import RowSituations
from checker.data.sound_tables import check_tables
from checker.data.sql import Sql, Tree
from checker.data.warehouse import Row, Warehouse, said
from checker.model.evaluate import Environment, apply_event, holds, term_value
from checker.model.expressions import FACT, Apply, Expression, Sort
from checker.model.model import Event, Model
from checker.model.situation import Instance, Situation
from checker.question.jobs import Disagreement
from checker.rooms.audit.counted import Counted, Expected, GroupCount
from checker.rooms.audit.question import Question
from checker.rooms.audit.senders import Senders, named
from checker.rooms.near_limits import near_limits

SAMPLE: Final = 200  # rows that are decided again besides those of every group
FIRST: Final = 10  # rows that a report shows
GROUPS: Final = 2_000  # groups of which a row is decided again
LISTED: Final = 10_000  # groups that an answer lists
_IS: Final = "is so"
_COUNT: Final = "rows"
_LEAST: Final = "least"


class Counting:
    """One question about one set of tables."""

    def __init__(
        self,
        warehouse: Warehouse,
        model: Model,
        deployed: Mapping[Instance, str],
        question: Question,
        senders: Senders | None,
        seed: int,
    ) -> None:
        self.warehouse, self.model, self.deployed = warehouse, model, deployed
        self.question, self.senders, self.seed = question, senders, seed
        self.kept: tuple[tuple[str, ...], ...] = ()
        self.meaning = SqlMeaning(model, warehouse.mapping, deployed)
        self.rows = {each.name: each.name for each in question.variables}
        self.scope = Scope({each.name: self._variable(each.name, each.sort) for each in question.variables})
        self.is_so = self.meaning.formula(question.where, self.scope)
        self.atoms = (*atoms_of(model, question.where), *near_limits(model, question.where))
        self.atom_trees = [self.meaning.formula(each, self.scope) for each in self.atoms]
        self.group_trees = [self._group(each.term) for each in question.groups]
        self.ways = senders.columns(self.meaning, self.scope) if senders is not None else {}
        check_tables(warehouse, model, self.meaning)
        relations = Relations(
            warehouse.mapping, model, warehouse.types, found=warehouse.found, pieced=warehouse.pieces
        )
        self.pieces = tuple(self._pieces(relations))
        for name, query in relations.views(self.meaning):
            warehouse.view(name, query)

    def _pieces(self, relations: Relations) -> Iterator[Tree]:
        """Conditions of which each row meets one: those of the pieces of a table, if there are any."""
        for each in self.question.variables:
            slots = self.meaning.slots.get(each.sort, {})
            table = None if each.sort.is_enum else relations.pieces_of(each.sort, slots)
            if table is not None:
                yield from (piece.holds(each.name) for piece in self.warehouse.pieces[table])
                return

    def _variable(self, name: str, sort: Sort) -> Sql:
        if sort.is_enum:
            return Sql(sql.column(THING, name), always=True, possible=sort.values)
        return self.meaning.bound(sort, name)

    def _group(self, term: Expression) -> Tree:
        found, sort = self.meaning.term(term, self.scope), getattr(term, "sort", None)
        if isinstance(sort, Sort) and sort.is_quantity and not found.never:
            return amounts.as_cell(found.tree, sort)
        if sort != FACT:
            return found.tree
        return sql.choose(((found.tree, sql.value_of("yes")),), sql.value_of("no")).tree

    # ------------------------------------------------------------- queries

    def _from(self, *columns: Tree) -> exp.Select:
        """Select from all rows: every choice of things for the variables."""
        query = exp.select(*columns)
        for number, each in enumerate(self.question.variables):
            source: exp.Expr = sql.table(view_of(each.sort), each.name)
            if each.sort.is_enum:
                source = _values(each.sort, each.name)
            query = query.from_(source) if number == 0 else query.join(source, join_type="cross")
        return query

    def _keys(self) -> list[Tree]:
        return [named(sql.column(THING, each.name), each.name) for each in self.question.variables]

    def _decided(self) -> exp.Select:
        """Every row with its keys, whether it is so, its atoms, its groups, and the way that it has."""
        columns = [*self._keys(), named(self.is_so, _IS)]
        columns += [named(tree, f"atom {n}") for n, tree in enumerate(self.atom_trees)]
        columns += [named(tree, f"group {n}") for n, tree in enumerate(self.group_trees)]
        columns += [named(tree, name) for name, tree in self.ways.items() if name == "way"]
        return self._from(*columns)

    def _told(self) -> exp.Select:
        """The rows that are so, with everything that is told of them."""
        groups = [
            named(tree, each.text) for each, tree in zip(self.question.groups, self.group_trees, strict=True)
        ]
        return self._from(*self._keys(), *groups, *self._carried()).where(self.is_so.copy())

    def chosen(self) -> tuple[exp.Select, tuple[str, ...]]:
        """The rows that are so with their groups and the number of their way, and how these are called."""
        trees = {
            each.text: tree for each, tree in zip(self.question.groups, self.group_trees, strict=True)
        } | {name: tree for name, tree in self.ways.items() if name == "way"}
        columns = [named(tree, name) for name, tree in trees.items()] or self._keys()
        return self._from(*columns).where(self.is_so.copy()), tuple(trees)

    def _carried(self) -> Iterator[Tree]:
        """What each row's request carries; the number of the way is in place of the column that has it."""
        way = self.ways.get("way", exp.null())
        for name, tree in self.ways.items():
            if name != "way":
                full = tree.copy().transform(
                    lambda node: way.copy() if isinstance(node, exp.Column) and node.name == "way" else node
                )
                yield named(full, _carried(name))

    # ------------------------------------------------------------- counting

    def counted(self, rows: Path | None) -> Counted:
        """Count, decide some rows again, and write the rows if that is asked. Disagreement if SQL and the
        meaning of the language differ.
        """
        ways = ["way"] if self.ways else []
        groups = [f"group {n}" for n, _ in enumerate(self.group_trees)]
        atoms = [f"atom {n}" for n, _ in enumerate(self.atom_trees)]
        keys = [each.name for each in self.question.variables]
        only = [
            exp.alias_(exp.Case(ifs=[exp.If(this=sql.column(_IS), true=sql.column(each))]), each, quoted=True)
            for each in (*groups, *ways)
        ]
        told = [sql.column(each) for each in (_IS, *atoms)]
        least = exp.Anonymous(this="min", expressions=[exp.Tuple(expressions=[sql.column(e) for e in keys])])
        if len(keys) == 1:
            least = exp.Anonymous(this="min", expressions=[sql.column(keys[0])])
        columns = [
            *told,
            *only,
            exp.alias_(exp.Count(this=exp.Star()), _COUNT, quoted=True),
            exp.alias_(least, _LEAST, quoted=True),
        ]
        found = self._grouped(columns)
        width = 1 + len(atoms)
        counts: dict[tuple[tuple[str | None, ...], int | None], int] = {}
        for row in found:
            if row[0]:
                values = tuple(_text(each) for each in row[width : width + len(groups)])
                way = int(str(row[-3])) if ways and row[-3] is not None else None
                counts[values, way] = counts.get((values, way), 0) + _int(row[-2])
        listed = sorted(counts.items(), key=lambda each: (-each[1], str(each[0])))
        again, boundaries, why = self._again(found)
        return Counted(
            total=sum(_int(row[-2]) for row in found),
            matching=sum(counts.values()),
            groups=tuple(GroupCount(values, way, count) for (values, way), count in listed[:LISTED]),
            more_groups=max(0, len(listed) - LISTED),
            columns=(*keys, *(each.text for each in self.question.groups), *self._carried_names()),
            first=tuple(self._first()),
            again=again,
            boundaries=boundaries,
            not_again=why,
            written=None if rows is None else self._write(rows),
        )

    def _grouped(self, columns: Sequence[Tree]) -> list[Row]:
        """Count every row, piece by piece. The last two columns: how many rows there are, and the least."""
        found: dict[tuple[object, ...], tuple[int, tuple[str, ...]]] = {}
        pieces: Sequence[Tree | None] = self.pieces or (None,)
        for number, piece in enumerate(pieces, 1):
            decided = self._decided() if piece is None else self._decided().where(piece.copy())
            query = exp.select(*(each.copy() for each in columns)).from_(decided.subquery("decided"))
            of = f" ({number} of {len(pieces)})" if len(pieces) > 1 else ""
            for row in self.warehouse.rows(
                query.group_by(exp.Var(this="ALL")), what=f"deciding every row{of}"
            ):
                group, rows, least = row[:-2], _int(row[-2]), _key(row[-1])
                before = found.get(group)
                found[group] = (rows, least) if before is None else (before[0] + rows, min(before[1], least))
        return [(*group, rows, least) for group, (rows, least) in found.items()]

    def _write(self, file: Path) -> int:
        """Write the rows that are so, and keep them piece by piece until all are there."""
        told: exp.Query = self._told()
        if self.warehouse.kept is not None and self.pieces:
            names = [f"rows {number}" for number, _ in enumerate(self.pieces, 1)]
            for name, piece in zip(names, self.pieces, strict=True):
                query = said(self.warehouse.settled(self._told().where(piece.copy())))
                self.warehouse.table(name, query, f"reading the {name} of {len(names)}")
            parts: list[exp.Query] = [exp.select(exp.Star()).from_(sql.table(each)) for each in names]
            told = reduce(lambda one, other: exp.union(one, other, distinct=False), parts)
        return self.warehouse.write(told, file, "writing the rows")

    def _carried_names(self) -> tuple[str, ...]:
        return tuple(_carried(name) for name in self.ways if name != "way")

    def _first(self) -> Iterator[tuple[str | None, ...]]:
        keys = [sql.quoted(each.name) for each in self.question.variables]
        for row in self.warehouse.rows(
            self._told().order_by(*keys).limit(FIRST), what="reading the first rows"
        ):
            yield tuple(map(_text, row))

    # ------------------------------------------------------- deciding again

    def _again(self, found: Sequence[Row]) -> tuple[int, int, str]:
        """Decide a row of every group again, and a random sample: how many rows, of how many groups, and why
        not of more.
        """
        chosen = sorted(found, key=lambda row: crc32(f"{self.seed} {row[-1]}".encode()))[:GROUPS]
        keys = dict.fromkeys(_key(row[-1]) for row in chosen)
        keys |= dict.fromkeys(self._sample())
        self.kept = tuple(keys)
        if not keys:
            return 0, 0, "there are no rows"
        self.warehouse.watch(0, len(keys), "deciding rows again")
        told = f"of {GROUPS:,} groups of {len(found):,}" if len(found) > GROUPS else ""
        situations = self._situations()
        if not situations.read(thing for key in keys for thing in self._things(key)):
            return 0, 0, "the condition speaks of all things of a sort, and there are too many to go through"
        for number, row in enumerate(self._those(list(keys))):
            key, said = row[: len(self.question.variables)], row[len(self.question.variables) :]
            texts = tuple(map(str, key))
            self._hold(texts, said, situations.of(self._things(texts)))
            self.warehouse.watch(number + 1, len(keys), "deciding rows again")
        return len(keys), len(chosen), told

    def _things(self, key: tuple[str, ...]) -> list[tuple[Sort, str]]:
        pairs = zip(self.question.variables, key, strict=True)
        return [(each.sort, value) for each, value in pairs if not each.sort.is_enum]

    def after_event(self, event: str, slots: Sequence[tuple[str, tuple[str | None, ...]]]) -> Expected:
        """What the event makes of a row of every group and of others at random, by the meaning of the
        language: the values of these functions for each thing.
        """
        found = Expected()
        situations = self._situations(self.model.events[event])
        keys = list(self.kept)
        if not situations.read(thing for key in keys for thing in self._things(key)):
            return found
        for key in keys:
            (thing,) = self._things(key)
            situation = situations.of([thing])
            after = apply_event(self.model, situation, event, {})
            name = self._named(*thing)
            for function, at in slots:
                place = function, tuple(name if each is None else each for each in at)
                value = after.values.get(place)
                result = self.model.functions[function].result
                shown = bool(value) if result == FACT else self._key_of(result, value)
                found.values[key[0], function, at] = shown
        return found

    def _key_of(self, sort: Sort, value: str | bool | None) -> str | None:
        if value is None or isinstance(value, bool):
            return None
        return value if sort.is_enum else key_of(self.warehouse.mapping, self.model, sort, value)

    def _situations(self, event: Event | None = None) -> RowSituations:
        read: list[Expression] = [self.question.where, *(each.term for each in self.question.groups)]
        read += [] if self.senders is None else list(self.senders.expressions())
        if event is not None:
            read += [part for each in event.updates for part in (*each.arguments, each.value)]
            read += [each.where for each in event.updates if each.where is not None]
            read += [Apply(each.function, each.arguments, FACT) for each in event.updates]
        functions, whole = functions_in(self.model, *read), frozenset(self.meaning.gone_through)
        return RowSituations(self.warehouse, self.model, self.deployed, functions, whole)

    def _sample(self) -> Iterator[tuple[str, ...]]:
        """Keys of rows at random, and of rows that are so."""
        keys = [sql.column(THING, each.name) for each in self.question.variables]
        mark = exp.Anonymous(
            this="hash", expressions=[exp.Concat(expressions=[*keys, sql.text(f" {self.seed}")])]
        )
        for query in (self._from(*self._keys()), self._from(*self._keys()).where(self.is_so.copy())):
            for row in self.warehouse.rows(query.order_by(mark.copy()).limit(SAMPLE), what="taking a sample"):
                yield tuple(map(str, row))

    def _those(self, keys: list[tuple[str, ...]]) -> list[Row]:
        """What SQL says of these rows."""
        decided = self._decided()
        mine = [sql.column(THING, each.name) for each in self.question.variables]
        chosen: Tree
        if len(mine) == 1:
            chosen = exp.In(this=mine[0], expressions=[sql.text(key[0]) for key in keys])
        else:
            tuples = [exp.Tuple(expressions=[sql.text(each) for each in key]) for key in keys]
            chosen = exp.In(this=exp.Tuple(expressions=mine), expressions=tuples)
        return self.warehouse.rows(decided.where(chosen), what="deciding rows again")

    def _hold(self, key: tuple[str, ...], said: Row, situation: Situation) -> None:
        """Hold what SQL says of a row against the meaning of the language."""
        names: dict[str, str | None] = {}
        for each, value in zip(self.question.variables, key, strict=True):
            names[each.name] = value if each.sort.is_enum else self._named(each.sort, value)
        env = Environment(
            self.model,
            situation,
            variables=names,
            rules=dict.fromkeys(situation.versions.values(), self.model),
        )
        expected: list[object] = [holds(self.question.where, env), *(holds(each, env) for each in self.atoms)]
        expected += [self._shown(each.term, term_value(each.term, env)) for each in self.question.groups]
        if self.senders is not None:
            first = self.senders.first(situation, names)
            expected.append(None if first is None else str(first))
        found = [bool(each) if n < 1 + len(self.atoms) else each for n, each in enumerate(said)]
        if found != expected:
            what = ", ".join(
                f"{each.name} = {one}" for each, one in zip(self.question.variables, key, strict=True)
            )
            about = [
                "the condition",
                *map(str, self.atoms),
                *(each.text for each in self.question.groups),
                "way",
            ]
            differ = next(about[n] for n, each in enumerate(found) if each != expected[n])
            message = f"for {what}, SQL and the meaning of the language differ about {differ}"
            raise Disagreement(message)

    def _named(self, sort: Sort, key: str) -> str:
        return called(self.warehouse.mapping, self.model, sort, key)

    def _shown(self, term: Expression, value: str | bool | None) -> str | None:
        """A value of a term as the tables have it."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        sort = getattr(term, "sort", None)
        if isinstance(sort, Sort) and sort.is_quantity and value is not None:
            return amounts.cell_of(sort, value)
        if isinstance(sort, Sort) and not sort.is_enum and value is not None:
            return key_of(self.warehouse.mapping, self.model, sort, value)
        return value


def _values(sort: Sort, row: str) -> exp.Expr:
    """All values of an enum, as rows."""
    rows = [exp.Tuple(expressions=[sql.text(each)]) for each in sort.values]
    alias = exp.TableAlias(this=sql.quoted(row), columns=[sql.quoted(THING)])
    return exp.Values(expressions=rows, alias=alias)


def _carried(name: str) -> str:
    return f"send {name}"


def _key(least: object) -> tuple[str, ...]:
    return tuple(map(str, least)) if isinstance(least, tuple | list) else (str(least),)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0
