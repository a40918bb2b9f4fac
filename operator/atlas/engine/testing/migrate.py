"""The ``migrate`` command of a case: a real run of the directory's files up to a version, forward only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.engine.apply import ApplyOptions, TxMode, apply_pending
from atlas.engine.testing.case import Migrate

if TYPE_CHECKING:
    from atlas.engine.directory import Directory
    from atlas.engine.ports import Clock
    from atlas.engine.testing.case import Step
    from atlas.engine.testing.ports import CaseRoom


@dataclass(frozen=True, slots=True)
class MigrateTo:
    """Brings rooms to versions of one directory, with the revisions that a target would have."""

    directory: Directory
    clock: Clock
    operator_version: str
    revisions_schema: str = ""
    tx_mode: TxMode = TxMode.FILE

    def __call__(self, room: CaseRoom, step: Step) -> str:
        """Apply; returns '' or why it did not get there.

        Raises:
            AtlasError: As ``apply_pending`` before the first file.
        """
        if not isinstance(step, Migrate):
            return "a case of a directory has no such step"
        version = step.to
        if behind := self._is_behind(room, version):
            return behind
        report = apply_pending(self.directory, room.database, self._options(room, version), clock=self.clock)
        if report.error is None:
            return ""
        name = report.applied[-1].file.name if report.applied else ""
        return f"{name}: {report.error}" if name else str(report.error)

    def _is_behind(self, room: CaseRoom, version: str) -> str:
        rows = room.database.revisions(self.revisions_schema or None).read()
        current = max((row.version for row in rows), default="")
        if self.directory.file_of_version(version) is None or version >= current:
            return ""
        return (
            f"the case is at version {current} already: a case goes forward only; begin another case to test an "
            "earlier version"
        )

    def _options(self, room: CaseRoom, version: str) -> ApplyOptions:
        # What is in the room is the case's own: its seeds do not make it a foreign database.
        return ApplyOptions(
            to_version=version,
            allow_dirty=True,
            tx_mode=self.tx_mode,
            revisions_schema=self.revisions_schema,
            lock_name=f"atlas_test_{room.database.url.database}"[:64],
            operator_version=self.operator_version,
        )
