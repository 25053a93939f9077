"""Deployments: which version every component enforces, as written."""

from __future__ import annotations

from collections.abc import Mapping

from checker.language import declarations as d
from checker.model import model as m
from checker.regime.names import Report
from checker.regime.regime import Deployment, Version, instances


class Placer:
    """Fills deployments in. Mistakes are reported, not raised."""

    def __init__(self, versions: Mapping[str, Version], model: m.Model, report: Report) -> None:
        """`model`: that of any version, since all have the same components."""
        self.versions, self.model, self.report = versions, model, report

    def deployment(self, decl: d.DeploymentDecl) -> Deployment:
        """The deployment; incomplete if something was reported."""
        placed: dict[tuple[str, str | None], str] = {}
        for placement in decl.placements:
            name = placement.component
            if placement.version.text not in self.versions:
                self.report.unknown("version", placement.version.text, placement.version.span, self.versions)
            component = self.model.components.get(name.text)
            if component is None:
                self.report.unknown("component", name.text, name.span, self.model.components)
                continue
            for instance in self._instances(placement, component):
                placed[name.text, instance] = placement.version.text
        missing = [
            component for component, index in instances(self.model) if (component, index) not in placed
        ]
        if missing and not self.report.found:
            message = f"`{decl.name.text}` does not say which version `{missing[0]}` enforces"
            self.report.say("incomplete-deployment", message, decl.span, expected=(f"`{missing[0]} at …`",))
        return Deployment(decl.name.text, decl.sentence, placed, decl.span)

    def _instances(self, placement: d.Placement, component: m.Component) -> tuple[str | None, ...]:
        instance, index = placement.instance, component.index
        if instance is None:
            return index.values if index else (None,)
        if index is None:
            message = f"`{component.name}` is a single component"
            self.report.say("wrong-arity", message, instance.span, expected=(f"`{component.name}`",))
        elif instance.text not in index.values:
            self.report.unknown(index.name, instance.text, instance.span, index.values)
        return (instance.text,)
