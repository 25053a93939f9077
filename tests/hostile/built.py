"""Inputs that are deep, in long chains or in circles, each beside a small law that is good."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.inputs import Input, a_claim, beside, broken

DEPTHS = (30, 90, 99, 180, 3_000, 20_000)
LENGTHS = (40, 90, 1_000, 10_000)


def built() -> Iterator[Input]:
    """All of them, one after the other: some are large."""
    for kind in (_deep, _axioms, _chained, _circular):
        yield from kind()


# ----------------------------------------------------------------------- deep


def _deep() -> Iterator[Input]:
    for depth in DEPTHS:
        for name, text in _expressions(depth):
            yield beside(f"{name} {depth} deep", f"define deep(b: Book) means {text}")
        yield beside(
            f"before {depth} deep",
            claims=a_claim(f"always {broken(['before'] * depth)} lent(b)"),
        )
        yield beside(
            f"parentheses without end {depth} deep", f"define deep(b: Book) means {broken(['('] * depth)}"
        )
        yield beside(
            f"calls {depth} deep",
            f"define deep(b: Book) means {broken(['lent('] * depth)}b{broken([')'] * depth)}",
        )
        yield beside(
            f"a claim's not {depth} deep", claims=a_claim(f"always {broken(['not'] * depth)} lent(b)")
        )
        yield beside(
            f"versions of versions {depth} deep",
            claims=a_claim(f"always version(Stack[{broken(['version(Stack['] * depth)}desk(b)"),
        )


def _axioms() -> Iterator[Input]:
    """Axioms, whose quantifiers are followed through definitions."""
    start = 'axiom deep "…" because "…":'
    for n in (5, 30, 95):
        yield beside(f"an axiom of {n} iffs", f"{start} for every b: Book: lent(b) {'iff lent(b) ' * n}")
        twenty = [" and ".join([f"c{i - 1}(b)"] * 20) for i in range(1, n)]
        chain = [f"define c{i}(b: Book) means {text}" for i, text in enumerate(twenty, start=1)]
        yield beside(
            f"an axiom of definitions, each twenty times the one before, {n}",
            "\n".join(
                ["define c0(b: Book) means lent(b)", *chain, f"{start} for every b: Book: c{n - 1}(b)"]
            ),
        )
        yield beside(
            f"an axiom that asks for something after {n} definitions",
            "\n".join(
                [
                    "define c0(b: Book) means for some m: Book: lent(m)",
                    *(f"define c{i}(b: Book) means c{i - 1}(b)" for i in range(1, n)),
                    f"{start} for every b: Book: c{n - 1}(b)",
                ]
            ),
        )
    for n in (100, 3_000):
        chain = [f"sort S{i}\nfixed f{i}(S{i - 1}): S{i}" for i in range(1, n)]
        yield beside(
            f"sorts, a function from each to the next, last first, {n}", "\n".join([*chain[::-1], "sort S0"])
        )


def _expressions(depth: int) -> Iterator[tuple[str, str]]:
    atom = "lent(b)"
    yield "parentheses", f"{broken(['('] * depth)}{atom}{broken([')'] * depth)}"
    yield "not", f"{broken(['not'] * depth)} {atom}"
    yield "implies", broken([f"{atom} implies"] * depth) + f" {atom}"
    yield "iff", broken([f"{atom} iff"] * depth) + f" {atom}"
    yield "or of and", broken([f"{atom} and {atom} or"] * depth) + f" {atom}"
    yield "and in parentheses", broken([f"{atom} and ("] * depth) + atom + broken([")"] * depth)
    yield "for every", broken([f"for every x{n}: Book:" for n in range(depth)]) + f" {atom}"
    yield (
        "for some in parentheses",
        (
            broken([f"{atom} and (for some x{n}: Book where lent(x{n}):" for n in range(depth)])
            + f" {atom} "
            + broken([")"] * depth)
        ),
    )
    yield "for every of many", f"for every {', '.join(f'x{n}: Book' for n in range(depth)[:9000])}: {atom}"
    yield "in of many", f"kind(b) in {{{broken(['Novel,'] * depth)} Atlas}}"


# -------------------------------------------------------------------- chained


def _chained() -> Iterator[Input]:
    for n in LENGTHS:
        chain = [f"define c{i}(b: Book) means c{i - 1}(b)" for i in range(1, n)]
        first = "define c0(b: Book) means lent(b)"
        yield beside(f"definitions, a chain of {n}", "\n".join([first, *chain]))
        yield beside(f"definitions, a chain of {n}, last first", "\n".join([*chain[::-1], first]))
        yield beside(
            f"definitions, a chain of {n}, claimed",
            "\n".join([first, *chain]),
            claims=a_claim(f"always c{n - 1}(b)"),
        )
        yield beside(
            f"definitions, each twice the one before, {n}",
            "\n".join(
                [
                    first,
                    *(
                        f"define c{i}(b: Book) means c{i - 1}(b) and (c{i - 1}(b) or lent(b))"
                        for i in range(1, n)
                    ),
                ]
            ),
            claims=a_claim(f"always c{n - 1}(b)"),
        )
        yield beside(
            f"definitions, each for every and for some of the one before, {n}",
            "\n".join(
                [
                    "define c0(b: Book, o: Book) means lent(b)",
                    *(
                        f"define c{i}(b: Book, o: Book) means"
                        f" for every x: Book: (for some y: Book: (c{i - 1}(x, y)))"
                        for i in range(1, n)
                    ),
                ]
            ),
            claims=a_claim(f"always c{n - 1}(b, b)"),
        )
        yield beside(
            f"definitions that read the request, a chain of {n}",
            "\n".join(
                ["define c0 means book is present", *(f"define c{i} means c{i - 1}" for i in range(1, n))]
            ),
            claims=a_claim(f"always, for every request r: r.c{n - 1}"),
        )
        yield beside(
            f"versions, a chain of {n}",
            "\n".join(['version v0 "v"', *(f"version v{i} is v{i - 1} with M1" for i in range(1, n))]),
        )
        yield beside(f"{n} versions", "\n".join(f'version v{i} "v"' for i in range(n)))
        yield beside(
            f"{n} readings",
            "\n".join(
                f'reading q{i} "q" because "q"\n in enrolment, also card is present inference "x"'
                for i in range(n)
            ),
        )
        yield beside(
            f"{n} modifications",
            "\n".join(f'modification N{i} "n"\nby N{i} strike "Rule 4(b)"' for i in range(n)),
        )
        yield beside(f"{n} strikes of one thing", "\n".join('by M1 strike "Rule 4(b)"' for _ in range(n)))
        yield _limbs(n)
        effects = [
            f'effect e{i} when act is 1.1\n holder(book) becomes member inference "x"' for i in range(n)
        ]
        yield beside(f"{n} effects", "\n".join(effects), claims=a_claim("always lent(b) or true"))
        yield beside(
            f"checks, each as the one before, {n}",
            "\n".join(
                f'check k{i} for "K{i}" at Front, reject with L1 as '
                f"{f'k{i - 1}' if i else 'enrolment'}, with its exceptions"
                for i in range(n)
            ),
        )
        yield beside(
            f"sorts, a function from each to the next, {n}",
            "\n".join(["sort S0", *(f"sort S{i}\nfixed f{i}(S{i - 1}): S{i}" for i in range(1, n))]),
        )
        yield beside(
            f"{n} claims", claims="\n".join(a_claim("always lent(b)", f"claim-{i}") for i in range(n))
        )
        yield beside(
            f"{n} deployments",
            "\n".join(f'deployment d{i} "d": Front at then, Stack at now' for i in range(n)),
        )
        yield beside(
            f"{n} names that are not there",
            "define wrong(b: Book) means " + broken([f"nothing{i}(b) and" for i in range(n)]) + " lent(b)",
        )
        yield beside(
            f"{n} axioms",
            "\n".join(
                f'axiom a{i} "a" because "a": for every b: Book: lent(b) or not lent(b)' for i in range(n)
            ),
        )
        yield beside(
            f"{n} events",
            "\n".join(
                f'event e{i} by the environment with b: Book\n holder(b) becomes absent inference "x"'
                for i in range(n)
            ),
        )
        yield beside(f"{n} components", "\n".join(f"component C{i}" for i in range(n)))
        yield beside(f"{n} tables that are not there", "\n".join(f"table t{i}" for i in range(n)))


def _limbs(n: int) -> Input:
    """A limb of a limb of a limb."""
    quotes, limbs = [], []
    for i in range(n):
        above = f"Rule 4(b){'' if not i else f'.{i - 1}'}"
        quotes.append(f"> w{i} x.\n>\n> — Rule 4(b).{i}, verbatim in Handbook\n")
        limbs.append(f'limb "Rule 4(b).{i}" of "{above}"\n    "w{i} x." card is Guest')
    fence = "\n".join(limbs)
    return beside(f"limbs nested {n} deep", spec="\n".join(quotes) + f"\n```redline\n{fence}\n```\n")


# ------------------------------------------------------------------- circular


def _circular() -> Iterator[Input]:
    for n in (1, 2, 7, 5_000):
        yield beside(
            f"definitions, a circle of {n}",
            "\n".join(f"define c{i}(b: Book) means c{(i + 1) % n}(b)" for i in range(n)),
        )
        yield beside(
            f"values, a circle of {n}",
            "\n".join(
                f"define c{i}(b: Book): Kind means c{(i + 1) % n}(b) when lent(b), kind(b) otherwise"
                for i in range(n)
            ),
        )
        yield beside(
            f"versions, a circle of {n}",
            "\n".join(f"version v{i} is v{(i + 1) % n} with M1" for i in range(n)),
        )
        yield beside(
            f"limbs, a circle of {n}",
            "\n".join(f'limb "L{i}" of "L{(i + 1) % n}" lent(book) inference "x"' for i in range(n)),
        )
        yield beside(
            f"checks, a circle of {n}",
            "\n".join(
                f'check k{i} for "K" at Front, reject with L1 as k{(i + 1) % n}, with its exceptions'
                for i in range(n)
            ),
        )
        yield beside(
            f"sorts, a circle of {n}",
            "\n".join(f"sort S{i}\nfixed f{i}(S{i}): S{(i + 1) % n}" for i in range(n)),
        )
        yield beside(
            f"premises, a circle of {n}",
            "\n".join(f'premise p{i}(b: Book) "p" because "p" means p{(i + 1) % n}(b)' for i in range(n)),
        )
    yield beside(
        "definitions, each of all the others, 300",
        "\n".join(
            f"define c{i}(b: Book) means {' and '.join(f'c{j}(b)' for j in range(300) if j != i)}"
            for i in range(300)
        ),
    )
    yield beside(
        "200 separate circles",
        "\n".join(
            f"define c{i}(b: Book) means d{i}(b)\ndefine d{i}(b: Book) means c{i}(b)" for i in range(200)
        ),
    )
    yield beside(
        "5000 separate circles", "\n".join(f"define c{i}(b: Book) means c{i}(b)" for i in range(5000))
    )
