"""What a slug means where it may be a schema or a directory, and the registry may be away."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest
from atlas.engine.backups import NotBackedUp, raising, schema_or_directory
from atlas.errors import NotFound, Unauthorized, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

OUTAGE = Unavailable("refused")
NOWHERE = NotBackedUp("no backup has it", OUTAGE)


def fails(error: Exception) -> Callable[[], NoReturn]:
    def read() -> NoReturn:
        raise error

    return read


def told(outage: Unavailable) -> str:
    return f"directory of a backup while {outage}"


def test_a_schema_comes_first() -> None:
    assert schema_or_directory(lambda: "schema", fails(AssertionError()), told) == "schema"


def test_a_name_of_no_schema_is_that_of_a_directory() -> None:
    assert schema_or_directory(fails(NotFound("s")), lambda: "directory", told) == "directory"


def test_a_name_of_nothing_is_told_as_a_schema_that_is_missing() -> None:
    with pytest.raises(NotFound, match=r"^schema$"):
        schema_or_directory(fails(NotFound("schema")), fails(NotFound("directory")), told)


def test_a_schema_that_no_backup_has_may_be_a_directory_of_one() -> None:
    found = schema_or_directory(fails(NOWHERE), fails(AssertionError()), told)
    assert found == "directory of a backup while refused"


def test_without_backups_of_directories_the_outage_stays() -> None:
    with pytest.raises(NotBackedUp):
        schema_or_directory(fails(NOWHERE), fails(AssertionError()), None)


@pytest.mark.parametrize("error", [OUTAGE, Unauthorized("who")])
def test_no_other_answer_is_asked_again_as_a_directory(error: Exception) -> None:
    with pytest.raises(type(error)):
        schema_or_directory(fails(error), fails(AssertionError()), told)


def test_a_registry_that_is_known_to_be_out_answers_with_that() -> None:
    with pytest.raises(Unavailable) as raised:
        raising(OUTAGE)()
    assert raised.value is OUTAGE
