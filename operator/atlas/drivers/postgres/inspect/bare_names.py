"""Texts for a URL that is bound to a schema: the server prints them again, with names of that schema bare.

What is written of them then works in every schema that a URL is bound to: files of ``migrate diff``, and HCL. A name that
something of ``pg_catalog`` hides stays qualified: the server knows, and no text is parsed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from atlas.drivers.postgres.inspect.rows import array, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.postgres.inspect.found import Found
    from atlas.drivers.postgres.inspect.rows import Row
    from atlas.drivers.postgres.session import PostgresSession

QUALIFIED = "qualified"
"""The field of a column that holds its default as it was."""


@dataclass(frozen=True, slots=True)
class QualifiedText:
    """A printed text: a field of a row, and what ``sql/inspect_bare.sql`` calls it."""

    kind: str
    oid: str
    row: Row
    field: str
    number: int = 0

    @property
    def printed(self) -> str:
        return self.row[self.field] or ""


def qualified_texts(found: Found, bound: str) -> list[QualifiedText]:
    """The texts that may name the schema ``bound``; none for ''."""
    if not bound:
        return []
    names = (f"{bound}.", f"{_quoted(bound)}.")
    return [each for each in _texts(found) if any(name in each.printed for name in names)]


def write_bare_names(session: PostgresSession, texts: list[QualifiedText], bound: str) -> bool:
    """Have ``texts`` printed again within the ``catalog_view`` that they are from, and write them to their rows.

    Returns:
        False where something was dropped in the meantime.
    """
    printed = _printed(session, texts, bound)
    for each in texts:
        text = printed.get((each.kind, each.oid, each.number))
        if text is None:
            return False
        if each.kind == "default":
            each.row[QUALIFIED] = each.printed
        each.row[each.field] = text
    return True


def _printed(
    session: PostgresSession, texts: list[QualifiedText], bound: str
) -> dict[tuple[str, str, int], str]:
    oids: dict[str, set[str]] = {kind: set() for kind in _KINDS}
    for each in texts:
        oids[each.kind].add(each.oid)
    session.run(f"SET LOCAL search_path = pg_catalog, {_quoted(bound)}, pg_temp")
    lists = {kind: array(sorted(found)) for kind, found in oids.items()}
    with reading(session, {"bare": lists}) as answers:
        (rows,) = answers
    return {(row["kind"], row["oid"], row["number"]): row["text"] for row in rows}


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


_KINDS = (
    *("default", "check", "predicate", "part", "view", "partition_key", "printed_key", "type"),
    *("trigger", "policy_using", "policy_check", "argument", "body"),
)


def _texts(found: Found) -> Iterator[QualifiedText]:
    for row in chain(*found.columns.values()):
        if row["expr"]:
            yield QualifiedText("default", row["default_oid"], row, "expr")
    for row in chain(*found.constraints.values()):
        yield QualifiedText("check", row["oid"], row, "expr")
    for row in found.types:
        yield QualifiedText("type", row["oid"], row, "expr")
    for row in chain(*found.triggers.values()):
        yield QualifiedText("trigger", row["oid"], row, "definition")
    for row in chain(*found.policies.values()):
        yield QualifiedText("policy_using", row["oid"], row, "using")
        yield QualifiedText("policy_check", row["oid"], row, "check")
    yield from chain(_of_indexes(found), _of_relations(found), _of_routines(found))


def _of_indexes(found: Found) -> Iterator[QualifiedText]:
    for oid, row in found.indexes.items():
        yield QualifiedText("predicate", oid, row, "predicate")
        for position, part in enumerate(row["parts"], start=1):
            yield QualifiedText("part", oid, part, "expr", position)


def _of_relations(found: Found) -> Iterator[QualifiedText]:
    for row in found.relations:
        yield QualifiedText("view", row["oid"], row, "definition")
        if row["partition_key"]:
            yield QualifiedText("partition_key", row["oid"], row["partition_key"], "expressions")
            yield QualifiedText("printed_key", row["oid"], row["partition_key"], "printed")


def _of_routines(found: Found) -> Iterator[QualifiedText]:
    for row in found.routines:
        yield QualifiedText("body", row["oid"], row, "sql_body")
        for position, argument in enumerate(row["arguments"] or (), start=1):
            yield QualifiedText("argument", row["oid"], argument, "default", position)
