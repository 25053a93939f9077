"""The numbers of a story are those at which the law turns, and those next to them."""

from __future__ import annotations

from checker.prove.decide import Prover
from checker.question.jobs import jobs_for
from checker.regime.load import load_texts
from checker.regime.regime import Regime

LAW = """# A levy

```redline
sort User
sort Sale
quantity money "£" with 2 decimals, never negative
fixed price(Sale): money "the price of {1}"
request "{sender} pays {levy} for {sale}"
    sender: User
    sale: Sale
    levy: money
component Office
route Office
define due(s: Sale): money means 4 per cent of price(s) rounded down
    when price(s) at most 1000, 5000 otherwise
check enough for "L 1" at Office, reject with E1
    requires levy at least due(sale) inference "in full"
version law "the law"
version dearer "a dearer one" is law with M
modification M "dearer"
by M replace due: define due(s: Sale): money means 6 per cent of price(s) rounded down
    when price(s) at most 1000, 8000 otherwise
claim 1 alike "Nobody pays more." from "L 1"
    law allows no more than dearer
    expect refuted in dearer
```
"""


def told(regime: Regime, number: int) -> tuple[int, int]:
    """The price and the levy of the story against a claim, in pence."""
    (job,) = jobs_for(regime.claims[number - 1 : number])
    evidence = Prover(regime).decide(job).evidence
    assert evidence.trace is not None
    prices = [v for (name, _), v in evidence.trace.situations[-1].values.items() if name == "price"]
    (levy,) = {each.values["levy"] for each in evidence.requests.values()}
    (price,) = prices
    return int(str(price)), int(str(levy))


def test_the_price_is_next_to_a_limit_and_the_levy_next_to_what_is_due() -> None:
    """Where the levies of two versions differ, the price is the first that the law writes or one next to it;
    what is paid is what the one demands, or a penny less than the other: no number of the solver's own.
    """
    price, levy = told(load_texts({"law.md": LAW}), 1)
    assert price in (999_99, 1000_00)
    assert levy in (price * 4 // 100, price * 6 // 100 - 1)
