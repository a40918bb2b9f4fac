"""``atlas:sensitive``: the values of a statement reach no text that anybody sees."""

from __future__ import annotations

import pytest
from atlas.engine.apply import ApplyReport, TxMode
from atlas.engine.apply.events import Event
from atlas.engine.database_url import parse_database_url
from atlas.engine.deployment import Deployment, deployment_report
from atlas.engine.directory import MigrationFile
from atlas.engine.mask import masker
from atlas.engine.scan import options_for
from atlas.engine.sensitive import is_sensitive, mask_of
from atlas.errors import Unsupported

from tests.fakes.database import IMPLICIT_COMMIT, FakeServer
from tests.unit.engine.applying import apply, rows

CANARY = "hunter2"
ROW = f"INSERT INTO a VALUES ('{CANARY}');\n"
OF_STATEMENT = f"CREATE TABLE a (x text);\n-- atlas:sensitive\n{ROW}INSERT INTO a VALUES ('plain');\n"
OF_FILE = f"-- atlas:sensitive\n\nCREATE TABLE a (x text);\n{ROW}"


def everything(report: ApplyReport, events: list[Event] | None = None) -> str:
    """All texts that people, registries and clusters get of a run."""
    deployment = Deployment(
        project="p",
        env="e",
        directory="d",
        tag="",
        target_id="",
        url=parse_database_url("sqlite://a.db"),
        version="v",
    )
    return repr(
        (report.applied, report.error, str(report.error), deployment_report(report, deployment), events)
    )


@pytest.mark.parametrize("text", [OF_STATEMENT, OF_FILE], ids=["statement", "file"])
@pytest.mark.parametrize("dry_run", [False, True])
def test_a_statement_is_shown_up_to_its_first_quote(text: str, *, dry_run: bool) -> None:
    report = apply(FakeServer(), {"1_a.sql": text}, dry_run=dry_run)
    assert report.error is None
    (file,) = report.applied
    assert file.statements[:2] == ("CREATE TABLE a (x text);", "INSERT INTO a VALUES ((sensitive)")
    told = repr(report.applied[0].statements) + everything(report).replace(repr(file.file), "")
    assert CANARY not in told
    assert ("'plain'" in repr(file.statements)) == (text is OF_STATEMENT)


def test_the_statement_runs_as_it_is() -> None:
    server = FakeServer()
    apply(server, {"1_a.sql": OF_STATEMENT})
    assert server.state.tables == {"a": [f"'{CANARY}'", "'plain'"]}


@pytest.mark.parametrize("mode", TxMode)
def test_a_refusal_tells_no_value_and_stores_none(mode: TxMode) -> None:
    server = FakeServer(IMPLICIT_COMMIT)
    broken = OF_STATEMENT.replace(f"INTO a VALUES ('{CANARY}')", f"INTO missing VALUES ('{CANARY}')")
    report = apply(server, {"1_a.sql": broken}, tx_mode=mode)
    assert report.error is not None
    assert "INSERT INTO missing VALUES ((sensitive)" in str(report.error)
    assert "no such table (sensitive)" in str(report.error)
    assert CANARY not in everything(report).replace(repr(report.applied[0].file), "").replace(
        repr(report.pending), ""
    )
    assert CANARY not in repr(rows(server))


def test_a_registry_is_not_sent_the_content() -> None:
    report = apply(FakeServer(), {"1_a.sql": OF_STATEMENT})
    deployment = Deployment(
        project="p",
        env="e",
        directory="d",
        tag="",
        target_id="",
        url=parse_database_url("sqlite://a.db"),
        version="v",
    )
    (file,) = deployment_report(report, deployment)["files"]
    assert file["content"] == "-- (sensitive): the file has the directive atlas:sensitive\n"


def test_checks_are_hidden_as_well() -> None:
    text = (
        f"-- atlas:txtar\n-- atlas:sensitive\n\n-- checks.sql --\nSELECT '{CANARY}';\n"
        "-- migration.sql --\nCREATE TABLE a (x int);\n"
    )
    report = apply(FakeServer(), {"1_a.sql": text})
    assert "SELECT (sensitive)" in str(report.error)
    assert CANARY not in str(report.error) + repr(report.applied[0].checks)


@pytest.mark.parametrize(
    ("dialect", "text", "shown"),
    [
        ("postgres", "ALTER ROLE \"api\" WITH PASSWORD 'x';", 'ALTER ROLE "api" WITH PASSWORD (sensitive)'),
        ("mysql", 'INSERT INTO t VALUES ("x");', "INSERT INTO t VALUES ((sensitive)"),
        ("postgres", "SELECT $tag$x$tag$;", "SELECT (sensitive)"),
        ("postgres", "SELECT /* it's */ 'x';", "SELECT /* it(sensitive)"),
        ("sqlite", "SELECT 1;", "SELECT 1;"),
    ],
)
def test_what_is_shown_ends_where_a_value_may_begin(dialect: str, text: str, shown: str) -> None:
    file = MigrationFile("1.sql", f"-- atlas:sensitive\n\n{text}\n".encode())
    statements = file.statements(options_for(dialect))
    assert mask_of(file, statements, masker(()), dialect)(text) == shown


@pytest.mark.parametrize(
    "head",
    [
        "-- atlas:sensitive\r\n\r\n",
        "\ufeff-- atlas:sensitive\n\n",
        "\ufeff-- atlas:sensitive\n",
        "-- ATLAS:Sensitive\n",
        "--\tatlas:sensitive\n",
        "# atlas:sensitive\n",
        "\n-- atlas:sensitive\n\n",
        "/* atlas:sensitive */\n",
        "/*atlas:sensitive*/\n\n\n",
        "SELECT 1;\n-- atlas:sensitive\n-- of all below\n/* of\nmany lines */\n\n",
        "SELECT 1; -- atlas:sensitive\n",
    ],
)
def test_a_directive_that_nothing_hears_hides_the_whole_file(head: str) -> None:
    file = MigrationFile("1.sql", f"{head}INSERT INTO a VALUES (1);\n{ROW}".encode())
    statements = file.statements(options_for("postgres"))
    told = mask_of(file, statements, masker(()), "postgres")(statements[-1].text)
    assert told == "INSERT INTO a VALUES ((sensitive)"
    assert is_sensitive(file.text)


def test_a_directive_inside_a_statement_hides_that_statement() -> None:
    file = MigrationFile("1.sql", f"INSERT INTO a\n-- atlas:sensitive\nVALUES ('{CANARY}');\n".encode())
    (statement,) = file.statements(options_for("postgres"))
    assert CANARY not in mask_of(file, [statement], masker(()), "postgres")(statement.text)


def test_patterns_are_refused_before_anything_runs() -> None:
    server = FakeServer()
    with pytest.raises(Unsupported, match=r"1_a\.sql.*patterns of atlas:sensitive are not supported"):
        apply(server, {"1_a.sql": OF_STATEMENT.replace("sensitive", "sensitive email=.*")})
    assert server.state.tables == {}


def test_a_report_has_the_text_of_a_file_without_its_passwords() -> None:
    text = f"CREATE TABLE a (x text);\nALTER ROLE api PASSWORD '{CANARY}';\n"
    report = apply(FakeServer(), {"1_a.sql": text})
    url = parse_database_url("sqlite://a.db")
    deployment = Deployment(project="p", env="e", directory="d", tag="", target_id="", url=url, version="v")
    (file,) = deployment_report(report, deployment)["files"]
    assert file["content"] == text.replace(CANARY, "xxxxx")
