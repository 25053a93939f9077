"""Why a statement is false: the facts that a story tells, and the sentence at its end, say the same."""

from __future__ import annotations

import pytest

from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.regime.load import load_texts
from checker.story.case_note import CaseNote
from checker.story.narrate import narrate

LAW = """
# Clothes

```redline
sort User
enum Colour: red "red", green "green"
state hat(User): Colour "the hat of {1}"
state coat(User): Colour "the coat of {1}"
state member(User) "{1} is [not] a member"
state guest(User)
request "{sender} asks for {colour} for {friend}"
    sender: User
    colour: Colour "colour"
    friend: User
component Desk "the desk"
route Desk
start inference "any": true
adopted check membership at Desk, reject with M1, because "only members may"
    requires member(sender) inference "a member asks"
event joins by the environment with u: User "{u} joins" member(u) becomes true inference "one may join"
version v "as it is"
```
"""


def note(statement: str, variables: str = "") -> CaseNote:
    """The case note of a claim, which is refuted."""
    claim = f"""# Claims

```redline
claim 1 one "One." from "x"
{variables}    {statement}
    expect refuted in v
```
"""
    law = load_texts({"law.md": LAW}, {"claims.md": claim})
    (job,) = jobs_for(law.claims)
    result = Prover(law).decide(job)
    assert result.verdict == "refuted", result.reason
    return narrate(law, result)


def test_the_start_and_the_end_of_a_story_tell_of_the_same() -> None:
    """Of two false parts, the one that is told at the start is the one that is false in the end."""
    told = note("always hat(u) is coat(u) and member(u)", "    for u: User\n")
    assert told.opening == ("User A is not a member",)
    assert told.because == (
        "The claim says that, at all times, the hat of User A is the coat of User A and User A is a member.",
        "Here User A is not a member.",
    )


@pytest.mark.parametrize(
    ("statement", "variables", "because"),
    [
        (
            "always, for every request r: r rejected",
            "",
            (
                "The claim says that, whatever is requested, the request is rejected.",
                "Here User A asks for red for User B, and that is accepted.",
            ),
        ),
        (
            "always, for every request r where r.colour is green: r rejected",
            "",
            (
                "The claim says that, in such a case, the request is rejected.",
                "Here User A asks for green for User B, and that is accepted.",
            ),
        ),
        (
            "always, for every request r: member(r.sender) implies r rejected by membership",
            "",
            (
                "The claim says that, in such a case, the request is rejected by membership.",
                "Here User A asks for red for User B, and that is accepted.",
            ),
        ),
        (
            "always, for every request r: r accepted iff r accepted with sender u",
            "    for u: User\n",
            None,
        ),
        (
            "always, after any step r: before member(u)",
            "    for u: User\n",
            (
                "The claim says that, after every such step, User B is a member (before the step).",
                "Here the request of User A is accepted; User B is not a member (before the step).",
            ),
        ),
        (
            "always, after any step r: member(u) implies step is joins and before member(u)",
            "    for u: User\n",
            None,
        ),
        (
            "always member(u) and hat(u) is green implies coat(u) is green",
            "    for u: User\n",
            (
                "The claim says that, in such a case, the coat of User A is green.",
                "Here User A is a member; the hat of User A is green; the coat of User A is red.",
            ),
        ),
        (
            "always guest(u)",
            "    for u: User\n",
            ("The claim says: “One.”", "Here `guest(u)` is false."),
        ),
        (
            "always, for every request r: q rejected or r rejected",
            "    for q: request\n",
            None,
        ),
    ],
)
def test_what_the_claim_says_of_the_case(
    statement: str, variables: str, because: tuple[str, ...] | None
) -> None:
    """The end of the story is a sentence about its things; the rule language only where words are lacking."""
    told = note(statement, variables).because
    assert told == because if because else ("The claim says: " not in told[0] and "`" not in " ".join(told))


def test_the_one_of_exactly_one_is_told() -> None:
    """Where exactly one thing is so and should not be, the story says which."""
    told = note("always, after event joins: not (exactly one u: User where member(u))")
    not_so = "there is not exactly one User u such that u is a member"
    assert told.because == (
        f"The claim says that, after every such step, {not_so}.",
        "Here User A joins; User A is a member.",
    )
