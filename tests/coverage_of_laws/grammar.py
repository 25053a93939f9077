"""Which productions of the grammar a text uses, and which there are, with and without each optional part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from lark.grammar import Rule

from checker.language import declarations as d
from checker.language import parse
from checker.language.document import read_document

IN_TABLE = 'state gap(Act): Mode{} from table sheet: "mode"'
CLAIM = 'claim 1 gap "C." from "F"\n    {}\n    expect proved in old'
TWO_EVERY = "every deployment over old, new allows no more than every deployment over old, new"
REFUSED = {
    "function: STATE NAME signature words from_table": IN_TABLE.format(' "gap"'),
    "function: STATE NAME signature from_table": IN_TABLE.format(""),
    "binder: NAME COLON OPTIONAL REQUEST": CLAIM.format("for q: optional request always q.act is A0"),
    "item: meaning": 'check gap for "C" at K0, reject with X\n    requires kf',
    "no_more: every ALLOWS NO MORE THAN every": CLAIM.format(TWO_EVERY),
}
"""What the grammar has and the loader refuses: production -> an example, in the law of `law.py`."""
UNREACHABLE = "no_more: chain ALLOWS NO MORE THAN every WHERE formula"
"""`where` after a deployment restricts that deployment: the grammar's one rule that nothing is read by."""


class Grammar:
    """The parser with an eye on it: `used` counts the productions by which it reads."""

    def __init__(self) -> None:
        self.used: Counter[str] = Counter()
        table = parse._parser().parser.parser.parser
        self.productions = tuple(dict.fromkeys(_told(rule) for rule in table.callbacks if _counts(rule)))
        for rule, build in list(table.callbacks.items()):
            if _counts(rule):
                table.callbacks[rule] = self._seen(_told(rule), build)

    def _seen(self, name: str, build: Callable[[object], object]) -> Callable[[object], object]:
        def built(parts: object) -> object:
            self.used[name] += 1
            return build(parts)

        return built

    def declarations(self, texts: Iterable[tuple[str, str]]) -> tuple[d.Declaration, ...]:
        """The declarations of a law's files, as the parser reads them."""
        fences = [fence for name, text in texts for fence in read_document(name, text).fences]
        return tuple(decl for fence in fences for decl in parse.parse_fence(fence.fragment))


def _counts(rule: object) -> bool:
    return isinstance(rule, Rule)


def _told(rule: Rule) -> str:
    """The production as the grammar writes it, roughly."""
    name = str(rule.alias or rule.origin.name)
    return f"{name}: {' '.join(str(each.name) for each in rule.expansion)}"
