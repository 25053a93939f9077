"""A law by which a charity files accounts ten months after its year ends, and keeps them for six years."""

from __future__ import annotations

CHARITY = """
sort Charity
sort User
enum Act: File, Close, Destroy
fixed trustee(Charity): User "the trustee of {1}"
state year-end(Charity): optional date "the end of the financial year of {1}"
state filed(Charity) "the accounts of {1} are filed"
state held(Charity) "the accounts of {1} are kept"
request "{sender} does {act} for {charity}"
    sender: User
    act: Act
    charity: Charity
component Desk
route Desk
version v "v"
start inference "at first": for every c: Charity: year-end(c) is absent and not filed(c) and not held(c)
effect closes when act is Close
    year-end(charity) becomes today inference "the year ends"
    filed(charity) becomes false inference "nothing is filed for it"
    held(charity) becomes true inference "there are accounts"
effect files when act is File
    filed(charity) becomes true inference "the accounts are filed"
effect destroys when act is Destroy
    held(charity) becomes false inference "they are gone"
check own for "1" at Desk, reject with R1
    requires trustee(charity) is sender inference "a charity's own trustee"
check yearly for "2" at Desk, reject with R2
    applies when act is Close inference "closes the year"
    requires year-end(charity) is absent or today no earlier than year-end(charity) plus 12 months
        inference "once a year"
check gone for "3" at Desk, reject with R3
    applies when act is Destroy inference "destroys"
    requires today later than year-end(charity) plus 6 years inference "kept for six years"
duty accounts for "4" of trustee(c) with c: Charity by year-end(c) plus 10 months when year-end(c) is present
    requires filed(c) inference "shall file"
"""
