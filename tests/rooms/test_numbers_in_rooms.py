"""Numbers in what people ask besides claims: bounds of differences, edits of limits, limits on nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import api
from checker.language.diagnostics import SpecError
from checker.model.claim import Column
from checker.model.expressions import (
    NUMBER,
    And,
    Arithmetic,
    Call,
    Formula,
    How,
    Not,
    Ordered,
    Sort,
    Value,
    Variable,
)
from checker.model.made_of import within
from checker.model.quantities import value_of
from checker.model.unparse import unparse
from checker.prove.decide import Prover
from checker.question.jobs import Effort, jobs_for
from checker.regime.load import load_texts
from checker.rooms.cover.formula_variants import variants
from checker.rooms.diff.find import differ
from checker.rooms.lint.absent_values import limit_findings
from checker.rooms.lint.unnamed_values import value_findings
from checker.rooms.lint.words_and_rules import Law
from checker.story.bounds import bounds_of, joined
from checker.story.trace_told import Story

X = Variable("x", NUMBER)


def _limit(how: How, number: int) -> Ordered:
    return Ordered(X, how, value_of(NUMBER, number))


@pytest.mark.parametrize(
    ("formula", "edits"),
    [
        (
            _limit("at most", 70),
            {
                "narrowed": ["x less than 70", "x at most 0"],
                "widened": ["x at most 71", "x at most 140"],
            },
        ),
        (
            _limit("at least", 70),
            {
                "narrowed": ["x more than 70", "x at least 140"],
                "widened": ["x at least 69", "x at least 0"],
            },
        ),
        (
            Ordered(Arithmetic("share down", (X,), NUMBER), "less than", Arithmetic("plus", (X, X), NUMBER)),
            {
                "widened": ["100 per cent of x rounded down at most x plus x"],
                "changed": [
                    "100 per cent of x rounded up less than x plus x",
                    "200 per cent of x rounded down less than x plus x",
                    "100 per cent of x rounded down less than x minus x",
                ],
            },
        ),
    ],
)
def test_every_number_of_a_limit_is_moved(formula: Ordered, edits: dict[str, list[str]]) -> None:
    """Up and down by a unit, to nothing and to twice as much; what comes to the same is not asked twice."""
    found: dict[str, list[str]] = {}
    for how, each in variants(formula):
        found.setdefault(how, []).append(unparse(each))
    assert found == edits


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ((_limit("at most", 100), Not(_limit("at most", 70))), "more than 70 and at most 100"),
        ((_limit("at least", 7), _limit("at most", 7)), "7"),
        ((_limit("more than", 6), _limit("less than", 8)), "7"),
        ((_limit("at most", 9), _limit("less than", 8), _limit("at least", 2)), "at least 2 and less than 8"),
    ],
)
def test_bounds_of_one_number_are_one_condition(conditions: tuple[Formula, ...], words: str) -> None:
    """The sharpest bound from either side; denials count where the number is sure to be there."""
    (together,) = joined(conditions)
    found = bounds_of(together)
    assert found is not None
    assert found.words() == words


GRADE = Sort("Grade", ("Low", "High"), ordered=True)
POST, HIGH, OTHER = Variable("post", GRADE), Value(GRADE, "High"), Variable("y", NUMBER)
ONE_LOWER = Arithmetic("minus", (POST, value_of(NUMBER, 1)), GRADE)


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ((Ordered(X, "at least", OTHER), Not(Ordered(X, "more than", OTHER))), ["x is y"]),
        ((Not(Ordered(X, "less than", OTHER)), Ordered(X, "at most", OTHER)), ["x is y"]),
        ((Ordered(POST, "at least", HIGH), Ordered(POST, "at most", HIGH)), ["post is High"]),
        (
            (Not(Ordered(X, "less than", OTHER)), Not(Ordered(X, "more than", OTHER))),
            ["not x less than y", "not x more than y"],
        ),
        (
            (Ordered(X, "at least", OTHER), Ordered(X, "less than", OTHER), Ordered(OTHER, "at least", X)),
            ["x is y", "x less than y"],
        ),
        (
            (Ordered(HIGH, "at least", ONE_LOWER), Ordered(HIGH, "at most", ONE_LOWER)),
            ["High at least post minus 1", "High at most post minus 1"],
        ),
    ],
)
def test_what_is_neither_less_nor_more_is_the_same(conditions: tuple[Formula, ...], said: list[str]) -> None:
    """Where one of the two says that both are there, and neither is only a place beside an order."""
    assert [unparse(each) for each in joined(conditions)] == said


def test_a_denied_limit_alone_stays_denied() -> None:
    """What is not at most 70 may be absent, so it is not said to be more than 70."""
    alone = (Not(_limit("at most", 70)),)
    assert joined(alone) == alone
    assert bounds_of(alone[0]) is None
    assert bounds_of(And((_limit("at most", 7), Not(_limit("at most", 3))))) is None


GAMES = """# Games

```redline
quantity money "$" with 2 decimals
sort User
sort Game
fixed total(Game): RESULT "the total value of the prizes of {1}"
request "{sender} asks for {game}"
    sender: User
    game: Game
component Reg
route Reg
version old "old"
version new "new" is old with raise
modification raise "Raise"
```

> the total value of the prizes does not exceed $70,
>
> — 4(b), paraphrased in Catala

```redline
check cap for "4(b)" at Reg, reject with R4b
    "the total value of the prizes does not exceed $70," requires total(game) at most LIMIT
```

