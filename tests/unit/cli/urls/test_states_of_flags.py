"""What ``env://`` stands for in a flag, and which URLs are none of a state."""

from __future__ import annotations

from argparse import Namespace

import pytest
from atlas.cli.context import Context
from atlas.cli.urls.states import States, parse_dev_url
from atlas.errors import SpecError, Unsupported, UsageError
from atlas.project import Env, MigrationSettings, Project, SchemaSettings
from atlas.settings import settings_from

_ENV = Env(
    name="e",
    url="sqlite://app.db",
    src=("schema.sql", "file://more.sql"),
    schema=SchemaSettings(src=("schema.sql",), repo_name="app"),
    migration=MigrationSettings(dir="file://migrations"),
    attributes={"other": "sqlite://other.db", "many": ["a.sql", "b.sql"], "number": 5},
)


def urls(*words: str, env: Env | None = _ENV) -> tuple[str, ...]:
    context = Context(settings=settings_from({}), environ={})
    arguments = Namespace(env="e" if env else "", var=[], dev_url="")
    return States(arguments, context, Project(env=env) if env else None).urls(words)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("env://url", ("sqlite://app.db",)),
        ("env://src", ("file://schema.sql", "file://more.sql")),
        ("env://schema.src", ("file://schema.sql",)),
        ("env://migration.dir", ("file://migrations",)),
        ("env://schema.repo", ("atlas://app",)),
        ("env://other", ("sqlite://other.db",)),
        ("env://many", ("file://a.sql", "file://b.sql")),
        ("file://x.sql", ("file://x.sql",)),
    ],
)
def test_env_names_what_the_project_file_says(word: str, expected: tuple[str, ...]) -> None:
    assert urls(word) == expected


@pytest.mark.parametrize(
    ("word", "complaint"),
    [
        ("env://dev", 'no dev attribute defined in env "e"'),
        ("env://migration.repo", "no migration.repo attribute"),
        ("env://nosuch", r"env://nosuch \(attribute\) not found in env\.e"),
        ("env://number", "not found"),
    ],
)
def test_env_that_names_nothing_is_refused(word: str, complaint: str) -> None:
    with pytest.raises(SpecError, match=complaint):
        urls(word)


def test_a_url_without_a_scheme_and_env_without_an_env_are_refused() -> None:
    with pytest.raises(UsageError, match=r'Did you mean "file://schema\.sql"'):
        urls("schema.sql")
    with pytest.raises(UsageError, match=r"needs an env of atlas\.hcl"):
        urls("env://url", env=None)


@pytest.mark.parametrize("url", ["docker://postgres/15/dev", "docker+postgres://_/image:tag/db"])
def test_a_dev_database_in_a_container_is_refused_with_what_to_do(url: str) -> None:
    with pytest.raises(Unsupported, match="start the database yourself"):
        parse_dev_url(url)
