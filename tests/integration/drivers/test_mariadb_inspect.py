"""What the catalogs of a real MariaDB become: texts as canonical as they can be, and nothing left out in silence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from atlas.drivers.mysql import MySQLDatabase, open_database
from atlas.drivers.mysql.inspect import inspect_schemas
from atlas.drivers.mysql.schema_driver import MySQLSchemaDriver
from atlas.engine.database_url import parse_database_url
from atlas.engine.scope import Scope
from atlas.schema import Key, Kind, Realm
from atlas.schema.objects import Event, Routine, Sequence, View
from atlas.schema.table import Check, Column, Generated, IndexPart, PartitionBy, Table

from tests.servers.mariadb import MariaDBServer


@pytest.fixture
def opened(mariadb_url: str) -> Iterator[MySQLDatabase]:
    database = open_database(parse_database_url(mariadb_url))
    yield database
    database.session.close()


def realm_of(database: MySQLDatabase, server: MariaDBServer, sql: str) -> Realm:
    name = database.session.database
    server.query(name, sql)
    return MySQLSchemaDriver("mariadb").inspect(database, Scope(bound=name))


def column(database: MySQLDatabase, server: MariaDBServer, definition: str, options: str = "") -> Column:
    realm = realm_of(database, server, f"CREATE OR REPLACE TABLE t (c {definition}) {options}")
    return realm.tables[0].columns[0]


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("int(11)", "int"),
        ("integer", "int"),
        ("bigint(20) unsigned not null", "bigint unsigned"),
        ("tinyint(1)", "tinyint(1)"),
        ("bool", "tinyint(1)"),
        ("tinyint(4)", "tinyint"),
        ("int(5) zerofill", "int(5) unsigned zerofill"),
        ("varchar(20) compressed", "varchar(20)"),
        ("enum('int(11)','it''s')", "enum('int(11)','it''s')"),
        ("json", "json"),
        ("uuid", "uuid"),
        ("inet6", "inet6"),
    ],
)
def test_a_type_has_one_spelling(
    mariadb: MariaDBServer, opened: MySQLDatabase, definition: str, expected: str
) -> None:
    assert column(opened, mariadb, definition).type == expected


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("int", None),
        ("int default null", None),
        ("int default 5", "5"),
        ("decimal(5,2) default -1.5", "-1.50"),
        ("varchar(9) default 'it''s'", "'it''s'"),
        ("varchar(9) default ''", "''"),
        ("bit(3) default b'101'", "b'101'"),
        ("char(36) default uuid()", "(uuid())"),
        ("datetime default now()", "(current_timestamp())"),
        ("int default (1 + 1)", "(1 + 1)"),
    ],
)
def test_a_default_is_an_expression(
    mariadb: MariaDBServer, opened: MySQLDatabase, definition: str, expected: str | None
) -> None:
    assert column(opened, mariadb, definition).default == expected


def test_everything_that_can_be_said_of_a_column_is_said(
    mariadb: MariaDBServer, opened: MySQLDatabase
) -> None:
    table = realm_of(
        opened,
        mariadb,
        "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, at timestamp(3) NOT NULL DEFAULT current_timestamp(3) "
        "ON UPDATE current_timestamp(3), v int AS (id + 1) VIRTUAL, s int AS (l + 1) STORED INVISIBLE COMMENT 'c', "
        "l int, k varchar(9) CHARSET latin1, b varchar(9) COLLATE utf8mb4_bin, z text COMPRESSED, p point REF_SYSTEM_ID=4326)",
    ).tables[0]

    assert [
        (each.name, each.auto_increment, each.on_update, each.generated) for each in table.columns[:4]
    ] == [
        ("id", True, "", None),
        ("at", False, "current_timestamp(3)", None),
        ("v", False, "", Generated(expr="`id` + 1", stored=False)),
        ("s", False, "", Generated(expr="`l` + 1", stored=True)),
    ]
    assert (table.columns[3].invisible, table.columns[3].comment) == (True, "c")
    assert [(each.charset, each.collation, each.options) for each in table.columns[5:]] == [
        ("latin1", "latin1_swedish_ci", ()),
        ("", "utf8mb4_bin", ()),
        ("", "", (("compressed", "yes"),)),
        ("", "", (("srid", "4326"),)),
    ]


def test_the_check_behind_json_is_a_part_of_the_type(mariadb: MariaDBServer, opened: MySQLDatabase) -> None:
    table = realm_of(
        opened, mariadb, "CREATE TABLE t (j json, k varchar(9) CHECK (json_valid(k)), n int CHECK (n > 0))"
    ).tables[0]

    assert table.checks == (
        Check(name="k", expr="json_valid(`k`)", column="k"),
        Check(name="n", expr="`n` > 0", column="n"),
    )


def test_a_check_is_found_in_its_column_when_that_was_renamed(
    mariadb: MariaDBServer, opened: MySQLDatabase
) -> None:
    table = realm_of(
        opened, mariadb, "CREATE TABLE t (a int CHECK (a > 0), c int); ALTER TABLE t RENAME COLUMN a TO b"
    ).tables[0]

    assert table.checks == (Check(name="b", expr="`b` > 0", column="b"),)


def test_a_charset_is_said_where_it_is_not_that_of_the_parent(
    mariadb: MariaDBServer, opened: MySQLDatabase
) -> None:
    realm = realm_of(
        opened,
        mariadb,
        "CREATE TABLE a (c varchar(9)); CREATE TABLE b (c varchar(9)) CHARSET latin1;"
        "CREATE TABLE d (c varchar(9)) COLLATE utf8mb4_bin",
    )

    assert [(each.charset, each.collation) for each in realm.tables] == [
        ("", ""),
        ("latin1", "latin1_swedish_ci"),
        ("", "utf8mb4_bin"),
    ]
    assert {each.columns[0].charset for each in realm.tables} == {""}
    assert (realm.schemas[0].charset, realm.schemas[0].collation) == ("utf8mb4", "utf8mb4_general_ci")


def test_a_counter_is_read_and_is_no_part_of_the_hash(mariadb: MariaDBServer, opened: MySQLDatabase) -> None:
    from atlas.schema import fingerprint

    first = realm_of(opened, mariadb, "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY)")
    second = realm_of(opened, mariadb, "INSERT INTO t VALUES (41)")

    assert [first.tables[0].auto_increment, second.tables[0].auto_increment] == [None, 42]
    assert fingerprint(first) == fingerprint(second)


def test_options_and_engines_are_those_that_were_asked_for(
    mariadb: MariaDBServer, opened: MySQLDatabase
) -> None:
    realm = realm_of(
        opened,
        mariadb,
        "CREATE TABLE a (c int) ROW_FORMAT=DYNAMIC STATS_PERSISTENT=1 PAGE_COMPRESSED=1;"
        "CREATE TABLE b (c int) ENGINE=Aria; CREATE TABLE d (c int, e int WITHOUT SYSTEM VERSIONING) WITH SYSTEM VERSIONING",
    )

    assert [(each.engine, each.options) for each in realm.tables] == [
        ("", (("page_compressed", "1"), ("row_format", "DYNAMIC"), ("stats_persistent", "1"))),
        ("Aria", ()),
        ("", (("system_versioning", "yes"),)),
    ]
    assert realm.tables[2].columns[1].options == (("system_versioning", "no"),)


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (
            "PARTITION BY HASH (a) PARTITIONS 3",
            PartitionBy(method="HASH", parts=(IndexPart(column="a"),), count=3),
        ),
        (
            "PARTITION BY LINEAR KEY (a) PARTITIONS 2",
            PartitionBy(method="LINEAR KEY", parts=(IndexPart(column="a"),), count=2),
        ),
        (
            "PARTITION BY HASH (a + 1)",
            PartitionBy(method="HASH", parts=(IndexPart(expr="`a` + 1"),), count=1),
        ),
    ],
)
def test_partitions_without_names_are_counted(
    mariadb: MariaDBServer, opened: MySQLDatabase, clause: str, expected: PartitionBy
) -> None:
    assert realm_of(opened, mariadb, f"CREATE TABLE t (a int) {clause}").tables[0].partition_by == expected


def test_values_of_partitions_are_read_as_they_are_written(
    mariadb: MariaDBServer, opened: MySQLDatabase
) -> None:
    realm = realm_of(
        opened,
        mariadb,
        "CREATE TABLE l (a int) PARTITION BY LIST (a) (PARTITION x VALUES IN (1, NULL), PARTITION d DEFAULT);"
        "CREATE TABLE o (a int) PARTITION BY LIST (a) (PARTITION x VALUES IN (0));"
        "CREATE TABLE r (a date) PARTITION BY RANGE COLUMNS (a) (PARTITION x VALUES LESS THAN ('2020-01-01') COMMENT 'c',"
        " PARTITION y VALUES LESS THAN (MAXVALUE));"
        "CREATE TABLE s (a int) PARTITION BY RANGE (a) SUBPARTITION BY HASH (a) SUBPARTITIONS 2"
        " (PARTITION x VALUES LESS THAN MAXVALUE)",
    )
    found = [each.partition_by for each in realm.tables]

    assert [[(part.values, part.comment) for part in each.partitions] for each in found if each] == [
        [("IN (NULL,1)", ""), ("DEFAULT", "")],
        [("IN (0)", "")],
        [("LESS THAN ('2020-01-01')", "c"), ("LESS THAN (MAXVALUE)", "")],
        [("LESS THAN MAXVALUE", "")],
    ]
    assert found[3] is not None
    assert found[3].subpartition == "HASH (`a`) SUBPARTITIONS 2"


PROGRAMS = """
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE SEQUENCE s START WITH 5 INCREMENT BY 2 MAXVALUE 99 CACHE 7 CYCLE;
CREATE SEQUENCE plain;
CREATE TABLE u (n bigint DEFAULT nextval(s), t int, CONSTRAINT ut FOREIGN KEY (t) REFERENCES t (id));
CREATE FUNCTION f(a int, b varchar(9) CHARSET latin1) RETURNS varchar(20) COLLATE utf8mb4_bin DETERMINISTIC
  READS SQL DATA COMMENT 'c' RETURN b;
