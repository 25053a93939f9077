"""The law of a version as redlined, with the meaning under the words: what `show` tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from checker.language.diagnostics import Span
from checker.model.claim import Column
from checker.model.item import Item, ItemKind
from checker.model.model import Model
from checker.regime.declarations_compared import ChangedDeclaration, declarations_between
from checker.regime.redlining import ClauseText, Segment
from checker.regime.regime import Regime
from checker.regime.tables_compared import ChangedTable, tables_between
from checker.regime.texts_compared import texts_between
from checker.report.json_documents import ToldColumn, told_column
from checker.report.paper import BLANK, Paragraph
from checker.report.redlined_law import (
    Owner,
    clause_meanings,
    declaration_paragraphs,
    law_paragraphs,
    meaning_text,
    rule_owners,
    table_paragraphs,
    without_words,
)
from checker.results.answer import Answer, Frame, frame_of, keeping, kept
from checker.story.steps_told import place_of

if TYPE_CHECKING:
    import networkx as nx


class Meaning(Struct, frozen=True, kw_only=True):
    """One meaning in a rule: the `words` of the law that it stands for or, without any, the `inference`
    behind it; `means`: as it is written, empty for words that only connect others.
    """

    kind: ItemKind
    words: tuple[str, ...]
    inference: str | None
    means: str
    place: str


class RuleMeaning(Struct, frozen=True, kw_only=True):
    """What a rule says; `title`: which it is, and what it does."""

    title: str
    clause: str
    items: tuple[Meaning, ...]


class Clause(Struct, frozen=True, kw_only=True):
    """A clause: its words in force (`text`), and stretch by stretch what is kept, struck and inserted, by
    which modification. `above`: the clause that it is a limb of, if it is one; `place`: where it is quoted.
    `before`: of two versions, what rules said in the old one and do not say in the new one.
    """

    clause: str
    above: str | None
    source: str
    kind: Literal["verbatim", "paraphrase"]
    place: str
    text: str
    segments: tuple[Segment, ...]
    rules: tuple[RuleMeaning, ...]
    before: tuple[RuleMeaning, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether a modification struck or inserted words."""
        return any(each.kind != "kept" for each in self.segments)


class RedlinedLaw(Answer, frozen=True, kw_only=True, tag_field="schema", tag="redline.show/1"):
    """The clauses of a version in the order of the spec, redlined, with the meaning of their words; then
    the rules that no quoted words stand for (`inferred`), what is changed of `declarations` without words,
    and the tables. `against`: the version that it is compared with, `null` if it is told as its modifications
    say it.
    """

    command: str
    column: ToldColumn
    clauses: tuple[Clause, ...]
    inferred: tuple[RuleMeaning, ...]
    shipped: bool
    against: ToldColumn | None = None
    declarations: tuple[ChangedDeclaration, ...] = ()
    tables: tuple[ChangedTable, ...] = ()

    def paragraphs(self) -> Iterable[Paragraph]:
        """The report."""
        texts: tuple[ClauseText, ...] = kept(self, "texts", tuple)
        law = law_paragraphs(kept(self, "model", Model), texts)
        changed = (*declaration_paragraphs(self.declarations), *table_paragraphs(self.tables))
        return (*(law[:-1] if changed and law[-1:] == (BLANK,) else law), *changed)

    def graph(self) -> nx.DiGraph[tuple[str, str]]:
        """The clauses of a version as a tree. Nodes are (kind, name): `("law", column)` is the root, under it
        `("source", name)` for every document, under these their clauses, `("clause", name)`, and under a
        clause its limbs.

        Of a clause: `text` (the words in force, empty if the clause itself is not quoted), `changed` (by a
        modification), `rules` (titles of the rules that stand for its words), `place`.
        """
        import networkx as nx

        root = ("law", self.column.text)
        graph: nx.DiGraph[tuple[str, str]] = nx.DiGraph()
        graph.add_node(root)
        for each in self.clauses:
            node = ("clause", each.clause)
            if graph.has_node(node) and graph.nodes[node]["text"]:
                continue  # quoted once more, elsewhere
            rules = tuple(one.title for one in each.rules)
            graph.add_node(node, text=each.text, changed=each.changed, rules=rules, place=each.place)
        for each in self.clauses:
            node, source = ("clause", each.clause), ("source", each.source)
            if graph.in_degree(node):
                continue
            graph.add_edge(root, source)
            above = ("clause", each.above or "")
            if each.above is not None and not graph.has_node(above):
                graph.add_node(above, text="", changed=False, rules=(), place=each.place)
                graph.add_edge(source, above)
            graph.add_edge(source if each.above is None else above, node)
        return graph

    def frame(self) -> Frame:
        """A row for each clause."""
        return frame_of(
            (
                {
                    "clause": each.clause,
                    "above": each.above,
                    "source": each.source,
                    "changed": each.changed,
                    "text": each.text,
                    "rules": tuple(one.title for one in each.rules),
                    "place": each.place,
                }
                for each in self.clauses
            ),
            ("clause", "above", "source", "changed", "text", "rules", "place"),
        )


