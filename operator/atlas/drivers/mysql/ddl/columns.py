"""Clauses for the columns of a table that stays."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from atlas.drivers.mysql.ddl import hazard
from atlas.drivers.mysql.ddl.charsets import effective
from atlas.drivers.mysql.ddl.clause import Clause
from atlas.drivers.mysql.ddl.column import column_definition
from atlas.drivers.mysql.ddl.keys import check_costs
from atlas.engine.plan import Hazard, HazardKind
from atlas.schema import Add, Drop, Modify
from atlas.schema.table import Check, Column
from atlas.schema.walk import child_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.drivers.mysql.inspect.columns import Charset
    from atlas.schema import Change, Key
    from atlas.schema.table import Table


@dataclass(slots=True)
class ColumnClauses:
    """What is to be done to columns.

    Attributes:
        again: Columns that are dropped and added: their indexes go with them.
        second: Clauses of a second ALTER, for a column that cannot become what it should in one.
        checked: A rule in a definition that rows may break, and whether one like it was there before.
    """

    modified: list[Clause] = field(default_factory=list)
    dropped: list[Clause] = field(default_factory=list)
    added: list[Clause] = field(default_factory=list)
    again: set[str] = field(default_factory=set)
    second: list[Clause] = field(default_factory=list)
    checked: list[bool] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPlanner:
    """Plans the columns of one table; ``charsets`` are those of the table, before and after."""

    current: Table
    desired: Table
    charsets: tuple[Charset, Charset]
    writer: Writer

    def plan(self, changes: Iterable[Change]) -> ColumnClauses:
        """Clauses for changes of columns and of checks that stand in columns, and for charsets that follow."""
        found = ColumnClauses()
        by_column: dict[str, Change] = {}
        for change in changes:
            match change:
                case Add(desired=Column() as column):
                    found.added.append(self._add(column, change))
                    if self._is_filled_and_checked(column):
                        found.checked.append(False)
                case Drop(current=Column() as column):
                    found.dropped.append(self._drop(column, change))
                case Modify(desired=Column()):
                    by_column[change.key.name] = change
                case _:
                    pass
        before = {column.name: column for column in self.current.columns}
        touched = {**self._converted(before), **self._rechecked(changes), **by_column}
        for column in self.desired.columns:
            if column.name in touched and column.name in before:
                costs = [cost for each in changes for cost in _costs_of_check(each, column.name)]
                if costs:
                    found.checked.append(any(check.column == column.name for check in self.current.checks))
                self._modify(before[column.name], column, touched[column.name], found, costs)
        return found

    def _converted(self, before: Mapping[str, Column]) -> dict[str, Change | None]:
        """Columns that must be converted though they say nothing of it: their table or schema does."""
        current, desired = self.charsets
        if current == desired:
            return {}
        return {
            column.name: None
            for column in self.desired.columns
            if column.name in before
            and self._charset_of(before[column.name], 0) != self._charset_of(column, 1)
        }

    def _charset_of(self, column: Column, side: int) -> tuple[str, str]:
        shown = effective(column, self.charsets[side])
        return shown.charset, shown.collation

    def _rechecked(self, changes: Iterable[Change]) -> dict[str, Change | None]:
        """Columns with a check in their definition that comes, goes or changes."""
        found: dict[str, Change | None] = {}
        for change in changes:
            for item in (getattr(change, "current", None), getattr(change, "desired", None)):
                if name := getattr(item, "column", ""):
                    found[name] = change
        return found

    def _add(self, column: Column, change: Change) -> Clause:
        key = change.key
        hazards = []
        if self._is_filled_and_checked(column):
            hazards.append(hazard.may_fail(key, "It fails where rows get a value that its check forbids."))
            hazards.append(hazard.rewrites(key, "The table is copied while its rows are checked."))
        if column.auto_increment:
            hazards.append(hazard.rewrites(key, "Every row gets a number."))
        if column.generated is not None and column.generated.stored:
            hazards.append(hazard.rewrites(key, "Its value is computed for every row."))
        return Clause(
            f"ADD COLUMN {self._definition(column)}",
            f"DROP COLUMN {self.writer.name(column.name)}",
            change,
            tuple(hazards),
        )

    def _is_filled_and_checked(self, column: Column) -> bool:
        """Whether rows that are there get a value of a new column that its own check may forbid."""
        is_filled = not column.null or column.default is not None or column.generated is not None
        return is_filled and any(check.column == column.name for check in self.desired.checks)

    def _drop(self, column: Column, change: Change) -> Clause:
        if column.generated is None:
            cost = hazard.deletes(change.key, f"The values of {column.name} are gone.")
        else:
            cost = Hazard(HazardKind.BREAKS_CLIENTS, change.key, "Programs that read it fail.")
        return Clause(f"DROP COLUMN {self.writer.name(column.name)}", "", change, (cost,))

    def _modify(
        self,
        current: Column,
        desired: Column,
        change: Change | None,
        found: ColumnClauses,
        costs: list[Hazard],
    ) -> None:
        key = child_key(self.desired, desired)
        was, now = current.generated, desired.generated
        is_virtual = was is not None and not was.stored
        becomes_virtual = now is not None and not now.stored
        if is_virtual == becomes_virtual:
            found.modified.append(self._modify_clause(current, desired, change, costs))
            return
        found.again.add(desired.name)
        found.dropped.append(Clause(f"DROP COLUMN {self.writer.name(desired.name)}", "", change))
        step = desired
        if now is None and was is not None:
            # A virtual column cannot become a plain one, but a stored one can, and it keeps its values.
            step = replace(
                desired, generated=replace(was, stored=True), default=None, on_update="", null=True
            )
            found.second.append(Clause(f"MODIFY COLUMN {self._definition(desired)}", "", change))
        hazards = list(self._again_hazards(current, step, key))
        found.added.append(
            Clause(
                f"ADD COLUMN {self._definition(step)}{self._place(desired.name)}", "", change, tuple(hazards)
            )
        )

    def _again_hazards(self, current: Column, desired: Column, key: Key) -> list[Hazard]:
        if desired.generated is not None and desired.generated.stored:
            return [hazard.rewrites(key, "Its value is computed for every row.")]
        if current.generated is None:
            return [hazard.deletes(key, "Its values are replaced by those of the expression.")]
        return []

    def _modify_clause(
        self, current: Column, desired: Column, change: Change | None, costs: list[Hazard]
    ) -> Clause:
        before, after = effective(current, self.charsets[0]), effective(desired, self.charsets[1])
        # NB: beside a new charset of the table nobody knows which of the two a column without one would get.
        spelled = self.charsets[0] != self.charsets[1]
        key = child_key(self.desired, desired)
        return Clause(
            f"MODIFY COLUMN {self._definition(after if spelled else desired)}",
            f"MODIFY COLUMN {column_definition(before if spelled else current, self.writer, self.current.checks)}",
            change,
            (*hazard.of_retype(key, before, after), *costs),
        )

    def _definition(self, column: Column) -> str:
        return column_definition(column, self.writer, self.desired.checks)

    def _place(self, name: str) -> str:
        """Where a column that is added again was before."""
        names = [column.name for column in self.current.columns]
        place = names.index(name)
        kept = {column.name for column in self.desired.columns}
        before = [each for each in names[:place] if each in kept]
        return f" AFTER {self.writer.name(before[-1])}" if before else " FIRST"


def _costs_of_check(change: Change, column: str) -> tuple[Hazard, ...]:
    """What a new or other rule in the definition of a column costs."""
    check = getattr(change, "desired", None)
    return check_costs(change.key, check) if isinstance(check, Check) and check.column == column else ()
