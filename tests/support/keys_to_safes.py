"""Keys to safes and a light: small rules, and claims about them that are each worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass

KEYS = """
sort Person
sort Safe
constant Bank: Person "the bank"
enum Act: Take, Pass, Drop
enum Light: Red, Amber, Green, Off, Broken in order
state key(Safe): optional Person "the holder of the key of {1}"
state marked(Person) "{1} is marked"
state alarm(Safe) "the alarm of {1} is on"
state light: Light "the light"
define next(l: Light): Light means
    Amber when l is Red, Green when l is Amber, Red when l is Green, Broken when l is Off, l otherwise

request "{sender} does {act} with {safe}"
    sender: Person
    act: Act
    safe: Safe
    heir: Person when act is Pass

component Gate "the gate"
component Vault "the vault"
route Gate, then Vault when act is Pass
order at Gate unpublished because "nobody says"

start inference "all is quiet":
    (for every s: Safe: key(s) is absent and not alarm(s)) and light is Red

check vacancy for "K 1" at Gate, reject with T1
    applies when act is Take inference "x"
    requires key(safe) is absent inference "x"
check holder for "K 2" at Gate, reject with T2
    applies when act in {Pass, Drop} inference "x"
    requires key(safe) is sender inference "x"
adopted check no-bank at Gate, reject without a published code, because "x"
    requires sender is not Bank inference "x"

effect taking when act is Take
    key(safe) becomes sender inference "x"
effect passing when act is Pass
    key(safe) becomes heir inference "x"
effect dropping when act is Drop
    key(safe) becomes absent inference "x"
event brand by the environment with p: Person
    marked(p) becomes true inference "x"
event ring by Bank with s: Safe when key(s) is present
    alarm(s) becomes true inference "x"
event reset by the environment
    for every s: Safe where alarm(s): alarm(s) becomes false inference "x"
event turn by the environment
    light becomes next(light) inference "x"

version loose "as it was"
version tight "as it is to be" is loose with TIGHT
modification TIGHT "tighter"
by TIGHT insert after holder:
check unmarked for "K 3" at Gate, reject with T3
    requires not marked(sender) inference "x"
