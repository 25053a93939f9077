"""Reads a model for NuSMV back, and answers its specification by going through all situations.

It knows the part of the language that `benchmarks/smv.py` writes, by its own reading of NuSMV's manual:
names, `!`, `&`, `|`, `->`, `=`, `case`, `next`, and CTL with `AG`, `EF` and `EX`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

State: TypeAlias = tuple[str, ...]
Truth: TypeAlias = Callable[[Mapping[str, str]], bool]

TOKEN = re.compile(r"->|[!&|=():;]|\w+")
DECLARED = re.compile(r"(?:VAR|FROZENVAR) (\w+) : (.+?);")
CASE = re.compile(r"ASSIGN next\((\w+)\) := case (.+) esac;")


@dataclass
class Model:
    """`domains`: variable -> its values; `moves`: how many there are; `next`: variable -> its cases."""

    domains: dict[str, tuple[str, ...]] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    moves: int = 0
    definitions: dict[str, str] = field(default_factory=dict)
    next: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    start: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    specification: str = ""


def read(text: str) -> Model:
    """Read the text; fails on a line of a kind that is not written."""
    model = Model()
    first, *lines = text.splitlines()
    assert first == "MODULE main"
    for line in lines:
        words = line.split()
        if found := DECLARED.match(line):
            name, kind = found.groups()
            values = "FALSE, TRUE" if kind == "boolean" else kind.strip("{}")
            model.domains[name] = tuple(values.split(", "))
            model.comments[name] = line.partition("-- ")[2]
        elif found := re.fullmatch(r"IVAR move : 0\.\.(\d+);", line):
            model.moves = int(found[1])
        elif words[0] == "DEFINE":
            model.definitions[words[1]] = line.split(" := ")[1].rstrip(";")
        elif words[0] == "INIT":
            model.start.append(line[5:-1])
        elif words[0] == "TRANS":
            model.allowed.append(line[6:-1])
        elif found := CASE.fullmatch(line):
            ways = [way.split(" : ") for way in found[2].rstrip(";").split("; ")]
            model.next[found[1]] = [(condition, value) for condition, value in ways]
        else:
            assert words[0] == "CTLSPEC", line
            model.specification = line[8:-1]
    return model


class Checked:
    """All situations of a model, the steps between them, and those in which a formula of CTL is true."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._names: dict[str, Truth] = {}
        self.states = [
            dict(zip(model.domains, each, strict=True)) for each in itertools.product(*model.domains.values())
        ]
        self.starts = {self._key(each) for each in self.states if all(map(self._true(each), model.start))}
        conditions = [self.formula(each) for each in model.allowed]
        ways = {
            name: [(self.formula(condition), value) for condition, value in each]
            for name, each in model.next.items()
        }
        self.after: dict[State, set[State]] = {}
        for state in self.states:
            found = self.after[self._key(state)] = set()
            for move in range(model.moves + 1):
                now = {**state, "move": str(move)}
                if all(condition(now) for condition in conditions):
                    found.add(
                        self._key({**state, **{name: _chosen(each, now) for name, each in ways.items()}})
                    )
            assert found, "a situation without a step"

    def answer(self) -> bool:
        """Whether the specification is true in every start."""
        return self.starts <= self._where(_Reader(self.model.specification).whole())

    def reached(self) -> set[State]:
        """What steps lead to from a start."""
        found, newest = set(self.starts), set(self.starts)
        while newest:
            newest = set().union(*(self.after[each] for each in newest)) - found
            found |= newest
        return found

    def formula(self, text: str) -> Truth:
        """A formula without CTL, as a function of a situation."""
        return self._evaluated(_Reader(text).whole())

    def _key(self, state: Mapping[str, str]) -> State:
        return tuple(state[name] for name in self.model.domains)

    def _true(self, state: Mapping[str, str]) -> Callable[[str], bool]:
        return lambda text: self.formula(text)(state)

    def _evaluated(self, tree: Tree) -> Truth:
        match tree:
            case ["!", one]:
                inner = self._evaluated(one)
                return lambda state: not inner(state)
            case [("&" | "|" | "->") as operator, left, right]:
                first, second = self._evaluated(left), self._evaluated(right)
                if operator == "&":
                    return lambda state: first(state) and second(state)
                if operator == "|":
                    return lambda state: first(state) or second(state)
                return lambda state: not first(state) or second(state)
            case ["=", str(name), str(value)]:
                return lambda state: state[name] == value
            case str(name) if name in self.model.definitions:
                if name not in self._names:
                    self._names[name] = self.formula(self.model.definitions[name])
                return self._names[name]
            case "TRUE" | "FALSE":
                return lambda _: tree == "TRUE"
            case str(name):
                return lambda state: state[name] == "TRUE"
            case _:
                raise AssertionError(tree)

    def _where(self, tree: Tree) -> set[State]:
        match tree:
            case ["AG", one]:
                return set(self.after) - self._leading(set(self.after) - self._where(one))
            case ["EF", one]:
                return self._leading(self._where(one))
            case ["EX", one]:
                return self._before(self._where(one))
            case ["!", one]:
                return set(self.after) - self._where(one)
            case ["&", left, right]:
                return self._where(left) & self._where(right)
            case ["->", left, right]:
                return (set(self.after) - self._where(left)) | self._where(right)
            case _:
                true = self._evaluated(tree)
                return {self._key(each) for each in self.states if true(each)}

    def _before(self, states: set[State]) -> set[State]:
        return {each for each, after in self.after.items() if after & states}

    def _leading(self, states: set[State]) -> set[State]:
        found = set(states)
        while not self._before(found) <= found:
            found |= self._before(found)
        return found


def _chosen(ways: list[tuple[Truth, str]], now: Mapping[str, str]) -> str:
    """The value of the first case that applies, by name or of a variable or formula."""
    value = next(value for condition, value in ways if condition(now))
    return now.get(value, value)


Tree: TypeAlias = "str | list[Tree]"


class _Reader:
    """Reads a formula: `!` and CTL bind most, then `=`, `&`, `|`, and `->`."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = TOKEN.findall(text)

    def whole(self) -> Tree:
        found = self._level(0)
        assert not self.tokens, self.tokens
        return found

    def _level(self, level: int) -> Tree:
        operators = ("->", "|", "&", "=")
        if level == len(operators):
            return self._one()
        found = self._level(level + 1)
        while self.tokens and self.tokens[0] == operators[level]:
            operator = self.tokens.pop(0)
            found = [operator, found, self._level(level + 1)]
        return found

    def _one(self) -> Tree:
        first: str = self.tokens.pop(0)
        if first in ("!", "AG", "EF", "EX"):
            return [first, self._one()]
        if first != "(":
            return first
        found = self._level(0)
        assert self.tokens.pop(0) == ")"
        return found
