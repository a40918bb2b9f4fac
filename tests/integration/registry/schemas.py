"""Small schemas, pushed to a registry and pulled from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.client.schemas import PulledSchema, PushedSchema, SchemaPush, pull_schema, push_schema
from atlas.wire.reference import parse_reference

if TYPE_CHECKING:
    from tests.integration.registry.conftest import Served

ONE = 'schema "main" {}\ntable "one" {\n  schema = schema.main\n}\n'
TWO = 'schema "main" {}\ntable "two" {\n  schema = schema.main\n}\n'


def push(
    served: Served, hcl: str = ONE, *, name: str = "app", tag: str = "", version: str = ""
) -> PushedSchema:
    with served.transport() as transport:
        wanted = SchemaPush(name=name, hcl=hcl, hash="h", driver="sqlite", tag=tag, version=version)
        return push_schema(transport, wanted)


def pull(served: Served, url: str = "atlas://app") -> PulledSchema:
    with served.transport() as transport:
        return pull_schema(transport, parse_reference(url))
