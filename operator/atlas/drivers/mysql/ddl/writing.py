"""How names and texts are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.schema.options import option

if TYPE_CHECKING:
    from atlas.schema import Realm

_STRING = re.compile(r"'((?:[^'\\]|''|\\.)*)'", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "Z": "\x1a", "b": "\b"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Writes SQL for one server and session.

    Attributes:
        bound: Names of this schema are written bare; '' qualifies all.
        names: What is called something in the bound schema, on either side.
        ansi_quotes: Double quotes enclose names in the session, so strings get single ones.
        no_escapes: A backslash in a string is only a backslash.
        default_engine: The engine of a table that names none.
    """

    is_mariadb: bool = True
    bound: str = ""
    names: frozenset[str] = frozenset()
    ansi_quotes: bool = False
    no_escapes: bool = False
    default_engine: str = "InnoDB"

    def name(self, name: str) -> str:
        """An identifier; backticks quote in every mode."""
        return "`" + name.replace("`", "``") + "`"

    def qualified(self, schema: str, name: str) -> str:
        """``name`` in ``schema``, bare in the bound one."""
        return self.name(name) if schema == self.bound else f"{self.name(schema)}.{self.name(name)}"

    def text(self, value: str) -> str:
        """A comment or password as a string, in double quotes where the session takes them for one."""
        escaped = value if self.no_escapes else value.replace("\\", "\\\\")
        if self.ansi_quotes:
            return "'" + escaped.replace("'", "''") + "'"
        return '"' + escaped.replace('"', '""' if self.no_escapes else '\\"') + '"'

    def sql(self, text: str) -> str:
        """An expression or type as a catalog printed it, with its strings as this session reads them."""
        if not self.no_escapes or "\\" not in text:
            return text
        return _STRING.sub(lambda found: "'" + _ESCAPE.sub(_meant, found[1]) + "'", text)

    def here(self, text: str) -> str:
        """As ``sql``, without the bound schema in front of names.

        An alias that is called like the schema stays: behind it stands a column, and no name of the schema.
        """
        if not self.bound:
            return self.sql(text)
        prefix = re.escape(self.name(self.bound))
        pattern = re.compile(rf"'(?:[^'\\]|''|\\.)*'|{prefix}\.(`((?:[^`]|``)+)`)(\.`)?", re.DOTALL)

        def bare(found: re.Match[str]) -> str:
            quoted, name, column = found.groups()
            if quoted and (column or name.replace("``", "`") in self.names):
                return quoted + (column or "")
            return found[0]

        return self.sql(pattern.sub(bare, text))

    def definer(self, account: str) -> str:
        """``DEFINER=`u`@`h` `` with a space behind it; '' for whoever runs the statement."""
        if not account:
            return ""
        user, sign, host = account.rpartition("@")
        quoted = f"{self.name(user)}@{self.name(host)}" if sign else self.name(host)
        return f"DEFINER={quoted} "


def _meant(found: re.Match[str]) -> str:
    """What a backslash and a sign stand for; a quote is doubled."""
    sign = found[1]
    return "''" if sign == "'" else _SIGNS.get(sign, sign)


def writer_for(current: Realm, desired: Realm, *, bound: str, is_mariadb: bool) -> Writer:
    """The writer of a plan, for the session that ``current`` was read by."""
    modes = set(option(current.session, "sql_mode").upper().split(","))
    named = {item.name for realm in (current, desired) for item in realm.objects if item.schema == bound}
    return Writer(
        is_mariadb=is_mariadb,
        bound=bound,
        names=frozenset(named),
        ansi_quotes="ANSI_QUOTES" in modes,
        no_escapes="NO_BACKSLASH_ESCAPES" in modes,
        default_engine=option(current.session, "default_engine", "InnoDB"),
    )