CREATE PROCEDURE p(IN a int, OUT b int) SQL SECURITY INVOKER SET b = a;
CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW v AS SELECT id, f(a, 'x') AS g FROM t WHERE a > 0 WITH CHECK OPTION;
CREATE VIEW w AS SELECT id FROM v;
CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;
CREATE TRIGGER two BEFORE INSERT ON t FOR EACH ROW FOLLOWS one SET NEW.a = 2;
CREATE EVENT e ON SCHEDULE EVERY 2 HOUR ENDS '2037-01-01 00:00:00' DISABLE COMMENT 'c' DO DELETE FROM t;
"""


def test_programs_are_read_with_all_that_they_are(mariadb: MariaDBServer, opened: MySQLDatabase) -> None:
    realm = realm_of(opened, mariadb, PROGRAMS)
    function, procedure = realm.of(Routine)
    view = realm.of(View)[0]

    assert [(each.type, each.charset) for each in function.arguments] == [
        ("int", ""),
        ("varchar(9)", "latin1"),
    ]
    assert function.returns == "varchar(20) CHARSET utf8mb4 COLLATE utf8mb4_bin"
    assert (function.deterministic, function.data_access, function.comment) == (True, "READS SQL DATA", "c")
    assert [each.mode for each in procedure.arguments] == ["IN", "OUT"]
    assert procedure.options == (("security", "INVOKER"),)
    assert (view.check_option, view.options) == (
        "CASCADED",
        (("algorithm", "MERGE"), ("security", "INVOKER")),
    )
    assert [each.name for each in view.columns] == ["id", "g"]
    assert [(each.name, each.options) for each in realm.tables[0].triggers] == [
        ("one", ()),
        ("two", (("follows", "one"),)),
    ]
    assert realm.of(Event)[0].schedule == "EVERY 2 HOUR ENDS '2037-01-01 00:00:00'"


def test_a_sequence_says_what_is_not_the_default(mariadb: MariaDBServer, opened: MySQLDatabase) -> None:
    schema = opened.session.database
    assert realm_of(opened, mariadb, PROGRAMS).of(Sequence) == (
        Sequence(schema=schema, name="plain"),
        Sequence(schema=schema, name="s", start=5, increment=2, max_value=99, cache=7, cycle=True),
    )


def test_what_stands_on_what_is_known(mariadb: MariaDBServer, opened: MySQLDatabase) -> None:
    realm, schema = realm_of(opened, mariadb, PROGRAMS), opened.session.database

    def key(kind: Kind, name: str, relation: str = "") -> Key:
        return Key(kind, schema, relation, name)

    assert {
        (key(Kind.VIEW, "v"), key(Kind.TABLE, "t")),
        (key(Kind.VIEW, "v"), key(Kind.FUNCTION, "f()")),
        (key(Kind.VIEW, "w"), key(Kind.VIEW, "v")),
        (key(Kind.TABLE, "u"), key(Kind.SEQUENCE, "s")),
        (key(Kind.FOREIGN_KEY, "ut", "u"), key(Kind.TABLE, "t")),
    } <= realm.dependencies


def test_what_is_not_modelled_is_named(mariadb: MariaDBServer, opened: MySQLDatabase) -> None:
    schema = opened.session.database
    realm = realm_of(
        opened,
        mariadb,
        "CREATE TABLE ap (s date, e date, PERIOD FOR life (s, e));"
        "CREATE TABLE st (a int, rs timestamp(6) GENERATED ALWAYS AS ROW START, re timestamp(6) GENERATED ALWAYS AS ROW "
        "END, PERIOD FOR system_time (rs, re)) WITH SYSTEM VERSIONING;"
        "CREATE TABLE b (v varbinary(9) DEFAULT x'ff'); CREATE TABLE plain (s date, e date, CHECK (s < e));"
        f"CREATE USER IF NOT EXISTS reader@localhost; GRANT SELECT ON `{schema}`.plain TO reader@localhost;"
        "SET sql_mode = 'ANSI_QUOTES'; CREATE PROCEDURE p() SELECT \"id\"",
    )
    mariadb.query("", "DROP USER reader@localhost")

    assert [(each.kind, each.name, each.on) for each in realm.unmodelled] == [
        ("default of bytes", f"{schema}.b.v", f"{schema}.b"),
        ("grant", f"{schema}.plain to 'reader'@'localhost'", ""),
        ("period", f"{schema}.ap.life", f"{schema}.ap"),
        ("period", f"{schema}.st.system_time", f"{schema}.st"),
        ("sql_mode ANSI_QUOTES of procedure", f"{schema}.p", ""),
    ]


@pytest.mark.parametrize("mode", ["ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "ORACLE"])
def test_texts_are_the_same_in_every_mode_which_stays_as_it_was(
    mariadb: MariaDBServer, opened: MySQLDatabase, mode: str
) -> None:
    sql = (
        "CREATE TABLE t (id int PRIMARY KEY, a varchar(9) DEFAULT 'it''s \\\\', g int AS (id + 1) VIRTUAL, "
        "CHECK (a <> 'q\\\\')); CREATE VIEW v AS SELECT a FROM t WHERE a <> 'x\\\\'"
    )
    plain = realm_of(opened, mariadb, sql)
    opened.session.run(f"SET sql_mode = '{mode}'")

    found = inspect_schemas(opened.session, (opened.session.database,))

    assert found.objects == plain.objects
    assert mode in (opened.session.query("SELECT @@sql_mode") or [("",)])[0][0].split(",")  # type: ignore[union-attr]


def test_the_number_of_queries_does_not_grow_with_the_tables(
    mariadb: MariaDBServer, opened: MySQLDatabase
) -> None:
    sent: list[str] = []
    query = opened.session.query

    def counting(sql: str, **options: object) -> object:
        sent.append(sql)
        return query(sql, **options)  # type: ignore[arg-type]

    opened.session.query = counting  # type: ignore[assignment,method-assign]
    realm_of(opened, mariadb, "CREATE TABLE t0 (id int PRIMARY KEY)")
    first = len(sent)
    realm_of(
        opened,
        mariadb,
        "".join(
            f"CREATE TABLE t{n} (id int PRIMARY KEY, p int, KEY (p), FOREIGN KEY (p) REFERENCES t0 (id));"
            for n in range(1, 30)
        ),
    )

    assert len(sent) - first == first
    assert first <= 18
    assert not [sql for sql in sent if sql.startswith("SHOW")]


def test_another_schema_is_not_looked_at(mariadb: MariaDBServer, opened: MySQLDatabase) -> None:
    other = mariadb.create_database()
    mariadb.query(other, "CREATE TABLE elsewhere (id int)")
    realm = realm_of(opened, mariadb, "CREATE TABLE here (id int)")
    everything = inspect_schemas(opened.session)
    mariadb.drop_database(other)

    assert [each.name for each in realm.objects] == ["here"]
    assert {other, opened.session.database} <= {schema.name for schema in everything.schemas}
    assert any(isinstance(each, Table) and each.name == "elsewhere" for each in everything.objects)
