"""``migrate checkpoint``: everything that a directory makes, as one file for databases that are new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.directory import MigrationFile, validate
from atlas.engine.migrate_plan.file_text import migration_text, with_directive, with_tx_mode
from atlas.engine.plan import PlanOptions, make_plan
from atlas.engine.restrict import restrict
from atlas.engine.rooms.replay import files_to_replay, replay_files, text_of_files
from atlas.engine.scan import options_for
from atlas.errors import DirectoryError

if TYPE_CHECKING:
    from atlas.engine.directory import Directory
    from atlas.engine.schema_ports import DevDatabase, SchemaDriver
    from atlas.engine.scope import Scope


def plan_checkpoint(  # noqa: PLR0913  a directory, where to try it, and how to write the result
    directory: Directory,
    *,
    driver: SchemaDriver,
    dev: DevDatabase,
    scope: Scope,
    dialect: str,
    name: str,
    tag: str = "",
    indent: str = "",
) -> MigrationFile:
    """The checkpoint file of where the directory leads; ``name`` is its file name.

    Raises:
        ChecksumMismatch: The files are not those of ``atlas.sum``.
        DirectoryError: There is nothing to stand for.
        DesiredStateError: A statement that the server refuses.
    """
    validate(directory)
    if not directory.files:
        raise DirectoryError("the migration directory is empty: a checkpoint stands for files that are there")
    files = files_to_replay(directory)
    with dev.room(scope, replayed=text_of_files(files)) as room:
        empty = restrict(room.inspect(), scope)
        replay_files(files, room.database)
        full = restrict(room.inspect(), scope)
    plan = make_plan(driver, empty, full, PlanOptions(bound=scope.bound))
    text = migration_text(plan.statements, indent, options_for(dialect))
    file = with_tx_mode(MigrationFile(name, text.encode()), plan.statements)
    return with_directive(file, "checkpoint", *([tag] if tag else []))