class Told(NamedTuple):
    """A column of the law: its rules, its words as modifications changed them, its tables and declarations;
    `first`: the version that it is made from by modifications.
    """

    column: Column
    model: Model
    texts: tuple[ClauseText, ...]
    regime: Regime
    first: str


def redlined_of(new: Told, command: str, *, against: Told | None, shipped: bool) -> RedlinedLaw:
    """Return the law of a column, clause by clause, and the tables; `against` another, as changes of that."""
    owners = tuple(rule_owners(new.model))
    limbs = (limb for check in new.model.checks for limb in check.all_limbs)
    above = {limb.clause: limb.above[0] for limb in limbs if limb.above}
    texts = new.texts if against is None else texts_between(against.texts, new.texts)
    rules = _rules_by_clause(new.model, texts)
    before = {} if against is None else _rules_by_clause(against.model, against.texts)
    regime, now = new.regime, new.column.base
    then = new.first if against is None else against.column.base
    answer = RedlinedLaw(
        command=command,
        column=told_column(new.column),
        clauses=tuple(
            Clause(
                clause=text.clause,
                above=above.get(text.clause),
                source=text.quote.source,
                kind=text.quote.kind,
                place=place_of(text.quote.span),
                text=text.text,
                segments=text.segments,
                rules=rules.get(text.quote.span, ()),
                before=tuple(_only_before(before.get(text.quote.span, ()), rules.get(text.quote.span, ()))),
            )
            for text in texts
        ),
        inferred=tuple(_rule(each, each.items) for each in without_words(owners)),
        shipped=shipped,
        against=None if against is None else told_column(against.column),
        declarations=declarations_between(regime.units[then], regime.units[now], regime.documents),
        tables=tables_between(regime.tables[then], regime.tables[now]),
    )
    return keeping(answer, model=new.model, texts=texts)


def _rules_by_clause(model: Model, texts: Sequence[ClauseText]) -> dict[Span, tuple[RuleMeaning, ...]]:
    """Return what rules say of the words of each quote, by its place; each item once, where it is first."""
    owners = tuple(rule_owners(model))
    told: set[Span] = set()
    return {
        text.quote.span: tuple(_rule(owner, items) for owner, items in clause_meanings(text, owners, told))
        for text in texts
    }


def _only_before(old: Sequence[RuleMeaning], new: Sequence[RuleMeaning]) -> Iterator[RuleMeaning]:
    """Yield what the old rules say and the new ones do not."""
    said = {(each.kind, each.words, each.means) for rule in new for each in rule.items}
    for rule in old:
        gone = tuple(each for each in rule.items if (each.kind, each.words, each.means) not in said)
        if any(each.means for each in gone):
            yield replace(rule, items=gone)


def _rule(owner: Owner, items: Sequence[Item]) -> RuleMeaning:
    return RuleMeaning(
        title=owner.title, clause=owner.clause, items=tuple(_item(each, owner) for each in items)
    )


def _item(item: Item, owner: Owner) -> Meaning:
    return Meaning(
        kind=item.kind,
        words=tuple(each.text for each in item.phrases),
        inference=item.inference,
        means="" if item.kind == "connective" else meaning_text(item, owner),
        place=place_of(item.span),
    )
