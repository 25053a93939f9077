"""Changes of a law's text that change nothing of what it means: every verdict must stay.

A law is taken as blocks: a fence with the quotes above it, or the fence that names a table with that table.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tests.regimes_agree.trials import Question, Trial

NAMES = re.compile(r"\b(?:[fkgxacevwmKAM]|ad|ax|pr)\d+\b|\b(?:User|Thing|Box|Act|Mode|Bank|MOD|EXTRA)\b")
OF_NAMES = ("alike-codes", "difference")  # forms of claims that tell checks apart
COLUMNS = re.compile(r"\b(?:old|new|later(?! than)|red|blue|green|mixed)\b")
ONE_LINE = re.compile(
    r"```redline\ndefine (g\d+)(?:\(([^()]*)\))?( \"[^\"]*\"(?: or \"[^\"]*\")?)? means (.*)\n```"
)
PREMISE = re.compile(
    r"```redline\npremise (pr\d+)(?:\(([^()]*)\))?( \"[^\"]*\" because \"[^\"]*\") means (.*)\n```"
)
CHECK = re.compile(r"```redline\ncheck (c\d+) for (\"[^\"]*\") at [^\n]*\n((?:    [^\n]*\n)+)```")
UNREAD = """\
```redline
sort Unread
enum Idle: Never, Ever
fixed unread(Unread): Idle
state idle(Unread, Idle)
define unused(u: Unread) means idle(u, Never)
premise unasked "p" because "w" means for some u: Unread: unused(u)
abstraction nothing "n" because "w"
version spare "spare" is old with SPARE
modification SPARE "spare"
by SPARE insert after c0: define nobody-asks means for some u: Unread: unused(u)
```"""


@dataclass(frozen=True, slots=True)
class Law:
    """The blocks of a law and its claims."""

    title: str
    blocks: tuple[str, ...]

    @classmethod
    def of(cls, trial: Trial) -> Law:
        """The blocks of a trial's only file."""
        text = trial.texts["regime.md"].replace("```redline\n\n```\n\n", "")
        title, *parts = text.rstrip("\n").split("\n\n")
        blocks: list[str] = []
        quote, table = "", -1
        for part in parts:
            if part.startswith("| ") and table >= 0:
                blocks[table] += f"\n\n{part}"
            elif part.startswith("> "):
                quote = f"{part}\n\n"
            else:
                table = len(blocks) if part.startswith("```redline\ntable ") else table
                blocks.append(quote + part)
                quote = ""
        return cls(title, tuple(blocks))

    def texts(self, files: int = 1) -> Mapping[str, str]:
        """As files: the blocks in order, dealt out."""
        found = {}
        for number in range(files):
            own = self.blocks[number::files]
            found[f"{number}.md" if files > 1 else "regime.md"] = "\n\n".join((self.title, *own, ""))
        return found


Change = Callable[[Trial, random.Random], Trial | None]


def reordered(trial: Trial, chance: random.Random) -> Trial:
    """The declarations in another order; modifications change one after the other, as before."""
    return replace(trial, texts=_shuffled(Law.of(trial), chance).texts())


def in_files(trial: Trial, chance: random.Random) -> Trial:
    """The declarations in several files; what one modification changes stays in order."""
    law = Law.of(trial)
    changes = tuple(each for each in law.blocks if _changes(each))
    others = [each for each in law.blocks if not _changes(each)]
    chance.shuffle(others)
    texts = dict(Law(law.title, tuple(others)).texts(3))
    texts["1.md"] += "\n" + "\n\n".join((*changes, ""))
    return replace(trial, texts=texts)


def _changes(block: str) -> bool:
    return re.search(r"```redline\nby ", block) is not None


def _shuffled(law: Law, chance: random.Random) -> Law:
    order = list(law.blocks)
    chance.shuffle(order)
    changes = iter([each for each in law.blocks if _changes(each)])
    return Law(law.title, tuple(next(changes) if _changes(each) else each for each in order))


def versions_swapped(trial: Trial, _chance: random.Random) -> Trial:
    """The versions declared in another order."""
    law = Law.of(trial)
    versions = iter([each for each in law.blocks if each.startswith("```redline\nversion")][::-1])
    blocks = (next(versions) if each.startswith("```redline\nversion") else each for each in law.blocks)
    return replace(trial, texts=Law(law.title, tuple(blocks)).texts())