```redline
by raise amend "4(b)": "$70" becomes "$100" requires total(game) at most 100
```
"""


def _games(result: str = "money", limit: str = "70", claims: str = "") -> Law:
    texts = {"law.md": GAMES.replace("RESULT", result).replace("LIMIT", limit), "claims.md": f"# C\n{claims}"}
    return Law(load_texts(texts), "old")


def test_a_limit_on_what_may_be_absent_is_a_finding() -> None:
    """With a value that is always there, or an inference, there is none."""
    (found,) = limit_findings(_games("optional money"))
    assert (found.kind, found.subject) == ("limit-on-absent", "cap")
    assert "`total(game) at most 70` is false, and `not (total(game) more than 70)` is true" in found.message
    assert not list(limit_findings(_games()))
    assert not list(limit_findings(_games("optional money", '70 inference "no prize, no limit"')))


def test_a_refusal_says_what_is_worked_out() -> None:
    """What a definition, or a sum, that is compared comes to; not only what it is worked out from."""
    claim = """
```redline
claim 1 a "A."
    from "4(b)"
    always, for every request r where total(r.game) is 71: r accepted
    expect refuted in old
```
"""
    defined = 'define doubled(g: Game): money "twice the total of {g}" means 2 times total(g)\ncomponent Reg'
    law = GAMES.replace("RESULT", "money").replace("component Reg", defined, 1)
    law = law.replace("total(game) at most LIMIT", "doubled(game) plus 1 at most doubled(game)")
    regime = load_texts({"law.md": law, "claims.md": f"# C\n{claim}"})
    (job,) = jobs_for(regime.claims)
    evidence = Prover(regime).decide(job).evidence
    (trial,) = Story.of(regime, job.claim, job.column, evidence).note((), ()).trials
    assert trial.stages[0].checks[0].facts == (
        "The total value of the prizes of Game 1 is $71",
        "Twice the total of Game 1 plus $1 is $143",
        "Twice the total of Game 1 is $142",
    )


def test_cases_say_which_definition_they_mean() -> None:
    """Where the columns define what a case names differently, it is meant as in the new one."""
    share = "{N} per cent of total(g) rounded down"
    defined = f'define fee(g: Game): money "the fee for {{g}}" means greatest of (1, {share})'
    old, new = (defined.replace("{N}", each) for each in ("10", "5"))
    law = GAMES.replace("RESULT", "money").replace("component Reg", f"{old}\ncomponent Reg", 1)
    law = law.replace("at most LIMIT", "less than fee(game) plus 70")
    law = law[: law.index("by raise amend")] + f"by raise replace fee: {new}\n```\n"
    found = differ(load_texts({"law.md": law}), Column("old"), Column("new"), Effort(), "diff")
    assert any(isinstance(part, Call) for each in found.changes for part in within(*each.case.conditions))
    assert found.beside == ("the definition fee (where a case names it, as in new)",)


def test_a_limit_on_a_definition_is_a_finding_where_no_value_may_apply() -> None:
    """A definition always has a value if every case has one and the last is `otherwise`."""

    def subjects(meaning: str, result: str = "money") -> list[str]:
        defined = f"define all(g: Game): money means {meaning}\ncomponent Reg"
        text = GAMES.replace("RESULT", result).replace("component Reg", defined, 1)
        text = text.replace("requires total(game) at most LIMIT", "requires all(game) at most 70")
        return [each.subject for each in limit_findings(Law(load_texts({"law.md": text}), "old"))]

    assert subjects("total(g) plus 1") == []
    assert subjects("1 when total(g) at most 5, total(g) otherwise") == []
    assert subjects("1 when total(g) at most 5") == ["cap"]
    assert subjects("total(g) plus 1", "optional money") == ["cap"]


def test_a_number_that_the_words_do_not_have_is_a_finding() -> None:
    """The words say $70; a meaning with 75 is not what they name."""
    assert not list(value_findings(_games()))
    (found,) = value_findings(_games(limit="75"))
    assert (found.kind, found.message) == (
        "value-not-in-words",
        "the meaning has `$75`, and no words of `4(b)` name it",
    )


def test_a_raised_limit_is_one_case() -> None:
    """More than $70 and at most $100 is exactly the difference; with $70 itself, it is not."""
    cases = "total(r.game) more than 70 and total(r.game) at most 100"
    claim = """
```redline
claim 1 a "A."
    from "4(b)"
    from old to new, exactly these requests r change:
        newly accepted "x" when CASES,
        newly rejected never
    expect proved in new
```
"""
    for text, verdict in ((cases, "proved"), (cases.replace("more than", "at least"), "refuted")):
        law = _games(claims=claim.replace("CASES", text))
        (job,) = jobs_for(law.regime.claims)
        assert Prover(law.regime).decide(job).verdict == verdict
    assert Column("new") == job.column


def test_what_takes_no_numbers_says_so(tmp_path: Path) -> None:
    """Modules of TLA+ are refused, with the place of the first number."""
    folder = tmp_path / "law"
    folder.mkdir()
    (folder / "law.md").write_text(GAMES.replace("RESULT", "money").replace("LIMIT", "70"), encoding="utf-8")
    (tmp_path / "claims").mkdir()
    law = api.load(folder, tmp_path / "claims")
    with pytest.raises(SpecError, match="cannot be exported as TLA"):
        law.export()
