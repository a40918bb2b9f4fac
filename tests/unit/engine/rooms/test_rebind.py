"""States of two schemas under one name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.engine.rooms.rebind import rebound
from atlas.errors import Unsupported
from atlas.schema import Key, Kind, Realm, Schema
from atlas.schema.objects import View
from atlas.schema.table import Column, ForeignKey, Table

_FK = ForeignKey(name="fk", columns=("a",), ref_schema="one", ref_table="t", ref_columns=("a",))


def realm(name: str) -> Realm:
    key = Key(Kind.TABLE, name, "", "t")
    return Realm(
        dialect="mariadb",
        schemas=(Schema(name=name, charset="latin1"),),
        objects=(
            Table(
                schema=name,
                name="t",
                columns=(Column(name="a", type="int", default="'`one`.x'"),),
                foreign_keys=(
                    replace(_FK, ref_schema=name),
                    replace(_FK, name="far", ref_schema="elsewhere"),
                ),
            ),
            View(
                schema=name,
                name="v",
                definition=f"select `{name}`.`t`.`a`, '`one`.`t`', `o`.`t` from `{name}`.`t`",
            ),
        ),
        dependencies=frozenset({(Key(Kind.VIEW, name, "", "v"), key)}),
        excluded=frozenset({Key(Kind.SCHEMA, "", "", name), key}),
    )


def test_every_name_and_every_text_of_the_server_is_that_of_the_other_schema() -> None:
    assert rebound(realm("one"), "one", "two") == realm("two")
    assert rebound(realm("one"), "one", "one") is not None


def test_on_postgresql_names_are_in_types_too_so_it_is_refused() -> None:
    with pytest.raises(Unsupported, match='"one" and "two"'):
        rebound(replace(realm("one"), dialect="postgres"), "one", "two")
