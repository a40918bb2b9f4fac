"""The names of two states: hashes that are equal for equal schemas, whatever database they were read from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from atlas.engine.hcl_schema import schema_hash
from atlas.engine.rooms.rebind import rebound

if TYPE_CHECKING:
    from atlas.engine.schema_ports import TypeNames
    from atlas.schema import Realm

_BOUND = "main"
"""How the schema of a URL is called in a hash: a dev database and a target have names of their own for it."""
_MYSQL = frozenset({"mysql", "mariadb"})


class Transition(NamedTuple):
    """From which state to which; each the standard base64 of a SHA-256."""

    current_hash: str
    desired_hash: str


def transition_of(current: Realm, desired: Realm, types: TypeNames, *, bound: str) -> Transition:
    """The transition between two states as they were read within one scope, bound to the schema ``bound`` or ''."""
    return Transition(state_hash(current, types, bound=bound), state_hash(desired, types, bound=bound))


def state_hash(realm: Realm, types: TypeNames, *, bound: str) -> str:
    """The hash of one state: that of ``schema inspect --format '{{ .Hash }}'``, but on MySQL and MariaDB with a bound schema.

    There a schema is a database, so the name and the charset of the bound one are left out.
    """
    if bound and realm.dialect in _MYSQL:
        named = rebound(realm, bound, _BOUND)
        schemas = tuple(replace(each, charset="", collation="") for each in named.schemas)
        realm = replace(named, schemas=schemas)
    return schema_hash(realm, types)
