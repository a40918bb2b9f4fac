"""A CREATE TABLE text: what of columns and constraints only it tells.

The grammar is that of https://sqlite.org/src/file/src/parse.y: constraints may follow each other without commas,
a CONSTRAINT name may stand alone, and a deferral belongs to the foreign key before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from atlas.drivers.sqlite.text.names import folded, is_reserved, without_parentheses
from atlas.drivers.sqlite.text.reader import Reader
from atlas.schema.table import Check, ForeignKey, IndexPart

_CONSTRAINTS = frozenset(
    {
        "CONSTRAINT",
        "PRIMARY",
        "NOT",
        "NULL",
        "UNIQUE",
        "CHECK",
        "DEFAULT",
        "COLLATE",
        "REFERENCES",
        "AS",
        "ON",
        "DEFERRABLE",
        ",",
        ")",
    }
)
_OF_TABLE = frozenset({"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"})


@dataclass(slots=True)
class ColumnText:
    """What the text tells of a column."""

    name: str
    collation: str = ""
    generated: str | None = None
    auto_increment: bool = False
    not_null_conflict: str = ""


@dataclass(slots=True)
class KeyText:
    """A PRIMARY KEY or UNIQUE; parts are columns."""

    parts: tuple[IndexPart, ...]
    name: str = ""
    conflict: str = ""


@dataclass(slots=True)
class TableText:
    """What the text tells of a table. Foreign keys are in its order and have no numbers for names."""

    columns: list[ColumnText] = field(default_factory=list)
    primary_key: KeyText | None = None
    uniques: list[KeyText] = field(default_factory=list)
    foreign_keys: list[ForeignKey] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    options: frozenset[str] = frozenset()


def read_table(text: str, name: str) -> TableText:
    """Read.

    Raises:
        Unsupported: Something in it is not understood.
    """
    return _TableReader(Reader(text, f'table "{name}"')).read()


class _TableReader:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._found = TableText()
        self._name = ""

    def read(self) -> TableText:
        reader = self._reader
        reader.expect("CREATE")
        _ = reader.one_of("TEMP", "TEMPORARY")
        reader.expect("TABLE")
        _ = reader.accept("IF", "NOT", "EXISTS")
        reader.qualified_name()
        reader.expect("(")
        self._column()
        while reader.accept(",") and reader.word not in _OF_TABLE:
            self._column()
        while not reader.accept(")"):
            self._constraint()
            _ = reader.accept(",")
        self._found.options = frozenset(self._options())
        reader.end()
        return self._found

    def _options(self) -> list[str]:
        found = []
        reader = self._reader
        while reader.token is not None and reader.word != ";":
            word = reader.one_of("WITHOUT", "STRICT")
            if word == "WITHOUT":
                reader.expect("ROWID")
            elif not word:
                reader.refuse(reader.rest())
            found.append(word)
            _ = reader.accept(",")
        return found

    def _column(self) -> None:
        reader = self._reader
        column = ColumnText(reader.name())
        self._found.columns.append(column)
        self._name = ""
        self._type()
        while reader.word not in {",", ")"}:
            self._column_constraint(column)

    def _type(self) -> None:
        """Words, and then numbers in parentheses; the pragmas say which."""
        reader = self._reader
        has_words = False
        while reader.word not in _CONSTRAINTS and not self._is_generated():
            if reader.word == "(" and has_words:
                reader.group()
            elif is_reserved(reader.word):
                reader.refuse(reader.rest())
            else:
                reader.name()
            has_words = True

    def _is_generated(self) -> bool:
        reader = self._reader
        return (reader.word, reader.word_at(1), reader.word_at(2)) == ("GENERATED", "ALWAYS", "AS")

    def _column_constraint(self, column: ColumnText) -> None:  # noqa: C901  a branch for each kind of the grammar
        reader = self._reader
        if reader.accept("CONSTRAINT"):
            self._name = reader.name()
            return
        if reader.accept("NOT", "NULL"):
            column.not_null_conflict = self._conflict()
        elif reader.accept("NULL"):
            self._conflict()
        elif reader.accept("DEFAULT"):
            self._default()
        elif reader.accept("COLLATE"):
            column.collation = reader.name()
        elif reader.accept("CHECK"):
            self._check()
        elif reader.accept("UNIQUE"):
            self._unique((IndexPart(column=column.name),))
        elif reader.accept("PRIMARY", "KEY"):
            direction = reader.one_of("ASC", "DESC")
            self._primary_key((IndexPart(column=column.name, desc=direction == "DESC"),))
            column.auto_increment = reader.accept("AUTOINCREMENT")
        elif reader.accept("REFERENCES"):
            self._foreign_key((column.name,))
        elif reader.word in {"NOT", "DEFERRABLE"}:
            self._deferral()
        else:
            self._generated(column)
        self._name = ""

    def _generated(self, column: ColumnText) -> None:
        reader = self._reader
        if self._is_generated():
            reader.expect("GENERATED", "ALWAYS")
        reader.expect("AS")
        column.generated = without_parentheses(reader.group())
        _ = reader.one_of("STORED", "VIRTUAL")

    def _default(self) -> None:
        reader = self._reader
        if reader.word == "(":
            reader.group()
            return
        _ = reader.one_of("+", "-")
        reader.next()

    def _constraint(self) -> None:
        reader = self._reader
        if reader.accept("CONSTRAINT"):
            self._name = reader.name()
            return
        if reader.accept("PRIMARY", "KEY"):
            self._primary_key(self._parts())
        elif reader.accept("UNIQUE"):
            self._unique(self._parts())
        elif reader.accept("CHECK"):
            self._check()
            self._conflict()
        elif reader.accept("FOREIGN", "KEY"):
            columns = reader.names()
            reader.expect("REFERENCES")
            self._foreign_key(columns)
        elif reader.word in {"NOT", "DEFERRABLE"}:
            self._deferral()
        else:
            reader.refuse(reader.rest())
        self._name = ""

    def _parts(self) -> tuple[IndexPart, ...]:
        reader = self._reader
        reader.expect("(")
        found: list[IndexPart] = []
        while True:
            name = reader.name()
            collation = reader.name() if reader.accept("COLLATE") else ""
            direction = reader.one_of("ASC", "DESC")
            found.append(IndexPart(column=name, collation=collation, desc=direction == "DESC"))
            if reader.accept("AUTOINCREMENT"):
                self._mark_auto_increment(name)
            if not reader.accept(","):
                reader.expect(")")
                return tuple(found)

    def _mark_auto_increment(self, name: str) -> None:
        for column in self._found.columns:
            if folded(column.name) == folded(name):
                column.auto_increment = True

    def _primary_key(self, parts: tuple[IndexPart, ...]) -> None:
        self._found.primary_key = KeyText(parts, self._name, self._conflict())

    def _unique(self, parts: tuple[IndexPart, ...]) -> None:
        self._found.uniques.append(KeyText(parts, self._name, self._conflict()))

    def _check(self) -> None:
        expression = without_parentheses(self._reader.group())
        self._found.checks.append(Check(name=self._name, expr=expression))

    def _conflict(self) -> str:
        reader = self._reader
        if not reader.accept("ON", "CONFLICT"):
            return ""
        return reader.one_of("ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE") or reader.refuse(reader.rest())

    def _foreign_key(self, columns: tuple[str, ...]) -> None:
        reader = self._reader
        table = reader.name()
        references = reader.names() if reader.word == "(" else ()
        actions = {"UPDATE": "NO ACTION", "DELETE": "NO ACTION", "INSERT": ""}
        match = ""
        while reader.word in {"ON", "MATCH"}:
            if reader.accept("MATCH"):
                match = reader.name().upper()
                continue
            reader.expect("ON")
            event = reader.one_of(*actions) or reader.refuse(reader.rest())
            actions[event] = self._action()
        self._found.foreign_keys.append(
            ForeignKey(
                name=self._name,
                columns=columns,
                ref_schema="main",
                ref_table=table,
                ref_columns=references,
                on_update=actions["UPDATE"],
                on_delete=actions["DELETE"],
                match="" if match in {"SIMPLE", "NONE"} else match,
            )
        )

    def _action(self) -> str:
        reader = self._reader
        for words in (("SET", "NULL"), ("SET", "DEFAULT"), ("NO", "ACTION"), ("CASCADE",), ("RESTRICT",)):
            if reader.accept(*words):
                return " ".join(words)
        return reader.refuse(reader.rest())

    def _deferral(self) -> None:
        from dataclasses import replace

        reader = self._reader
        is_deferrable = not reader.accept("NOT")
        reader.expect("DEFERRABLE")
        when = ""
        if reader.accept("INITIALLY"):
            when = reader.one_of("DEFERRED", "IMMEDIATE") or reader.refuse(reader.rest())
        if not self._found.foreign_keys:
            reader.refuse("DEFERRABLE")
        self._found.foreign_keys[-1] = replace(
            self._found.foreign_keys[-1],
            deferrable=is_deferrable,
            initially_deferred=is_deferrable and when == "DEFERRED",
        )
