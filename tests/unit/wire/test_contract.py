from __future__ import annotations

import pytest
from atlas.wire.contract import RegistryAddress, driver_name, is_driver, wire_driver


@pytest.mark.parametrize(
    ("text", "name", "wire"),
    [
        ("POSTGRESQL", "postgres", "POSTGRESQL"),
        ("postgres", "postgres", "POSTGRESQL"),
        ("MYSQL", "mysql", "MYSQL"),
        ("MariaDB", "mariadb", "MARIADB"),
        ("sqlite3", "sqlite", "SQLITE"),
        ("mssql", "sqlserver", "SQLSERVER"),
        ("", "", ""),
    ],
)
def test_a_driver_has_one_name_and_one_spelling_on_the_wire(text: str, name: str, wire: str) -> None:
    assert driver_name(text) == name
    assert wire_driver(text) == wire


def test_only_databases_are_drivers() -> None:
    assert is_driver("postgres")
    assert not is_driver("POSTGRESQL")
    assert not is_driver("oracle7")


def test_an_address_never_shows_its_token() -> None:
    assert "secret" not in repr(RegistryAddress("https://registry.example", "secret"))
