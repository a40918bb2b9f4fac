"""Where a plan leads: run in a room of a dev database, on the state that it leads from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.desired_state.scripts import words_of
from atlas.engine.diff import diff
from atlas.engine.inspect_documents import creating_plan
from atlas.engine.plan_file.statements import without_comments
from atlas.engine.restrict import restrict
from atlas.errors import NotVerified, PlanError, PolicyRefused, StatementFailed, Unsupported
from atlas.schema import Kind, Modify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.engine.plan import Plan
    from atlas.engine.schema_ports import DevDatabase, DevRoom, SchemaDriver
    from atlas.engine.scope import Scope
    from atlas.schema import Change, Realm

_SHOWN = 5
_CHARSETS = frozenset({"charset", "collation"})
_SCHEMAS_ARE_DATABASES = frozenset({"mysql", "mariadb"})
_LITERALS = re.compile(r"""'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|""|\\.)*\"""", re.DOTALL)
_OF_POSTGRES = re.compile(
    r"(?:CREATE|ALTER|DROP)\s+(?:DATABASE|ROLE|USER(?!\s+MAPPING\b)|GROUP|TABLESPACE|SYSTEM)\b", re.IGNORECASE
)
_OF_MYSQL = re.compile(
    r"USE\b|(?:CREATE(?:\s+OR\s+REPLACE)?|ALTER|DROP|RENAME)\s+(?:USER|ROLE)\b|"
    r"(?:CREATE(?:\s+OR\s+REPLACE)?|DROP)\s+(?:DATABASE|SCHEMA)\b|SET\s+(?:@@)?(?:GLOBAL|PERSIST(?:_ONLY)?)\b|"
    r"SET\s+PASSWORD\b|GRANT\b|REVOKE\b|SHUTDOWN\b|KILL\b|FLUSH\b|RESET\b|PURGE\b|(?:UN)?INSTALL\b",
    re.IGNORECASE,
)


def rehearse(plan: Plan, *, name: str, driver: SchemaDriver, dev: DevDatabase, scope: Scope) -> None:
    """Prove that the statements of a plan lead from its current state exactly to its desired one; rows are not there.

    Raises:
        NotVerified: They do not, or one of them is refused; the message has the differences or the server's words.
        PolicyRefused: A statement would leave the room, and may meet rows.
        Unsupported: The state that the plan leads from cannot be made in the dev database, so nothing is known.
        TargetError: The dev database cannot be used.
    """
    scope = scope.like(plan.current)
    refuse_to_leave(plan, name, scope)
    with dev.room(scope, said=";\n".join(each.text() for each in plan.statements)) as room:
        build_current(plan, name, room, driver, scope)
        for number, statement in enumerate(plan.statements, start=1):
            try:
                room.database.session.execute(statement.text())
            except StatementFailed as refused:
                words = words_of(refused, room.database, scope.bound)
                raise NotVerified(
                    f'plan "{name}": statement {number} ({statement.comment}) is refused by the dev database: {words}'
                ) from refused
        left = _differences(room, plan.desired, driver, scope)
    if left:
        raise NotVerified(
            f'plan "{name}" does not lead to the desired state: behind its last statement these differ: {named(left)}; '
            "correct the migration, or plan again"
        )


def named(changes: Sequence[Change]) -> str:
    """The first few changes: ``table main.users (drop)``."""
    names = ", ".join(f"{change.key} ({type(change).__name__.lower()})" for change in changes[:_SHOWN])
    return names + (f" and {len(changes) - _SHOWN} more" if len(changes) > _SHOWN else "")


def build_current(plan: Plan, name: str, room: DevRoom, driver: SchemaDriver, scope: Scope) -> None:
    """Make the state that the plan leads from.

    Raises:
        Unsupported: The state cannot be made.
    """
    why = (
        f'plan "{name}" cannot be tried out: the state that it leads from cannot be made in the dev database'
    )
    try:
        for statement in creating_plan(driver, plan.current, bound=scope.bound).statements:
            room.database.session.execute(statement.text())
    except StatementFailed as refused:
        raise Unsupported(f"{why}: {words_of(refused, room.database, scope.bound)}") from refused
    except (PlanError, Unsupported) as refused:
        raise Unsupported(f"{why}: {refused}") from refused
    if left := _differences(room, plan.current, driver, scope):
        raise Unsupported(f"{why}: {named(left)}")


def _differences(room: DevRoom, wanted: Realm, driver: SchemaDriver, scope: Scope) -> list[Change]:
    """What is not as wanted; a room of one schema keeps its own charset to itself."""
    changes = diff(restrict(room.inspect(), scope), wanted, differs=driver.differs)
    return [change for change in changes if not _is_of_room(change, scope)]


def _is_of_room(change: Change, scope: Scope) -> bool:
    is_home = change.key.kind is Kind.SCHEMA and change.key.name == scope.bound
    return is_home and isinstance(change, Modify) and change.fields <= _CHARSETS


def refuse_to_leave(plan: Plan, name: str, scope: Scope) -> None:
    """What is about a whole server, or about a schema beside the room, would meet what is not to be tried out on.

    On MySQL a room of one schema is a database beside others, maybe beside the target: bare names are in it alone.

    Raises:
        PolicyRefused: The statement is named; nothing was run.
    """
    dialect = plan.current.dialect
    is_beside = dialect in _SCHEMAS_ARE_DATABASES and bool(scope.bound)
    own = re.compile(rf"(?<![\w$.`])`?{re.escape(scope.bound)}`?\s*\.", re.IGNORECASE)
    whole = _OF_POSTGRES if dialect == "postgres" else _OF_MYSQL if is_beside else None
    for statement in plan.statements:
        text = without_comments(_LITERALS.sub("''", statement.text()))
        if is_beside and own.search(text):
            raise PolicyRefused(
                f'plan "{name}": the statement to {statement.comment} names the schema "{scope.bound}", which the URL is '
                "bound to: write names bare"
            )
        if whole and (found := whole.match(text)):
            words = " ".join(found[0].upper().split())
            raise PolicyRefused(
                f'plan "{name}": {words} is about the whole server, and no change of a schema: take it out, and run it '
                "by hand"
            )
