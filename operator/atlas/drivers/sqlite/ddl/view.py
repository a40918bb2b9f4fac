"""Statements of views and triggers, which SQLite cannot alter: they are dropped and made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.sqlite.text.names import quoted
from atlas.engine.plan import Hazard, HazardKind, PlannedStatement, SqlText
from atlas.schema import Drop, Rename, key_of
from atlas.schema.options import option

if TYPE_CHECKING:
    from atlas.schema import Change
    from atlas.schema.objects import View
    from atlas.schema.table import Trigger


def create_view_text(view: View) -> SqlText:
    """``CREATE VIEW``."""
    columns = option(view.options, "columns")
    names = f" ({columns})" if columns else ""
    return SqlText(f"CREATE VIEW {quoted(view.name)}{names} AS {view.definition}")


def create_trigger_text(relation: str, trigger: Trigger) -> SqlText:
    """The text of the catalog, or one made of the fields."""
    if trigger.definition:
        return SqlText(trigger.definition)
    columns = f" OF {', '.join(map(quoted, trigger.update_of))}" if trigger.update_of else ""
    words = [f"CREATE TRIGGER {quoted(trigger.name)} {trigger.timing} {trigger.events[0]}{columns}"]
    words.append(f"ON {quoted(relation)} FOR EACH ROW")
    words += [f"WHEN {trigger.when}"] if trigger.when else []
    return SqlText(f"{' '.join(words)} {trigger.body}")


def create_view(view: View, changes: tuple[Change, ...]) -> PlannedStatement:
    """Make it."""
    return PlannedStatement(
        sql=create_view_text(view),
        comment=f'create "{view.name}" view',
        changes=changes,
        reverse=(SqlText(f"DROP VIEW {quoted(view.name)}"),),
    )


def drop_view(view: View, changes: tuple[Change, ...]) -> PlannedStatement:
    """Drop it, for good or until the tables are as they should be."""
    is_gone = any(isinstance(change, Drop | Rename) for change in changes)
    hazard = Hazard(HazardKind.BREAKS_CLIENTS, key_of(view), "Queries that name it fail.")
    return PlannedStatement(
        sql=SqlText(f"DROP VIEW {quoted(view.name)}"),
        comment=f'drop "{view.name}" view',
        changes=changes,
        hazards=(hazard,) if is_gone else (),
        reverse=(create_view_text(view),),
    )


def create_trigger(relation: str, trigger: Trigger, changes: tuple[Change, ...]) -> PlannedStatement:
    """Make it."""
    return PlannedStatement(
        sql=create_trigger_text(relation, trigger),
        comment=f'create trigger "{trigger.name}"',
        changes=changes,
        reverse=(SqlText(f"DROP TRIGGER {quoted(trigger.name)}"),),
    )


def drop_trigger(relation: str, trigger: Trigger, changes: tuple[Change, ...]) -> PlannedStatement:
    """Drop it, for good or until the tables are as they should be."""
    return PlannedStatement(
        sql=SqlText(f"DROP TRIGGER {quoted(trigger.name)}"),
        comment=f'drop trigger "{trigger.name}"',
        changes=changes,
        reverse=(create_trigger_text(relation, trigger),),
    )
