"""Domains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl.names import Names, quote

if TYPE_CHECKING:
    from atlas.schema.objects import Domain
    from atlas.schema.table import Check


def create(item: Domain, names: Names) -> str:
    """CREATE DOMAIN; a check that is not validated is added later."""
    words = [f"CREATE DOMAIN {names.qualified(item.schema, item.name)} AS {names.type(item.type)}"]
    if item.collation:
        words.append(f"COLLATE {names.collation(item.collation)}")
    if item.default is not None:
        words.append(f"DEFAULT {item.default}")
    if not item.null:
        words.append("NOT NULL")
    words += [check(each) for each in item.checks if each.validated]
    return " ".join(words)


def check(item: Check) -> str:
    """A check of a domain, with NOT VALID where it is so."""
    name = f"CONSTRAINT {quote(item.name)} " if item.name else ""
    return f"{name}CHECK ({item.expr}){'' if item.validated else ' NOT VALID'}"
