"""Tokens that are made elsewhere: admitted once, by their form, and never again after they were revoked."""

from __future__ import annotations

import os
import secrets
import subprocess
from pathlib import Path

import pytest

from tests.nursery import run_atlas


def made_elsewhere() -> str:
    return f"aci_{secrets.token_urlsafe(32)}"


@pytest.fixture
def atlas(tmp_path: Path):
    def run(*words: str, token: str = "") -> subprocess.CompletedProcess[str]:
        environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "ATLAS_TOKEN": token}
        command = ("registry", "token", *words, "--data", str(tmp_path / "data"))
        return run_atlas(command, folder=tmp_path, environ=environ, timeout_s=60)

    return run


def test_a_token_is_admitted_once_and_its_secret_is_never_printed(atlas) -> None:
    token = made_elsewhere()
    flags = ("admit", "--project", "acme", "--name", "operator", "--scope", "read")
    printed = [atlas(*flags, token=token).stdout, atlas(*flags, token=token).stdout]
    assert printed == ["The token is admitted.\n", "The token was admitted before.\n"]
    head, row = atlas("list").stdout.splitlines()
    assert row.split()[:4] == ["1", "operator", "acme", "read"]
    assert token not in head + row


def test_a_token_that_is_admitted_again_with_another_scope_has_that_one(atlas) -> None:
    token = made_elsewhere()
    atlas("admit", "--scope", "push", token=token)
    again = atlas("admit", "--scope", "read", token=token)
    assert again.stdout == "The token was admitted before, with another scope; it has this one now.\n"
    assert atlas("list").stdout.splitlines()[1].split()[3] == "read"


def test_a_token_never_comes_to_see_another_project(atlas) -> None:
    token = made_elsewhere()
    atlas("admit", "--project", "acme", token=token)
    refused = atlas("admit", "--project", "other", token=token)
    assert refused.stderr == "Error: token 1 is one of another project than other: give a new one\n"


def test_a_revoked_token_is_not_admitted_again(atlas) -> None:
    token = made_elsewhere()
    atlas("admit", token=token)
    atlas("revoke", "1")
    refused = atlas("admit", token=token)
    assert (refused.returncode, refused.stderr) == (1, "Error: token 1 was revoked: give a new one\n")


@pytest.mark.parametrize("token", ["secret", "aci_short", f"aci_{'a' * 44}", f"aci_{'%' * 43}"])
def test_a_token_of_another_form_might_be_guessed_and_is_refused(atlas, token: str) -> None:
    refused = atlas("admit", token=token)
    assert refused.returncode == 1
    assert "expected aci_ and 43 letters, digits, - or _" in refused.stderr
    assert token not in refused.stderr
    assert len(atlas("list").stdout.splitlines()) == 1


def test_without_a_token_it_is_said_where_one_is_expected(atlas) -> None:
    assert atlas("admit").stderr == "Error: no token to admit: expected it in $ATLAS_TOKEN\n"


def test_a_token_that_the_registry_makes_can_be_admitted_elsewhere(atlas) -> None:
    token = atlas("create").stdout.strip()
    assert atlas("admit", token=token).stdout == "The token was admitted before.\n"
