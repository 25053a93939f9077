"""Orders in what people ask besides claims: words of differences, edits by a step, limits on nothing."""

from __future__ import annotations

from functools import cache

import pytest

from checker import api
from checker.model.claim import Column
from checker.model.expressions import NUMBER, Arithmetic, Formula, Ordered, Sort, Term, Value, Variable
from checker.model.unparse import unparse
from checker.question.jobs import jobs_for
from checker.question.verdict import Result
from checker.regime.load import load_texts
from checker.regime.regime import Regime
from checker.rooms.cover.formula_variants import variants
from checker.rooms.diff.conditions import allowing
from checker.rooms.lint.absent_values import limit_findings
from checker.rooms.lint.unnamed_values import value_findings
from checker.rooms.lint.words_and_rules import Law
from tests.support.evidence_made import BOTH, as_expected, certified, decided, reasons, written

RIGHT = Sort("Right", ("None", "Read", "Write", "Admin"), ordered=True)
X, Y = Variable("x", RIGHT), Variable("y", RIGHT)
SPEC = """# A drive

```redline
sort User
sort Folder
enum Right: None, Read, Write, Admin in order
fixed right(User, Folder): Right "the right of {1} to {2}"
fixed limit(Folder): optional Right "the limit of {1}"
request "{sender} moves {folder}"
    sender: User
    folder: Folder
component Drive "the drive"
route Drive
version before "before"
version after "after" is before with stricter
modification stricter "the stricter one"
start inference "at first": true
```

> A User with Write or above on a folder may move it, unless the limit of the folder is below Write.
>
> — F 3, paraphrased in Drive

```redline
check move for "F 3" at Drive, reject without a published code
    "A User with Write or above on a folder" requires right(sender, folder) at least Write
    "may move it," connective
    "unless the limit of the folder is below Write." requires not (limit(folder) less than Write)
```

```redline
by stricter amend "F 3": "Write or above" becomes "Admin"
    requires right(sender, folder) at least Admin
```
"""
CLAIMS = """# Claims

```redline
claim 1 writers-move "Whoever may write may move what has no limit."
    from "F 3"
    always, for every request r where right(r.sender, r.folder) at least Write and limit(r.folder) is absent:
        r accepted
    expect proved in before
    expect refuted in after

claim 2 readers-do-not "Whoever may only read does not."
    from "F 3"
    always, for every request r where right(r.sender, r.folder) at most Read: r rejected
    expect proved in before, after

claim 3 one-below "Whoever moves has at most one step less than Admin."
    from "F 3"
    always, for every request r where r accepted: right(r.sender, r.folder) at least Admin minus 1
    expect proved in before, after
```
"""


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> api.Law:
    folder = tmp_path_factory.mktemp("drive")
    for name, text in (("spec", SPEC), ("properties", CLAIMS)):
        (folder / name).mkdir()
        (folder / name / "page.md").write_text(text, encoding="utf-8")
    return api.load(folder / "spec", folder / "properties")


def _edits(formula: Formula) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for how, each in variants(formula):
        found.setdefault(how, []).append(unparse(each))
    return found


def _steps(term: Term, number: int) -> Arithmetic:
    return Arithmetic("minus", (term, Value(NUMBER, str(number))), RIGHT)


@pytest.mark.parametrize(
    ("formula", "edits"),
    [
        (
            Ordered(X, "at least", Value(RIGHT, "Write")),
            {"narrowed": ["x more than Write"], "widened": ["x at least Read"]},
        ),
        (
            Ordered(X, "less than", Value(RIGHT, "Admin")),
            {"widened": ["x at most Admin"], "narrowed": ["x less than Write"]},
        ),
        (
            Ordered(Value(RIGHT, "Read"), "less than", X),
            {"widened": ["Read at most x"], "narrowed": ["Write less than x"]},
        ),
        (Ordered(X, "more than", Value(RIGHT, "Write")), {"widened": ["x at least Write"]}),
        (Ordered(X, "at least", Y), {"narrowed": ["x more than y"]}),
        (
            Ordered(X, "at least", _steps(Y, 1)),
            {
                "narrowed": ["x more than y minus 1", "x at least y plus 1"],
                "widened": ["x at least y minus 2"],
            },
        ),
    ],
    ids=lambda each: unparse(each) if isinstance(each, Ordered) else "",
)
def test_every_comparison_is_moved_by_a_step(formula: Ordered, edits: dict[str, list[str]]) -> None:
    """Up and down; what is never so, or comes to what was asked before, is not asked."""
    assert _edits(formula) == edits


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ({"Write", "Admin"}, "x at least Write"),
        ({"None", "Read"}, "x at most Read"),
        ({None, "None", "Read"}, "not x at least Write"),
        ({"Read", "Write"}, "x in {Read, Write}"),
        ({"Admin"}, "x is Admin"),
    ],
)
def test_values_up_to_an_end_are_one_condition(values: set[str | None], written: str) -> None:
    """Conditions of cases say “Write or above” rather than list what that is."""
    assert unparse(allowing(X, frozenset(values))) == written


def test_a_difference_says_which_values(law: api.Law) -> None:
    """From Write to Admin, whoever has just Write is refused; nobody else is, and that is proved."""
    text = law.diff("before", "after").text()
    assert "newly rejected 1" in text.lower()
    assert "the right of the sender to the folder is Write\n" in text
    assert "newly accepted" not in text.lower()


def test_what_may_be_absent_is_a_finding() -> None:
    """A limit that need not be there is neither below a value nor from it up."""
    found = list(limit_findings(Law(_regime(), "before")))
    assert [each.subject for each in found] == ["move"]
    assert "where `limit(folder)` is absent, `limit(folder) less than Write` is false" in found[0].message
    assert not list(value_findings(Law(_regime(), "before")))


@cache
def _regime() -> Regime:
    return load_texts({"spec/page.md": SPEC, "properties/page.md": CLAIMS})


@cache
def _results() -> tuple[Result, ...]:
    return tuple(decided(_regime(), jobs_for(_regime().claims)))


def test_verdicts_are_those_worked_out() -> None:
    """Of what writers and readers may do, and of what is one step below the highest."""
    assert as_expected(_results(), _regime())


def test_the_evidence_is_certified_by_two_solvers() -> None:
    """An order needs no theory: what is written is in the logic of laws without numbers."""
    sources = {"spec/page.md": SPEC, "properties/page.md": CLAIMS}
    files = written(_regime(), sources, [each for each in _results() if each.column == Column("after")])
    scripts = [text for text in files.values() if "(check-sat)" in text]
    assert scripts
    assert not any("IA)" in text for text in scripts)
    assert reasons(certified(_regime(), sources, files, BOTH)) == []


def test_modules_and_test_packs_have_orders(law: api.Law) -> None:
    """What refuses numbers takes orders: TLA+ lists the values, and a pack shows both sides of the step."""
    assert any('\\in {"Write", "Admin"}' in text for text in law.export().files.values())
    conditions = {(each.condition, each.holds) for case in law.cases("before").cases for each in case.quoted}
    for right, holds in (("Write", True), ("Write", False), ("Admin", True)):
        assert (f"right(r.sender, r.folder) is {right}", holds) in conditions
