"""A yardstick for the engines: what a law means in small worlds, worked out from the reference alone.

It reads the typed law and its claims, and shares nothing else with the checker: neither `model/evaluate` and
what that uses, nor the encoder, nor the engines. A test holds it to that. Everything is done by going through
worlds of a few things. `worlds` says which there are, `meaning` what expressions mean in them, `rules` what
becomes of requests, `steps` what can happen, `claims` and `comparisons` what a claim comes to. `stories`
tells the engines' stories again, and `verdicts` says what contradicts a verdict.
"""
