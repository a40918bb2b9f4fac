"""Bodies that mention a name. To the server they are texts, so it does not know that they need anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.plan import Hazard, HazardKind
from atlas.schema.objects import Event, Routine
from atlas.schema.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.schema import Key, Realm


def mentions(name: str, key: Key, realm: Realm) -> Iterator[Hazard]:
    """A hazard for each body in ``realm`` that has ``name`` as a word."""
    word = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])", re.IGNORECASE)
    for what, body in _bodies(realm):
        if word.search(body):
            yield Hazard(HazardKind.UNTRACKED_DEPENDENCIES, key, f"The body of {what} mentions {name}.")


def _bodies(realm: Realm) -> Iterator[tuple[str, str]]:
    for item in realm.objects:
        match item:
            case Routine():
                yield f"{'procedure' if item.is_procedure else 'function'} {item.name}", item.body
            case Event():
                yield f"event {item.name}", item.body
            case Table():
                yield from ((f"trigger {trigger.name}", trigger.body) for trigger in item.triggers)
            case _:
                pass
