"""Schemas of others in a dev database that is itself the room: what would change one of them does not run.

Reading them is fine: functions and types that a database shares are often in a schema of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.rooms.beside import POSTGRES, has_in_turn, short, without_comments
from atlas.errors import PolicyRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_DYNAMIC = re.compile(r"\bEXECUTE\s+(?!FUNCTION\b|PROCEDURE\b|ON\b)", re.IGNORECASE)
_OWNED = re.compile(r"\b(?:DROP|REASSIGN)\s+OWNED\b", re.IGNORECASE)
_KINDS = (
    r"(?:(?:GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED|RECURSIVE|FOREIGN|MATERIALIZED|TEXT\s+SEARCH|OR\s+REPLACE)\s+)*"
    r"(?:TABLE|VIEW|INDEX|SEQUENCE|TYPE|DOMAIN|FUNCTION|PROCEDURE|ROUTINE|AGGREGATE|COLLATION|CONVERSION|STATISTICS|"
    r"OPERATOR(?:\s+(?:CLASS|FAMILY))?|CONFIGURATION|DICTIONARY|PARSER|TEMPLATE)"
)
_MODIFIERS = r"(?:(?:CONCURRENTLY|IF\s+(?:NOT\s+)?EXISTS|ONLY)\s+)*"
_OTHERS = r"(?:[^\s;,()]+(?:\s*\([^()]*\))?\s*,\s*)*"
_MAKES = re.compile(r"\b(?:CREATE|ALTER|DROP)\s", re.IGNORECASE)
_HANGS_ON = re.compile(r"\b(?:INDEX|TRIGGER|POLICY|RULE)\b", re.IGNORECASE)
_SAYS_OF = re.compile(r"\b(?:COMMENT|GRANT|REVOKE)\s", re.IGNORECASE)
_PARENTHESES = re.compile(r"[()]")
_NEXT = ": write names bare, or give a dev database of its own, or a role that may create one"


def refuse_to_leave(said: str, *, schemas: Collection[str], extensions: Collection[str]) -> None:
    """Refuse texts that make, change or drop something in ``schemas``, or rows there, or drop one of ``extensions``.

    Raises:
        PolicyRefused: The statement and the schema are named.
    """
    text = without_comments(said, literals=bool(_DYNAMIC.search(said)), notation=POSTGRES)
    statements = text.split(";")
    for name in sorted(extensions):
        drops = re.compile(rf"\bDROP\s+EXTENSION\s+{_MODIFIERS}{_OTHERS}{_named(name)}", re.IGNORECASE)
        if found := next((each for each in statements if drops.search(each)), ""):
            raise PolicyRefused(f'"{short(found)}": this extension was in the dev database before{_NEXT}')
    if schemas and (found := next((each for each in statements if _OWNED.search(each)), "")):
        raise PolicyRefused(f'"{short(found)}" would reach all schemas of the dev database{_NEXT}')
    for schema in sorted(schemas):
        if schema.casefold() not in text.casefold():
            continue
        changes = _changing(schema)
        if found := next((each for each in statements if changes(each)), ""):
            raise PolicyRefused(
                f'"{short(found)}" changes the schema "{schema}", which is in the dev database beside the room{_NEXT}'
            )


def _changing(schema: str) -> Callable[[str], bool]:
    name = _named(schema)
    thing = rf"{name}\s*\."
    forms = (
        rf"(?:CREATE|ALTER|DROP)\s+{_KINDS}\s+{_MODIFIERS}{_OTHERS}{thing}",
        rf"(?:INTO|UPDATE|TRUNCATE|TABLE|COPY|LOCK|DELETE\s+FROM|VIEW)\s+(?:TABLE\s+)?{_MODIFIERS}{_OTHERS}{thing}",
        rf"(?:SET|IN|ON|DROP|ALTER)\s+SCHEMA\s+{_MODIFIERS}{_OTHERS}{name}",
        rf"SET\s+(?:SESSION\s+|LOCAL\s+)?search_path\s*(?:=|TO)\s*'?{name}",
    )
    at_once = re.compile(rf"\b(?:{'|'.join(forms)})", re.IGNORECASE)
    on = re.compile(rf"\bON\s+(?:[A-Z]+\s+){{0,3}}{_OTHERS}{thing}", re.IGNORECASE)
    hangs = re.compile(rf"\b(?:ON|TO)\s+(?:ONLY\s+)?{thing}", re.IGNORECASE)

    def changes(statement: str) -> bool:
        parts = [statement] if _PARENTHESES.search(schema) else _PARENTHESES.split(statement)
        return (
            at_once.search(statement) is not None
            or has_in_turn(statement, (_SAYS_OF, on))
            or any(has_in_turn(part, (_MAKES, _HANGS_ON, hangs)) for part in parts)
        )

    return changes


def _named(name: str) -> str:
    plain = re.escape(name)
    return rf"(?:\"{plain}\"|(?<![\w$\"]){plain}(?![\w$\"]))"
