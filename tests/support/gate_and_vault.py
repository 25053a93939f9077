"""A gate and a vault, each with its checks, before and after a change."""

from __future__ import annotations

LAW = """
sort User
enum Act: Take, Pass
state marked(User) "{1} is marked"
state badge(User) "{1} has a badge"
request "{sender} does {act}"
    sender: User
    act: Act
component Gate "the gate"
component Vault "the vault"
route Gate, then Vault
start inference "x": for every u: User: not badge(u)
check at-gate for "K 1" at Gate, reject with T1
    GATE
check at-vault for "K 2" at Vault, reject with T2
    VAULT
event brand by the environment with u: User
    marked(u) becomes true inference "x"
version old "as it was"
version new "as it is to be" is old with CHANGE
modification CHANGE "a change"
by CHANGE replace at-gate: check at-gate for "K 1" at Gate, reject with T1
    NEW-GATE
by CHANGE replace at-vault: check at-vault for "K 2" at Vault, reject with T2
    NEW-VAULT
claim 1 no-marked "Nobody who is marked is let through." from "K"
    always, for every request r where marked(r.sender): r rejected
    expect proved in old, new
claim 2 somebody "Somebody can be let through." from "K"
    possibly, for some request r: r accepted
    expect proved in old, new
"""
MARKED = 'requires not marked(sender) inference "x"'
NOTHING = 'requires sender is present inference "x"'
BADGE = 'requires badge(sender) inference "x"'


def law(gate: str, vault: str, new_gate: str, new_vault: str) -> dict[str, str]:
    """The sources of a law with these checks in the old and in the new version."""
    text = LAW.replace("NEW-GATE", new_gate).replace("NEW-VAULT", new_vault)
    text = text.replace("GATE", gate).replace("VAULT", vault)
    return {"spec/law.md": f"# Law\n\n```redline\n{text}\n```\n"}
