"""What a caller may ask of ``migrate down``, and what it needs of the world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.engine.apply.options import LOCK_NAME

if TYPE_CHECKING:
    from atlas.engine.migrate_plan.row_checks import RowProbe
    from atlas.engine.ports import Clock
    from atlas.engine.schema_ports import DevDatabase, SchemaDriver
    from atlas.engine.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class DownOptions:
    """How to go down.

    Attributes:
        amount: How many revisions to take back where no version is named; 0 means one.
        to_version: The version to go back to; None leaves it to ``amount``, '' takes everything back.
        allow_data_loss: Drop tables and columns also when they hold rows.
        revisions_schema: Where the revisions table lives; '' leaves it to the URL.
    """

    amount: int = 0
    to_version: str | None = None
    allow_data_loss: bool = False
    revisions_schema: str = ""
    lock_name: str = LOCK_NAME
    lock_timeout_s: float = 10.0
    operator_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DownPorts:
    """What going down needs of the world."""

    driver: SchemaDriver
    dev: DevDatabase
    scope: Scope
    probe: RowProbe
    clock: Clock
