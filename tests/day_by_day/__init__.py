"""A yardstick for days, periods and numbers: random laws, gone through day by day and unit by unit.

A law is made together with a clock that knows from the reference what it does (`laws`, `statements`), and
that shares nothing with the checker: neither its meaning of dates nor its calendar. `claims` draws claims,
`search` goes through what can come about, and `stories` tells the stories of verdicts again. `trials` holds
the one against the other.
"""
