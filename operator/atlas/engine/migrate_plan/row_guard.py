"""Rows that somebody writes between the first look and a DROP: looked for once more where it can still be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.migrate_plan.row_checks import check_rows, refuse_data_loss
from atlas.schema import Drop, Rename

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.engine.migrate_plan.row_checks import RowProbe
    from atlas.engine.plan import PlannedStatement
    from atlas.schema import Key


class RowGuard:
    """Looks again while a step runs.

    In a transaction others are kept from writing first, and the look holds until the commit. Elsewhere it comes right
    before the statement that drops: the little that is left between the two is the server's to give.
    """

    def __init__(self, keys: Sequence[Key], probe: RowProbe, *, is_whole: bool) -> None:
        """Guard ``keys``, by the names that they have before the step.

        Args:
            keys: Tables and stored columns that the step drops.
            probe: Of the session that runs the step.
            is_whole: The step is one transaction: one look at its beginning is enough.
        """
        self._keys = tuple(keys)
        self._probe = probe
        self._is_whole = is_whole
        self._has_looked = False
        self._names: dict[Key, Key] = {}

    def look(self, statement: PlannedStatement, *, is_inside: bool) -> None:
        """Look before a statement, that runs next; ``is_inside`` a transaction.

        Raises:
            PolicyRefused: Something that would be dropped holds rows by now.
        """
        if self._is_whole:
            if not self._has_looked:
                self._has_looked = True
                self._refuse(self._keys, is_inside=is_inside)
            return
        dropped = {change.key for change in statement.changes if isinstance(change, Drop)}
        self._refuse([self._now(key) for key in self._keys if key in dropped], is_inside=is_inside)
        for change in statement.changes:
            if isinstance(change, Rename):
                self._names[change.current_key] = change.key

    def _refuse(self, keys: Sequence[Key], *, is_inside: bool) -> None:
        if is_inside:
            for key in keys:
                self._probe.hold(key)
        refuse_data_loss(check_rows(keys, self._probe), is_running=True)

    def _now(self, key: Key) -> Key:
        """What the renames of the step have made of a key so far."""
        if key in self._names:
            return self._names[key]
        owner = self._names.get(key.parent) if key.parent else None
        return key._replace(schema=owner.schema, relation=owner.name) if owner else key
