"""A realm as JSON, as a diagram and as SQL."""

from __future__ import annotations

import json

from atlas.engine.inspect_documents import creating_plan, mermaid, plan_text, realm_document
from atlas.gotemplate.encode_json import encode_json
from atlas.schema import Realm, Schema, Unmodelled
from atlas.schema.objects import View
from atlas.schema.table import Column, ForeignKey, Index, IndexPart, PrimaryKey, Table, Unique

from tests.fakes.schema_driver import FakeSchemaDriver, realm_of

_PARENT = Table(
    schema="public",
    name="p",
    columns=(Column(name="id", type="integer", null=False),),
    primary_key=PrimaryKey(parts=(IndexPart(column="id"),)),
)
_TABLE = Table(
    schema="public",
    name="t",
    columns=(
        Column(name="id", type="serial", null=False),
        Column(name="full name", type="public.mood", comment="cc"),
        Column(name="p", type="numeric(10,2)", null=False),
    ),
    primary_key=PrimaryKey(parts=(IndexPart(column="id"),)),
    uniques=(Unique(name="a_key", parts=(IndexPart(column="p"),)),),
    indexes=(
        Index(name="ix", unique=True, parts=(IndexPart(expr="lower(j)", desc=True), IndexPart(column="p"))),
    ),
    foreign_keys=(
        ForeignKey(name="t_p_fkey", columns=("p",), ref_schema="public", ref_table="p", ref_columns=("id",)),
        ForeignKey(
            name="f2", columns=("id", "p"), ref_schema="public", ref_table="t", ref_columns=("p", "id")
        ),
        ForeignKey(name="far", columns=("p",), ref_schema="other", ref_table="x", ref_columns=("id",)),
    ),
    comment="c",
)


def realm(*schemas: str) -> Realm:
    return Realm(
        dialect="postgres",
        schemas=tuple(Schema(name=name) for name in schemas or ("public",)),
        objects=(_PARENT, _TABLE, View(schema="public", name="v", definition="SELECT 1")),
        unmodelled=(Unmodelled(kind="event trigger", name="watch"),),
    )


def test_json_has_the_keys_of_the_go_tools_in_their_order_and_leaves_empty_ones_out() -> None:
    assert encode_json(realm_document(realm())) == (
        '{"schemas":[{"name":"public","tables":['
        '{"name":"p","columns":[{"name":"id","type":"integer"}],"primary_key":{"parts":[{"column":"id"}]}},'
        '{"name":"t","columns":[{"name":"id","type":"serial"},'
        '{"name":"full name","type":"public.mood","null":true,"comment":"cc"},{"name":"p","type":"numeric(10,2)"}],'
        '"indexes":[{"name":"a_key","unique":true,"parts":[{"column":"p"}]},'
        '{"name":"ix","unique":true,"parts":[{"desc":true,"expr":"lower(j)"},{"column":"p"}]}],'
        '"primary_key":{"parts":[{"column":"id"}]},'
        '"foreign_keys":[{"name":"t_p_fkey","columns":["p"],"references":{"table":"p","columns":["id"]}},'
        '{"name":"f2","columns":["id","p"],"references":{"table":"t","columns":["p","id"]}},'
        '{"name":"far","columns":["p"],"references":{"table":"x","columns":["id"]}}],"comment":"c"}],'
        '"views":[{"name":"v"}]}],"Unsupported":["event trigger watch"]}'
    )


def test_each_schema_has_its_own_tables() -> None:
    document = json.loads(encode_json(realm_document(realm("empty", "public"))))
    assert [(each["name"], len(each.get("tables", []))) for each in document["schemas"]] == [
        ("empty", 0),
        ("public", 2),
    ]


def test_a_diagram_of_one_schema_has_plain_names_and_words_without_other_signs() -> None:
    assert mermaid(realm()) == (
        "erDiagram\n"
        "    p {\n"
        "      integer id PK\n"
        "    }\n"
        "    t {\n"
        "      serial id PK,FK\n"
        "      public_mood full_name\n"
        "      numeric(10,2) p FK\n"
        "    }\n"
        "    t |o--o| p : t_p_fkey\n"
        "    t }o--o{ t : f2\n"
        "    t |o--o| x : far\n"
    )


def test_a_diagram_of_several_schemas_qualifies_and_labels() -> None:
    lines = mermaid(realm("other", "public")).splitlines()
    assert lines[1] == '    public_p["public.p"] {'
    assert "    public_t |o--o| other_x : far" in lines


def test_the_sql_of_a_state_leaves_out_what_is_there_in_a_new_database() -> None:
    driver = FakeSchemaDriver()
    plan = creating_plan(driver, realm_of("a", "b"), bound="public")
    assert plan_text(plan.statements) == (
        '-- Create "a" table\nCREATE TABLE a;\n-- Create "b" table\nCREATE TABLE b;\n'
    )
    assert [str(change.key) for change in creating_plan(driver, realm_of("a"), bound="").changes] == [
        "table public.a"
    ]
