"""A schema goes in and comes out as it was, or the registry says why not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from atlas.client.repos import describe_repositories, list_repositories
from atlas.client.schemas import PushedSchema
from atlas.errors import Conflict, Forbidden, NotFound, Rejected, SpecError

from tests.integration.registry.conftest import PUBLIC_URL, A, Served
from tests.integration.registry.person import Person
from tests.integration.registry.schemas import ONE, TWO, pull, push

if TYPE_CHECKING:
    from pathlib import Path

PUSH = "mutation pushSchema($input: PushSchemaInput!) { pushSchema(input: $input) { link slug url version } }"
STATE = "query schemaState($input: SchemaStateInput!) { schemaState(input: $input) { hcl } }"


def ordinals(served: Served) -> list[str]:
    [path] = (index for index in served.registry.content.indexes() if index.key.type == "SCHEMA")
    return [version.name for version in path.versions]


def test_a_schema_comes_back_byte_for_byte(anywhere: Served) -> None:
    hcl = ONE + '# ü ✓\r\nschema "x" { comment = "\\u0000" }\n'
    pushed = push(anywhere, hcl, tag="v1", version="1.0")
    assert pushed == PushedSchema(f"{PUBLIC_URL}/schemas/1", "app", "atlas://app?tag=v1", "1.0")
    for url in ("atlas://app", "atlas://app?tag=v1", "atlas://app?version=1.0", "atlas:app?tag="):
        assert pull(anywhere, url).hcl == hcl
    assert (pull(anywhere).driver, pull(anywhere).tag, pull(anywhere).version) == ("sqlite", "latest", "1.0")


def test_a_schema_is_a_plain_file_of_the_content_store(served: Served, tmp_path: Path) -> None:
    push(served)
    digest = pull(served).digest.removeprefix("sha256:")
    path = tmp_path / "data" / "content" / "acme" / "schemas" / "app" / "versions" / digest / "schema.hcl"
    assert path.read_text() == ONE


def test_equal_content_makes_no_new_version_and_adds_the_tag(anywhere: Served) -> None:
    first = push(anywhere, version="1.0")
    again = push(anywhere, tag="v1", version="2.0")
    assert ordinals(anywhere) == ["1.0"]
    assert first.version == again.version == "1.0"
    assert again.url == "atlas://app?tag=v1"
    assert pull(anywhere, "atlas://app?tag=v1").hcl == ONE


def test_latest_follows_untagged_pushes_only(served: Served) -> None:
    push(served, ONE)
    push(served, TWO, tag="next")
    assert pull(served).hcl == ONE
    assert pull(served, "atlas://app?tag=next").hcl == TWO
    push(served, TWO)
    assert pull(served).hcl == TWO


def test_the_name_of_a_version_keeps_its_bytes(served: Served) -> None:
    push(served, ONE, version="1.0")
    with pytest.raises(Conflict, match=r'version "1.0" of "app" exists and holds other content.*--version'):
        push(served, TWO, version="1.0")
    assert pull(served, "atlas://app?version=1.0").hcl == ONE


def test_versions_without_a_name_never_share_one(served: Served) -> None:
    for number in range(4):
        push(served, ONE + f"# {number}\n")
    names = ordinals(served)
    assert len(set(names)) == 4
    assert all(name[:14].isdigit() for name in names)


def test_a_digest_is_a_version(served: Served) -> None:
    push(served, ONE)
    digest = pull(served).digest
    push(served, TWO)
    assert pull(served, f"atlas://app?version={digest}").hcl == ONE


def test_an_unknown_version_or_tag_names_the_three_nearest(served: Served) -> None:
    for number in range(5):
        push(served, ONE + f"# {number}\n", version=f"1.{number}", tag=f"v{number}")
    with pytest.raises(
        NotFound, match=r'version "1.9" of "app" not found; the nearest are ([\d.]+, ){2}[\d.]+$'
    ):
        pull(served, "atlas://app?version=1.9")
    with pytest.raises(NotFound, match=r'tag "v9" of "app" not found; the nearest are (v\d, ){2}v\d$'):
        pull(served, "atlas://app?tag=v9")
    with pytest.raises(NotFound, match='repository "other" not found'):
        pull(served, "atlas://other")


def test_another_driver_is_refused_and_both_are_named(served: Served) -> None:
    push(served)
    status, answer = served.post(PUSH, {"input": {"slug": "app", "hcl": ONE, "driver": "POSTGRESQL"}})
    assert status == 422
    assert "has driver sqlite, the push has postgres" in answer["errors"][0]["message"]


def test_a_schema_and_a_directory_may_share_a_name(served: Served) -> None:
    served.push(A)
    push(served)
    assert pull(served).hcl == ONE
    assert served.pull().entries == A
    with served.transport() as transport:
        found = describe_repositories(transport, {"slug": "app"})
        listed = list_repositories(transport, page=1, page_size=10)
    assert [one.type for one in found] == ["MIGRATION_DIRECTORY", "SCHEMA"]
    assert listed.total == 2


def test_a_push_fills_a_repository_that_was_created_empty(served: Served) -> None:
    create = 'mutation { createRepo(input: {type: "SCHEMA", name: "app", driver: "SQLITE"}) { id } }'
    assert served.post(create)[1]["data"]["createRepo"]["id"] == 1
    with pytest.raises(NotFound, match='"app" is empty'):
        pull(served)
    status, answer = served.post(
        PUSH, {"input": {"slug": "app", "hcl": ONE, "context": {"repo": "x"}, "other": 1}}
    )
    assert status == 200
    assert answer["data"]["pushSchema"]["link"] == f"{PUBLIC_URL}/schemas/1"
    assert served.post(STATE, {"input": {"slug": "app"}})[1]["data"]["schemaState"] == {"hcl": ONE}


def test_what_is_wrong_with_a_push_is_said(served: Served) -> None:
    with pytest.raises(Forbidden, match="may read and report, but not push"):
        push(served.seen_by("acme", "read"))
    with pytest.raises((Rejected, SpecError), match="invalid repository name"):
        push(served, name="a/b")
    for wrong, words in (
        ({"slug": "app"}, "hcl is required"),
        ({"slug": "new", "hcl": ONE}, "say which driver"),
    ):
        status, answer = served.post(PUSH, {"input": wrong})
        assert status == 422
        assert words in answer["errors"][0]["message"]


def test_another_project_sees_nothing_of_it(served: Served) -> None:
    push(served)
    with pytest.raises(NotFound):
        pull(served.seen_by("other"))


def test_the_page_shows_text_versions_and_tags(served: Served) -> None:
    push(served, ONE, tag="v1", version="1.0")
    push(served, TWO + 'schema "<script>" {}\n')
    status, _, body = served.fetch("/schemas/1")
    page = body.decode()
    assert status == 200
    for words in (
        "<h1>App</h1>",
        "atlas://app",
        "Schema of latest",
        "1.0",
        "v1",
        "table &quot;two&quot;",
        "&lt;script&gt;",
    ):
        assert words in page
    assert "<script" not in page


# The command.


@pytest.fixture
def person(tmp_path: Path, served: Served) -> Person:
    home = tmp_path / "home"
    home.mkdir()
    (home / "schema.sql").write_text("CREATE TABLE users (id integer PRIMARY KEY, name text);\n")
    return Person(home, {"ATLAS_CLOUD_URL": f"{served.url}/query", "ATLAS_TOKEN": served.token})


SOURCE = ("-u", "file://schema.sql", "--dev-url", "sqlite://dev?mode=memory")


def test_push_prints_both_addresses_and_stores_hcl(person: Person, served: Served) -> None:
    assert person.prints("schema", "push", "app", *SOURCE, "--tag", "v1") == (
        f"Schema: app\n  -- Atlas URL: atlas://app?tag=v1\n  -- Cloud URL: {PUBLIC_URL}/schemas/1\n"
    )
    pulled = pull(served, "atlas://app?tag=v1")
    assert pulled.driver == "sqlite"
    assert 'table "users" {' in pulled.hcl


def test_push_answers_json_and_equal_content_keeps_its_version(person: Person, served: Served) -> None:
    words = ("schema", "push", "app:v1", *SOURCE, "--format", "{{ json . }}")
    answer = json.loads(person.prints(*words, "--version", "1.0", "--desc", "first"))
    assert answer == {"Link": f"{PUBLIC_URL}/schemas/1", "Slug": "app", "URL": "atlas://app?tag=v1"}
    again = person.types("schema", "push", "app:v2", *SOURCE, "--version", "2.0")
    assert again.returncode == 0
    assert again.stderr == 'the content is that of version "1.0": no version "2.0" was made\n'
    assert ordinals(served) == ["1.0"]


def test_a_pushed_schema_is_a_desired_state(person: Person) -> None:
    person.prints("schema", "push", "app", *SOURCE)
    printed = person.prints("schema", "inspect", "-u", "atlas://app", "--dev-url", "sqlite://dev?mode=memory")
    assert 'table "users" {' in printed


def test_push_takes_name_and_source_from_atlas_hcl(person: Person, served: Served) -> None:
    (person.home / "atlas.hcl").write_text(
        'env "local" {\n  dev = "sqlite://dev?mode=memory"\n  schema {\n    src = "file://schema.sql"\n'
        '    repo {\n      name = "app"\n    }\n  }\n}\n'
    )
    assert "atlas://app" in person.prints("schema", "push", "--env", "local")
    assert 'table "users" {' in pull(served).hcl


def test_push_says_what_is_missing_or_wrong(person: Person) -> None:
    assert "missing the name of the repository" in person.fails("schema", "push", *SOURCE)
    assert 'required flag(s) "url" not set' in person.fails("schema", "push", "app")
    assert "two tags were given" in person.fails("schema", "push", "app:a", *SOURCE, "--tag", "b")
    (person.home / "schema.sql").write_text(
        "CREATE TABLE one (id integer);\nCREATE TABEL two (id integer);\n"
    )
    assert "schema.sql:2" in person.fails("schema", "push", "app", *SOURCE)
    person.environ = {}
    person.is_told_to_log_in("schema", "push", "app", *SOURCE)
