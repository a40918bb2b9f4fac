"""Extensions and schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl.names import quote

if TYPE_CHECKING:
    from atlas.schema.objects import Extension


def create(item: Extension) -> str:
    """CREATE EXTENSION; a version is named only where one is wanted."""
    words = [f"CREATE EXTENSION {quote(item.name)}"]
    options = [
        f"{word} {quote(value)}"
        for word, value in (("SCHEMA", item.schema), ("VERSION", item.version))
        if value
    ]
    return " ".join((*words, *(("WITH", *options) if options else ())))
