"""Effects, events, axioms and starts as TLA+: one action for each group of effects, one for each event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from checker.model.expressions import FACT, Absent, And, Formula, In, Is, Parameter, Value, Variable
from checker.model.item import Item
from checker.model.model import Effect, Event, Function, Model, Update
from checker.tla.constants_and_variables import Vocabulary, place_of
from checker.tla.formulas import Scope, Writer, statement
from checker.tla.layout import (
    COMPARISON,
    TRUE,
    Choice,
    Doc,
    Each,
    Joined,
    Words,
    all_of,
    assigned,
    block,
    defined,
    inline,
    negated,
    operand,
)
from checker.tla.operators import REQUEST
from checker.tla.spelling import comment, hung, indented, listed, string
from checker.tla.symbol_names import Lexicon


class Changes:
    """Writes the steps that change situations, and the initial situations."""

    def __init__(self, model: Model, lexicon: Lexicon, writer: Writer, vocabulary: Vocabulary) -> None:
        self.model = model
        self.lexicon = lexicon
        self.writer = writer
        self.vocabulary = vocabulary
        names = lexicon.names.copy()
        names.used.add(REQUEST)
        self.request = Scope(names, requests={"": REQUEST})
        self.plain = Scope(lexicon.names)

    # ------------------------------------------------------------- effects

    def effects(self, groups: tuple[tuple[Effect, ...], ...]) -> Iterator[str]:
        """Yield an action for each group of effects that one request may have, and one for requests without
        effects.

        Effects that write the same place write the same value; places that are not written keep their values.
        """
        for group in groups:
            for each in group:
                yield from comment(f"effect {each.name}, {place_of(each.span)}")
                yield from _quoted(each.items)
            yield from self._action(f"{self.group_name(group)}({REQUEST})", group)
            yield ""
        yield from comment("A request that changes nothing.")
        none = [negated(self._when(each)) for each in self.model.effects]
        yield from defined(f"NoEffect({REQUEST})", all_of([*none, Words("UNCHANGED situation")]))
        yield ""
        yield from comment("A well-formed request that is accepted, and what it changes.")
        kinds = [Words(f"{self.group_name(group)}({REQUEST})") for group in groups]
        either = " \\/ ".join(each.text for each in (*kinds, Words(f"NoEffect({REQUEST})")))
        yield f"Request({REQUEST}) =="
        yield f"    /\\ WellFormed({REQUEST}) /\\ Accepted({REQUEST})"
        yield f"    /\\ {either}"
        yield f"    /\\ step' = Made({REQUEST})"

    def group_name(self, group: tuple[Effect, ...]) -> str:
        """Return the action of a group of effects."""
        return "_".join(self.lexicon.effects[each.name] for each in group)

    def _when(self, effect: Effect) -> Doc:
        return TRUE if effect.when is None else self.writer.formula(effect.when, self.request)

    def _action(self, head: str, group: tuple[Effect, ...]) -> Iterator[str]:
        guards = [self._when(each) for each in group]
        lone = len(group) == 1
        yield f"{head} =="
        some = guards[0] if lone else Joined("\\/", tuple(guards))
        if some != TRUE:
            yield from _conjunct(some)
        writes = [
            (update, TRUE if lone else guard)
            for each, guard in zip(group, guards, strict=True)
            for update in each.updates
        ]
        yield from self._written(writes, self.request)

    # -------------------------------------------------------------- events

    def events(self) -> Iterator[str]:
        """Yield the events, each with its parameters."""
        for event in self.model.events.values():
            scope = self.event_scope(event)
            yield ""
            yield from comment(f"event {event.name} by {event.actor}: {_told(event, scope)}")
            yield from comment(place_of(event.span))
            yield from _quoted(event.items)
            yield from self._event(event, scope)

    def event_scope(self, event: Event) -> Scope:
        """Return the scope in which an event's conditions and updates are read."""
        variables = tuple(Variable(each.name, each.sort) for each in event.parameters)
        certain = frozenset(each.name for each in event.parameters if not each.optional)
        scope = self.plain.bind(variables)
        return Scope(scope.names, scope.variables, certain)

    def _event(self, event: Event, scope: Scope) -> Iterator[str]:
        names = [scope.variables[each.name] for each in event.parameters]
        yield self.lexicon.events[event.name] + (f"({', '.join(names)})" if names else "") + " =="
        when = TRUE if event.when is None else self.writer.formula(event.when, scope)
        if when != TRUE:
            yield from _conjunct(when)
        yield from self._written([(each, TRUE) for each in event.updates], scope)
        given = ", ".join(f"{each} |-> {each}" for each in names)
        told = f"[{given}]" if given else "<<>>"
        yield f"    /\\ step' = Happened({string(event.name)}, {told})"

    # -------------------------------------------------------------- writes

    def _written(self, writes: list[tuple[Update, Doc]], scope: Scope) -> Iterator[str]:
        """The conjuncts that give every variable its next value; `writes`: updates with their conditions."""
        kept: list[str] = []
        for function in self.vocabulary.open_functions():
            mine = [each for each in writes if each[0].function == function.name]
            name = self.lexicon.variables[function.name]
            if not mine:
                kept.append(name)
                continue
            doc: Doc = Words(name)
            scope = replace(scope, names=scope.names.copy())  # one update may stand within another
            for update, condition in reversed(mine):
                doc = self._put(function, update, condition, doc, scope)
            yield from indented(hung("/\\ ", assigned(name, doc, 7)))
        if kept:
            yield from indented(hung("/\\ UNCHANGED ", listed(kept, 17, "<<", ">>")))

    def _put(self, function: Function, update: Update, condition: Doc, old: Doc, scope: Scope) -> Doc:
        """The function with this update on top of the updates that come after it."""
        if update.variables:
            return self._put_all(function, update, condition, old, scope)
        value = self._value(function, update, scope)
        conditions = [condition]
        if update.where is not None:
            conditions.append(self.writer.formula(update.where, scope))
        if not function.parameters:
            conditions += self._present(function, value)
            new: Doc = value
        else:
            places = [inline(self.writer.term(each, scope)) for each in update.arguments]
            put = "PutPresent" if self._present(function, value) else "Put"
            new = Words(f"{put}({inline(old)}, {_tuple(places)}, {inline(value)})")
        when = all_of(conditions)
        return new if when == TRUE else Choice(when, new, old)

    def _put_all(self, function: Function, update: Update, condition: Doc, old: Doc, scope: Scope) -> Doc:
        """A bulk update: its variables are arguments of the place that is written."""
        place = scope.names.take("p")
        parts = (
            [place]
            if len(update.arguments) == 1
            else [f"{place}[{n}]" for n in range(1, len(update.arguments) + 1)]
        )
        bulk = {each.name for each in update.variables}
        bound: dict[str, str] = {}
        for term, part in zip(update.arguments, parts, strict=True):
            if isinstance(term, Variable) and term.name in bulk:
                bound.setdefault(term.name, part)
        certain = (scope.certain - bulk) | frozenset(bound)
        inner = Scope(scope.names, {**scope.variables, **bound}, certain, scope.requests)
        value = self._value(function, update, inner)
        conditions = [condition]
        for term, part in zip(update.arguments, parts, strict=True):
            if not (isinstance(term, Variable) and bound.get(term.name) == part):
                conditions.append(Words(f"{part} = {operand(self.writer.term(term, inner))}", COMPARISON))
        if update.where is not None:
            conditions.append(self.writer.formula(update.where, inner))
        conditions += self._present(function, value)
        kept = Words(f"{operand(old)}[{place}]")
        domain = f"{place} \\in DOMAIN {self.lexicon.variables[function.name]}"
        when = all_of(conditions)
        return Each(domain, value if when == TRUE else Choice(when, value, kept))

    def _value(self, function: Function, update: Update, scope: Scope) -> Doc:
        if function.result == FACT and not isinstance(update.value, Absent):
            return self.writer.formula(statement(update.value), scope)
        return self.writer.term(update.value, scope)

    @staticmethod
    def _present(function: Function, value: Doc) -> list[Doc]:
        """A further condition of a write: a function that always has a value keeps it when the new one is
        absent.
        """
        if (
            function.optional
            or function.result == FACT
            or (isinstance(value, Words) and value.text[0] == '"')
        ):
            return []
        return [Words(f"{operand(value)} # Absent", COMPARISON)]

    # -------------------------------------------------------------- starts

    def suppositions(self) -> Iterator[str]:
        """Yield the axioms, one operator each, their conjunction, and where stories start."""
        for axiom in self.model.axioms:
            yield from comment(f"axiom {axiom.name}: {axiom.sentence} {place_of(axiom.span)}")
            body = self.writer.formula(axiom.formula.formula, self.plain)
            yield from defined(self.lexicon.axioms[axiom.name], body)
        names = [Words(self.lexicon.axioms[each.name]) for each in self.model.axioms]
        yield from defined("Axioms", all_of(list(names)))
        yield ""
        for each in self.model.start:
            yield from comment(f"start, {place_of(each.span)}")
        yield from defined(
            "Start", all_of([self.writer.formula(e.formula, self.plain) for e in self.model.start])
        )

    def behaviour(self) -> Iterator[str]:
        """Yield `Init`, `Next` and `Spec` of the law with nothing left out."""
        yield "Init =="
        for each in self.vocabulary.open_functions():
            name, values = self.lexicon.variables[each.name], self.vocabulary.values(each)
            places = self.vocabulary.open_places(each)
            yield f"    /\\ {name} \\in {f'[{places} -> {values}]' if places else values}"
        yield "    /\\ Axioms"
        yield "    /\\ Start"
        yield '    /\\ step = [number |-> 0, kind |-> "start"]'
        yield ""
        yield "Next =="
        yield f"    \\/ \\E {REQUEST} \\in Requests : Request({REQUEST})"
        for event in self.model.events.values():
            yield f"    \\/ {self._some(event)}"
        yield ""
        yield "Spec == Init /\\ [][Next]_vars"

    def _some(self, event: Event) -> str:
        scope = self.event_scope(event)
        names = [scope.variables[each.name] for each in event.parameters]
        nothing = {True: " \\cup {Absent}", False: ""}
        ranges = [
            f"{name} \\in {self.lexicon.sorts[each.sort.name]}{nothing[each.optional]}"
            for name, each in zip(names, event.parameters, strict=True)
        ]
        call = self.lexicon.events[event.name]
        return f"\\E {', '.join(ranges)} : {call}({', '.join(names)})" if ranges else call


