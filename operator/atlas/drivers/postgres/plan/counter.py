"""What numbers the rows of a column: the sequence of ``serial`` and of an identity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl import column as ddl
from atlas.drivers.postgres.ddl.names import literal, quote
from atlas.drivers.postgres.ddl.sequence import start_of
from atlas.drivers.postgres.plan.step import Act, Phase, Place
from atlas.schema import Key, Kind
from atlas.schema.objects import Sequence

if TYPE_CHECKING:
    from atlas.drivers.postgres.plan.context import Fate
    from atlas.drivers.postgres.plan.maker import Maker
    from atlas.drivers.postgres.plan.step import Step
    from atlas.schema.table import Column

_LONGEST_NAME = 63


def default_name(table: str, column: str, suffix: str = "seq") -> str:
    """The name that the server gives: ``t_c_seq``, the longer part cut where it is too long (makeObjectName)."""
    first, second = table.encode(), column.encode()
    room = _LONGEST_NAME - len(suffix) - 2
    while len(first) + len(second) > room:
        if len(first) > len(second):
            first = first[:-1]
        else:
            second = second[:-1]
    return f"{first.decode(errors='ignore')}_{second.decode(errors='ignore')}_{suffix}"


def behind_serial(schema: str, table: str, column: Column) -> Sequence:
    """The sequence that ``serial`` stands for."""
    return Sequence(
        schema=schema,
        name=default_name(table, column.name),
        type=ddl.stored_type(column),
        owned_by=(table, column.name),
    )


@dataclass(slots=True)
class Counters:
    """The change of a column's numbering, in two parts: one before its type changes, one after."""

    maker: Maker
    key: Key
    fate: Fate
    current: Column
    desired: Column

    @property
    def _at(self) -> str:
        return f"ALTER COLUMN {quote(self.key.name)}"

    @property
    def _sequence(self) -> str:
        return self.maker.names.qualified(self.key.schema, default_name(self.key.relation, self.key.name))

    def take_away(self) -> None:
        """Take the current numbering away where it is not the desired one."""
        if ddl.is_serial(self.current) and not ddl.is_serial(self.desired):
            if not self.keeps_sequence:
                self._drop_serial()
        elif ddl.is_serial(self.current) and self.current.type != self.desired.type:
            name = ddl.stored_type(self.desired)
            self._statement(
                f"ALTER SEQUENCE {self._sequence} AS {name}", "modify sequence used by serial column"
            )
        if self.current.identity is not None and self.desired.identity is None:
            self._clause("DROP IDENTITY", act=Act.REMOVE)

    def give(self) -> None:
        """Number the column as desired."""
        if ddl.is_serial(self.desired) and not ddl.is_serial(self.current) and not self.keeps_sequence:
            self._add_serial()
        if self.desired.identity is None:
            return
        if self.current.identity is None:
            self._clause(f"ADD {ddl.identity(self.desired.identity)}", reverse=("DROP IDENTITY",))
            self._continue(start_of(self.desired.identity, self.desired.type))
        elif "identity" in self.fate.fields:
            there = ddl.set_identity(self.current.identity, self.desired.identity, self.desired.type)
            back = ddl.set_identity(self.desired.identity, self.current.identity, self.current.type)
            if there:
                self._clause(there, reverse=(back,))

    @property
    def keeps_sequence(self) -> bool:
        """The sequence behind ``serial`` is an object of its own in the other state: it stays, and so does the default."""
        if ddl.is_serial(self.current) == ddl.is_serial(self.desired):
            return False
        side = self.maker.context.after if ddl.is_serial(self.current) else self.maker.context.before
        return self._object_key() in side

    def _object_key(self) -> Key:
        return Key(Kind.SEQUENCE, self.key.schema, "", default_name(self.key.relation, self.key.name))

    def _drop_serial(self) -> None:
        back = (f"SET DEFAULT nextval({literal(self._sequence)}::regclass)",)
        free = self._clause("DROP DEFAULT", act=Act.REMOVE, reverse=back)
        # NB: the sequence of an identity gets the same name: this one must be gone before.
        act = Act.FINISH if self.desired.identity is None else Act.REMOVE
        self._statement(
            f"DROP SEQUENCE IF EXISTS {self._sequence}",
            "drop sequence used by serial column",
            act=act,
            after=frozenset({free.number}),
        )

    def _add_serial(self) -> None:
        owner = f"{self.maker.context.relation(self.key)}.{quote(self.key.name)}"
        name = ddl.stored_type(self.desired)
        typed = f" AS {name}" if name != "bigint" else ""
        made = self._statement(  # the sequence of an identity that goes has the same name
            f"CREATE SEQUENCE IF NOT EXISTS {self._sequence}{typed} OWNED BY {owner}",
            "create sequence for serial column",
            reverse=(f"DROP SEQUENCE {self._sequence}",),
        )
        self._clause(
            f"SET DEFAULT nextval({literal(self._sequence)})",
            after=frozenset({made.number}),
            reverse=("DROP DEFAULT",),
        )
        self._continue(1)

    def _continue(self, start: int) -> None:
        """Rows are there already, with values that the sequence would give out again."""
        column = quote(self.key.name)
        table = self.maker.context.relation(self.key)
        self._statement(
            f"SELECT setval(pg_get_serial_sequence({literal(table)}, {literal(self.key.name)}), "
            f"GREATEST(max({column}) + 1, {start}), false) FROM {table}",
            "continue behind the values of column",
            act=Act.FINISH,
        )

    def _clause(
        self,
        text: str,
        *,
        reverse: tuple[str, ...] | None = None,
        act: Act = Act.BUILD,
        after: frozenset[int] = frozenset(),
    ) -> Step:
        undo = tuple(f"{self._at} {each}" for each in reverse) if reverse is not None else None
        return self.maker.clause(
            self.key, self.fate, f"{self._at} {text}", Place.ALTER_COLUMN, act=act, after=after, reverse=undo
        )

    def _statement(
        self,
        sql: str,
        comment: str,
        *,
        act: Act = Act.BUILD,
        reverse: tuple[str, ...] | None = None,
        after: frozenset[int] = frozenset(),
    ) -> Step:
        return self.maker.step(
            Phase.BUILD,
            act,
            self.key,
            sql,
            f"{comment} {quote(self.key.name)}",
            changes=self.fate.changes,
            reverse=reverse,
            after=after,
        )
