"""An adversary's hands: claims about keys to safes, their evidence, and what may be done to it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from checker.evidence.recheck_entry import files_of
from checker.evidence.write import MANIFEST
from checker.regime.regime import Regime
from checker.report.json_documents import dumped
from tests.support.evidence_made import Files, bound, manifest_of

CLAIMS = """
claim 1 bank-holds-none "The bank never holds a key." from "K 1"
    for s: Safe
    always key(s) is not Bank
    expect refuted in loose
    expect proved in tight
claim 2 light-works "The light is never broken." from "K 1"
    always light is not Broken
    expect proved in loose
claim 3 alarm-without-key "An alarm can be on though the key is back." from "K 1"
    for s: Safe
    possibly alarm(s) and key(s) is absent by requests and event ring
    expect proved in tight
claim 4 alarm-by-request "A request can put the alarm on." from "K 1"
    for s: Safe
    possibly alarm(s) by requests
    expect refuted in loose
claim 5 given-back "Whoever holds a key can give it back." from "K 2"
    for s: Safe
    always, if key(s) is present and key(s) is not Bank, then possibly next key(s) is absent
        by a request of key(s)
    expect proved in loose
    expect refuted in tight
claim 6 obtained "Anybody can get a key." from "K 1"
    for s: Safe, p: Person where p is not Bank
    always, if key(s) is present and key(s) is not Bank, then possibly key(s) is p by requests
    expect proved in loose
claim 7 obtained-from-bank "Anybody can get a key, from the bank, too." from "K 1"
    for s: Safe, p: Person where p is not Bank
    always, if key(s) is present, then possibly key(s) is p by requests
    expect refuted in loose
claim 8 never-broken "Whoever has a key, the light does not break." from "K 1"
    for s: Safe
    always, if key(s) is present, then never light is Broken by any step
    expect proved in loose
claim 9 alarm-stays "An alarm stays on." from "K 1"
    for s: Safe
    always, if alarm(s), then never not alarm(s) by any step
    expect refuted in loose
claim 10 patience "Whoever wants to give a key back does in the end." from "K 2"
    for s: Safe
    always, if key(s) is present and key(s) is not Bank, then eventually key(s) is absent,
        given that a request r where r.act is Drop and r.safe is s and r.sender is key(s) is made,
        while requests of Bank and event brand
    expect proved in loose
    expect refuted in tight
claim 11 what-changes "These requests change, and no others." from "K 3"
    from loose to tight, exactly these requests r change: newly accepted never,
        newly rejected "a marked sender" when marked(r.sender) and r.sender is not Bank
            and ((r.act is Take and key(r.safe) is absent)
                 or (r.act in {Pass, Drop} and key(r.safe) is r.sender)),
        newly rejected "the bank as heir" when r.act is Pass and r.heir is Bank
            and r.sender is not Bank and key(r.safe) is r.sender
    expect proved in tight
claim 12 nothing-changes-so "Nobody is marked and not marked." from "K 3"
    from loose to tight, exactly these requests r change: newly accepted never,
        newly rejected "a marked sender" when marked(r.sender) and r.sender is not Bank
            and ((r.act is Take and key(r.safe) is absent)
                 or (r.act in {Pass, Drop} and key(r.safe) is r.sender)),
        newly rejected "the bank as heir" when r.act is Pass and r.heir is Bank
            and r.sender is not Bank and key(r.safe) is r.sender,
        newly rejected "nobody" when marked(r.sender) and not marked(r.sender)
    expect refuted in tight
claim 13 one-answer "It does not matter what is asked first." from "K 1"
    any two orders of checks decide alike, with codes
    expect refuted in loose
claim 14 bank-gets-none "While versions move, the bank never holds a key." from "K 4"
    for s: Safe
    always key(s) is not Bank
        with deployment steps over loose, tight
    expect refuted in tight
claim 15 takeable "A free key can be taken, whoever is marked." from "K 1"
    for s: Safe, p: Person where p is not Bank
    always, if key(s) is absent and marked(p), then possibly next key(s) is present by requests
    expect refuted in tight
claim 16 passed-on "Whoever holds a key can pass it on." from "K 2"
    always, for every request r where r.act is Pass and key(r.safe) is r.sender and r.sender is not Bank:
        r accepted
    expect refuted by "K 3" in tight
