"""A law by which the sponsor of a domain shall answer a request within five days, and may be late."""

from __future__ import annotations

ANSWERED = """
sort Domain
sort User
constant Registry: User "the Registry"
enum Act: Ask, Answer, Pass
state asked-on(Domain): optional date "the day on which {1} was asked for"
state sponsor(Domain): User "the sponsor of {1}"
state pending(Domain): optional User "the applicant for {1}"
request "{sender} does {act} for {domain}"
    sender: User
    act: Act
    domain: Domain
component Desk
route Desk
version v "v"
start inference "at first": for every d: Domain: asked-on(d) is absent and pending(d) is absent
effect ask when act is Ask
    asked-on(domain) becomes today inference "the day is written down"
    pending(domain) becomes sender inference "who asked is written down"
effect answers when act is Answer
    pending(domain) becomes absent inference "it is answered"
check once for "1" at Desk, reject with R1
    applies when act is Ask inference "asks"
    requires pending(domain) is absent inference "one at a time"
check own for "2" at Desk, reject with R2
    applies when act in {Answer, Pass} inference "answers"
    requires sponsor(domain) is sender inference "the sponsor's own matter"
"""

DUTY = """
duty answer for "T 4" of sponsor(d) with d: Domain by asked-on(d) plus 5 days when pending(d) is present
    requires pending(d) is absent inference "shall accept or reject the request"
"""

SILENCE = """
lapse silence for "T 5" with d: Domain past asked-on(d) plus {days} days when pending(d) is present
    sponsor(d) becomes pending(d) inference "deemed to be approved"
    pending(d) becomes absent inference "what is approved is pending no more"
"""
