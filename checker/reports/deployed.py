"""The deployments of a spec, in the register: what is where, and what is so in a mixture alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.engines.verdict import Result
from checker.model.claim import Column
from checker.regime.regime import Deployment, Regime
from checker.reports.summary import claim_key
from checker.reports.teller import place_of


def deployment_lines(regime: Regime, results: Sequence[Result]) -> Iterator[str]:
    """Yield the section of the register about deployments."""
    if regime.deployments:
        yield from ("", "## Deployments", "", "Versions side by side, where a release is not co-ordinated.")
    for each in regime.deployments.values():
        yield from ("", f"### {each.name}", "", each.sentence, "")
        yield f"- Where: {place_of(each.span)}"
        yield f"- Deployed: {', '.join(_placed(each))}"
        yield from _own(each, results)


def _placed(deployment: Deployment) -> Iterator[str]:
    """Yield each component with its version; one whose instances all have the same stands for them."""
    versions: dict[str, dict[str, list[str]]] = {}
    for (component, instance), version in deployment.versions.items():
        versions.setdefault(component, {}).setdefault(version, []).append(instance or "")
    for component, found in versions.items():
        for version, instances in found.items():
            whole = len(found) == 1
            names = [component] if whole else [f"{component}[{each}]" for each in instances]
            yield f"{' and '.join(names)} at {version}"


def _own(deployment: Deployment, results: Sequence[Result]) -> Iterator[str]:
    """Yield the claims whose verdict in the mixture is that in none of its versions, then in some of them."""
    mixed = tuple(dict.fromkeys(deployment.versions.values()))
    verdicts = {(each.claim, each.column): each.verdict for each in results if each.by is not None}
    verdicts |= {(each.claim, each.column): each.verdict for each in results if each.by is None}
    alone: list[str] = []
    like: dict[tuple[str, ...], list[str]] = {}
    asked = 0
    for claim in sorted(dict.fromkeys(each.claim for each in results), key=claim_key):
        here = verdicts.get((claim, Column(deployment.name)))
        there = {version: verdicts.get((claim, Column(version))) for version in mixed}
        if here is None or None in there.values():
            continue
        asked += 1
        same = tuple(version for version, verdict in there.items() if verdict == here)
        if not same:
            said = ", ".join(f"{verdict} in {version}" for version, verdict in there.items())
            alone.append(f"  - {claim.number} {claim.name}: {here}, but {said}")
        elif len(same) < len(mixed):
            like.setdefault(same, []).append(f"{claim.number} {claim.name} ({here})")
    if not asked:
        yield "- No claim was asked in it and in each of its versions."
        return
    yield f"- {asked} claim{'s were' if asked != 1 else ' was'} asked in it and in each of its versions."
    if alone:
        yield "- Claims whose verdict is that of none of its versions:"
        yield from alone
    for same, claims in like.items():
        others = [version for version in mixed if version not in same]
        yield f"- As in {' and '.join(same)}, and not as in {' and '.join(others)}: {'; '.join(claims)}"