claim 17 bank-asks-in-vain "While versions move, no request of the bank is accepted." from "K 1"
    always, after an accepted request r: r.sender is not Bank
        with deployment steps over loose, tight
    expect proved in loose
claim 18 moved "What is passed on moves." from "K 2"
    always, after an accepted request r where r.act is Pass: key(r.safe) is not before key(r.safe)
    expect refuted in loose
claim 19 red-in-two "After amber and green comes red." from "K 1"
    always, if light is Amber, then possibly light is Red by event turn
    expect proved in loose
claim 20 kept "Nobody gets rid of a key." from "K 2"
    in any situation, for every request r where r.act is Drop and key(r.safe) is r.sender: r rejected
    expect refuted in loose
"""


@dataclass(frozen=True, slots=True)
class Made:
    """What the engines made of all claims."""

    sources: Files
    regime: Regime
    files: Files


# ------------------------------------------------------------- adversaries


@dataclass(slots=True)
class Held:
    """A folder in the hands of an adversary: one verdict or several, and their grounds."""

    files: Files
    manifest: dict[str, Any]
    sources: Files
    lies: bool = True  # whether the hashes are made to fit
    raw: str | None = None  # what is put in place of the manifest

    @property
    def entry(self) -> dict[str, Any]:
        """The first verdict, which the change is about."""
        found: dict[str, Any] = self.manifest["verdicts"][0]
        return found

    @property
    def folder(self) -> str:
        """The folder of its files."""
        return next(files_of(self.entry)).rpartition("/")[0]

    def script(self, number: int) -> str:
        """The file of one of its obligations, counted from 1."""
        file: str = self.entry["obligations"][number - 1]["file"]
        return file

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a file that says `old` once or more."""
        assert old in self.files[name], (old, self.files[name])
        self.files[name] = self.files[name].replace(old, new)

    def written(self) -> Files:
        """The folder as the adversary leaves it."""
        if self.raw is not None:
            return {**self.files, MANIFEST: self.raw}
        files = {**self.files, MANIFEST: dumped(self.manifest)}
        return bound(files, self.manifest) if self.lies else files


Change: TypeAlias = Callable[[Held], object]

GONE = object()


def part(made: Made, *verdicts: str) -> Held:
    """The folder of these verdicts only: `claim in column`."""
    document = copy.deepcopy(manifest_of(made.files))
    called = {f"{each['claim']['name']} in {each['column']['text']}": each for each in document["verdicts"]}
    kept = [called[each] for each in verdicts]
    wanted = [each["grounds"] for each in kept]
    document["verdicts"] = kept
    document["grounds"] = [
        each for each in document["grounds"] if {name: each[name] for name in wanted[0]} in wanted
    ]
    names = {name for each in (*kept, *document["grounds"]) for name in files_of(each)}
    files = {name: made.files[name] for name in names}
    document = manifest_of(bound({**files, MANIFEST: dumped(document)}))
    return Held(files, document, dict(made.sources))


def says(**fields: Any) -> Change:
    """The verdict's entry says something else."""
    return lambda held: held.entry.update(fields)


def says_not(name: str) -> Change:
    return lambda held: held.entry.pop(name)


def says_of_claim(**fields: Any) -> Change:
    """The entry says something else of the claim."""
    return lambda held: held.entry["claim"].update(fields)


def way(number: int, **fields: Any) -> Change:
    """A strategy among the ways says something else."""
    return lambda held: held.entry["ways"][number].update(fields)


def parameter(name: str, term: str | None) -> Change:
    return lambda held: held.entry["ways"][0]["parameters"].update({name: term})


def tells(file: str, *path: Any, value: Any = GONE) -> Change:
    """A story says something else at a place, or nothing there any more."""

    def change(held: Held) -> None:
        name = f"{held.folder}/{file}.itf.json"
        document = json.loads(held.files[name])
        place = document
        for each in path[:-1]:
            place = place[each]
        if value is GONE:
            del place[path[-1]]
        else:
            place[path[-1]] = value
        held.files[name] = dumped(document)

    return change


