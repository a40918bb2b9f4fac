"""Columns of a real PostgreSQL server as the model holds them."""

from __future__ import annotations

import pytest
from atlas.schema.objects import Sequence
from atlas.schema.table import Column, Generated, Identity, Table

from tests.servers.realms import postgres_realm, the


def table(url: str, sql: str, name: str = "t") -> Table:
    return the(postgres_realm(url, sql), Table, name)


def column(url: str, definition: str, before: str = "", after: str = "") -> Column:
    return table(url, f"{before}; CREATE TABLE t (c {definition}); {after}").columns[0]


@pytest.mark.parametrize(
    ("declared", "printed"),
    [
        ("int4", "integer"),
        ("varchar(20)", "character varying(20)"),
        ("numeric(10,2)", "numeric(10,2)"),
        ("timestamptz(3)", "timestamp(3) with time zone"),
        ("interval day to second(2)", "interval day to second(2)"),
        ("text[][]", "text[]"),
        ('"char"', '"char"'),
        ("bit varying(5)", "bit varying(5)"),
    ],
)
def test_a_type_stands_as_the_server_prints_it(postgres_url: str, declared: str, printed: str) -> None:
    assert column(postgres_url, declared) == Column(name="c", type=printed)


def test_types_that_somebody_made_are_qualified_in_every_scope(postgres_url: str) -> None:
    sql = """CREATE TYPE status AS ENUM ('on'); CREATE SCHEMA "Od d"; CREATE DOMAIN "Od d"."D" AS int;
        CREATE TABLE t (a status DEFAULT 'on', b "Od d"."D"[], c status[])"""
    realm = postgres_realm(postgres_url, sql, bound="public")
    assert the(realm, Table, "t").columns == (
        Column(name="a", type="public.status", default="'on'::status"),
        Column(name="b", type='"Od d"."D"[]'),
        Column(name="c", type="public.status[]"),
    )


@pytest.mark.parametrize(
    ("definition", "default"),
    [
        ("text DEFAULT 'it''s'", "'it''s'::text"),
        ("text DEFAULT 'back\\slash'", "'back\\slash'::text"),
        ("int DEFAULT 5", "5"),
        ("int DEFAULT 1 + 1", "(1 + 1)"),
        ("timestamptz DEFAULT now()", "now()"),
        (
            "timestamptz DEFAULT '2020-01-02 03:04:05+02'",
            "'2020-01-02 01:04:05+00'::timestamp with time zone",
        ),
        ("varchar(5) DEFAULT NULL", None),
        ("numeric(5,2) DEFAULT NULL", None),
        ("text", None),
    ],
)
def test_a_default_is_the_expression_of_the_server(
    postgres_url: str, definition: str, default: str | None
) -> None:
    assert column(postgres_url, definition).default == default


def test_a_null_that_hides_the_default_of_a_domain_is_told(postgres_url: str) -> None:
    found = column(postgres_url, "d DEFAULT NULL", before="CREATE DOMAIN d AS int DEFAULT 5")
    assert found == Column(name="c", type="public.d", default="NULL::integer")


def test_serial_is_a_type_and_its_sequence_is_in_no_list(postgres_url: str) -> None:
    realm = postgres_realm(postgres_url, "CREATE TABLE t (a serial, b bigserial, c smallserial)")
    assert [type(item) for item in realm.objects] == [Table]
    assert [(one.type, one.null, one.default) for one in the(realm, Table, "t").columns] == [
        ("serial", False, None),
        ("bigserial", False, None),
        ("smallserial", False, None),
    ]


def test_serial_is_found_under_names_that_the_server_has_cut(postgres_url: str) -> None:
    long = "sesquipedalian_" * 4
    sql = f'CREATE SCHEMA "user"; CREATE TABLE "user".{long}é (größe_{long} serial, "Se""l" serial)'
    realm = postgres_realm(postgres_url, sql)
    (found,) = realm.objects
    assert isinstance(found, Table)
    assert [one.type for one in found.columns] == ["serial", "serial"]


