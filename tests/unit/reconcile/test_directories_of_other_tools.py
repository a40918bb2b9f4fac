"""Migrations of resources whose project file says that the files are another tool's: none runs as what it is not."""

from __future__ import annotations

import pytest
from atlas.reconcile.migration import reconcile_migration
from atlas.reconcile.outcome import Ready

from tests.fakes.config_house import Allowing, env, migration, refused, resolved
from tests.fakes.reconcile import TARGET

GOOSE = "-- +goose Up\nCREATE TABLE a (id int);\n-- +goose Down\nDROP TABLE a;\n"


def settings(text: str) -> str:
    return env(f'url = "{TARGET}"\n migration {{\n {text}\n }}')


@pytest.mark.parametrize(
    "text",
    [
        "format = goose",
        'dir = "file://migrations"\n format = goose',
        'dir = "file://migrations?format=goose"',
    ],
)
def test_files_of_the_manifest_run_as_the_tool_runs_them(text: str) -> None:
    run = resolved(Allowing(), migration(settings(text), dir={"local": {"1_a.sql": GOOSE}}))
    assert [file.text.split() for file in run.directory.files] == [["CREATE", "TABLE", "a", "(id", "int);"]]


def test_a_folder_that_the_operator_allows_may_be_of_another_tool() -> None:
    world = Allowing()
    world.project.files.texts = {"/allowed/shop/1_a.up.sql": "CREATE TABLE a (id int);"}
    text = settings('dir = "file:///allowed/shop?format=golang-migrate"')
    assert isinstance(reconcile_migration(world.begin(migration(text))), Ready)
    assert world.tables == {"a"}


@pytest.mark.parametrize(
    "text", ['dir = "atlas://shop"\n format = goose', 'dir = "atlas://shop?format=goose"']
)
def test_a_registry_holds_no_files_of_other_tools(text: str) -> None:
    failed = refused(Allowing(), migration(settings(text), dir={}))
    assert failed.reason == "Unsupported"
    assert 'the format "goose"' in failed.message


def test_a_format_that_nobody_knows_is_refused() -> None:
    failed = refused(Allowing(), migration(settings("format = rails")))
    assert failed.message.startswith('unknown dir format "rails"')


def test_what_the_tool_does_and_we_cannot_is_refused_by_name() -> None:
    text = GOOSE.replace("CREATE", "-- +goose ENVSUB ON\nCREATE")
    failed = refused(Allowing(), migration(settings("format = goose"), dir={"local": {"1_a.sql": text}}))
    assert failed.reason == "Unsupported"
    assert "1_a.sql:2: '-- +goose ENVSUB ON' is not supported" in failed.message
