"""The registry of one turn: ``Outages`` stands before every request, and the turn remembers which outages it met."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from atlas.errors import Unavailable

if TYPE_CHECKING:
    from atlas.engine.directory import Directory
    from atlas.engine.plan_file import PlanFile, Transition
    from atlas.handlers.healing.obstacle import Watch
    from atlas.handlers.healing.outages import Outages
    from atlas.reconcile.config_ports import Answer, ConfigPorts, Request
    from atlas.reconcile.ports import Ports, PushedSchema, Registry, RegistryPlan, SchemaText
    from atlas.wire.contract import RegistryAddress, ReportMigrationInput
    from atlas.wire.reference import Reference


def guarded(ports: Ports, outages: Outages, heard: list[Watch]) -> Ports:
    """The same ports; ``heard`` gets the outages that a pass with them meets."""
    config = ports.config
    if config is not None:
        config = replace(config, evaluate=_GuardedConfig(config, outages, heard))
    return replace(ports, registry=GuardedRegistry(ports.registry, outages, heard), config=config)


@dataclass(frozen=True, slots=True)
class GuardedRegistry:
    """A ``Registry`` that is not asked while it is out."""

    registry: Registry
    outages: Outages
    heard: list[Watch]

    def pull(self, address: RegistryAddress, reference: Reference) -> Directory:
        return self.outages.asked(address, lambda: self.registry.pull(address, reference), self.heard)

    def pull_schema(self, address: RegistryAddress, reference: Reference) -> SchemaText:
        return self.outages.asked(address, lambda: self.registry.pull_schema(address, reference), self.heard)

    def plans(
        self, address: RegistryAddress, repository: str, transition: Transition
    ) -> tuple[RegistryPlan, ...]:
        return self.outages.asked(
            address, lambda: self.registry.plans(address, repository, transition), self.heard
        )

    def propose(self, address: RegistryAddress, repository: str, file: PlanFile) -> RegistryPlan:
        return self.outages.asked(
            address, lambda: self.registry.propose(address, repository, file), self.heard
        )

    def push_schema(self, address: RegistryAddress, schema: PushedSchema) -> None:
        self.outages.asked(address, lambda: self.registry.push_schema(address, schema), self.heard)

    def report(self, address: RegistryAddress, report: ReportMigrationInput) -> str:
        """A report that is lost changes nothing, so nobody waits for one, and nobody is woken for one."""
        return self.outages.told(address, lambda: self.registry.report(address, report))


@dataclass(frozen=True, slots=True)
class _GuardedConfig:
    """Evaluates project files, whose data sources may ask the registry too, in a process of their own."""

    config: ConfigPorts
    outages: Outages
    heard: list[Watch]

    def __call__(self, request: Request) -> Answer:
        if request.registry is None:
            return self.config.evaluate(request)
        outage = self.outages.real(request.registry)
        if outage:
            request = replace(request, registry_out=outage.obstacle.why)
        answer = self.config.evaluate(request)
        if isinstance(answer.found, Unavailable) and request.registry:
            self.heard.append(outage or self.outages.failed(request.registry, answer.found))
        return answer
