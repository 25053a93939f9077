"""Reads exported modules: which names they declare and define, and what each definition is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.tla.all_modules import Bundle
from checker.tla.spelling import TAKEN

STRING = re.compile(r'"[^"]*"')
NAME = re.compile(r"(?<![.\w\\])[A-Za-z]\w*")
BOUND = re.compile(r"(\w+) \\in")
PATTERN = re.compile(r"(?:\\[AE] |\{)<<([\w, ]+)>> \\in")
FIELD = re.compile(r"(\w+) (?:\|->|:(?!=))")
HEAD = re.compile(r"^(\w+)(?:\(([\w, ]*)\))? ==", re.MULTILINE)


def code(text: str) -> str:
    """The module without its comments and strings, and without the lines at its ends."""
    text = re.sub(r"\(\*.*?\*\)", "", text, flags=re.DOTALL)
    text = re.sub(r"^ *\\\*.*\n", "", text, flags=re.MULTILINE)
    lines = (re.sub(r"\\\*.*$", "", STRING.sub('""', line)).rstrip() for line in text.split("\n"))
    return "\n".join(each for each in lines if not each.startswith(("----", "====")))


def modules(bundle: Bundle) -> Iterator[tuple[str, str]]:
    """The code of every module; that of the law first."""
    for name in (bundle.law, *(each.name for each in bundle.modules)):
        yield name, code(bundle.files[f"{name}.tla"])


def declared(text: str, kind: str = "CONSTANTS|VARIABLES?") -> list[str]:
    """The constants and variables of a module."""
    blocks = re.findall(rf"^(?:{kind})((?: .*)?\n(?:    .*\n)*)", text, re.MULTILINE)
    return [name for block in blocks for name in NAME.findall(block)]


def definitions(text: str) -> Iterator[tuple[str, set[str], str]]:
    """The name of every operator, its parameters, and its body."""
    heads = [*HEAD.finditer(text)]
    ends = [each.start() for each in heads[1:]] + [len(text)]
    for head, end in zip(heads, ends, strict=True):
        yield head[1], set(re.findall(r"\w+", head[2] or "")), text[head.end() : end]


def check_names(bundle: Bundle) -> None:
    """Every name is defined once, and before it is used, in each module of the bundle."""
    law: set[str] = set()
    for module, text in modules(bundle):
        known = {*TAKEN, *law, *declared(text)}
        for name, parameters, body in definitions(text):
            local = {*parameters, *BOUND.findall(body), *FIELD.findall(body)}
            local |= {name for each in PATTERN.findall(body) for name in each.split(", ")}
            unknown = set(NAME.findall(body)) - known - local
            assert not unknown, (module, name)
            assert name not in known
            assert not parameters & known  # a parameter may not have the name of an operator
            known.add(name)
        law = law or known