by TIGHT insert after unmarked:
check no-bank-heir for "K 4" at Vault, reject with T4
    requires heir is not Bank inference "x"
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim, the verdict on it in a column, and the steps of the shortest story (None: there is none)."""

    claim: str
    column: str
    verdict: str
    steps: int | None
    because: str


ALL_CHANGES = """from loose to tight, exactly these requests r change: newly accepted never,
    newly rejected "a marked sender" when marked(r.sender) and r.sender is not Bank
        and ((r.act is Take and key(r.safe) is absent)
             or (r.act in {Pass, Drop} and key(r.safe) is r.sender))"""


TO_BANK = """, newly rejected "the bank as heir" when r.act is Pass and r.heir is Bank
    and r.sender is not Bank and key(r.safe) is r.sender"""


NEVER = ', newly rejected "nobody" when marked(r.sender) and not marked(r.sender)'
OTHERWISE = """, differently rejected "marked as well" when marked(r.sender)
    and (r.sender is Bank or (r.act is Take and key(r.safe) is present)
         or (r.act in {Pass, Drop} and key(r.safe) is not r.sender))"""
SAFE = "for s: Safe "
ONE = "for s: Safe, p: Person "


NOT_BANK = "for s: Safe, p: Person where p is not Bank "


TWO = "for s: Safe, p: Person, q: Person where p is not q "
ASKED = (
    # always
    Asked(f"{SAFE} always key(s) is not Bank", "tight", "proved", None, "neither takes nor is given it"),
    Asked(f"{SAFE} always key(s) is not Bank", "loose", "refuted", 2, "take, pass to the bank"),
    Asked(f"{SAFE} always alarm(s) implies key(s) is present", "tight", "refuted", 3, "take, ring, drop"),
    Asked("always light is not Green", "loose", "refuted", 2, "turn, turn"),
    Asked("always light is not Broken", "loose", "proved", None, "Off breaks it, but is never reached"),
    Asked(
        "for s: Safe where alarm(s) always key(s) is present",
        *("tight", "refuted", 3, "take, ring, drop: then there is an alarm, and no key"),
    ),
    Asked(
        "for s: Safe, t: Safe where s is not t"
        " always not (alarm(s) and alarm(t) and key(s) is absent and key(t) is absent)",
        *("loose", "refuted", 6, "take, ring, drop, for one safe and for the other"),
    ),
    # always, after an accepted request
    Asked(
        "always, after an accepted request r where r.act is Pass: key(r.safe) is r.heir",
        *("tight", "proved", None, "that is the effect"),
    ),
    Asked(
        "always, after an accepted request r where r.act is Pass: key(r.safe) is not before key(r.safe)",
        *("loose", "refuted", 2, "take, pass to oneself"),
    ),
    Asked(
        "always, after an accepted request r where alarm(r.safe): r.act is Drop",
        *("loose", "refuted", 3, "take, ring, pass"),
    ),
    # always, after any step
    Asked(
        f"{SAFE} always, after any step r: before key(s) is present and key(s) is absent"
        " implies r.act is Drop",
        *("loose", "proved", None, "passing leaves it present, events leave it alone"),
    ),
    Asked(
        f"{SAFE} always, after any step r: alarm(s) and not before alarm(s) implies step is ring",
        *("loose", "proved", None, "nothing else puts it on"),
    ),
    Asked(f"{SAFE} always, after any step r: key(s) matches before key(s)", "loose", "refuted", 1, "take"),
    Asked(
        f"{SAFE} always, after any step r: alarm(s) iff before alarm(s)", "loose", "refuted", 2, "take, ring"
    ),
    # always, after event; twice
    Asked(f"{SAFE} always, after event reset: not alarm(s)", "loose", "proved", None, "all are reset"),
    Asked(f"{SAFE} always, after event ring: not alarm(s)", "loose", "refuted", 2, "take, ring"),
    Asked(
        f"{SAFE} always, after event reset twice: alarm(s) iff before alarm(s)",
        *("loose", "proved", None, "the first leaves nothing to the second"),
    ),
    Asked("always, after event turn twice: light is before light", "loose", "refuted", 2, "Amber, Green"),
    # always, for every request
    Asked(
        "always, for every request r where r.act is Drop and key(r.safe) is absent: r rejected by holder",
        *("tight", "proved", None, "nobody holds it"),
    ),
    Asked(
        "always, for every request r where r.act is Take: r accepted", "loose", "refuted", 0, "by the bank"
    ),
    Asked(
        "always, for every request r where r.act is Take and r.sender is not Bank: r accepted",
        *("loose", "refuted", 1, "it is taken already"),
    ),
    Asked(
        "always, for every request r where light is Off: r rejected",
        *("loose", "proved", None, "the light is never off"),
    ),
    # in any situation
    Asked(
        "in any situation, for every request r where light is Off: r rejected",
        *("loose", "refuted", 0, "off or not, a free key can be taken"),
    ),
    Asked(
        """in any situation, for every request r where r.act is Take and key(r.safe) is absent
           and r.sender is not Bank: r accepted""",
        *("loose", "proved", None, "two checks, and it passes both"),
    ),
    Asked(
        """in any situation, for every request r where r.act is Take and key(r.safe) is absent
           and r.sender is not Bank: r accepted""",
        *("tight", "refuted", 0, "the sender may be marked"),
    ),
    # possibly
    Asked(f"{NOT_BANK} possibly key(s) is p by requests", "tight", "proved", 1, "take"),
    Asked(f"{SAFE} possibly key(s) is Bank by requests", "loose", "proved", 2, "take, pass"),
    Asked(f"{SAFE} possibly key(s) is Bank by any step", "tight", "refuted", None, "it is no heir"),
    Asked(
        f"{SAFE} possibly alarm(s) and key(s) is absent by requests and event ring",
        *("tight", "proved", 3, "take, ring, drop"),
    ),
    Asked(f"{SAFE} possibly alarm(s) by requests", "loose", "refuted", None, "only events put it on"),
    Asked("possibly light is Broken by any step", "loose", "refuted", None, "it would have to be off"),
    # possibly, after an accepted request
    Asked(
        "possibly, after an accepted request r where r.act is Drop: alarm(r.safe)",
        *("loose", "proved", 3, "take, ring, drop"),
    ),
    Asked(
        "possibly, after an accepted request r where r.act is Drop: key(r.safe) is present",
        *("loose", "refuted", None, "it is dropped"),
    ),
    # for some request
    Asked("possibly, for some request r: r.act is Drop and r accepted", "tight", "proved", 1, "once taken"),
    Asked(
        "possibly, for some request r: r.sender is Bank and r accepted", "loose", "refuted", None, "no-bank"
    ),
    Asked(
        "in some situation, for some request r: light is Off and r accepted", "loose", "proved", 0, "may be"
    ),
    Asked(
        "in some situation, for some request r: r.sender is Bank and r accepted",
        *("loose", "refuted", None, "no-bank"),
    ),
    # if, then possibly next
    Asked(
        f"{SAFE} always, if key(s) is present and key(s) is not Bank, then possibly next key(s) is absent"
        " by a request of key(s)",
        *("loose", "proved", None, "the holder drops it"),
    ),
    Asked(
        f"{SAFE} always, if key(s) is present and key(s) is not Bank, then possibly next key(s) is absent"
        " by a request of key(s)",
        *("tight", "refuted", 2, "taken, and the holder marked"),
    ),
    Asked(
        f"{SAFE} always, if key(s) is present, then possibly next key(s) is absent by requests",
        *("loose", "refuted", 2, "taken, and passed to the bank"),
    ),
    Asked(
        f"{NOT_BANK} always, if key(s) is absent, then possibly next key(s) is p by a request of p",
        *("tight", "refuted", 0, "p may be marked from the start"),
    ),
    Asked(
        f"{SAFE} always, if key(s) is Bank, then possibly next key(s) is Bank by a request of Bank",
        *("loose", "refuted", 2, "take, pass to the bank: it has the key, but no request of its own"),
    ),
    Asked(
        f"{SAFE} always, if key(s) is absent, then possibly next key(s) is present by a request of key(s)",
        *("loose", "refuted", 0, "nobody holds it, and nobody sends nothing"),
    ),
    Asked(
        "always, if light is Amber, then possibly next light is Green by event turn",
        *("loose", "proved", None, "one turn"),
    ),
    Asked(
        "always, if light is Amber, then possibly next light is Red by event turn",
        *("loose", "refuted", 1, "one turn gives green"),
    ),
    # if, then possibly
    Asked(
        "always, if light is Amber, then possibly light is Red by event turn",
        *("loose", "proved", None, "two turns"),
    ),
    Asked(
        f"{NOT_BANK} always, if key(s) is present and key(s) is not Bank,"
        " then possibly key(s) is p by requests",
        *("loose", "proved", None, "the holder passes it"),
    ),
    Asked(
        f"{NOT_BANK} always, if key(s) is present, then possibly key(s) is p by requests",
        *("loose", "refuted", 2, "the bank has it, and does nothing"),
    ),
    Asked(
        f"{TWO} and p is not Bank and q is not Bank"
        " always, if key(s) is p, then possibly key(s) is q by requests of q",
        *("loose", "refuted", 1, "p has to let go"),
    ),
    Asked(
        f"{TWO} and p is not Bank and q is not Bank"
        " always, if key(s) is p, then possibly key(s) is absent by requests of p, q",
        *("loose", "proved", None, "p drops it"),
    ),
    # if, then never
    Asked(
        f"{SAFE} always, if key(s) is Bank, then never key(s) is not Bank by requests",
        *("loose", "proved", None, "it is not free, and its holder does nothing"),
    ),
    Asked(
        f"{SAFE} always, if alarm(s), then never not alarm(s) by requests", "loose", "proved", None, "events"
    ),
    Asked(
        f"{SAFE} always, if alarm(s), then never not alarm(s) by any step",
        *("loose", "refuted", 3, "take, ring, reset"),
    ),
    Asked(
        f"{TWO} always, if key(s) is p, then never key(s) is absent by requests of q",
        *("loose", "proved", None, "q is not the holder, and cannot become it"),
    ),
    Asked(
        f"{ONE} always, if key(s) is p, then never key(s) is absent by requests of p",
        *("loose", "refuted", 2, "take, drop"),
    ),
    # comparisons
    Asked("loose and tight decide alike", "loose", "refuted", 0, "a marked sender"),
    Asked(
        "loose and tight decide alike where r.act is Drop and not marked(r.sender)",
        *("loose", "proved", None, "neither change concerns it"),
    ),
    Asked(
        "loose and tight decide alike where r.act is Drop and key(r.safe) is absent",
        *("loose", "proved", None, "both refuse it"),
    ),
    Asked(
        "loose and tight decide alike where r.act is Drop and key(r.safe) is absent, with codes",
        *("loose", "refuted", 0, "T3 as well"),
    ),
    Asked(
        "loose and tight decide alike where not marked(r.sender) and r.act in {Take, Drop}, with codes",
        *("loose", "proved", None, "neither change concerns it"),
    ),
    Asked("tight allows no more than loose", "loose", "proved", None, "checks were added"),
    Asked("loose allows no more than tight", "loose", "refuted", 0, "a marked sender"),
    Asked("any two orders of checks decide alike", "loose", "proved", None, "all are asked in any order"),
    Asked("any two orders of checks decide alike", "tight", "proved", None, "nor if three may fail"),
    Asked("any two orders of checks decide alike, with codes", "loose", "refuted", 0, "two may fail"),
    # every deployment
    Asked(
        "every deployment over loose, tight allows no more than loose",
        *("loose", "proved", None, "any mixture has all checks of loose"),
    ),
    Asked(
        "loose allows no more than every deployment over loose, tight",
        *("loose", "refuted", 0, "the gate may be tight"),
    ),
    Asked(
        "loose and every deployment over loose, tight where version(Gate) is loose decide alike",
        *("loose", "refuted", 0, "the vault may be tight"),
    ),
    Asked(
        "loose and every deployment over loose, tight where version(Gate) is loose"
        " decide alike where r.act is not Pass, with codes",
        *("loose", "proved", None, "the vault is not visited"),
    ),
    # exact differences
    Asked(ALL_CHANGES + TO_BANK, "tight", "proved", None, "these two and no others"),
    Asked(ALL_CHANGES, "tight", "refuted", 0, "the bank as heir is missing"),
    Asked(ALL_CHANGES + TO_BANK + NEVER, "tight", "refuted", None, "the last case never occurs"),
    Asked(ALL_CHANGES + TO_BANK + OTHERWISE, "tight", "proved", None, "whoever is refused anyway, if marked"),
    Asked(
        ALL_CHANGES + TO_BANK + ", differently rejected never",
        *("tight", "refuted", 0, "marked, and refused anyway"),
    ),
    # deployment steps
    Asked(
        f"{SAFE} always key(s) is not Bank with deployment steps over loose, tight",
        *("loose", "refuted", 2, "take, pass, while the vault is loose"),
    ),
    Asked(
        "always, after an accepted request r: r.sender is not Bank with deployment steps over loose, tight",
        *("loose", "proved", None, "both refuse it"),
    ),
    Asked(
        "always, after an accepted request r where version(Gate) is tight: not marked(r.sender)"
        " with deployment steps over loose, tight",
        *("loose", "proved", None, "whatever the vault has"),
    ),
)


def text_of(number: int, asked: Asked) -> str:
    """The claim in the language; `always …` follows its variables."""
    statement = asked.claim
    steps = " with deployment steps over loose, tight"
    over = "" if steps not in statement else "\n   " + steps
    return (
        f'claim {number} claim-{number} "A claim." from "K"\n    {statement.replace(steps, "")}{over}\n'
        f"    expect {asked.verdict} in {asked.column}\n"
    )
