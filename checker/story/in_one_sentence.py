"""What decides a story, in one sentence that can be repeated: who refuses or accepts, by which clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from checker.story.case_note import CaseNote, CheckNote, StageNote, StepNote
from checker.story.wording import NOT_SO, capital, clause_and_name, listed

HERE: Final = "Here "
"""With this begins the sentence of a case note that says what decides its story."""

PROVED: Final = ". This is proved for any number"
"""With this goes on what is proved of all situations, and not shown by one."""
_AND_THAT: Final = ", and that is accepted"
_OURS: Final = ("The ", "There is ", "There are ", "Today is ", "Time passes: ")
_OF_ALL: Final = ("Nobody ", "No ", "Everybody ", "Every ", "Only ", "For ", "Not for ")
_NO_NAMES: Final = (*_OURS, capital(NOT_SO), "No longer: ", *_OF_ALL)


@dataclass(frozen=True, slots=True)
class Deed:
    """A step or a request as the story tells it. `who` sends it and `what` that is, in a clause without the
    details; `who` is empty of what is no request, or has no sender.
    """

    note: StepNote
    who: str = ""
    what: str = ""

    @property
    def request(self) -> str:
        return f"the request of {self.who}" if self.who else "the request"


def deciding_sentence(deeds: Sequence[Deed], values: str, every: str) -> str:
    """Return what decides: what becomes of the one deed, and the `values` with which the claim is false then;
    or what becomes of it in each of several columns.

    `every`: the values with what becomes of requests among them, which tells several deeds apart.
    """
    if len(deeds) == 1:
        said = [_deed(deeds[0], alone=not values), values]
    elif any(each.note.setting for each in deeds):
        first, *others = deeds
        said = [_deed(first, alone=False), *(_deed(each, alone=False, facts=False) for each in others)]
    else:
        refusals = [_refusal(each) for each in deeds if each.note.outcome == "refused"]
        said = [every, *(refusals if len(refusals) == 1 else ())]
    told = "; ".join(filter(None, said))
    return f"{HERE}{told}." if told else ""


def decided_by(note: CaseNote) -> str:
    """Return what decides the story, as a sentence by itself; without a story, why there is none."""
    here = _here(note)
    if here is not None:
        return capital(here)
    return note.because[0] if note.because else ""


def _here(note: CaseNote) -> str | None:
    """Return what the deed that decides the story comes to; None if no single deed decides it."""
    found = (each.removeprefix(HERE) for each in reversed(note.because) if each.startswith(HERE))
    return next(found, None)


def briefly(note: CaseNote) -> str:
    """Return the same without parties and facts where a clause decides: many stories share that sentence.
    What is proved of all that may follow is decided by no clause that the story's last step met.
    """
    deeds = (note.attempt,) if note.attempt else note.trials or note.steps[-1:]
    refusing = [_refuser(each) for each in deeds if each.outcome == "refused"]
    told = decided_by(note)
    if any(each.setting for each in deeds) or not deeds or _here(note) is None:
        return f"{told.split(PROVED)[0].rstrip('.')}."
    if len(refusing) == 1 and (stage := refusing[0]) and len(_refusing(stage)) == 1:
        return capital(f"{stage.component} refuses the request, by {refusers(stage)}.")
    if [each.outcome for each in deeds] != ["accepted"]:
        return told
    if exempt := _exemption(deeds[0]):
        return f"The request is accepted, for {exempt}."
    return "No check refuses the request." if told.endswith(f"{_AND_THAT}.") else told


def _deed(deed: Deed, *, alone: bool, facts: bool = True) -> str:
    """Say what becomes of a deed; what that is, too, if it is `alone` in its sentence. `facts`: say on which
    facts a refusal rests.
    """
    note = deed.note
    setting = f"{note.setting} " if note.setting else ""
    match note.outcome:
        case "refused":
            return f"{setting}{_refusal(deed, facts=facts)}"
        case "no request":
            return f"{setting}{deed.request} is none: {' and '.join(note.lacks)}"
        case "accepted":
            exempt = _exemption(note)
            if exempt:
                return f"{setting}{deed.request} is accepted, for {exempt}"
            return f"{setting}{f'{deed.what}{_AND_THAT}' if alone else f'{deed.request} is accepted'}"
        case "under way":
            return f"{deed.what}, and that is let pass"
        case "happens":
            return small(note.sentence)
        case _:
            assert_never(note.outcome)


def _refusal(deed: Deed, *, facts: bool = True) -> str:
    """Say who refuses a request, by which clauses, with which code, and on which facts that rests."""
    stage = _refuser(deed.note)
    if stage is None:
        return f"{deed.request} is refused"
    known = tuple(map(small, _refusing(stage)[0].facts)) if facts else ()
    why = f": {listed(known, 'and')}" if known else ""
    return f"{stage.component} refuses {deed.request}, by {refusers(stage)}{why}"


def refusers(stage: StageNote) -> str:
    """Return the checks that refuse at a component, each with its code."""
    checks = _refusing(stage)
    codes = (f", {each.code}" if each.code else "" for each in checks)
    named = (clause_and_name(each.clause, each.name) for each in checks)
    return listed(dict.fromkeys(map("".join, zip(named, codes, strict=True))), "and")


def _refuser(note: StepNote) -> StageNote | None:
    """Return the component that refuses; others, which are not reached, might as well."""
    return next((each for each in note.stages if each.reached and each.refuses), None)


def _refusing(stage: StageNote) -> tuple[CheckNote, ...]:
    return tuple(each for each in stage.checks if each.outcome == "refuses")


def _exemption(note: StepNote) -> str:
    """Say which limbs exempt a request from which clauses."""
    found: dict[str, list[str]] = {}
    for check in (check for stage in note.stages for check in stage.checks if check.outcome == "exempted"):
        for limb in check.by:
            found.setdefault(limb, []).append(check.clause or check.name)
    told = (f"{limb} exempts it from {listed(dict.fromkeys(of), 'and')}" for limb, of in found.items())
    return listed(told, "and") if found else ""


def small(sentence: str) -> str:
    """Begin with a small letter what begins with a word of ours or an article, and so with no name."""
    return sentence[:1].lower() + sentence[1:] if sentence.startswith(_NO_NAMES) else sentence
