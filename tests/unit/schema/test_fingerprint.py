from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

from atlas.schema import Key, Kind, Realm, Schema, Unmodelled, fingerprint, flatten
from atlas.schema.table import Check, Column, IndexPart, PrimaryKey, Table, Unique

TABLE = Table(
    schema="app",
    name="t",
    columns=(Column(name="id", type="integer"),),
    primary_key=PrimaryKey(parts=(IndexPart(column="id"),)),
    uniques=(Unique(name="", parts=(IndexPart(column="a"), IndexPart(column="b"))),),
    checks=(Check(name="", expr="a > 1"),),
)
REALM = Realm(dialect="sqlite", schemas=(Schema(name="app"),), objects=(TABLE,))


def test_every_field_counts_and_what_follows_from_them_does_not() -> None:
    assert fingerprint(REALM) != fingerprint(replace(REALM, objects=(replace(TABLE, strict=True),)))
    assert fingerprint(REALM) != fingerprint(replace(REALM, dialect="postgres"))
    needs = frozenset({(Key(Kind.TABLE, "app", "", "t"), Key(Kind.SCHEMA, "", "", "app"))})
    unmodelled = (Unmodelled(kind="grant", name="app.t"),)
    assert fingerprint(REALM) == fingerprint(replace(REALM, dependencies=needs, unmodelled=unmodelled))


def test_another_process_with_another_hash_seed_agrees() -> None:
    code = (
        "from tests.unit.schema.test_fingerprint import REALM; from atlas.schema import fingerprint;"
        "print(fingerprint(REALM), end='')"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": ".:operator"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout == fingerprint(REALM)


def test_what_has_no_name_is_known_by_what_it_says() -> None:
    assert [str(key) for key in flatten(REALM)] == [
        "schema app",
        "table app.t",
        "column app.t.id",
        "primary key app.t",
        "unique app.t.(a, b)",
        "check app.t.(a > 1)",
    ]
