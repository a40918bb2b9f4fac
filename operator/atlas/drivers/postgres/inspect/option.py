"""Settings as the catalogs keep them, ``{fillfactor=70}``, made into pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.schema.options import options_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.drivers.postgres.inspect.rows import Row
    from atlas.schema.options import Options

REPLICA_IDENTITY = {"f": "FULL", "n": "NOTHING"}


def pairs(settings: Iterable[str] | None, prefix: str = "") -> dict[str, str]:
    """``name=value`` each, as a mapping."""
    return {f"{prefix}{name}": value for name, _, value in (text.partition("=") for text in settings or ())}


def storage_options(row: Row, **more: str | None) -> Options:
    """Storage parameters and tablespace of a relation or index, and what of ``more`` is something."""
    if not row["options"] and not row["tablespace"] and not any(more.values()):
        return ()
    found = pairs(row["options"]) | {"tablespace": row["tablespace"], **more}
    return options_of({name: value for name, value in found.items() if value})
