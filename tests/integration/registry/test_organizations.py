"""``login``, ``whoami`` and an atlas.hcl that says which organization it is for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.integration.cli.conftest import Shell
from tests.integration.registry.conftest import A, Served

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = """
atlas {
  cloud {
    org = "%s"
  }
}
env "prod" {
  url = "sqlite://app.db"
  migration {
    dir = "atlas://app"
  }
}
"""
OTHER = "Error: 'atlas login' is required for organization umbrella as specified in atlas.hcl\n"


@pytest.fixture
def member(tmp_path: Path, served: Served) -> Shell:
    """Somebody with a token of acme, and two project files."""
    served.push(A, "app")
    for name in ("acme", "umbrella"):
        (tmp_path / f"{name}.hcl").write_text(PROJECT % name)
    environ = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    return Shell(tmp_path, {**environ, "ATLAS_CLOUD_URL": served.url, "ATLAS_TOKEN": served.token})


@pytest.mark.parametrize(
    "words",
    [
        "whoami",
        "cloud repo list",
        "cloud database list",
        "cloud migration list",
        "migrate apply --env prod",
        "migrate status --env prod",
        "migrate pull app",
    ],
)
def test_a_token_of_another_organization_is_refused_and_does_nothing(member: Shell, words: str) -> None:
    answer = member(*words.split(), "--config", "file://umbrella.hcl")
    assert (answer.code, answer.err) == (1, OTHER)
    assert not (member.folder / "app.db").exists()
    assert not (member.folder / "migrations").exists()


def test_a_token_of_the_organization_passes(member: Shell) -> None:
    config = ("--config", "file://acme.hcl")
    assert member.ok("whoami", *config) == "acme\n"
    assert member.ok("whoami", *config, "--env", "prod", "--format", "{{ json . }}") == '{"Org":"acme"}\n'
    member.ok("migrate", "apply", *config, "--env", "prod")


def test_login_holds_the_token_against_the_project_file(member: Shell) -> None:
    refused = member("login", "--config", "file://umbrella.hcl")
    assert (refused.code, refused.err) == (1, OTHER)
    assert not (member.folder / ".atlas").exists()
    passed = member.ok("login", "--config", "file://acme.hcl")
    assert passed == 'You are now connected to "acme" on Atlas Cloud.\n'


def test_without_any_login_clients_are_told_the_words_they_match(member: Shell) -> None:
    answer = member("whoami", "--config", "file://umbrella.hcl", ATLAS_TOKEN="")
    assert (answer.code, answer.err) == (1, "Error: command requires 'atlas login'\n")


def test_a_grant_is_for_a_token_that_is_known(member: Shell, served: Served) -> None:
    assert member.ok("login", "--token", served.token, "--grant-only") == ""
    assert list((member.folder / ".atlas").iterdir()) == []
    wrong = member("login", "--token", "aci_wrong", "--grant-only")
    assert (wrong.code, wrong.err) == (1, "Error: login with token failed: Unauthorized\n")
    nowhere = member("login", "--token", "aci_wrong", "--grant-only", ATLAS_CLOUD_URL="")
    assert (nowhere.code, nowhere.out) == (0, "")


def test_who_logs_out_is_nobody(member: Shell, served: Served) -> None:
    member.ok("login", "--token", served.token)
    assert member.ok("whoami", ATLAS_TOKEN="", ATLAS_CLOUD_URL="") == "acme\n"
    assert member.ok("logout") == "You are now logged out.\n"
    answer = member("whoami", ATLAS_TOKEN="", ATLAS_CLOUD_URL="")
    assert (answer.code, answer.err) == (1, "Error: command requires 'atlas login'\n")
