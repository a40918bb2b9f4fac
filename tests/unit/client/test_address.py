from __future__ import annotations

import pytest
from atlas.client.address import ProjectCloud, StoredLogins, login_url, resolve_address
from atlas.errors import LoginRequired, SpecError

STORED = StoredLogins("https://stored.example", {"https://stored.example": "stored-token"})
ENVIRON = {"ATLAS_CLOUD_URL": "https://env.example", "ATLAS_TOKEN": "env-token"}
PROJECT = ProjectCloud("https://project.example", "project-token", "payments")
NOTHING = StoredLogins()


def test_the_project_file_comes_first() -> None:
    address = resolve_address(PROJECT, ENVIRON, STORED)
    assert (address.url, address.token, address.project) == (
        "https://project.example",
        "project-token",
        "payments",
    )


def test_then_the_environment() -> None:
    address = resolve_address(ProjectCloud(), ENVIRON, STORED)
    assert (address.url, address.token, address.project) == ("https://env.example", "env-token", "default")


def test_then_the_login_store() -> None:
    address = resolve_address(None, {}, STORED)
    assert (address.url, address.token) == ("https://stored.example", "stored-token")


def test_a_token_of_the_project_goes_to_the_address_of_the_environment() -> None:
    address = resolve_address(ProjectCloud(token="t"), {"ATLAS_CLOUD_URL": "https://env.example"}, NOTHING)
    assert (address.url, address.token) == ("https://env.example", "t")


def test_a_stored_token_goes_only_to_the_address_it_was_stored_for() -> None:
    with pytest.raises(LoginRequired):
        resolve_address(None, {"ATLAS_CLOUD_URL": "https://other.example"}, STORED)
    with pytest.raises(LoginRequired):
        resolve_address(ProjectCloud(url="https://stored.example.evil"), {}, STORED)


def test_a_slash_at_the_end_is_the_same_address() -> None:
    address = resolve_address(ProjectCloud(url="https://stored.example/"), {}, STORED)
    assert address.token == "stored-token"


def test_nobody_logged_in_is_said_in_the_words_clients_compare() -> None:
    with pytest.raises(LoginRequired, match=r"^command requires 'atlas login'$"):
        resolve_address(None, {}, NOTHING)


def test_there_is_no_built_in_address() -> None:
    with pytest.raises(SpecError, match="atlas registry serve"):
        resolve_address(None, {"ATLAS_TOKEN": "t"}, NOTHING)
    with pytest.raises(SpecError, match="ATLAS_CLOUD_URL"):
        login_url("", {}, NOTHING)


def test_login_goes_where_it_is_told() -> None:
    assert login_url("https://given.example/", ENVIRON, STORED) == "https://given.example"
    assert login_url("", ENVIRON, STORED) == "https://env.example"
    assert login_url("", {}, STORED) == "https://stored.example"


def test_no_token_is_ever_shown() -> None:
    shown = repr((PROJECT, STORED, resolve_address(PROJECT, {}, STORED)))
    assert "-token" not in shown
