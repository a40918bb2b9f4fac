"""Plans from outside: made, reviewed, approved, applied, on each kind of database, with what goes wrong between."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.registry.test_commands import Person

if TYPE_CHECKING:
    from pathlib import Path

    from tests.integration.registry.conftest import Served
    from tests.servers.mariadb import MariaDBServer
    from tests.servers.postgres import PostgresServer

USERS = "CREATE TABLE users (id int PRIMARY KEY, name varchar(50));\n"
AFTER = (
    "CREATE TABLE users (id int PRIMARY KEY, name varchar(50), email varchar(50));\n"
    "CREATE TABLE pets (id int PRIMARY KEY, owner int REFERENCES users (id));\n"
)
NO_CHANGES = "The current state is synced with the desired state, no changes to be made"
JSON = ("--format", "{{ json . }}")


@dataclass
class Shop:
    """A person with a project file, a database, a dev database and a registry."""

    person: Person
    query: Callable[[str], list[tuple[Any, ...]]]
    dialect: str

    def types(self, *words: str) -> Any:
        return self.person.types(*words, "--env", "prod")

    def prints(self, *words: str) -> str:
        return self.person.prints(*words, "--env", "prod")

    def fails(self, *words: str) -> str:
        answer = self.types(*words)
        assert answer.returncode == 1
        return str(answer.stderr)

    def answers(self, *words: str) -> Any:
        return json.loads(self.prints(*words, *JSON))

    def plan(self, name: str = "p", *words: str) -> Any:
        return self.answers("schema", "plan", "--name", name, *(words or ("--pending",)))["File"]

    def approve(self, name: str = "p") -> None:
        self.prints("schema", "plan", "approve", "--url", f"atlas://app/plans/{name}")

    def wants(self, text: str) -> None:
        (self.person.home / "schema.sql").write_text(text)

    def tables(self) -> list[str]:
        found = {
            "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table'",
            "postgres": "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
            "mariadb": "SELECT table_name FROM information_schema.tables WHERE table_schema = database()",
        }[self.dialect]
        return sorted(str(row[0]) for row in self.query(found))

    def file(self, name: str, text: str) -> str:
        (self.person.home / name).write_text(text)
        return f"file://{name}"

    def pulled(self, name: str = "p") -> str:
        return self.person.prints("schema", "plan", "pull", "--url", f"atlas://app/plans/{name}")


def _sqlite(path: Path) -> Callable[[str], list[tuple[Any, ...]]]:
    import sqlite3

    def query(text: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(path)) as connection, connection:
            return connection.execute(text).fetchall()

    return query


def _postgres(url: str) -> Callable[[str], list[tuple[Any, ...]]]:
    import psycopg

    def query(text: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(url, autocommit=True) as connection:
            done = connection.execute(text)  # type: ignore[call-overload]  # the tests' own texts
            return done.fetchall() if done.description else []

    return query


def _mariadb(server: MariaDBServer, name: str) -> Callable[[str], list[tuple[Any, ...]]]:
    import pymysql

    def query(text: str) -> list[tuple[Any, ...]]:
        connection = pymysql.connect(
            host=server.host,
            port=server.port,
            user=server.user,
            password=server.password,
            database=name,
            autocommit=True,
        )
        with closing(connection), connection.cursor() as cursor:
            cursor.execute(text)
            return list(cursor.fetchall())

    return query


def _shop(served: Served, home: Path, urls: tuple[str, str], query: Any, dialect: str) -> Shop:
    home.mkdir()
    person = Person(home, {"ATLAS_CLOUD_URL": f"{served.url}/query", "ATLAS_TOKEN": served.token})
    (home / "atlas.hcl").write_text(
        f'env "prod" {{\n  url = "{urls[0]}"\n  dev = "{urls[1]}"\n  schema {{\n    src = "file://schema.sql"\n'
        '    repo {\n      name = "app"\n    }\n  }\n  lint {\n    review = ALWAYS\n  }\n}\n'
    )
    shop = Shop(person, query, dialect)
    shop.wants(USERS)
    person.prints(
        "schema",
        "apply",
        "--url",
        urls[0],
        "--dev-url",
        urls[1],
        "--to",
        "file://schema.sql",
        "--auto-approve",
    )
    shop.prints("schema", "push")
    shop.wants(AFTER)
    return shop


@pytest.fixture
def shop(tmp_path: Path, served: Served) -> Shop:
    home = tmp_path / "home"
    urls = ("sqlite://app.db", "sqlite://dev?mode=memory")
    return _shop(served, home, urls, _sqlite(home / "app.db"), "sqlite")


@pytest.fixture(params=["sqlite", "postgres", "mariadb"])
def any_shop(request: pytest.FixtureRequest, tmp_path: Path, served: Served) -> Iterator[Shop]:
    if request.param == "sqlite":
        yield request.getfixturevalue("shop")
        return
    server: PostgresServer | MariaDBServer = request.getfixturevalue(request.param)
    names = (server.create_database(), server.create_database())
    try:
        if request.param == "postgres":
            urls = tuple(
                f"{server.url(name)}{'&' if '?' in server.url(name) else '?'}search_path=public"
                for name in names
            )
            query = _postgres(server.url(names[0]))
        else:
            urls = tuple(server.url(name) for name in names)
            query = _mariadb(server, names[0])  # type: ignore[arg-type]  # the parameter says which
        yield _shop(served, tmp_path / "home", (urls[0], urls[1]), query, request.param)
    finally:
        for name in names:
            server.drop_database(name)


# The way of a plan.


def test_a_plan_waits_is_approved_and_is_what_runs(any_shop: Shop) -> None:
    shop = any_shop
    file = shop.plan()
    assert (file["Name"], file["Status"], file["URL"]) == ("p", "PENDING", "atlas://app/plans/p")
    assert re.fullmatch(r"[A-Za-z0-9+/]{43}=", file["FromHash"])
    assert [each["Text"] for each in file["Stmts"]]
    refused = json.loads(shop.types("schema", "apply", *JSON).stdout)
    assert refused["Error"].startswith("Rejected by review policy: ")
    assert refused["Error"].endswith("a plan for this change waits for an approval: atlas://app/plans/p")
    assert shop.tables() == ["users"]
    named = shop.fails("schema", "apply", "--plan", "atlas://app/plans/p")
    assert "plan atlas://app/plans/p is PENDING: it has to be approved" in named
    shop.approve()
    applied = shop.answers("schema", "apply")
    assert applied["Plan"]["File"]["URL"] == "atlas://app/plans/p"
    assert applied["Plan"]["Repo"] == "app"
    assert len(applied["Changes"]["Applied"]) == len(file["Stmts"])
    assert shop.tables() == ["pets", "users"]
    assert shop.prints("schema", "apply") == "Schema is synced, no changes to be made\n"
    assert NO_CHANGES in shop.fails("schema", "plan", "--dry-run")


def test_a_plan_between_two_files_is_that_of_the_database(any_shop: Shop) -> None:
    shop = any_shop
    before = shop.file("before.sql", USERS)
    shop.plan("p", "--from", before, "--auto-approve")
    assert "using pre-planned file p (" in shop.prints("schema", "apply")
    assert shop.tables() == ["pets", "users"]


def test_a_plan_that_was_edited_runs_as_it_is_written(any_shop: Shop) -> None:
    shop = any_shop
    shop.query("INSERT INTO users (id, name) VALUES (1, 'ada')")
    shop.plan()
    text = shop.pulled()
    end = text.rindex("  SQL\n")
    filled = "    -- Fill the addresses\n    UPDATE users SET email = 'x@example.com';\n"
    edited = shop.file("e.plan.hcl", text[:end].replace('plan "p"', 'plan "e"') + filled + text[end:])
    shop.prints("schema", "plan", "validate", "--file", edited)
    shop.prints("schema", "plan", "push", "--file", edited, "--auto-approve")
    told = shop.prints("schema", "apply")
    assert "  -- fill the addresses:\n    -> UPDATE users SET email = 'x@example.com';\n" in told
    assert shop.query("SELECT email FROM users") == [("x@example.com",)]


def test_a_plan_that_leads_elsewhere_is_refused_wherever_it_is_held_up(any_shop: Shop) -> None:
    shop = any_shop
    shop.plan()
    text = re.sub(r'    -- Create "pets" table\n    CREATE TABLE(?:.|\n)*?;\n', "", shop.pulled(), count=1)
    wrong = shop.file("w.plan.hcl", text.replace('plan "p"', 'plan "w"'))
    for words in (("validate", "--file", wrong), ("push", "--file", wrong, "--auto-approve")):
        assert "does not lead to the desired state" in shop.fails("schema", "plan", *words)
    # Another client stores it unseen.
    pushed = shop.person.types("schema", "plan", "push", "--file", wrong, "--repo", "app", "--auto-approve")
    assert pushed.stderr.startswith("Warning: the plan was not tried out: give --from and --to")
    refused = json.loads(shop.types("schema", "apply", *JSON).stdout)
    assert 'plan "w" does not lead to the desired state' in refused["Error"]
    assert "pets" in refused["Error"]
    assert "Applied" not in refused["Changes"]
    assert shop.query("SELECT * FROM users") == []
    with pytest.raises(Exception, match="email"):
        shop.query("SELECT email FROM users")


def test_after_a_change_by_hand_the_plan_is_another_databases(any_shop: Shop) -> None:
    shop = any_shop
    file = shop.plan("p", "--auto-approve")
    shop.query("CREATE TABLE others (id int)")
    refused = shop.fails("schema", "apply", "--plan", "atlas://app/plans/p")
    assert refused.startswith(
        'Abort: The plan "From" hash does not match the current state hash (passed with --from):\n\n'
        f"  - {file['FromHash']} (plan value)\n  + "
    )
    assert "Rejected by review policy" in shop.fails("schema", "apply")
    assert shop.tables() == ["others", "users"]


def test_a_run_that_stops_half_way_is_not_taken_up_again_blindly(any_shop: Shop) -> None:
    shop = any_shop
    shop.plan("p")
    text = shop.pulled().replace('plan "p"', 'plan "half"')
    end = text.rindex("  SQL\n")
    broken = "    INSERT INTO users (id) VALUES (1);\n    INSERT INTO users (id) VALUES (1);\n    DELETE FROM users;\n"
    half = shop.file("half.plan.hcl", text[:end] + broken.replace("VALUES (1)", "SELECT 1") + text[end:])
    # In the empty dev database the second INSERT fails, too: what is stored unseen meets the rows.
    assert "is refused by the dev database" in shop.fails(
        "schema", "plan", "push", "--file", half, "--auto-approve"
    )
    rows = "    INSERT INTO users (id) SELECT id FROM users;\n"
    half = shop.file("half.plan.hcl", text[:end] + rows + text[end:])
    shop.query("INSERT INTO users (id, name) VALUES (1, 'kept')")
    shop.prints("schema", "plan", "push", "--file", half, "--auto-approve")
    failed = shop.types("schema", "apply", "--tx-mode", "none")
    assert failed.returncode == 1
    assert "statements are in effect" in failed.stderr
    assert shop.query("SELECT id, name FROM users") == [(1, "kept")]
    assert shop.tables() == ["pets", "users"]
    # The schema is as desired by now: the statement that failed is nobody's business but the person's who wrote it.
    assert shop.prints("schema", "apply") == "Schema is synced, no changes to be made\n"
    assert "The plan" not in shop.prints("schema", "apply", "--plan", "atlas://app/plans/half")


@pytest.mark.parametrize("any_shop", ["sqlite", "postgres"], indirect=True)  # on MariaDB DDL commits
def test_in_a_transaction_a_failure_leaves_nothing_and_the_plan_still_fits(any_shop: Shop) -> None:
    shop = any_shop
    shop.plan("p")
    text = shop.pulled().replace('plan "p"', 'plan "half"')
    end = text.rindex("  SQL\n")
    half = shop.file(
        "half.plan.hcl", text[:end] + "    INSERT INTO users (id) SELECT id FROM users;\n" + text[end:]
    )
    shop.prints("schema", "plan", "push", "--file", half, "--auto-approve")
    shop.query("INSERT INTO users (id, name) VALUES (1, 'kept')")
    assert "nothing was changed" in shop.fails("schema", "apply")
    assert shop.tables() == ["users"]
    shop.query("DELETE FROM users")
    shop.prints("schema", "apply")
    assert shop.tables() == ["pets", "users"]


def test_views_and_their_like_survive_the_way_of_a_plan(any_shop: Shop) -> None:
    shop = any_shop
    shop.wants(
        AFTER + "CREATE VIEW owners AS SELECT u.id, u.name FROM users u JOIN pets p ON p.owner = u.id;\n"
    )
    shop.plan("p", "--auto-approve")
    shop.prints("schema", "plan", "validate", "--file", "atlas://app/plans/p")
    assert "pre-planned file p" in shop.prints("schema", "apply")
    shop.wants(AFTER)
    shop.plan("back", "--auto-approve")
    assert "pre-planned file back" in shop.prints("schema", "apply")


@pytest.mark.parametrize("any_shop", ["mariadb"], indirect=True)
def test_a_text_that_leaves_its_room_is_not_even_tried_out(any_shop: Shop) -> None:
    shop = any_shop
    shop.query("INSERT INTO users (id, name) VALUES (1, 'kept')")
    shop.plan("p")
    [(own,)] = shop.query("SELECT database()")
    text = shop.pulled()
    end = text.rindex("  SQL\n")
    for statement in (f"DELETE FROM `{own}`.users", f"DELETE FROM {own} . users", f"USE {own}"):
        file = shop.file("x.plan.hcl", f"{text[:end]}    {statement};\n{text[end:]}")
        refused = shop.fails("schema", "plan", "push", "--file", file, "--auto-approve")
        assert "write names bare" in refused
    assert shop.query("SELECT name FROM users") == [("kept",)]


# What is said on the way.


def test_two_approved_plans_for_one_change_stop_a_run_and_both_are_named(shop: Shop) -> None:
    shop.plan("one", "--auto-approve")
    shop.plan("two", "--auto-approve")
    refused = shop.fails("schema", "apply")
    assert refused.startswith(
        "Abort: multiple pre-planned migrations were found in the registry for this schema transition.\n"
    )
    for words in ("atlas://app/plans/one", "atlas://app/plans/two", "From: ", "To: "):
        assert words in refused
    assert shop.tables() == ["users"]
    assert shop.prints("schema", "plan", "rm", "--url", "atlas://app/plans/one") == (
        "Plan removed: atlas://app/plans/one\n"
    )
    assert "pre-planned file two" in shop.prints("schema", "apply")


def test_one_of_two_plans_may_be_named(shop: Shop) -> None:
    shop.plan("one", "--auto-approve")
    shop.plan("two", "--auto-approve")
    assert "pre-planned file one" in shop.prints("schema", "apply", "--plan", "atlas://app/plans/one")


def test_an_approval_goes_before_the_flag_that_approves_everything(shop: Shop) -> None:
    assert "--auto-approve goes against lint.review" in shop.fails("schema", "apply", "--auto-approve")
    shop.plan("one", "--auto-approve")
    assert "pre-planned file one" in shop.prints("schema", "apply", "--auto-approve")


def test_a_dry_run_shows_the_approved_plan(shop: Shop) -> None:
    shop.plan("one", "--auto-approve")
    answer = shop.answers("schema", "apply", "--dry-run")
    assert answer["Plan"]["File"]["Name"] == "one"
    assert len(answer["Changes"]["Pending"]) == 2
    assert shop.tables() == ["users"]


def test_a_file_is_judged_like_a_fresh_plan(shop: Shop) -> None:
    saved = shop.plan("mine", "--save", "--auto-approve")
    assert saved["URL"] == "file://mine.plan.hcl"
    refused = json.loads(shop.types("schema", "apply", "--plan", "file://mine.plan.hcl", *JSON).stdout)
    assert refused["Error"].startswith("Rejected by review policy")
    text = (shop.person.home / "atlas.hcl").read_text()
    (shop.person.home / "atlas.hcl").write_text(text.replace("ALWAYS", "ERROR"))
    lossy = (shop.person.home / "mine.plan.hcl").read_text()
    end = lossy.rindex("  SQL\n")
    detour = "    CREATE TABLE old (id int);\n    DROP TABLE old;\n    DROP TABLE pets;\n"
    again = "    CREATE TABLE pets (id int PRIMARY KEY, owner int REFERENCES users (id));\n"
    shop.file("lossy.plan.hcl", lossy[:end] + detour + again + lossy[end:])
    assert "using pre-planned file mine" in shop.prints("schema", "apply", "--plan", "file://lossy.plan.hcl")
    assert shop.tables() == ["pets", "users"]


def test_lint_looks_at_what_a_person_wrote(shop: Shop) -> None:
    shop.wants("CREATE TABLE pets (id int PRIMARY KEY);\n")
    shop.query("INSERT INTO users (id) VALUES (1)")
    file = shop.answers("schema", "plan", "--dry-run")
    assert "DS102" in json.dumps(file["Lint"])
    shop.plan("loud", "--save", "--auto-approve")
    linted = shop.answers("schema", "plan", "lint", "--file", "file://loud.plan.hcl")
    [report] = linted["Lint"]["Files"][0]["Reports"]
    assert report["Diagnostics"][0]["Code"] == "DS102"
    assert linted["File"]["Name"] == "loud"
    told = shop.types("schema", "plan", "lint", "--file", "file://loud.plan.hcl")
    assert "destructive changes detected" in told.stdout
    quiet = shop.plan("quiet", "--save", "--auto-approve", "--directive", '"atlas:nolint destructive"')
    assert quiet["Migration"].startswith("-- atlas:nolint destructive\n\n")
    linted = shop.answers("schema", "plan", "lint", "--file", "file://quiet.plan.hcl")
    assert "Reports" not in linted["Lint"]["Files"][0]


def test_lists_are_narrowed_by_states_and_status(shop: Shop) -> None:
    listing = ("schema", "plan", "list", "--auto-approve")
    assert shop.answers(*listing) == []
    assert shop.prints(*listing) == "No plans were found\n"
    shop.plan("one")
    shop.plan("two", "--auto-approve")
    urls = ("--format", "{{range .}}{{println .URL}}{{end}}")
    assert shop.prints(*listing, *urls).split() == ["atlas://app/plans/one", "atlas://app/plans/two"]
    assert [plan["Name"] for plan in shop.answers(*listing, "--pending")] == ["one"]
    by_states = (*listing, "--from", "env://url", "--to", "env://src", "--repo", "atlas://app")
    assert [plan["Name"] for plan in shop.answers(*by_states)] == ["one", "two"]
    before = shop.file("before.sql", "CREATE TABLE x (id int);\n")
    assert shop.answers(*listing, "--from", before) == []
    assert "Plan Status: PENDING\n  -- Atlas URL: atlas://app/plans/one\n" in shop.prints(*listing)


def test_names_come_from_the_time_a_flag_or_a_template(shop: Shop) -> None:
    plain = shop.answers("schema", "plan", "--dry-run")["File"]
    assert re.fullmatch(r"\d{14}", plain["Name"])
    template = 'pr-42-{{ printf "%.8s" (base64url .FromHash) }}'
    named = shop.answers("schema", "plan", "--dry-run", "--name-format", template)["File"]
    assert re.fullmatch(r"pr-42-[A-Za-z0-9_-]{8}", named["Name"])
    saved = shop.answers("schema", "plan", "--save", "--auto-approve")["File"]
    assert re.fullmatch(r"file://\d{14}\.plan\.hcl", saved["URL"])
    assert "invalid name of a plan" in shop.fails("schema", "plan", "--dry-run", "--name", "a/b")


def test_the_statements_may_be_edited_before_they_are_stored(shop: Shop) -> None:
    shop.person.environ["EDITOR"] = "sed -i 's/Create \"pets\" table/pets, at last/'"
    assert "-- pets, at last\n" in shop.plan("e", "--edit", "--pending")["Migration"]
    shop.person.environ["EDITOR"] = "sed -i /CREATE/,/;/d"
    assert "does not lead to the desired state" in shop.fails(
        "schema", "plan", "--name", "f", "--edit", "--pending"
    )
    shop.person.environ["EDITOR"] = "false"
    assert "editor 'false' failed" in shop.fails("schema", "plan", "--name", "g", "--edit", "--pending")
    assert [plan["Name"] for plan in shop.answers("schema", "plan", "list")] == ["e"]


def test_a_new_file_waits_for_the_statements_of_a_person(shop: Shop) -> None:
    assert shop.prints("schema", "plan", "new", "--name", "mine") == "Plan File: file://mine.plan.hcl\n"
    file = "file://mine.plan.hcl"
    assert "holds no statement" in shop.fails("schema", "plan", "validate", "--file", file)
    path = shop.person.home / "mine.plan.hcl"
    written = re.sub(
        r"    -- Write(?:.|\n)*?  SQL\n", "    " + AFTER.split("\n")[1] + "\n  SQL\n", path.read_text()
    )
    path.write_text(written)
    assert "users.email (add)" in shop.fails("schema", "plan", "validate", "--file", file)
    path.write_text(
        written.replace("  SQL\n}", "    ALTER TABLE users ADD COLUMN email varchar(50);\n  SQL\n}")
    )
    assert shop.prints("schema", "plan", "validate", "--file", file) == (
        'Plan "mine" leads from the current state to the desired state\n'
    )
    assert "mine.plan.hcl exists already" in shop.fails("schema", "plan", "new", "--name", "mine")


def test_a_text_that_ends_the_transaction_is_refused(shop: Shop) -> None:
    shop.plan("p", "--save", "--auto-approve")
    path = shop.person.home / "p.plan.hcl"
    path.write_text(path.read_text().replace("    -- Create", "    COMMIT;\n    -- Create"))
    refused = shop.fails("schema", "plan", "push", "--file", "file://p.plan.hcl", "--auto-approve")
    assert 'plan "p" holds COMMIT: the run of a plan opens and ends its transactions itself' in refused


def test_what_is_missing_is_said(shop: Shop) -> None:
    person = shop.person
    for words, said in (
        (("schema", "plan"), "nobody can be asked here"),
        (("schema", "plan", "approve"), 'required flag(s) "url" not set'),
        (("schema", "plan", "pull"), 'required flag(s) "url" not set'),
        (("schema", "plan", "push"), 'required flag(s) "file" not set'),
        (
            ("schema", "plan", "push", "--file", "file://no.plan.hcl", "--pending"),
            "stat no.plan.hcl: no such file",
        ),
        (("schema", "plan", "approve", "--url", "atlas://app/plans/no"), 'plan "no" of "app" not found'),
        (("schema", "plan", "approve", "--url", "atlas://app"), "is not the address of a plan"),
        (("schema", "plan", "--dry-run", "--auto-approve"), "none of the others can be"),
        (("schema", "plan", "--repo", "other", "--pending"), "run 'atlas schema push other' first"),
    ):
        assert said in shop.fails(*words), words
    missing = person.fails("schema", "plan", "--dry-run")
    assert 'required flag(s) "from", "to" not set' in missing
    unnamed = (
        "--from",
        "sqlite://app.db",
        "--to",
        "file://schema.sql",
        "--dev-url",
        "sqlite://dev?mode=memory",
    )
    assert (
        "no repository is named: expected --repo NAME"
        in person.types("schema", "plan", *unnamed, "--auto-approve").stderr
    )
    person.environ.pop("ATLAS_TOKEN")
    shop.types("schema", "plan", "--dry-run")
    person.is_told_to_log_in("schema", "plan", "list", "--env", "prod")


def test_a_registry_that_does_not_answer_stops_a_run(shop: Shop) -> None:
    shop.person.environ["ATLAS_CLOUD_URL"] = "http://127.0.0.1:1/query"
    assert "127.0.0.1:1" in shop.fails("schema", "apply", "--dry-run")
    assert shop.tables() == ["users"]