def renamed(trial: Trial, chance: random.Random) -> Trial:
    """Everything called otherwise, so that names sort in another order."""
    names: dict[str, str] = {}

    def other(found: re.Match[str]) -> str:
        name = found[0]
        if name not in names:
            names[name] = f"{chance.choice('BQZbqz')}{len(names)}-{name}"
        return names[name]

    def told(text: str) -> str:
        return COLUMNS.sub(other, NAMES.sub(other, text))

    texts = {name: told(text) for name, text in trial.texts.items()}
    questions = tuple(
        Question(each.form, each.claim, told(each.column), None if each.by is None else told(each.by))
        for each in trial.questions
    )
    return replace(trial, texts=texts, questions=questions)


def with_more(trial: Trial, _chance: random.Random) -> Trial | None:
    """With things that nobody reads, a version that nobody asks about among them: unless there is a component
    for every version, of which deployments would have to say more.
    """
    if "[Version]" in trial.texts["regime.md"]:
        return None
    law = Law.of(trial)
    return replace(trial, texts=Law(law.title, (UNREAD, *law.blocks)).texts())


# --------------------------------------------------------------- definitions


def _plain_definitions(trial: Trial) -> list[re.Match[str]]:
    """Definitions of statements that no version or reading changes, and that read no request."""
    text = trial.texts["regime.md"]
    found = []
    for each in ONE_LINE.finditer(text):
        changed = re.search(rf"replace {each[1]}\b|^    define {each[1]}\b", text, re.MULTILINE)
        reads = re.search(r"\b(?:sender|act|item|other)\b", each[4]) or f".{each[1]}" in text
        if changed is None and not reads and " inference " not in each[4]:
            found.append(each)
    return found


def as_premise(trial: Trial, chance: random.Random) -> Trial | None:
    """A definition as a premise."""
    plain = _plain_definitions(trial)
    if not plain:
        return None
    found = chance.choice(plain)
    told = f"({found[2]})" if found[2] else ""
    premise = f'```redline\npremise {found[1]}{told} "p" because "w" means {found[4]}\n```'
    return replace(trial, texts={"regime.md": trial.texts["regime.md"].replace(found[0], premise)})


def inlined(trial: Trial, chance: random.Random) -> Trial | None:
    """What a definition says, wherever it is called; the definition is gone."""
    plain = _plain_definitions(trial)
    if not plain:
        return None
    return _inlined(trial, chance.choice(plain))


def premise_inlined(trial: Trial, chance: random.Random) -> Trial | None:
    """What a premise says, wherever a rule or a statement calls it. It stays for claims that are given it.
    Not one that a version changes or a column goes without.
    """
    text = trial.texts["regime.md"]
    columns = " ".join(each.column for each in trial.questions)
    plain = []
    for each in PREMISE.finditer(text):
        changed = rf"(?:without\b[^\n]*\b|replace ){each[1]}\b"
        calls = _calls(each, text)
        if calls and not re.search(changed, text) and not re.search(rf"\b{each[1]}\b", columns):
            plain.append(each)
    return _inlined(trial, chance.choice(plain), kept=True) if plain else None


def _calls(premise: re.Match[str], text: str) -> list[re.Match[str]]:
    """Where a rule or a statement calls the premise."""
    found = []
    for each in re.finditer(rf"\b{premise[1]}\b(\(\))?", text):
        line = text[text.rfind("\n", 0, each.start()) + 1 : each.start()]
        if not re.match(r" +(?:given|needs) |by |premise $", line):
            found.append(each)
    return found


def _inlined(trial: Trial, found: re.Match[str], *, kept: bool = False) -> Trial:
    """What a definition or premise says, wherever it is called. It is gone unless it is `kept`."""
    text = trial.texts["regime.md"]
    text = text if kept else text.replace(found[0], "")
    names = [each.split(":")[0].strip() for each in (found[2] or "").split(",") if each]
    while calls := _calls(found, text):
        at = calls[0]
        end = at.end()
        arguments: list[str] = []
        if names:
            end, arguments = _arguments(text, at.end())
        body = found[4]
        for name, argument in zip(names, arguments, strict=True):
            body = re.sub(rf"\b{name}\b", argument.replace("\\", ""), body)
        text = f"{text[: at.start()]}({body}){text[end:]}"
    return replace(trial, texts={**trial.texts, "regime.md": text})


