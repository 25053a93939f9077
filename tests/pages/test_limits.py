"""The page of limits and exit codes has the numbers of the program, and all of them."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator

from checker import exits
from tests.support.places import ROOT
from tests.support.sources import parsed

PAGE = (ROOT / "spec" / "limits.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| [^|]+ \| ([\d,]+) \| `([\w/]+)\.py` (\w+) \|$", re.MULTILINE)
ROWS = [(module, name, value) for value, module, name in ROW.findall(PAGE)]
CODE = re.compile(r"^\| (\d+) \| ([A-Z_]+) \| ", re.MULTILINE)

# Numbers that bound nothing that people ask for: how text is laid out and worded, how hints are found, and
# how the program is fast.
OTHER = (
    "story/",
    "report/",
    "rooms/lint/",
    "rooms/audit/text",
    "rooms/replay/text",
    "rooms/rollout/text",
    "rooms/cases/text",
    "rooms/cases/feature",
    "rooms/cases/workbook",
    "rooms/cases/departures",
    "office/law_as_blocks",
    "office/markdown_text",
    "office/write_docx",
    "tla/layout",
    "language/parse",
    "language/render_diagnostics",
    "commands/output",
    "results/answer",
    "html/folder",
    "html/stories",
    "html/verdicts",
    "editor/",
    "lsp/",
)
OTHERS = {
    ("model/dates", "CYCLE"),
    ("language/calendar_words", "_FEBRUARY"),
    ("model/dates", "YEARS"),
    ("regime/typecheck_dates", "_IN_A_WEEK"),
    ("data/cells_elsewhere", "_FEBRUARY"),
    ("model/working_days", "WEEK"),
    ("model/months", "IN_A_YEAR"),
    ("model/months", "_SHORTER"),
    ("model/thresholds", "_LAST_DAYS"),
    ("model/thresholds", "_PERIODS"),
    ("model/thresholds", "_STARTS"),
    ("html/lattice_picture", "WIDE"),
    ("html/lattice_picture", "HIGH"),
    ("html/lattice_picture", "BOX_WIDE"),
    ("html/lattice_picture", "BOX_HIGH"),
    ("html/lattice_picture", "_MARGIN"),
    ("rooms/audit/event", "FIRST"),
    ("rooms/audit/find", "FIRST"),
    ("rooms/audit/check", "FIRST"),
    ("data/warehouse", "_HUNDRED"),
    ("data/warehouse", "_TICK"),
    ("data/read_mapping", "_LISTED"),
    ("data/row_situations", "_AT_ONCE"),
    ("results/notes", "_AT_ONCE"),
    ("rooms/diff/cases", "FEW"),
    ("rooms/cases/run", "_END"),
    ("rooms/cases/run", "_TOLD"),
    ("prove/ordinary_stories", "_ROUNDS"),
    ("prove/ordinary_stories", "_COMPARED"),
    ("rooms/claim_texts", "WIDTH"),
    ("rooms/who/find", "_EACH"),
    ("office/amendments", "_MOST"),
    ("office/amendments", "_NUMBER"),
    ("office/clauses", "_LONG"),
    ("office/numbering", "_LARGEST"),
    ("office/numbering", "_LEVELS"),
    ("office/packed_files", "_CHUNK"),
    ("office/packed_files", "_ENCRYPTED"),
    ("office/read_docx", "_NORMAL"),
    ("office/read_xlsx", "_EXACT"),
    ("office/read_xlsx", "_LOOKED_AT"),
    ("office/requirements", "_SHORT"),
    ("cli", "_STREAMS"),
    ("cli", "_GRACE"),
    ("cli", "_SOON"),
    ("interface/loaded_law", "_TWO"),
    ("prove/story_length", "NODE"),
    ("prove/clause_templates", "PAIR"),
    ("prove/find_invariant", "STEPS"),
    ("prove/find_invariant", "THINGS"),
    ("prove/stories_of_possible", "MANY"),
    ("prove/pool", "_END_WITH_PARENT"),
    ("prove/clearing", "_GROWN"),
    ("logic/z3_calls", "_KEPT"),
    ("prove/pool", "_MANY"),
    ("prove/pool", "_AHEAD"),
    ("prove/pool", "_GRACE"),
    ("prove/pool", "_HEARING"),
    ("prove/pool", "_ASIDE"),
    ("holding", "_MANY"),
    ("formats/outcome", "_DIGITS"),
    ("interface/random_drafts", "_LEFT_OUT"),
    ("interface/wishes", "_OTHER"),
    ("interface/wishes", "_AT_LIMIT"),
    ("interface/wishes", "ROUNDS"),
    ("interface/wishes", "DEPTH"),
    ("interface/wishes", "_TRIES"),
    ("strategies", "_ACCEPTED"),
    ("strategies", "_MISSED"),
    ("strategies", "_ALL"),
    ("strategies", "_MENDED"),
    ("results/proofs", "_COMMIT"),
    ("evidence/recheck_folder", "LONGEST"),
    ("evidence/file_names", "LONGEST"),
    ("evidence/file_names", "_MARK"),
    ("tla/spelling", "WIDTH"),
    ("tla/by_part", "LONG_RUN"),
    ("language/fence_tags", "NEAR"),
    ("language/tiling", "_SHOWN"),
    ("language/habits", "_SHOWN"),
    ("language/habits_of_dates", "_LONGEST"),
    ("language/look_alikes", "_LONGEST"),
    ("language/look_alikes", "_MOST"),
    ("language/nearest_words", "_LONG"),
    ("language/nearest_words", "_NEAR"),
    ("language/unclosed_strings", "_LONGEST"),
    ("language/unclosed_strings", "_TRIES"),
    ("language/unread_fences", "_FEWEST"),
    ("language/unread_fences", "_LONGEST"),
    ("language/unread_fences", "_FENCE"),
    ("interface/examining", "_GIB"),
    ("interface/examining", "_SECONDS"),
    ("interface/saved_files", "LOOK"),
    ("results/examined", "_NAMED"),
    ("serving", "PORT"),
    ("serving", "_PATIENCE"),
    ("workbench/app", "_FAREWELL"),
    ("workbench/app", "_NOT_UNDERSTOOD"),
    ("workbench/app", "_TOO_MANY"),
    ("workbench/app", "_TOO_SLOW"),
    ("workbench/asking", "_FIRST"),
    ("workbench/asking", "_SHOWN"),
    ("workbench/bench", "PAUSE"),
    ("workbench/guard", "_FORBIDDEN"),
    ("workbench/guard", "_MISDIRECTED"),
    ("workbench/guard", "_NOT_ALLOWED"),
    ("workbench/guard", "_REFUSED"),
    ("workbench/language_client", "_ABSENT"),
    ("workbench/language_client", "_NOT_UNDERSTOOD"),
    ("workbench/saving", "_LETTERS"),
    ("rooms/diff/named_values", "_FEW"),
    ("data/sql", "SMALL"),
    ("language/habits_of_english", "_NEAR"),
    ("language/habits_of_numbers", "_CLOSE"),
    ("language/nearest_words", "_SIMILAR"),
    ("language/unclosed_strings", "_LINES"),
    ("rooms/who/text", "_QUESTION"),
    ("rooms/who/text", "_NAMED"),
    ("commands/report", "_MEGABYTE"),
    ("interface/saved_files", "_SETTLED"),
    ("logic/simplify", "ROUNDS"),
    ("logic/smtlib", "FEW"),
    ("logic/terms", "OFTEN"),
    ("model/kept_apart", "_FEW"),
    ("regime/additions", "_HUNDRED"),
    ("regime/definitions", "_SHOWN"),
    ("regime/names", "_CLOSE"),
    ("regime/names", "_MANY"),
    ("regime/names", "SHORTEST"),
    ("regime/names", "LISTED"),
    ("logic/binders", "_DIGEST"),
    ("logic/order", "_WIDTH"),
    ("model/fingerprint", "_SIZE"),
}


def _numbers() -> Iterator[tuple[str, str]]:
    """Every number that a module of the checker has under a name in capitals."""
    for path in sorted((ROOT / "checker").rglob("*.py")):
        module = path.relative_to(ROOT / "checker").with_suffix("").as_posix()
        for node in parsed(path).body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            value = getattr(node, "value", None)
            parts = [] if value is None else list(ast.walk(value))
            if any(isinstance(each, ast.Constant) and type(each.value) in (int, float) for each in parts):
                plain = all(isinstance(each, ast.Constant | ast.BinOp | ast.operator) for each in parts)
                names = [each.id for each in targets if isinstance(each, ast.Name) and each.id.isupper()]
                yield from ((module, name) for name in names if plain)


def _number(module: str, name: str) -> object:
    """What a module of the checker calls so."""
    return getattr(importlib.import_module(f"checker.{module.replace('/', '.')}"), name)


def test_limits_are_what_the_page_says() -> None:
    """The number of every row is that of the program."""
    told = {(module, name): int(value.replace(",", "")) for module, name, value in ROWS}
    assert told == {limit: _number(*limit) for limit in told}


def test_every_limit_is_on_the_page() -> None:
    """A new number that bounds what redline does gets a row; one that bounds nothing is named above."""
    listed = [(module, name) for module, name, _ in ROWS]
    assert len(set(listed)) == len(listed)
    numbers = {each for each in _numbers() if not each[0].startswith((*OTHER, "exits"))}
    assert numbers | set(listed) == set(listed) | OTHERS
    assert not set(listed) & OTHERS


def test_exit_codes_are_those_of_the_page() -> None:
    """Numbers and names, and which comes first if several apply."""
    codes = {name: number for name, number in vars(exits).items() if name.isupper() and name[0] != "_"}
    assert {name: int(number) for number, name in CODE.findall(PAGE)} == codes
    (order,) = re.findall(r"If several apply, (\d) comes before (\d), then (\d), (\d) and (\d)\.", PAGE)
    left = [int(each) for each in order]
    while left:
        assert exits.exit_code(left) == left.pop(0)
