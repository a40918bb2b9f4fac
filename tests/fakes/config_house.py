"""Resources that bring project files, and an operator that allows them, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from atlas.reconcile.migration import resolve_migration
from atlas.reconcile.outcome import Failed
from atlas.reconcile.passing import Pass
from atlas.reconcile.resource import Resource
from atlas.reconcile.schema import resolve_schema
from atlas.reconcile.schema.passing import SchemaPass

from tests.fakes.config import FakeConfig
from tests.fakes.reconcile import World, resource_with
from tests.fakes.schema_house import ONE, House, resource

FILES = {"1_a.sql": "CREATE TABLE a (id int);"}
CANARY = "c4n4ry-t0-k33p"
OTHER = f"postgres://app:{CANARY}@elsewhere:5432/other?search_path=shop"


@dataclass
class Allowing(World):
    """A world whose operator allows project files."""

    project: FakeConfig = field(default_factory=FakeConfig)

    def __post_init__(self) -> None:
        self.config = self.project.ports()


class AllowingHouse(House):
    """A house whose operator allows project files."""

    def __init__(self) -> None:
        super().__init__()
        self.project = FakeConfig()
        self.config = self.project.ports()

    def resolved(self, found: Resource) -> SchemaPass:
        """A pass that knows what is asked for."""
        run = SchemaPass(found, self.ports(), self.progress)
        outcome = resolve_schema(run)
        assert outcome is None, outcome
        return run

    def refused(self, found: Resource) -> Failed:
        outcome = resolve_schema(SchemaPass(found, self.ports(), self.progress))
        assert isinstance(outcome, Failed), outcome
        assert self.targets.opened == []
        return outcome


def env(body: str, more: str = "") -> str:
    return f'env "prod" {{\n{body}\n}}\n{more}'


def migration(config: str, **spec: object) -> Resource:
    """An AtlasMigration with a project file, by default of one local file."""
    return resource_with({"dir": {"local": FILES}, "envName": "prod", "config": config, **spec})


def schema(config: str, **spec: object) -> Resource:
    return resource(ONE, None, 1, envName="prod", config=config, **spec)


def resolved(world: World, found: Resource) -> Pass:
    run = world.begin(found)
    outcome = resolve_migration(run)
    assert outcome is None, outcome
    return run


def refused(world: World, found: Resource) -> Failed:
    outcome = resolve_migration(world.begin(found))
    assert isinstance(outcome, Failed), outcome
    assert world.targets.opened == []
    return outcome


def var(key: str, value: str = "", **source: object) -> dict[str, object]:
    return {"key": key, "value": value, "valueFrom": source}
