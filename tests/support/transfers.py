"""A law by which a transfer that nobody answers is approved after five days."""

from __future__ import annotations

TRANSFERS = """
sort Domain
sort User
state asked-on(Domain): optional date "the day on which {1} was asked for"
state sponsor(Domain): User "the sponsor of {1}"
state pending(Domain): optional User "the applicant for {1}"
state fee(Domain) "a fee for {1} is [not] due"
request "{sender} asks for {domain}"
    sender: User
    domain: Domain
component Desk
route Desk
version v "v"
start inference "at first": for every d: Domain: asked-on(d) is absent and pending(d) is absent and not fee(d)
effect ask
    asked-on(domain) becomes today inference "the day is written down"
    pending(domain) becomes sender inference "who asked is written down"
check once for "1" at Desk, reject with R1
    requires pending(domain) is absent inference "one at a time"
lapse silence for "T 5" with d: Domain past asked-on(d) plus 5 days when pending(d) is present
    sponsor(d) becomes pending(d) inference "deemed to be approved"
    pending(d) becomes absent inference "what is approved is pending no more"
"""
