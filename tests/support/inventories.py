"""A small inventory of the shipped law as CSV files, with a mapping that says what is in them."""

from __future__ import annotations

from pathlib import Path

MAPPING = """
law = "mp107"
absent = ["alerted", "registered", "anchor", "cohort"]

[tables.devices]
file = "devices.csv"

[tables.devices.things]
Device = "id"

[tables.devices.values]
"type({id})" = "type"
"generation({id})" = "generation"
"provider({id})" = "s1sp"
"anchor({id}, NetworkOperator)" = "network_operator"
"registered({id}, ElectricityDistributor)" = "distributor"
"registered({id}, GasTransporter)" = "transporter"

[tables.users]
file = "users.csv"

[tables.users.things]
User = "user"

[tables.users.values]
"published({user})" = "shared"

[tables.roles]
file = "roles.csv"

[tables.roles.values]
"active({user}, {role})" = true

[given]
"takes-part(Three)" = false
"""

DEVICES = """id,type,generation,s1sp,network_operator,distributor,transporter
right,ESME,SMETS1,One,ann,ann,
wrong,Electricity Smart Metering Equipment,SMETS1,S1SP 1,bob,ann,
left,ESME,SMETS1,One,gone,ann,
gas,GPF,SMETS1,Two,cat,,dan
third,GPF,SMETS1,Three,cat,,dan
secret,ESME,SMETS1,One,ann,bob,
empty,ESME,SMETS1,One,,ann,
spare,ESME,SMETS1,One,DCC,ann,
second,ESME,SMETS2,One,bob,ann,
hub,CHF,SMETS1,One,,,
"""
"""`wrong`, `left`, `gas`, `third`, `secret` and `second` are wrong; the holder of `left` has gone; the
registered operator of `secret` has not shared its certificate; S1SP 3 takes no part."""

USERS = "user,shared\nann,yes\nbob,no\ncat,yes\ndan,YES\ngone,\n"
ROLES = "user,role\nann,ED\nbob,ElectricityDistributor\ncat,Gas Transporter\ndan,GT\n"


EVENT = "corrective-update"
AFTER = {
    "right": "ann",
    "wrong": "ann",
    "left": "ann",
    "gas": "dan",
    "third": "cat",
    "secret": "ann",
    "empty": None,
    "spare": "DCC",
    "second": "bob",
    "hub": None,
}
"""Whose certificate is in each slot after the update: S1SP 3 takes no part, bob has shared no certificate."""

LOG_MAPPING = """
[tables.log]
file = "log.csv"

[log]
table = "log"
when = "sent"
answer = "answer"
accepted = ["OK"]

[log.request]
sender = "user"
role = "role"
srv = "srv"
target = "device"
credential = "slot"
certificate = "certificate"

[log.versions]
"2021-01-01" = "baseline"
"2022-11-03" = "mp107"
"""

LOG_HEAD = "sent,user,role,srv,device,slot,certificate,answer\n"


def logged(folder: Path, log: str, mapping: str = "") -> Path:
    """Write the inventory, a log and a mapping that names both; its path."""
    given = MAPPING.replace("[given]", '[given]\n"eligible(7.16, *)" = false\n"eligible(8.5, *)" = false')
    path = inventory(folder, mapping=given + '"eligible(8.6, *)" = false\n' + (mapping or LOG_MAPPING))
    (folder / "log.csv").write_text(LOG_HEAD + log, encoding="utf-8")
    return path


def inventory(folder: Path, **changed: str) -> Path:
    """Write the tables, or others in place of some (`devices`, `users`, `roles`), and the mapping; its
    path.
    """
    tables = {"devices": DEVICES, "users": USERS, "roles": ROLES} | changed
    for name in ("devices", "users", "roles"):
        (folder / f"{name}.csv").write_text(tables[name], encoding="utf-8")
    mapping = folder / "mapping.toml"
    mapping.write_text(changed.get("mapping", MAPPING), encoding="utf-8")
    return mapping
