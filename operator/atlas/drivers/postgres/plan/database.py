"""Steps of schemas and extensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl import extension
from atlas.drivers.postgres.ddl.names import literal, quote
from atlas.drivers.postgres.plan.maker import breaks_clients, hazard
from atlas.drivers.postgres.plan.step import Phase
from atlas.engine.plan import HazardKind
from atlas.schema import Key, Schema
from atlas.schema.objects import Extension

if TYPE_CHECKING:
    from atlas.drivers.postgres.plan.context import Fate
    from atlas.drivers.postgres.plan.maker import Maker


def schema_steps(maker: Maker, key: Key, fate: Fate) -> None:
    """A schema."""
    name = quote(key.name)
    if fate.goes:
        maker.remove(
            key,
            fate,
            f"DROP SCHEMA {name}",
            f"drop schema named {name}",
            phase=Phase.LATE_DROP,
            hazards=(breaks_clients(key),),
            reverse=(f"CREATE SCHEMA {name}",),
        )
    if fate.comes:
        maker.build(
            key,
            fate,
            f"CREATE SCHEMA {name}",
            f"add new schema named {name}",
            reverse=(f"DROP SCHEMA {name}",),
        )
    if isinstance(fate.desired, Schema):
        maker.comments(key, fate)


def extension_steps(maker: Maker, key: Key, fate: Fate) -> None:
    """An extension; its comment is that of its control file unless somebody wants another."""
    name = quote(key.name)
    current, desired = fate.current, fate.desired
    if fate.goes:
        text = f"Everything that extension {key.name} brought is gone, with what its tables hold."
        maker.remove(
            key,
            fate,
            f"DROP EXTENSION {name}",
            f"drop extension {name}",
            phase=Phase.LATE_DROP,
            hazards=(hazard(HazardKind.DELETES_DATA, key, text), breaks_clients(key)),
        )
    if not isinstance(desired, Extension):
        return
    if not isinstance(current, Extension):
        maker.build(
            key,
            fate,
            extension.create(desired),
            f"create extension {name}",
            reverse=(f"DROP EXTENSION {name}",),
        )
        maker.comments(key, fate)
        return
    if "schema" in fate.fields:
        maker.build(
            key,
            fate,
            f"ALTER EXTENSION {name} SET SCHEMA {quote(desired.schema)}",
            f"modify extension {name}",
            hazards=(
                breaks_clients(key),
                hazard(HazardKind.MAY_FAIL, key, f"It fails when extension {key.name} is not relocatable."),
            ),
            reverse=(f"ALTER EXTENSION {name} SET SCHEMA {quote(current.schema)}",),
        )
    if "version" in fate.fields:
        text = f"Extension {key.name} goes from version {current.version} to {desired.version}."
        maker.build(
            key,
            fate,
            f"ALTER EXTENSION {name} UPDATE TO {literal(desired.version)}",
            f"modify extension {name}",
            hazards=(hazard(HazardKind.UPGRADES_EXTENSION, key, text),),
        )
    if "comment" in fate.fields:
        maker.comments(key, fate)
