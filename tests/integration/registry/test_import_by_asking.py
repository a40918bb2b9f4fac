"""``atlas registry import`` from a registry that does not tell its history: what can be asked for comes, and it says what."""

from __future__ import annotations

import base64
import gzip
from typing import TYPE_CHECKING, Any

import pytest
from atlas.cli.commands.registry.import_lines import LEFT_THERE
from atlas.server.run import DataOptions
from atlas.wire import tar

from tests.integration.registry.conftest import A, B, Served, serving
from tests.integration.registry.filled import SMALL, fill
from tests.integration.registry.importing import C, Move, everything, meant, moving, push_hcl
from tests.integration.registry.other_make import (
    NO_LIST,
    ONLY_DIRECTORIES,
    OTHER_INPUTS,
    OURS,
    OtherMake,
    other_make,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TAGS = ("v1", "v2", "v3", "v4", "v5", "prod")


@pytest.fixture
def move(tmp_path: Path) -> Iterator[Move]:
    with moving(tmp_path) as imported:
        yield imported


def test_it_refuses_what_only_our_own_registry_answers(move: Move) -> None:
    known = [
        ("query { repos { repos { title slug url type driver } } }", {}),
        ("query dirs { dirs { name slug content } }", {}),
        ("query Bot { me { name org } }", {}),
        (
            "query dirState($input: DirStateInput!) { dirState(input: $input) { content } }",
            {"slug": "app", "tag": "v1"},
        ),
        (
            "query schemaState($input: SchemaStateInput!) { schemaState(input: $input) { hcl } }",
            {"slug": "shop"},
        ),
    ]
    ours = [
        ("query repoIndex($input: RepoIndexInput!) { repoIndex(input: $input) { index } }", {"slug": "app"}),
        (
            "query dirState($input: DirStateInput!) { dirState(input: $input) { content digest } }",
            {"slug": "app"},
        ),
        (
            "query dirState($input: DirStateInput!) { dirState(input: $input) { content } }",
            {"slug": "app", "version": "1"},
        ),
    ]
    move.left.push(A, tag="v1")
    push_hcl(move.left, 'schema "main" {}\n')
    seen = Served(move.left.registry, move.other.url.removesuffix("/query"), move.left.token)
    for query, wanted in known:
        status, document = seen.post(query, {"input": wanted} if wanted else None)
        assert (status, document.get("errors")) == (200, None), query
        assert all(document["data"].values())
    for query, wanted in ours:
        status, document = seen.post(query, {"input": wanted})
        assert status == 422
        assert document["errors"][0]["message"]


def test_both_ways_bring_the_same_tags_and_the_same_bytes(move: Move, tmp_path: Path) -> None:
    token = fill(move.left, SMALL).tokens["acme"]

    answer = move(*(f"--tag={tag}" for tag in TAGS), token=token)
    other_way = Move(move.left, move.other, tmp_path / "whole")
    assert other_way(token=token, origin=move.left.url).code == 0

    asked, whole = move.here(), other_way.here()
    assert asked.keys() == whole.keys() == move.there().keys() != set()
    assert {name: meant(index) for name, index in asked.items()} == {
        name: meant(index) for name, index in whole.items()
    }
    assert answer.code == 0
    with serving(DataOptions(move.new)) as here:
        seen = here.seen_by("acme")
        for name, index in asked.items():
            if name.startswith("M"):
                for tag in index.tags:
                    address = f"atlas://{index.key.slug}?tag={tag}"
                    assert (
                        seen.pull(address).entries
                        == Served(move.left.registry, move.left.url, token).pull(address).entries
                    )


def test_what_came_over_is_told_and_a_second_run_writes_nothing(move: Move) -> None:
    move.left.push(A, tag="v1")
    move.left.push(B)
    push_hcl(move.left, 'schema "main" {}\n')

    first = move.lines("--tag", "v1")
    written = everything(move.new)
    second = move.lines("--tag", "v1")

    news = "3 versions brought, 3 tags set. This registry has 2 repositories now."
    assert first == [
        "It does not tell its history: the latest comes over, and the tags that are named by --repo and --tag.",
        "acme/app: 2 versions brought, set here: v1, latest",
        "acme/shop: 1 version brought, set here: latest",
        "acme/shop: not there: v1",
        f"the registry at {move.other.url}: 2 repositories, 3 tags with latest; {news}",
        LEFT_THERE,
    ]
    assert "nothing new" in second[-2]
    assert not [line for line in second if "brought, set here" in line]
    assert everything(move.new) == written


def test_what_is_named_and_not_there_has_an_exit_code_of_its_own_and_the_rest_comes(move: Move) -> None:
    move.left.push(A, tag="v1")

    answer = move("--repo", "app:v1", "--repo", "app:v9", "--repo", "other", "--tag", "w")

    assert answer.code == 4
    assert answer.out.splitlines()[-1] == "Not found there: app:v9, other, tag w"
    assert answer.err == "Error: not all that was named is there; everything else came over\n"
    assert set(move.here()["M:app"].tags) == {"v1"}


@pytest.mark.parametrize("schema", [NO_LIST, ONLY_DIRECTORIES])
def test_repositories_that_are_not_listed_are_named(move: Move, schema: str) -> None:
    move.other.schema = schema
    for tag in ("v1", ""):
        move.left.push(A, tag=tag)
        push_hcl(move.left, 'schema "main" {}\n', tag=tag)

    if schema == NO_LIST:
        answer = move()
        assert answer.code == 1
        assert "does not list its repositories: name them, as --repo NAME or --repo NAME:TAG" in answer.err
        assert not move.new.exists()
    unsaid = move("--repo", "app")
    assert unsaid.code == 1
    assert 'does not say which driver "app" is for: give it by --driver' in unsaid.out
    assert not move.here()
    move.lines("--repo", "app:v1", "--driver", "SQLITE")
    move.lines("--repo", "shop:v1", "--type", "schema", "--driver", "mysql")

    here = move.here()
    assert {name: (index.driver, [*index.tags]) for name, index in here.items()} == {
        "M:app": ("sqlite", ["v1"]),
        "S:shop": ("mysql", ["v1"]),
    }
    assert {name: meant(index) for name, index in here.items()} == {
        name: meant(index) for name, index in move.there().items()
    }


def test_inputs_may_have_other_names_there(move: Move) -> None:
    move.other.schema = OTHER_INPUTS
    for tag in ('v "1" \\ ü', ""):
        move.left.push(A, tag=tag)
        push_hcl(move.left, 'schema "main" {}\n', tag=tag)

    move.lines("--tag", 'v "1" \\ ü')

    assert {name: meant(index) for name, index in move.here().items()} == {
        name: meant(index) for name, index in move.there().items()
    }


def test_a_name_that_is_a_directory_and_a_schema_is_both(move: Move) -> None:
    move.other.schema = NO_LIST
    move.left.push(A, "shop", driver="mysql")
    push_hcl(move.left, 'schema "main" {}\n')

    move.lines("--repo", "shop", "--driver", "mysql")

    assert move.here().keys() == {"M:shop", "S:shop"}


def test_a_tag_follows_to_new_content_and_what_was_pushed_here_stays(move: Move) -> None:
    move.left.push(A, tag="prod")
    move.left.push(A)
    move.lines("--tag", "prod")
    move.left.push(B, tag="prod")
    assert "acme/app: 1 version brought, set here: prod" in move.lines("--tag", "prod")
    with serving(DataOptions(move.new)) as here:
        here.seen_by("acme").push(C, tag="prod")
    kept = move.lines("--tag", "prod")
    assert "acme/app: prod means another version here and stays; --move-tags lets it follow" in kept
    assert meant(move.here()["M:app"])["prod"] != meant(move.there()["M:app"])["prod"]

    assert "acme/app: 0 versions brought, set here: prod" in move.lines("--tag", "prod", "--move-tags")

    assert meant(move.here()["M:app"]) == meant(move.there()["M:app"])


def archive(*files: tuple[str, bytes], packed: Callable[[bytes], bytes] = bytes) -> dict[str, str]:
    data = b"".join(tar.encode_member(name, content) for name, content in files) + bytes(1024)
    return {"content": base64.b64encode(packed(data)).decode()}


LIES = {
    "edited": (
        archive((A[0].name, A[0].content), ("1_one.sql", b"DROP TABLE users;\n")),
        "does not agree with its atlas.sum",
    ),
    "no-sum": (archive(("1_one.sql", b"SELECT 1;\n")), "does not agree with its atlas.sum"),
    "a-path": (archive(("../1_one.sql", b"SELECT 1;\n")), "expected a file name without a folder"),
    "a-bomb": (archive(("1_one.sql", bytes(40_000_000)), packed=gzip.compress), "more than its size allows"),
    "no-base64": ({"content": "?"}, "is no archive"),
    "no-tar": ({"content": base64.b64encode(b"x" * 700).decode()}, "cannot be read"),
}


def test_content_that_lies_changes_nothing_of_its_repository_and_the_others_come(move: Move) -> None:
    for name in (*LIES, "true"):
        move.left.push(A, name, tag="v1")

    def lies(field: str, wanted: dict[str, Any], value: Any) -> Any:
        slug = wanted.get("slug")
        is_lie = (
            field == "dirState" and slug in LIES and not wanted.get("tag")
        )  # the tag is fine: the latest is not
        return LIES[slug][0] if is_lie else value

    move.other.answers = lies
    answer = move("--tag", "v1")

    assert answer.code == 1
    assert "Not found" not in answer.out
    told = dict(line.removeprefix("acme/").split(": ", 1) for line in answer.out.splitlines()[1:-2])
    assert {name: words in told[name] for name, (_, words) in LIES.items()} == dict.fromkeys(LIES, True)
    assert move.here().keys() == {"M:true"}
    named = move("--repo", "edited:v1", "--repo", "edited:v9", "--repo", "none")
    assert named.code == 1
    assert named.out.splitlines()[-1] == "Not found there: none"  # what "edited" has is not known
    move.other.answers = lambda _field, _wanted, value: value
    assert "acme/edited: 1 version brought, set here: v1, latest" in move.lines("--tag", "v1")


def test_hostile_names_are_told_and_nothing_lies_outside(move: Move, tmp_path: Path) -> None:
    move.left.push(A)
    names = ["../x", "..", "a/b", "x\x1b[2J", ""]
    odd = [{"slug": name, "title": "t", "type": "MIGRATION_DIRECTORY", "driver": "SQLITE"} for name in names]
    odd += [
        {"slug": "scripts", "title": "t", "type": "SCRIPT", "driver": "SQLITE"},
        {"slug": "lake", "title": "t", "type": "SCHEMA", "driver": "ORACLE"},
    ]
    move.other.answers = lambda field, _wanted, value: (
        {"repos": [*value["repos"], *odd]} if field == "repos" else value
    )
    before = {path for path in tmp_path.rglob("*") if move.new not in path.parents}

    answer = move()

    assert answer.code == 1
    assert answer.out.count("invalid repository name") == len(names) - 1
    assert "\x1b" not in answer.out
    assert 'it is of type "SCRIPT", which this registry does not keep' in answer.out
    assert 'its driver is "oracle", which this registry does not know' in answer.out
    assert move.here().keys() == {"M:app"}
    assert {path for path in tmp_path.rglob("*") if move.new not in path.parents} - {move.new} == before


@pytest.mark.parametrize("name", ["..", "../x", "a/b"])
def test_a_history_under_a_hostile_name_is_told_and_brings_nothing(
    move: Move, tmp_path: Path, name: str
) -> None:
    move.left.push(A)
    move.other.schema = OURS

    def hostile(field: str, _wanted: dict[str, Any], value: Any) -> Any:
        if field != "repos":
            return value
        odd = {**value["repos"][0], "slug": name}
        return {**value, "repos": [*value["repos"], odd], "pageInfo": {**value["pageInfo"], "total": 2}}

    move.other.answers = hostile
    answer = move()

    assert answer.code == 1
    assert "invalid repository name" in answer.out
    assert move.here().keys() == {"M:app"}
    assert [
        str(path.relative_to(move.new)) for path in tmp_path.rglob("index.json") if "old" not in path.parts
    ] == ["content/acme/directories/app/index.json"]


def test_what_came_is_served_at_once_by_a_registry_that_runs_meanwhile(move: Move) -> None:
    move.left.push(A, tag="v1")
    move.lines("--tag", "v1")
    with serving(DataOptions(move.new)) as here:
        seen = here.seen_by("acme")
        assert seen.pull("atlas://app?tag=v1").entries == A
        seen.push(C, "ours")
        move.left.push(B, tag="v2")
        move.left.push(B)
        move.lines("--tag", "v1", "--tag", "v2")
        assert seen.pull("atlas://app").entries == seen.pull("atlas://app?tag=v2").entries == B
        assert seen.pull("atlas://app?version=1").entries == A
        assert seen.pull("atlas://ours").entries == C
        seen.push(C)
        assert seen.pull("atlas://app").entries == C


def test_an_organization_that_is_no_name_here_needs_one(move: Move) -> None:
    move.left.push(A)
    move.other.answers = lambda field, _wanted, value: {"org": "../../etc"} if field == "me" else value

    refused = move()

    assert refused.code == 1
    assert "give one by --project" in refused.err
    assert not move.new.exists()
    assert "shop/app: 1 version brought, set here: latest" in move.lines("--project", "shop")


def test_a_wrong_token_makes_nothing_and_is_never_shown(move: Move) -> None:
    move.left.push(A)
    refused = move(token="aci_wrong")
    assert (refused.code, move.new.exists()) == (1, False)
    assert "nauthorized" in refused.err
    echo = {"slug": f"is {move.left.token} yours?", "type": "SCHEMA"}
    move.other.answers = lambda field, _wanted, value: {"repos": [echo]} if field == "repos" else value

    told = move()

    assert told.code == 1
    assert "is xxxxx yours?" in told.out
    assert move.left.token not in told.out + told.err


def test_the_token_is_not_sent_where_a_redirect_points(move: Move) -> None:
    move.left.push(A)
    with other_make(OtherMake(move.left.url)) as sends_on:
        sends_on.answer = lambda _body, _token: (307, b"")  # type: ignore[method-assign]
        answer = move("--project", "acme", origin=sends_on.url)
    assert answer.code == 1
    assert "it sends on to another address" in answer.err
    assert not move.other.requests
    assert not move.new.exists()


def test_our_own_registry_may_be_asked_for_some_repositories(move: Move) -> None:
    move.left.push(A, tag="v1")
    move.left.push(B, "other")
    answer = move("--repo", "app:v1", "--repo", "app:v9", "--repo", "none", origin=move.left.url)

    assert answer.code == 4
    assert "acme/app: 1 version brought" in answer.out
    assert answer.out.splitlines()[-1] == "Not found there: app:v9, none"
    assert move.here().keys() == {"M:app"}