@pytest.mark.parametrize(
    "change",
    [
        "ALTER SEQUENCE t_c_seq INCREMENT 2",
        "ALTER SEQUENCE t_c_seq AS bigint",
        "ALTER SEQUENCE t_c_seq CACHE 5",
        "ALTER SEQUENCE t_c_seq CYCLE",
        "ALTER SEQUENCE t_c_seq RENAME TO other",
        "COMMENT ON SEQUENCE t_c_seq IS 'mine'",
        "ALTER TABLE t ALTER c DROP NOT NULL",
        "ALTER TABLE t ALTER c TYPE bigint",
        "ALTER TABLE t ALTER c SET DEFAULT nextval('t_c_seq') + 1",
        "ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME c TO d",
    ],
)
def test_a_sequence_that_serial_would_not_make_is_one_of_its_own(postgres_url: str, change: str) -> None:
    realm = postgres_realm(postgres_url, f"CREATE TABLE t (c serial); {change}")
    (sequence,) = [item for item in realm.objects if isinstance(item, Sequence)]
    (owner,) = [item for item in realm.objects if isinstance(item, Table)]
    assert sequence.owned_by == (owner.name, owner.columns[0].name)
    assert owner.columns[0].type in {"integer", "bigint"}
    assert owner.columns[0].default is not None


def test_a_default_of_a_foreign_sequence_stays_one(postgres_url: str) -> None:
    sql = "CREATE SEQUENCE s; CREATE TABLE t (c int NOT NULL DEFAULT nextval('s'))"
    realm = postgres_realm(postgres_url, sql)
    assert the(realm, Table, "t").columns[0].default == "nextval('public.s'::regclass)"
    assert the(realm, Sequence, "s").owned_by is None


@pytest.mark.parametrize(
    ("definition", "identity"),
    [
        ("bigint GENERATED ALWAYS AS IDENTITY", Identity(always=True)),
        ("int GENERATED BY DEFAULT AS IDENTITY (START 10 INCREMENT 5)", Identity(start=10, increment=5)),
        (
            "smallint GENERATED BY DEFAULT AS IDENTITY (INCREMENT -1 MINVALUE -9 CACHE 3 CYCLE)",
            Identity(start=-1, increment=-1, min_value=-9, cache=3, cycle=True),
        ),
        ("int GENERATED BY DEFAULT AS IDENTITY (MAXVALUE 99)", Identity(max_value=99)),
    ],
)
def test_an_identity_has_its_options(postgres_url: str, definition: str, identity: Identity) -> None:
    found = column(postgres_url, definition)
    assert (found.identity, found.null, found.default) == (identity, False, None)


def test_a_generated_column_has_its_expression_without_outer_parentheses(postgres_url: str) -> None:
    found = table(
        postgres_url, "CREATE TABLE t (a int, g int GENERATED ALWAYS AS ((a + 1) * (a + 2)) STORED)"
    )
    assert found.columns[1] == Column(name="g", type="integer", generated=Generated(expr="(a + 1) * (a + 2)"))


def test_what_else_is_said_of_a_column(postgres_url: str) -> None:
    found = column(
        postgres_url,
        'text COMPRESSION pglz COLLATE "C" NOT NULL',
        after="""ALTER TABLE t ALTER c SET STORAGE EXTERNAL, ALTER c SET STATISTICS 50,
            ALTER c SET (n_distinct = -0.5, n_distinct_inherited = 7); COMMENT ON COLUMN t.c IS 'it''s
            two lines'""",
    )
    assert found == Column(
        name="c",
        type="text",
        null=False,
        collation="C",
        comment="it's\n            two lines",
        options=(
            ("compression", "pglz"),
            ("n_distinct", "-0.5"),
            ("n_distinct_inherited", "7"),
            ("statistics", "50"),
            ("storage", "EXTERNAL"),
        ),
    )


def test_a_collation_that_somebody_made_is_qualified_and_quoted(postgres_url: str) -> None:
    before = 'CREATE SCHEMA s; CREATE COLLATION s."Co" FROM "C"'
    assert column(postgres_url, 'text COLLATE s."Co"', before=before).collation == '"s"."Co"'


def test_dropped_columns_are_gone(postgres_url: str) -> None:
    found = table(postgres_url, "CREATE TABLE t (a int, b int, c int); ALTER TABLE t DROP b")
    assert [one.name for one in found.columns] == ["a", "c"]
