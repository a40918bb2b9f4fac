"""An AtlasSchema and everything around it in memory: what its tests begin with."""

from __future__ import annotations

from collections.abc import Mapping

from atlas.engine.database_url import parse_database_url
from atlas.reconcile.conditions import Place, merged, reconciling, settled
from atlas.reconcile.outcome import Failed, Outcome, SchemaReady
from atlas.reconcile.ports import DevPorts
from atlas.reconcile.resource import Resource
from atlas.reconcile.schema import reconcile_schema
from atlas.reconcile.schema.passing import SchemaPass

from tests.fakes.reconcile import TARGET, World
from tests.fakes.schema_driver import FakeSchemaDriver

DEV = "postgres://dev:dev-pass-word@dev.example:5432/dev?search_path=public"
ONE = "CREATE TABLE one (id int);"
TWO = f"{ONE}\nCREATE TABLE two (id int);"


class House(World):
    """A world whose operator has a dev server, and whose schemas are the fake ones."""

    def __init__(self, driver: FakeSchemaDriver | None = None) -> None:
        super().__init__()
        self.dialects.driver = driver or FakeSchemaDriver()
        self.dev = DevPorts(servers={"postgres": parse_database_url(DEV)})

    def reconcile(self, found: Resource) -> Outcome:
        return reconcile_schema(SchemaPass(found, self.ports(), self.progress))

    def after(self, found: Resource, outcome: Outcome) -> dict[str, object]:
        """The status that the API server holds after a pass with this outcome."""
        begun = merged(found.status, reconciling(Place(found.status, found.generation, self.clock.now())))
        return merged(begun, settled(Place(begun, found.generation, self.clock.now()), outcome, limit=20))

    def ready_status(self, sql: str = ONE) -> dict[str, object]:
        """The status after a first success."""
        found = resource(sql)
        return self.after(found, done(self.reconcile(found)))

    def make(self, *tables: str) -> None:
        """Tables made by hand."""
        self.targets.server.state.tables.update({name: ["id int"] for name in tables})


def resource(
    sql: str = ONE, status: Mapping[str, object] | None = None, generation: int = 1, **spec: object
) -> Resource:
    whole = {"url": TARGET, "schema": {"sql": sql}, **spec}
    return Resource(
        kind="AtlasSchema",
        namespace="prod",
        name="shop",
        uid="uid-shop",
        generation=generation,
        spec=whole,
        status=status or {},
    )


def done(outcome: Outcome) -> SchemaReady:
    assert isinstance(outcome, SchemaReady), outcome
    return outcome


def failed(outcome: Outcome) -> Failed:
    assert isinstance(outcome, Failed), outcome
    return outcome


def lint(*, error: bool) -> dict[str, object]:
    return {"lint": {"destructive": {"error": error}}}