def twisted(file: str, old: str, new: str) -> Change:
    """The words of a story are other ones, wherever they stand."""
    return lambda held: held.edit(f"{held.folder}/{file}.itf.json", old, new)


def with_story(file: str, text: str) -> Change:
    """A story's file has another text."""
    return lambda held: held.files.update({f"{held.folder}/{file}.itf.json": text})


def obligation(number: int, **fields: Any) -> Change:
    """The manifest says something else of an obligation."""
    return lambda held: held.entry["obligations"][number - 1].update(fields)


def asserts(number: int, old: str, new: str) -> Change:
    """An obligation's script has other words."""
    return lambda held: held.edit(held.script(number), old, new)


def swapped(first: Callable[[Held], str], second: Callable[[Held], str]) -> Change:
    """Two files have each other's text."""

    def change(held: Held) -> None:
        one, other = first(held), second(held)
        held.files[one], held.files[other] = held.files[other], held.files[one]

    return change


def grounded(**fields: Any) -> Change:
    """The grounds' entry says something else."""
    return lambda held: held.manifest["grounds"][0].update(fields)


def manifest_says(**fields: Any) -> Change:
    return lambda held: held.manifest.update(fields)


def whole(text: Callable[[str], str]) -> Change:
    """The manifest's text is another one."""

    def change(held: Held) -> None:
        held.raw = text(bound({**held.files, MANIFEST: dumped(held.manifest)})[MANIFEST])

    return change


def law_says(old: str, new: str, file: str = "spec/law.md") -> Change:
    """The law or a claim is changed after the evidence was written, and the manifest told so."""

    def change(held: Held) -> None:
        assert old in held.sources[file]
        held.sources[file] = held.sources[file].replace(old, new)

    return change


def all_of(*changes: Change) -> Change:
    return lambda held: [each(held) for each in changes]


def step_repeated(held: Held) -> None:
    """The story's last step is taken once more."""
    name = f"{held.folder}/story.itf.json"
    document = json.loads(held.files[name])
    again = copy.deepcopy(document["states"][-1])
    again["#meta"]["index"] += 1
    document["states"].append(again)
    held.files[name] = dumped(document)


def way_is_story(held: Held) -> None:
    """The situation of the story is said to be one in which stories start."""
    del held.files[held.entry["way there"]]
    held.entry["way there"] = held.entry["story"]


def way_given(held: Held) -> None:
    """A story that begins at a start is said to have a way there."""
    held.entry["way there"] = held.entry["story"]


def way_left_over(held: Held) -> None:
    """The manifest says of no way there, and the file is kept."""
    held.entry["way there"] = None


def witness_dropped(held: Held) -> None:
    del held.files[held.entry["witness"]]
    held.entry["witness"] = None


def story_dropped(held: Held) -> None:
    del held.files[held.entry["story"]]
    held.entry["story"] = None


def story_cut_off(held: Held) -> None:
    """The end of the story's file is missing."""
    name = held.entry["story"]
    held.files[name] = held.files[name][:-40]


def obligation_dropped(held: Held) -> None:
    del held.files[held.script(1)]
    del held.entry["obligations"][0]


def one_more(held: Held) -> None:
    """The file of another obligation, listed as one of this verdict."""
    first = copy.deepcopy(held.entry["obligations"][0])
    first["file"] = f"{held.folder}/99-one-more.smt2"
    held.files[first["file"]] = held.files[held.script(1)]
    held.entry["obligations"].append(first)


def everything_dropped(held: Held) -> None:
    held.manifest.update(grounds=[], verdicts=[])
    held.files.clear()


def opposite_added(held: Held) -> None:
    """The same question has both answers."""
    other = copy.deepcopy(held.entry)
    other["verdict"] = "proved"
    held.manifest["verdicts"].append(other)


def stale(held: Held) -> None:
    held.sources["spec/law.md"] += "\nA note that says nothing.\n"
    held.lies = False


def refuted_by_a_case(held: Held) -> None:
    """A case that occurs is said never to occur; the stories that show the cases are taken away."""
    for each in (*held.entry["cases"], held.entry["witness"]):
        del held.files[each]
    held.entry.update(verdict="refuted", missing="a marked sender", cases=[], witness=None)
    held.entry["reason"] = "the case `a marked sender` never occurs"
