"""What the server's own SHOW CREATE says of every object of a database."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.cases.servers import MariaDBGround

_COUNTER = re.compile(r" AUTO_INCREMENT=\d+")


def dump(ground: MariaDBGround, schemas: tuple[str, ...]) -> list[str]:
    """A text an object, sorted; columns and keys of a table sorted too, for a new one comes last."""
    there = {name for (name,) in ground.server.query("", "SHOW DATABASES")}
    return sorted(text for schema in schemas if schema in there for text in _schema(ground, schema))


def _schema(ground: MariaDBGround, schema: str) -> list[str]:
    def ask(sql: str) -> list[tuple[Any, ...]]:
        return ground.server.query(schema, sql)

    texts = [ask(f"SHOW CREATE DATABASE `{schema}`")[0][1]]
    tables = ask(
        f"SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = '{schema}'"
    )
    for name, kind in tables:
        created = ask(f"SHOW CREATE TABLE {_quoted(name)}")[0][1]
        texts.append(_sorted_lines(created) if kind == "BASE TABLE" else created)
    for name, kind in ask(
        f"SELECT routine_name, routine_type FROM information_schema.routines WHERE routine_schema = '{schema}'"
    ):
        texts.append(ask(f"SHOW CREATE {kind} {_quoted(name)}")[0][2])
        texts += [
            f"COMMENT {comment}"
            for (comment,) in ask(
                "SELECT routine_comment FROM information_schema.routines "
                f"WHERE routine_schema = '{schema}' AND routine_name = {ground.server.query('', f'SELECT QUOTE({name!r})')[0][0]}"
            )
        ]
    texts += [ask(f"SHOW CREATE TRIGGER {_quoted(row[0])}")[0][2] for row in ask("SHOW TRIGGERS")]
    texts += [_without_start(ask(f"SHOW CREATE EVENT {_quoted(row[1])}")[0][3]) for row in ask("SHOW EVENTS")]
    return texts


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _sorted_lines(created: str) -> str:
    first, *lines = _COUNTER.sub("", created).splitlines()
    body = sorted(line.removesuffix(",") for line in lines if line.startswith("  "))
    return "\n".join([first, *body, *(line for line in lines if not line.startswith("  "))])


def _without_start(created: str) -> str:
    """An event without STARTS begins when it is made."""
    return re.sub(r" STARTS '[^']*'", "", created)
