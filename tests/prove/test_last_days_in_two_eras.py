"""Last days that a modification changes from a day on: of duties, and of periods that holidays lengthen. All
is worked out by hand, from the words of the day.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from checker.language.diagnostics import SpecError
from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.regime.load import load_texts

DUTY = """# Payment

```redline
sort User
enum Act: Ask, Pay
state asked(User) "{1} [has|has not] asked"
state asked-on(User): optional date "the day on which {1} asked"
request "{sender} would {act}"
    sender: User
    act: Act
component Desk
route Desk
check once for "1" at Desk, reject with E1
    applies when act is Ask inference "of asking"
    requires asked-on(sender) is absent inference "once"
start inference "at first": for every u: User: not asked(u) and asked-on(u) is absent
effect ask when act is Ask
    asked(sender) becomes true inference "it is written down"
    asked-on(sender) becomes today inference "it is written down"
effect paying when act is Pay
    asked(sender) becomes false inference "it is paid"
define last(u: User): date means asked-on(u) plus 3 days inference "as it is due"
duty pay for "3" of u with u: User by LAST when asked(u)
    requires not asked(u) inference "pays"
version old "old"
version new "new" is old with M in force from 1 June 2027
modification M "longer"
```
"""
BY_DUTY = DUTY.replace("LAST", "asked-on(u) plus 3 days").replace(
    '"longer"\n',
    """"longer"
by M replace "3": duty pay for "3" of u with u: User by asked-on(u) plus 6 days when asked(u)
    requires not asked(u) inference "pays"
""",
)
BY_DEFINITION = DUTY.replace("LAST", "last(u)").replace(
    '"longer"\n',
    """"longer"
by M replace last: define last(u: User): date means asked-on(u) plus 6 days inference "as it is due"
""",
)
OWED = "always asked(u) and asked-on(u) is {} May 2027 and today is {} 2027 implies "
KEPT = "given kept(pay, u)\n    always not (asked(u) and today later than asked-on(u) plus {} days)"

OFF = """# Answers

```redline
sort User
table off
calendar uk "working day" never on Saturday, Sunday, table off known from 1 January 2026 to 31 December 2027
state asked-on(User): optional date "the day on which {1} asked"
request "{sender} answers"
    sender: User
component Desk
route Desk
check soon for "1" at Desk, reject with E1
    requires today no later than asked-on(sender) plus 5 working days inference "in time"
version old "old"
version new "new" is old with M in force from 27 December 2026
modification M "another holiday"
by M amend table off: row "Christmas", "day" becomes "2026-12-28"
```

| name | day |
|---|---|
| Christmas | 2026-12-25 |
"""
ANSWERED = "in any situation, for every request r where asked-on(r.sender) is {} and today is {} 2026: r {}"
ENDS = "always asked-on(u) is 18 December 2026 and today is {} December 2026 implies asked-on(u) plus 5"


def _verdicts(law: str, claims: Sequence[str]) -> list[str]:
    texts = []
    for number, each in enumerate(claims, 1):
        about = "" if "request r" in each else "for u: User\n    "
        head = f'claim {number} a{number} "A."\n    from "1"\n    '
        texts.append(f"{head}{about}{each}\n    expect proved in new")
    page = "\n".join(("```redline", *texts, "```"))
    regime = load_texts({"law.md": law, "claims.md": page})
    prover = Prover(regime, budget=300, explore=0)
    return [prover.decide(job).verdict for job in jobs_for(regime.claims)]


@pytest.mark.parametrize("law", [BY_DUTY, BY_DEFINITION], ids=["by the duty", "by a definition"])
def test_the_last_day_is_that_of_the_words_of_the_day(law: str) -> None:
    """Who asks on 28 May shall pay by 31 May, and from 1 June on by 3 June: it was not paid in time once, and
    is not late on 1 June. Who asks on 29 May shall pay by 1 June, but from that day on by 4 June.
    """
    owed = [
        OWED.format(28, "31 May") + "not breach of pay(u)",
        OWED.format(28, "1 June") + "not breach of pay(u)",
        OWED.format(28, "1 June") + "ever breach of pay(u)",
        OWED.format(28, "3 June") + "not breach of pay(u)",
        OWED.format(28, "4 June") + "breach of pay(u)",
        OWED.format(27, "31 May") + "breach of pay(u)",
        OWED.format(29, "5 June") + "breach of pay(u)",
    ]
    assert _verdicts(law, [*owed, KEPT.format(6), KEPT.format(5)]) == [*["proved"] * 8, "refuted"]


def test_holidays_are_those_of_the_words_of_the_day() -> None:
    """Five working days after Friday 18 December 2026 end on Monday the 28th, as Christmas Day is off, and
    from 27 December on, when the Monday is off instead, on Christmas Day.
    """
    answered = [
        ANSWERED.format("18 December 2026", "26 December", "accepted"),
        ANSWERED.format("18 December 2026", "27 December", "rejected"),
        ANSWERED.format("18 December 2026", "25 December", "accepted"),
        ANSWERED.format("21 December 2026", "29 December", "accepted"),
        ANSWERED.format("21 December 2026", "30 December", "accepted"),
    ]
    ends = [
        f"{ENDS.format(26)} working days is 28 December 2026",
        f"{ENDS.format(27)} working days is 25 December 2026",
        f"{ENDS.format(27)} working days is 28 December 2026",
    ]
    expected = [*["proved"] * 4, "refuted", "proved", "proved", "refuted"]
    assert _verdicts(OFF, [*answered, *ends]) == expected


WITH_THE_PAST = OFF.replace(
    "    requires",
    """    requires not ever today later than asked-on(sender) plus 9 working days inference "never so late"
    requires""",
)
SATURDAYS = OFF.replace(
    'by M amend table off: row "Christmas", "day" becomes "2026-12-28"',
    """by M replace uk: calendar uk "working day" never on Sunday, table off
    known from 1 January 2026 to 31 December 2027""",
)


@pytest.mark.parametrize(
    ("law", "told"),
    [
        (WITH_THE_PAST, "what `ever today later than"),
        (SATURDAYS, "which days the calendar `uk` leaves open differs before this day"),
    ],
)
def test_what_no_day_can_change_is_told(law: str, told: str) -> None:
    """What has been is remembered in one way, and a story supposes the same days to be off on all days."""
    with pytest.raises(SpecError) as refused:
        load_texts({"law.md": law})
    assert any(each.message.startswith(told) for each in refused.value.diagnostics)
