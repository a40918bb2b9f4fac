"""What SQLite makes of a URL."""

from __future__ import annotations

import pytest
from atlas.drivers.sqlite.url import Target, target_of
from atlas.engine.database_url import parse_database_url
from atlas.errors import SpecError


def target(url: str) -> Target:
    return target_of(parse_database_url(url))


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite://dir/f.db", "dir/f.db"),
        ("sqlite://./f.db", "./f.db"),
        ("sqlite://../f.db", "../f.db"),
        ("sqlite:///abs/f.db", "/abs/f.db"),
        ("sqlite3:///abs/f.db?_fk=1", "/abs/f.db"),
    ],
)
def test_a_path_is_taken_as_written(url: str, path: str):
    assert target(url).path == path


@pytest.mark.parametrize("url", ["sqlite://", "sqlite://:memory:", "sqlite://dev?mode=memory&cache=shared"])
def test_a_database_in_memory_has_no_path(url: str):
    assert target(url).path == ""


def test_signs_of_a_path_are_escaped_for_the_library():
    assert target("sqlite:///a b/100%25.db").uri == "file:/a%20b/100%2525.db"


def test_keys_of_the_library_are_passed_on():
    assert target("sqlite://f.db?mode=ro&cache=private&_fk=1").uri == "file:f.db?mode=ro&cache=private"


@pytest.mark.parametrize(
    ("key", "pragma"),
    [
        ("_fk=1", ("foreign_keys", "1")),
        ("_foreign_keys=off", ("foreign_keys", "0")),
        ("_fk=Yes", ("foreign_keys", "1")),
        ("_busy_timeout=250", ("busy_timeout", "250")),
        ("_timeout=0", ("busy_timeout", "0")),
        ("_journal=WAL", ("journal_mode", "WAL")),
        ("_cache_size=-2000", ("cache_size", "-2000")),
        ("_sync=normal", ("synchronous", "normal")),
        ("_cslike=true", ("case_sensitive_like", "1")),
    ],
)
def test_keys_of_the_go_driver_become_settings(key: str, pragma: tuple[str, str]):
    assert target(f"sqlite://f.db?{key}").pragmas == (pragma,)


def test_keys_that_mean_nothing_here_are_accepted():
    assert target("sqlite://f.db?_loc=auto&_mutex=full").pragmas == ()


def test_the_kind_of_transaction_can_be_chosen():
    assert target("sqlite://f.db?_txlock=immediate").begin == "BEGIN IMMEDIATE"


def test_an_unknown_key_is_named():
    with pytest.raises(SpecError, match=r'^unknown key "_nosuch" in the query of a sqlite URL'):
        target("sqlite://f.db?_nosuch=hunter2")


@pytest.mark.parametrize(
    "key", ["_foreign_keys=bogus", "_journal=paper", "_busy_timeout=1s", "_busy_timeout=--1", "_txlock=never"]
)
def test_a_wrong_value_is_named(key: str):
    name, _, value = key.partition("=")
    with pytest.raises(SpecError, match=rf"^Invalid {name}: {value}, expecting "):
        target(f"sqlite://f.db?{key}")


def test_a_wrong_boolean_is_refused_in_the_words_of_the_go_driver():
    with pytest.raises(SpecError) as refused:
        target("sqlite://f.db?_foreign_keys=bogus")
    assert str(refused.value) == (
        "Invalid _foreign_keys: bogus, expecting boolean value of '0 1 false true no yes off on'"
    )
