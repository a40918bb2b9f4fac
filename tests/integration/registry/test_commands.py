"""The commands that speak to a registry, run as processes against a real one."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from typing import TYPE_CHECKING

import pytest
from atlas.server.store.tokens import list_tokens

from tests.integration.cli.conftest import ATLAS
from tests.integration.registry.conftest import A, B, Served
from tests.integration.registry.person import Person

if TYPE_CHECKING:
    from pathlib import Path

REPORT = "mutation($i: I) { reportMigration(input: $i) { url } }"


@pytest.fixture
def person(tmp_path: Path) -> Person:
    home = tmp_path / "home"
    home.mkdir()
    return Person(home)


@pytest.fixture
def member(person: Person, served: Served) -> Person:
    """Somebody who is logged in."""
    person.prints("login", "--url", served.url, "--token", served.token)
    return person


def lines(text: str) -> list[str]:
    """A printed table without the width of its columns."""
    return [" ".join(line.split()) for line in text.splitlines()]


def test_login_says_where_one_is_and_stores_the_token_for_oneself(person: Person, served: Served) -> None:
    assert person.prints("login", "--url", served.url, "--token", served.token) == (
        'You are now connected to "acme" on Atlas Cloud.\n'
    )
    folder = person.home / ".atlas"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o600]
    assert person.prints("whoami") == "acme\n"
    assert person.prints("whoami", "--format", "{{ json . }}") == '{"Org":"acme"}\n'


def test_a_person_is_told_beside_the_answer_which_registry_that_is(person: Person, served: Served) -> None:
    connected = 'You are now connected to "acme" on Atlas Cloud.\n'
    registry = f"Registry: {served.url}\r\n"
    for words, answer in (
        (("login", "--url", served.url, "--token", served.token), (connected, registry)),
        (("whoami",), ("acme\n", registry)),
        (("whoami", "--format", "{{ .Org }}"), ("acme\n", "")),
    ):
        assert with_a_terminal_for_stderr(person, *words) == answer


def with_a_terminal_for_stderr(person: Person, *words: str) -> tuple[str, str]:
    """What a command prints, and what a person sees beside it."""
    master, terminal = pty.openpty()
    try:
        done = subprocess.run(
            [str(ATLAS), *words],
            cwd=person.home,
            env={"HOME": str(person.home), "PATH": os.environ["PATH"]},
            stdout=subprocess.PIPE,
            stderr=terminal,
            text=True,
            check=True,
            timeout=60,
        )
        os.write(terminal, b".")  # so that there is something to read
        return done.stdout, os.read(master, 65_536).decode().removesuffix(".")
    finally:
        os.close(terminal)
        os.close(master)


def test_login_with_a_wrong_token_stores_nothing(person: Person, served: Served) -> None:
    answer = person.types("login", "--url", served.url, "--token", "no")
    assert (answer.returncode, answer.stderr) == (1, "Error: login with token failed: Unauthorized\n")
    assert "'atlas registry token create --data DIR'" in answer.stdout
    person.is_told_to_log_in("whoami")


def test_a_token_that_is_none_is_to_be_checked_where_it_came_from(person: Person, served: Served) -> None:
    typed = person.fails("login", "--url", served.url, "--token", "aci_\N{HORIZONTAL ELLIPSIS}")
    assert typed.startswith(
        f"Error: check --token: the token for {served.url} holds a character that no token has"
    )
    assert "ATLAS_TOKEN" not in typed
    person.environ["ATLAS_TOKEN"] = "aci_\N{HORIZONTAL ELLIPSIS}"
    found = person.fails("login", "--url", served.url)
    assert ("--token" in found, ": check ATLAS_TOKEN, or token in atlas { cloud { } }" in found) == (
        False,
        True,
    )


def test_login_to_another_organization_is_refused(person: Person, served: Served) -> None:
    complaint = person.fails("login", "other", "--url", served.url, "--token", served.token)
    assert complaint == 'Error: the token belongs to "acme", not to "other"\n'
    person.is_told_to_log_in("whoami")


def test_login_without_a_token_or_an_address_says_what_is_missing(person: Person) -> None:
    assert person.fails("login") == 'Error: required flag(s) "token" not set\n'
    assert "atlas registry serve" in person.fails("login", "--token", "x")


def test_a_grant_is_never_needed(person: Person) -> None:
    assert person.prints("login", "--token", "x", "--grant-only") == ""
    assert (person.home / ".atlas").is_dir()
    person.is_told_to_log_in("whoami")


def test_logout_forgets(member: Person) -> None:
    member.prints("logout")
    member.is_told_to_log_in("whoami")
    member.prints("logout")


def test_a_broken_login_store_says_how_to_mend_it(member: Person, served: Served) -> None:
    (member.home / ".atlas" / "credentials.json").write_text("{")
    assert "run 'atlas login' anew" in member.fails("whoami")
    member.prints("logout")
    member.prints("login", "--url", served.url, "--token", served.token)


@pytest.mark.parametrize(
    "words",
    [
        "cloud repo list",
        "cloud repo describe --slug a",
        "cloud repo create --type m --name a --driver sqlite",
        "migrate apply --url sqlite://a.db --dir atlas://app",
        "migrate push app",
        "migrate pull app",
        "migrate status --url sqlite://a.db --dir atlas://app --format {{.}}",
    ],
)
def test_a_command_without_login_says_exactly_that(person: Person, words: str) -> None:
    (person.home / "migrations").mkdir()
    person.is_told_to_log_in(*words.split())


def test_the_environment_is_a_login_too(person: Person, served: Served) -> None:
    person.environ = {"ATLAS_CLOUD_URL": served.url, "ATLAS_TOKEN": served.token}
    assert person.prints("whoami") == "acme\n"


def test_create_prints_the_table_of_the_manual(member: Person) -> None:
    printed = member.prints(
        "cloud", "repo", "create", "--type", "migration_directory", "--name", "myapp", "--driver", "postgres"
    )
    assert printed.startswith("Slug               myapp\n")
    assert lines(printed) == [
        "Slug myapp",
        "Title My App",
        "Type MIGRATION_DIRECTORY",
        "URL atlas://myapp",
        "Driver postgres",
        "Databases Synced 0",
        "Databases Failed 0",
        "Databases Pending 0",
    ]


def test_a_repository_is_created_once(member: Person) -> None:
    create = ("cloud", "repo", "create", "--type", "s", "--name", "a", "--driver", "mysql")
    member.prints(*create, "--title", "The A")
    assert member.fails(*create) == (
        'Error: repository "a" already exists: --skip-if-exists takes it as it is\n'
    )
    again = member.types(*create, "--skip-if-exists", "--format", "{{ json . }}")
    assert (again.returncode, again.stderr) == (0, 'Repository "a" already exists, skipping.\n')
    document = json.loads(again.stdout)
    assert {key: document[key] for key in ("Slug", "Title", "Type", "URL", "Driver")} == {
        "Slug": "a",
        "Title": "The A",
        "Type": "SCHEMA",
        "URL": "atlas://a",
        "Driver": "mysql",
    }


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("create --name a", 'required flag(s) "driver", "type" not set'),
        (
            "create --name a --driver sqlite --type x",
            'invalid --type "x": expected schema or migration_directory',
        ),
        ("create --name a --driver oracle7 --type s", 'unknown driver "oracle7"'),
        ("create --name a/b --driver sqlite --type s", 'invalid repository name "a/b"'),
        ("list --page 0", 'invalid argument "0" for "--page" flag'),
        ("list --page-size x", 'invalid argument "x" for "--page-size" flag'),
        ("describe", "at least one of the flags in the group [id slug name] is required"),
        ("describe --id 1 --slug a", "[id slug] were all set"),
        ("describe --id x", 'invalid argument "x" for "--id" flag'),
        ("describe --slug nothing", "repository not found"),
    ],
)
def test_what_cannot_be_done_is_said(member: Person, words: str, complaint: str) -> None:
    assert complaint in member.fails("cloud", "repo", *words.split())


def test_list_prints_the_table_of_the_manual(member: Person, served: Served) -> None:
    names = [("payments", "m"), ("inventory", "s"), ("billing", "m"), *((f"more{n}", "s") for n in range(4))]
    create = "mutation($i: I) { createRepo(input: $i) { slug } }"
    types = {"m": "MIGRATION_DIRECTORY", "s": "SCHEMA"}
    for name, kind in names:
        served.post(create, {"i": {"name": name, "type": types[kind], "driver": "SQLITE"}})
    served.push(A, "payments")
    for number, error in enumerate([None, None, "failed"]):
        run = {"dirName": "payments", "currentVersion": "1", "target": {"id": str(number)}, "error": error}
        served.post(REPORT, {"i": run})
    printed = member.prints("cloud", "repo", "list", "--page-size", "3")
    assert printed.splitlines()[0] == " " * 32 + "────── DATABASES ──────"
    assert lines(printed)[1:] == [
        "SLUG TYPE SYNCED FAILED PENDING",
        "payments MIGRATION_DIRECTORY 2 1 0",
        "inventory SCHEMA 0 0 0",
        "billing MIGRATION_DIRECTORY 0 0 0",
        "-" * 32,
        "Page: 1 Page Size: 3 Total: 7",
    ]
    assert "more3" in member.prints("cloud", "repo", "list", "--page", "3", "--page-size", "3")
    assert lines(member.prints("cloud", "repo", "list"))[-1] == "Page: 1 Page Size: 20 Total: 7"


def test_list_is_a_document_for_templates(member: Person, served: Served) -> None:
    served.push(A)
    document = json.loads(member.prints("cloud", "repo", "list", "--format", "{{ json . }}"))
    assert document["PageInfo"] == {"Page": 1, "PageSize": 20, "Total": 1}
    assert document["Repos"][0]["Slug"] == "app"
    names = member.prints(
        "cloud", "repo", "list", "--format", "{{ range .Repos }}{{ println .Slug }}{{ end }}"
    )
    assert names.split() == ["app"]


def test_describe_finds_by_slug_id_and_name(member: Person, served: Served) -> None:
    served.push(A, "payments")
    served.push(B, "payments", tag="next")
    served.post(REPORT, {"i": {"dirName": "payments", "currentVersion": "2", "target": {"id": "ahead"}}})
    expected = [
        "Slug payments",
        "Title Payments",
        "Type MIGRATION_DIRECTORY",
        "URL atlas://payments",
        "Driver sqlite",
        "Databases Synced 0",
        "Databases Failed 0",
        "Databases Pending 1",
    ]
    for selector in ("--slug=payments", "--id=1", "--name=Payments", "--name=payments"):
        assert lines(member.prints("cloud", "repo", "describe", selector)) == expected


def test_describe_prints_both_of_a_shared_slug(member: Person, served: Served) -> None:
    served.push(A, "app")
    member.prints("cloud", "repo", "create", "--type", "s", "--name", "app", "--driver", "mysql")
    types = member.prints("cloud", "repo", "describe", "--slug", "app", "--format", "{{ .Type }}")
    assert types.split() == ["MIGRATION_DIRECTORY", "SCHEMA"]


def test_tokens_are_made_listed_and_revoked_on_the_machine(
    person: Person, served: Served, tmp_path: Path
) -> None:
    data = ("--data", str(tmp_path / "data"))
    made = person.prints(
        "registry", "token", "create", *data, "--project", "acme", "--name", "ci", "--scope", "read"
    )
    token = made.splitlines()[-1]
    assert Served(served.registry, served.url, token).post("{ me { name } }")[1] == {
        "data": {"me": {"name": "ci"}}
    }
    [number] = [str(record.id) for record in list_tokens(served.registry) if record.name == "ci"]
    listed = person.prints("registry", "token", "list", *data)
    assert f"{number} ci acme read" in "\n".join(lines(listed))
    assert token not in listed
    person.prints("registry", "token", "revoke", *data, number)
    assert Served(served.registry, served.url, token).post("{ me { name } }")[0] == 401
    assert "token 99 not found" in person.fails("registry", "token", "revoke", *data, "99")


def test_a_restored_registry_is_indexed_anew(person: Person, served: Served, tmp_path: Path) -> None:
    served.push(A, "app")
    served.push(A, "shop")
    data = ("--data", str(tmp_path / "data"))
    assert person.prints("registry", "reindex", *data) == "Indexed 2 repositories.\n"
    assert "reindex" in person.prints("registry", "--help")
    served.pull("atlas://shop")


def test_a_token_that_may_only_read_is_told_so(member: Person, served: Served) -> None:
    member.environ = {"ATLAS_TOKEN": served.seen_by("acme", "read").token, "ATLAS_CLOUD_URL": served.url}
    create = ("cloud", "repo", "create", "--type", "m", "--name", "a", "--driver", "sqlite")
    assert member.fails(*create) == 'Error: the token "of-acme" may read and report, but not push\n'