def _arguments(text: str, at: int) -> tuple[int, list[str]]:
    """Where the list of arguments that begins here ends, and the arguments."""
    depth, start, found = 0, at + 1, []
    for place in range(at, len(text)):
        letter = text[place]
        depth += (letter in "([{") - (letter in ")]}")
        if (letter == "," and depth == 1) or depth == 0:
            found.append(text[start:place].strip())
            start = place + 1
        if depth == 0:
            return place + 1, found
    raise ValueError(text[at : at + 40])


# -------------------------------------------------------------------- checks


def split(trial: Trial, chance: random.Random) -> Trial | None:
    """A check that nothing names, as two: each requires some of what it requires or, by chance or where there
    is one thing only, one applies in a case and the other in any other. What is asked of names of checks is
    left out: there are others.
    """
    text = trial.texts["regime.md"]
    kept = tuple(each for each in trial.questions if each.form not in OF_NAMES)
    found = [each for each in CHECK.finditer(text) if _alone(each, text)]
    if not kept or not found:
        return None
    check = chance.choice(found)
    items = check[3].splitlines(keepends=True)
    required = [each for each in items if each.startswith("    requires ")]
    others = [each for each in items if each not in required]
    if len(set(required)) > 1 and len(set(required)) == len(required) and chance.random() < 0.7:
        halves = ([*others, required[0]], [*others, *required[1:]])
    else:
        case = '(act is A0) inference "split"\n'
        halves = ([f"    applies when {case}", *items], [f"    applies unless {case}", *items])
    head = text[check.start() : check.start(3)].removeprefix("```redline\n")
    other = head.replace(f"check {check[1]} ", f"check split-{check[1]} ", 1)
    two = "".join((head, *halves[0], other, *halves[1]))
    whole = f"{text[: check.start()]}```redline\n{two}{text[check.end(3) :]}"
    return replace(trial, texts={**trial.texts, "regime.md": whole}, questions=kept)


def _alone(check: re.Match[str], text: str) -> bool:
    """Whether nothing else names the check, nothing changes its clause, and it says what it says itself."""
    named = re.search(rf"\b{check[1]}\b(?! for)", text.replace(check[2], ""))
    changed = re.search(rf"(?:replace|amend|after|from) {re.escape(check[2])}", text)
    plain = all(re.match(r"    (?:applies|requires|subject to) ", each) for each in check[3].splitlines())
    return named is None and changed is None and plain


# --------------------------------------------------------------- comparisons


def sides_swapped(trial: Trial, _chance: random.Random) -> Trial | None:
    """The sides of comparisons that ask the same from either side; the other questions are left out."""
    text = trial.texts["regime.md"]
    swapped = re.sub(
        r"^    (?!every)([^\n]*?) and (?!every)([^\n]*?) decide alike", _swapped, text, flags=re.MULTILINE
    )
    swapped = re.sub(r"^    from (.*?) to (.*?), exactly these (.*)$", _turned, swapped, flags=re.MULTILINE)
    kept = tuple(each for each in trial.questions if each.form in ("alike", "alike-codes", "difference"))
    return replace(trial, texts={"regime.md": swapped}, questions=kept) if kept and swapped != text else None


def _swapped(found: re.Match[str]) -> str:
    one, other = found[1], found[2]
    if " and " in one or " and " in other:  # which `and` joins the sides is not plain
        return found[0]
    return f"    {other} and {one} decide alike"


def _turned(found: re.Match[str]) -> str:
    old, new, cases = found[1], found[2], found[3]
    words = {"newly accepted": "newly rejected", "newly rejected": "newly accepted"}
    turned = re.sub("newly accepted|newly rejected", lambda each: words[each[0]], cases)
    return f"    from {new} to {old}, exactly these {turned}"


CHANGES: dict[str, Change] = {
    "reordered": reordered,
    "in several files": in_files,
    "versions swapped": versions_swapped,
    "renamed": renamed,
    "with more": with_more,
    "a definition as a premise": as_premise,
    "a definition inlined": inlined,
    "a premise inlined": premise_inlined,
    "a check split": split,
    "sides swapped": sides_swapped,
}
