"""A bank with amounts, shares of amounts and dates, and its tables."""

from __future__ import annotations

from pathlib import Path

SPEC = """# Loans

```redline
sort User
sort Loan
quantity money "£" with 2 decimals, never negative
enum Act: Pay, Repay, Renew
state balance(User): money "the balance of {1}"
fixed lent(Loan): money "what is lent by {1}"
fixed since(Loan): optional date "the day of {1}"
state renewed(Loan): optional date "the day on which {1} was renewed"
request "{sender} {act} {amount} of {loan}"
    sender: User
    act: Act
    amount: money
    loan: Loan
component Bank "the bank"
route Bank
version v "v"
define late(l: Loan) means today later than since(l) plus 14 days
define rate(l: Loan): number means 5 when lent(l) at most 100, 3 otherwise
effect paying when act is Pay
    balance(sender) becomes balance(sender) minus amount inference "as it says"
effect renewing when act is Renew
    renewed(loan) becomes today inference "as it says"
event forgiving by the environment
    for every l: Loan where lent(l) at most 100: renewed(l) becomes since(l) plus 1 day inference "as it says"
```

> Nobody pays more than is there.
>
> — Rule 1, verbatim in Book

```redline
check covered for "Rule 1" at Bank, reject with LOW "low"
    "Nobody pays more than is there." requires amount at most balance(sender) or not (act is Pay)
```

> At least a fifth and a half of a hundredth is repaid.
>
> — Rule 2, verbatim in Book

```redline
check share for "Rule 2" at Bank, reject with LITTLE "little"
    applies when act is Repay inference "as it says"
    "At least a fifth and a half of a hundredth is repaid."
        requires amount at least 20.5 per cent of lent(loan)
```

> A loan is renewed in its first 14 days.
>
> — Rule 3, verbatim in Book

```redline
check in-time for "Rule 3" at Bank, reject with LATE "late"
    applies when act is Renew inference "as it says"
    "A loan is renewed in its first 14 days." requires not late(loan) and since(loan) is present
```
"""
CLAIMS = """# Claims

```redline
claim 1 there "There is a loan."
    from "Rule 1"
    always (for some l: Loan: true)
    expect proved in v
```
"""
MAPPING = """
[tables.users]
file = "users.csv"
things.User = "id"
values."balance({id})" = "balance"
[tables.loans]
file = "loans.csv"
things.Loan = "id"
[tables.loans.values]
"lent({id})" = "lent"
"since({id})" = "since"
"renewed({id})" = "renewed"
"""
LOG = """
[tables.log]
file = "log.csv"
[log]
table = "log"
when = "at"
answer = "answer"
accepted = ["ok"]
request = { sender = "who", act = "act", amount = "amount", loan = "loan" }
versions = { "2026-01-01" = "v" }
"""
USERS = 'id,balance\nann,"£1,000.50"\nbob,0\ncid,-3\n'
LOANS = """id,lent,since,renewed
a,100,2026-03-02,
b,100.01,1 March 2026,
c,99.99,2026-03-16,2026-03-17
d,"£30,000",,
e,0,2026-03-01,
"""


def loans(folder: Path, mapping: str = MAPPING, log: str = "") -> Path:
    """Write the tables and the mapping; where the mapping is."""
    (folder / "users.csv").write_text(USERS, encoding="utf-8")
    (folder / "loans.csv").write_text(LOANS, encoding="utf-8")
    if log:
        (folder / "log.csv").write_text(f"at,who,act,amount,loan,answer\n{log}", encoding="utf-8")
    path = folder / "mapping.toml"
    path.write_text(mapping + (LOG if log else ""), encoding="utf-8")
    return path