def groups_of(effects: Sequence[Effect]) -> tuple[tuple[Effect, ...], ...]:
    """Return the effects in groups, in their order: two effects that one request might have are in one group.

    Two effects cannot come together if they require different values of one parameter.
    """
    groups: list[list[Effect]] = []
    for effect in effects:
        near = [each for each in groups if any(not _apart(effect, other) for other in each)]
        joined = [*(other for each in near for other in each), effect]
        groups = [each for each in groups if each not in near]
        groups.append(sorted(joined, key=effects.index))
    groups.sort(key=lambda each: effects.index(each[0]))
    return tuple(tuple(each) for each in groups)


def _apart(one: Effect, other: Effect) -> bool:
    mine, theirs = _pinned(one.when), _pinned(other.when)
    return any(name in theirs and values.isdisjoint(theirs[name]) for name, values in mine.items())


def _pinned(when: Formula | None) -> dict[str, frozenset[str]]:
    """The parameters that the condition restricts to certain values, with these values."""
    found: dict[str, frozenset[str]] = {}
    for part in when.parts if isinstance(when, And) else (when,):
        match part:
            case Is(left=Parameter(name=name), right=Value(name=value)):
                found[name] = frozenset({value})
            case In(term=Parameter(name=name), values=values):
                named = [each.name for each in values if isinstance(each, Value)]
                if len(named) == len(values):
                    found[name] = frozenset(named)
            case And():
                found |= _pinned(part)
            case _:
                pass
    return found


def _conjunct(doc: Doc) -> list[str]:
    """The lines of a conjunct of an action."""
    if isinstance(doc, Joined) and doc.operator == "/\\":
        return [line for part in doc.parts for line in _conjunct(part)]
    return indented(hung("/\\ ", block(doc, 7)))


def _tuple(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"<<{', '.join(parts)}>>"


def _told(event: Event, scope: Scope) -> str:
    text = event.label or event.name
    for each in event.parameters:
        text = text.replace(f"{{{each.name}}}", scope.variables[each.name])
    return text


def _quoted(items: tuple[Item, ...]) -> Iterator[str]:
    """The words of the law that the changes were read from, and those that were inferred."""
    for item in items:
        if item.kind not in ("update", "applies-when", "applies-unless"):
            continue
        if item.phrases:
            words = " \N{HORIZONTAL ELLIPSIS} ".join(each.text for each in item.phrases)
            yield from comment(f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}")
        elif item.inference:
            yield from comment(f"inferred: {item.inference}")
