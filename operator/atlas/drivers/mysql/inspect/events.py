"""Events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.schema.objects import Event
from atlas.schema.options import options_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atlas.drivers.mysql.inspect.reader import Cells
    from atlas.drivers.mysql.inspect.server import Server


def events_of(rows: Iterable[Cells], server: Server) -> Iterator[Event]:
    """Every event. A start that is the moment of its making was not asked for, and is left out of the schedule."""
    for row in rows:
        (
            schema,
            name,
            body,
            kind,
            at,
            value,
            unit,
            starts,
            ends,
            status,
            completion,
            comment,
            definer,
            _,
            made,
        ) = row
        if kind == "ONE TIME":
            schedule = f"AT '{at}'"
        else:
            schedule = f"EVERY {value} {unit}"
            schedule += f" STARTS '{starts}'" if starts and made != "1" else ""
            schedule += f" ENDS '{ends}'" if ends else ""
        yield Event(
            schema=schema,
            name=name,
            schedule=schedule,
            body=body.strip(),
            status={
                "SLAVESIDE_DISABLED": "DISABLED ON SLAVE",
                "REPLICA_SIDE_DISABLED": "DISABLED ON SLAVE",
            }.get(status, status),
            preserve=completion == "PRESERVE",
            comment=comment,
            options=options_of(server.definer(definer)),
        )
