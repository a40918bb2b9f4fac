"""A desired state to the realm that a server reads of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.engine.desired_state.states import DesiredState, Normalized
    from atlas.engine.schema_ports import DevDatabase, SchemaDriver
    from atlas.engine.scope import Scope


def normalize(
    state: DesiredState, *, driver: SchemaDriver, dev: DevDatabase | None, scope: Scope, dialect: str
) -> Normalized:
    """Run a state in a room of the dev database, and read it back within ``scope``.

    ``dev`` is needed for every form but ``RealmState``.

    Raises:
        DesiredStateError: ``file:line: `` and the server's words for a statement that it refuses.
        Unsupported: The state holds what this version does not serve.
        UsageError: There is no dev database.
    """
    raise NotImplementedError
