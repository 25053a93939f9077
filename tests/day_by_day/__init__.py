"""A yardstick for days, periods and numbers: random laws, gone through day by day and unit by unit.

A law is made together with a clock that knows from the reference what it does, and that shares nothing with
the checker: neither its meaning of dates nor its calendar. `traits` says what a law has; `drawing` draws it,
of statements (`statements`, `amounts`), what is written (`writes`), calendars (`calendars`), and by what each
rule is what it is (`changes`); `laws` has the clock. `claims` draws claims, `turning` those that turn on
the exact day, `search` goes through what can come about, and `stories` tells the stories of verdicts again.
`wordings` draws two wordings of one condition. `trials` holds the one against the other, and `tallies` adds
up what comes of it, also by `constructs`.
"""
