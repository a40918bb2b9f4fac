"""What SQLite's pragmas and the texts of sqlite_schema say, in a form that two ways to write a table share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cases.servers import SqliteGround

_QUOTES = re.compile(r"""[`"\[\]]""")
_TOKENS = re.compile(r"'(?:[^']|'')*'|\w+|[^\s\w]")


def dump(ground: SqliteGround, url: str) -> list[str]:
    """A text an object, sorted."""
    texts: list[str] = []
    objects = ground.rows(
        url, "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
    )
    for kind, name, table, sql in objects:
        match kind:
            case "table":
                texts += _table(ground, url, str(name), str(sql))
            case "index":
                texts.append(f"index {_words(_without_head(str(sql)))} on {table}: {name}")
            case _:
                texts.append(f"{kind} {name} on {table}: {_words(str(sql))}")
    return sorted(texts)


def _table(ground: SqliteGround, url: str, name: str, sql: str) -> list[str]:
    literal = "'" + name.replace("'", "''") + "'"

    def ask(pragma: str, columns: str) -> list[tuple[object, ...]]:
        return ground.rows(url, f"SELECT {columns} FROM pragma_{pragma}({literal})")

    texts = [
        f"table {name} {ground.rows(url, f'SELECT wr, strict FROM pragma_table_list WHERE name = {literal}')}"
    ]
    for column, kind, notnull, default, pk, hidden in ask(
        "table_xinfo", 'name, type, "notnull", dflt_value, pk, hidden'
    ):
        shown = None if default is None else _words(_unwrapped(str(default)))
        texts.append(f"column {name}.{column} {str(kind).lower()} {notnull} {shown} {pk} {hidden}")
    keys: dict[object, list[object]] = {}
    for number, *rest in ask("foreign_key_list", 'id, "table", "from", "to", on_update, on_delete, match'):
        keys.setdefault(number, []).append(tuple(rest))
    texts += [f"foreign key {name} {sorted(map(str, parts))}" for parts in keys.values()]
    for index, unique, origin, partial in ask("index_list", 'name, "unique", origin, partial'):
        quoted = "'" + str(index).replace("'", "''") + "'"
        parts = ground.rows(url, f'SELECT name, "desc", coll FROM pragma_index_xinfo({quoted}) WHERE key')
        shown = "" if str(index).startswith("sqlite_autoindex_") else index
        texts.append(f"key {name} {shown} {unique} {origin} {partial} {parts}")
    texts += [f"{name} {clause}" for clause in _clauses(sql)]
    return texts


def _clauses(sql: str) -> list[str]:
    """What no pragma tells: checks, generated expressions, AUTOINCREMENT, deferrable keys and conflict clauses."""
    words = _words(sql)
    found = [f"check {expr}" for expr in _behind(words, r"check ")]
    found += [f"generated {expr}" for expr in _behind(words, r" as (?=\()")]
    found += re.findall(
        r"autoincrement|(?:not )?deferrable(?: initially \w+)?|on conflict \w+|collate \w+", words
    )
    return found


def _behind(words: str, pattern: str) -> list[str]:
    """The expressions in parentheses behind each match."""
    found = []
    for match in re.finditer(pattern, words):
        depth = 0
        for position in range(match.end(), len(words)):
            depth += {"(": 1, ")": -1}.get(words[position], 0)
            if depth == 0:
                found.append(words[match.end() : position + 1])
                break
    return found


def _unwrapped(text: str) -> str:
    return text[1:-1] if text.startswith("(") and text.endswith(")") else text


def _without_head(sql: str) -> str:
    return re.sub(r"(?is)^.*?\bON\b", "", sql, count=1)


def _words(sql: str) -> str:
    """Lower case outside of strings, one space between words, no quotes around names, no IF NOT EXISTS."""
    sql = re.sub(r"(?i)\bif not exists\b", "", sql)
    tokens = [
        word if word.startswith("'") else _QUOTES.sub("", word).lower() for word in _TOKENS.findall(sql)
    ]
    return " ".join(token for token in tokens if token).rstrip(" ;")
