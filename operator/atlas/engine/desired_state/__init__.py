"""Desired states: what somebody wants a database to be, in its forms, and as a realm that a server has read.

``states`` has the forms as data, ``normalize`` runs one in a dev room and reads it back, ``composite`` puts several together, ``imports`` follows
``-- atlas:import``, ``renames`` reads ``-- atlas:rename``, ``silence`` finds those that say nothing. Files are read by ``sources``, registries by ``client``.
"""

from __future__ import annotations

from atlas.engine.desired_state.imports import SqlFiles, refuse_imports, with_imports
from atlas.engine.desired_state.normalize import normalize
from atlas.engine.desired_state.silence import refuse_silence, says_nothing
from atlas.engine.desired_state.states import (
    CompositeState,
    DesiredState,
    DirectoryState,
    HclState,
    Normalized,
    Part,
    RealmState,
    SqlScript,
    SqlState,
    at_version,
)

__all__ = [
    "CompositeState",
    "DesiredState",
    "DirectoryState",
    "HclState",
    "Normalized",
    "Part",
    "RealmState",
    "SqlFiles",
    "SqlScript",
    "SqlState",
    "at_version",
    "normalize",
    "refuse_imports",
    "refuse_silence",
    "says_nothing",
    "with_imports",
]
