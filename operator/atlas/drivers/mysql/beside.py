"""What belongs to a whole server: databases, users and roles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from atlas.drivers.mysql.catalog import catalog_sql
from atlas.engine.rooms.beside import MYSQL, Beside, short, without_comments
from atlas.errors import PolicyRefused, StatementFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.mysql.session import MySQLSession

_DYNAMIC = re.compile(r"\b(?:EXECUTE\s+IMMEDIATE|PREPARE\s+[\w`]+\s+FROM)\b", re.IGNORECASE)
_VIEW = re.compile(
    r"\s*CREATE\s(?:(?!\b(?:TABLE|PROCEDURE|FUNCTION|TRIGGER|EVENT)\b)[^;])*?\bVIEW\b", re.IGNORECASE
)
_REFERENCES = re.compile(r"\bREFERENCES\s+(?:`[^`]+`|[\w$]+)\s*\.", re.IGNORECASE)


class Said(NamedTuple):
    """Texts as the server reads them, and of those the statements that may change something in another database."""

    text: str
    statements: tuple[str, ...]

    def uses(self, database: str) -> bool:
        """Tell whether they name a database: whatever they make there is made in no other."""
        return database.casefold() in self.text.casefold() and bool(self.first_meeting(database))

    def first_meeting(self, database: str) -> str:
        """The first statement that uses a database, '' when none does."""
        meets = _meeting(database, self.text)
        return next((each for each in self.statements if meets.search(each)), "")


def read(said: str) -> Said:
    """Read texts, which may be long: once for all that is asked of them."""
    text = without_comments(said, literals=bool(_DYNAMIC.search(said)), notation=MYSQL)
    statements = (_REFERENCES.sub("REFERENCES ", each) for each in text.split(";") if not _VIEW.match(each))
    return Said(text, tuple(statements))


def refuse_to_leave(session: MySQLSession, said: Said, *, own: str = "") -> None:
    """Refuse texts that meet another database of the server than their room, where rows may be.

    Bare names are in the room. Views and foreign keys may look at another database: they change nothing there.
    ``own`` is the database of the URL, where it is the room itself.

    Raises:
        PolicyRefused: The statement and the database are named; nothing was run.
    """
    folded = said.text.casefold()
    for thing in _databases(session):
        if (
            thing.name in {"information_schema", "performance_schema", own}
            or thing.name.casefold() not in folded
        ):
            continue
        if found := said.first_meeting(thing.name):
            raise PolicyRefused(
                f'"{short(found)}" meets the database "{thing.name}", which is on the dev server beside the room: write '
                "names bare, or give a dev server of its own"
            )


def _meeting(database: str, text: str) -> re.Pattern[str]:
    """What uses a database. Where a table or an alias has its name, ``users.id`` is a column of that."""
    name = re.escape(database)
    is_table = re.search(
        rf"\b(?:TABLE|EXISTS|FROM|JOIN|UPDATE|INTO|AS|REFERENCES)\s+`?{name}(?![\w$])`?(?!\s*\.)",
        text,
        re.IGNORECASE,
    )
    before = r"\b(?:TABLE|EXISTS|FROM|JOIN|UPDATE|INTO|TRUNCATE|CALL)\s+" if is_table else r"(?<![\w$.`@])"
    return re.compile(rf"{before}`?{name}`?\s*\.|\bUSE\s+`?{name}(?![\w$])", re.IGNORECASE)


def objects_of_server(session: MySQLSession, *, with_databases: bool) -> list[Beside]:
    """All that this account may see, without rooms, in the order in which it can be dropped."""
    return [*(_databases(session) if with_databases else ()), *_users(session)]


def _databases(session: MySQLSession) -> Iterator[Beside]:
    for (name,) in session.query(catalog_sql(session, "room_databases")) or []:
        drop = f"DROP DATABASE {session.identifier(name or '')}"
        yield Beside("database", name or "", name or "", drop, "DATABASE|SCHEMA")


def _users(session: MySQLSession) -> Iterator[Beside]:
    try:
        rows = session.query(catalog_sql(session, "room_users")) or []
    except StatementFailed:
        return  # an account that may not read them seldom may make them
    for name, host in rows:
        user = session.identifier(name or "")
        if host or not session.is_mariadb:
            shown = f"{name}@{host}"
            yield Beside("user", name or "", shown, f"DROP USER {user}@{session.identifier(host or '')}")
        elif name:
            yield Beside("role", name, name, f"DROP ROLE {user}")
