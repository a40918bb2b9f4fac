"""Files that say themselves how they are taken back: ``down.sql``, tried out in the dev room before it is planned with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.diff import diff
from atlas.engine.plan import Plan, PlannedStatement, SqlText
from atlas.engine.rooms.replay import down_statements_of, run_statement
from atlas.engine.scan.quote import quote
from atlas.engine.sensitive import SENSITIVE, hides_all, is_sensitive
from atlas.errors import DesiredStateError, Unsupported
from atlas.schema import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atlas.engine.directory import MigrationFile
    from atlas.engine.ports import Database
    from atlas.engine.scan import Statement
    from atlas.engine.schema_ports import SchemaDriver
    from atlas.schema import Key, Realm

_SHOWN = 5


def try_down_sql(
    file: MigrationFile,
    database: Database,
    before: Realm,
    inspect: Callable[[], Realm],
    driver: SchemaDriver,
) -> tuple[Statement, ...] | None:
    """Take a file back in a room that has just run it; its statements, None where it does not say how.

    Raises:
        DesiredStateError: A statement does not run, or what they leave is not what was there before the file.
        Unsupported: They have values that are to be hidden.
    """
    statements = down_statements_of(file, database)
    if statements is None:
        return None
    if hides_all(file) or any(is_sensitive("".join((*each.comments, each.text))) for each in statements):
        raise Unsupported(
            f"file {quote(file.name)} has a down.sql and atlas:{SENSITIVE}: going down shows its statements, and does not hide "
            "values in this version; leave one of the two out"
        )
    for statement in statements:
        run_statement(file, statement, database)
    left = diff(inspect(), before, differs=driver.differs)
    if left:
        names = ", ".join(str(change.key) for change in left[:_SHOWN])
        raise DesiredStateError(
            f"down.sql of file {quote(file.name)} does not lead back to what was there before the file: {names}. "
            "Nothing was run on the database: correct down.sql, or leave it out for a plan from what is there"
        )
    return statements


def plan_of_down_sql(
    file: MigrationFile,
    statements: Sequence[Statement],
    current: Realm,
    desired: Realm,
    *,
    driver: SchemaDriver,
    renames: tuple[tuple[Key, Key], ...],
) -> Plan:
    """The plan that a file brings itself. All changes are laid to its first statement: what they drop is looked at then."""
    changes = diff(current, desired, differs=driver.differs, renames=renames)
    in_transaction = file.tx_mode("file") != "none"
    planned = tuple(
        PlannedStatement(
            sql=SqlText(statement.text.removesuffix(";")),
            comment=f"run statement {number} of down.sql of {file.name}",
            changes=() if number > 1 else changes,
            in_transaction=in_transaction,
        )
        for number, statement in enumerate(statements, start=1)
    )
    return Plan(
        current=current,
        desired=desired,
        changes=changes,
        skipped=(),
        statements=planned,
        current_hash=fingerprint(current),
        desired_hash=fingerprint(desired),
    )
