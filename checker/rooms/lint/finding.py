"""What lint finds: one thing about the law that a drafter should look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from checker.language.diagnostics import Span

Kind: TypeAlias = Literal[
    "exemption-never-applies",
    "exemption-covered",
    "exemption-without-effect",
    "check-never-fails",
    "check-repeated",
    "code-cannot-occur",
    "check-never-answers",
    "reading-differs-nowhere",
    "reading-decides-alike",
    "reading-changes-codes-only",
    "typical-never",
    "typical-at-odds",
    "value-not-in-words",
    "value-not-in-meaning",
    "meaning-shared",
    "undefined-term",
    "clause-absent",
    "reference-not-followed",
    "subject-to-unsaid",
    "exceptions-unsaid",
    "value-may-be-absent",
    "limit-on-absent",
    "claim-variable-unused",
    "claim-names-nothing",
    "lemma-unused",
]

KINDS: Final[dict[Kind, str]] = {
    "exemption-never-applies": "exemptions that never apply",
    "exemption-covered": "exemptions that others cover",
    "exemption-without-effect": "exemptions that let nothing through",
    "check-never-fails": "checks that nothing fails",
    "check-repeated": "checks that others repeat",
    "code-cannot-occur": "codes that cannot occur",
    "check-never-answers": "checks that never answer",
    "reading-differs-nowhere": "readings that differ nowhere",
    "reading-decides-alike": "readings that decide nothing otherwise",
    "reading-changes-codes-only": "readings that change codes only",
    "typical-never": "marks of what is typical that nothing meets",
    "typical-at-odds": "marks of what is typical that exclude each other",
    "value-not-in-words": "meanings that the words do not name",
    "value-not-in-meaning": "words that the meaning does not bear out",
    "meaning-shared": "phrases that share the meaning of the next",
    "undefined-term": "capitalised terms without a definition",
    "clause-absent": "clauses referred to that are not there",
    "reference-not-followed": "references that no rule follows",
    "subject-to-unsaid": "rules that refer where the words do not",
    "exceptions-unsaid": "exceptions taken over without a word",
    "value-may-be-absent": "updates that may have nothing to write",
    "limit-on-absent": "limits on what may be absent",
    "claim-variable-unused": "claims that do not use a variable",
    "claim-names-nothing": "claims that speak of what a version does not have",
    "lemma-unused": "lemmas that no claim uses",
}
"""Every kind, in the order of reports, and what those of it are."""

BY_INFERENCE: Final = "an `inference` at the end of the item would say why"
"""The note on findings that a drafter can answer in the spec."""


OCCURS: Final = "it does occur in "
"""With this begins the note that says where a code that seems to be without use has one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`gates`: it is about a rule that can never decide. `subject`: the rule, code, reading, value, term or
    clause that it is about; `message` is lower case without a final period, the law's names in backticks;
    `words` of the law that it is about, if it is about any, and `clause` theirs or the rule's; `versions`
    that it was found in; `claims`: numbers of the claims whose verdicts show it.
    """

    kind: Kind
    subject: str
    message: str
    clause: str
    words: tuple[str, ...]
    span: Span
    versions: tuple[str, ...]
    notes: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    gates: bool = False
