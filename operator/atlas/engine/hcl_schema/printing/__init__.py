"""A realm to HCL."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.schema.table import Table

if TYPE_CHECKING:
    from atlas.engine.schema_ports import TypeNames
    from atlas.schema import Realm
    from atlas.schema.objects import SchemaObject


def print_schema(realm: Realm, types: TypeNames) -> str:
    """The one text of ``realm``, with a final newline; '' for an empty realm.

    Everything of one kind stands together, schemas last; within a kind the order is that of the realm.
    """
    from atlas.engine.hcl_schema.printing.document import document_lines

    return "".join([f"{line}\n" for line in document_lines(realm, types)])


def schema_hash(realm: Realm, types: TypeNames) -> str:
    """Standard base64 of the SHA-256 of ``print_schema``, without counters that move when rows are inserted."""
    import base64
    import hashlib

    text = print_schema(replace(realm, objects=tuple(map(_without_counter, realm.objects))), types)
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _without_counter(item: SchemaObject) -> SchemaObject:
    return replace(item, auto_increment=None) if isinstance(item, Table) else item
