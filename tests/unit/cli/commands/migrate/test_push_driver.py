"""Which driver a pushed directory is for, by the URL of a dev database that nobody opens."""

from __future__ import annotations

import pytest
from atlas.cli.commands.migrate.push import driver_of


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite://dev?mode=memory", "sqlite"),
        ("postgres://u:p@h:5432/db", "postgres"),
        ("maria://u:p@h:3306/db", "mariadb"),
        ("docker://postgres/15/dev", "postgres"),
        ("docker://postgis/latest/dev", "postgres"),
        ("docker://maria/latest/dev", "mariadb"),
        ("docker://mysql/8", "mysql"),
        ("docker+postgres://ghcr.io/org/image:1/dev", "postgres"),
    ],
)
def test_a_container_url_names_its_driver_too(url: str, driver: str) -> None:
    assert driver_of(url) == driver
