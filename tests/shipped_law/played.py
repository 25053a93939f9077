"""Requests about meters, played by the shipped law: who holds what at first, and what is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checker.model.claim import Column
from checker.model.evaluate import (
    apply_event,
    apply_request,
    decide,
    event_enabled,
    exempted,
    routing_model,
    situation_problem,
    value_at,
    well_formed,
)
from checker.model.situation import Instance, Request, Situation
from checker.regime.regime import Regime

METER, PROXY, MODERN = "meter", "proxy", "modern"  # a SMETS1 ESME, a SMETS1 GPF, a SMETS2 ESME
SUPPLIER, STRANGER, RIGHT, WRONG, THIRD = "supplier", "stranger", "right", "wrong", "third"
NETWORK, OWN = "NetworkOperator", "Supplier"
PROVIDERS = ("One", "Two", "Three")

VERSIONS = ("baseline", "mp107")

USERS = (SUPPLIER, STRANGER, RIGHT, WRONG, THIRD)

ROLES = (
    *("ImportSupplier", "ExportSupplier", "GasSupplier", "RegisteredSupplierAgent"),
    *("ElectricityDistributor", "GasTransporter", "OtherUser"),
)


@dataclass
class Play:
    """A story that is being played: the column's rules, and the situation as it is now."""

    regime: Regime
    column: Column
    now: Situation

    def asks(self, sender: str, role: str, srv: str, **others: str) -> Answer:
        """Send a request; what it changes happens if it is accepted."""
        request = Request({"sender": sender, "role": role, "srv": srv, **others})
        rules = self.regime.rules(self.column)
        assert well_formed(routing_model(rules, self.now), self.now, request)
        decision = decide(rules, self.now, request)
        if decision.accepted:
            self.now = apply_request(rules, self.now, request)
        codes = {report.check.code or report.check.name for report in decision.refusing}
        exempt = exempted(decision, "SRPD 6.2(d)")
        return Answer(decision.accepted, decision.refused_at, codes, exempt=exempt)

    def updates(self, sender: str, role: str, certificate: str, **others: str) -> Answer:
        """Send 6.15.1, for the meter's Network Operator slot unless told otherwise."""
        about = {"target": METER, "credential": NETWORK, "certificate": certificate, **others}
        return self.asks(sender, role, "6.15.1", **about)

    def hands_over(self, sender: str, role: str, certificate: str, **others: str) -> Answer:
        """Send 6.21 in the same way."""
        about = {"target": METER, "credential": NETWORK, "certificate": certificate, **others}
        return self.asks(sender, role, "6.21", **about)

    def happens(self, event: str, **arguments: str) -> None:
        model = routing_model(self.regime.rules(self.column), self.now)
        assert event_enabled(model, self.now, event, arguments)
        self.now = apply_event(model, self.now, event, arguments)

    def slot(self, device: str = METER, kind: str = NETWORK) -> str | bool | None:
        model = routing_model(self.regime.rules(self.column), self.now)
        return value_at(model, self.now, "anchor", (device, kind))


@dataclass(frozen=True)
class Answer:
    """Accepted; or refused at a component, with the codes (or names) of the checks that fail there."""

    accepted: bool
    at: Instance | None
    codes: set[str]
    exempt: bool


def world(provider: str) -> dict[tuple[str, tuple[str, ...]], str | bool]:
    """The registrations: one Supplier and one right Network Operator; every User active in every role."""
    values: dict[tuple[str, tuple[str, ...]], str | bool] = {("takes-part", ("Three",)): True}
    devices = ((METER, "ESME", "SMETS1"), (PROXY, "GPF", "SMETS1"), (MODERN, "ESME", "SMETS2"))
    for device, kind, generation in devices:
        values["type", (device,)] = kind
        values["generation", (device,)] = generation
        values["hub", (device,)] = "hub"
        values["provider", (device,)] = provider
        supplier, network = ("ImportSupplier", "ElectricityDistributor")
        if kind == "GPF":
            supplier, network = ("GasSupplier", "GasTransporter")
        values["registered", (device, supplier)] = SUPPLIER
        values["registered", (device, network)] = RIGHT
    for user in USERS:
        values["published", (user,)] = True
        for role in ROLES:
            values["active", (user, role)] = True
    return values


def play(
    regime: Regime,
    provider: str,
    column: str,
    changed: Mapping[tuple[str, tuple[str, ...]], str | bool] | None = None,
) -> Play:
    typed = regime.parse_column(column)
    things = {"User": ("DCC", *USERS), "Device": (METER, PROXY, MODERN), "Hub": ("hub",)}
    situation = Situation(things, world(provider) | dict(changed or {}), regime.deployed(typed))
    assert situation_problem(regime.rules(typed), situation) is None
    return Play(regime, typed, situation)
