"""References, loops, variables, names and the schemas of a URL."""

from __future__ import annotations

import pytest
from atlas.errors import DesiredStateError, SpecError
from atlas.schema import Key, Kind, key_of

from tests.unit.engine.hcl_schema.reading import FIXTURES, printed, read

SCHEMA = 'schema "s" {}\n'


def table(name: str, inner: str = "", schema: str = "s") -> str:
    return (
        f'table "{name}" {{\nschema = schema.{schema}\ncolumn "id" {{ type = int }}\ncolumn "f k" {{ type = int }}\n'
        f"{inner}\n}}\n"
    )


@pytest.mark.parametrize(
    "reference",
    [
        "column.id",
        "table.t.column.id",
        "table.s.t.column.id",
        'table["t"].column["id"]',
        'table["s"]["t"].column.id',
        "local.target",
        "[for name in [local.name] : column[name]][0]",
        "true ? column.id : column.other",
    ],
)
def test_every_form_of_a_reference_means_the_same_column(reference: str) -> None:
    text = table("t", f'foreign_key "f" {{\ncolumns = [column["f k"]]\nref_columns = [{reference}]\n}}')
    text += SCHEMA + 'locals {\ntarget = table.t.column.id\nname = "id"\n}'
    (key,) = read(text).realm.tables[0].foreign_keys
    assert (key.columns, key.ref_table, key.ref_columns) == (("f k",), "t", ("id",))


@pytest.mark.parametrize(
    ("kind", "inner"),
    [("enum", 'values = ["a"]'), ("domain", "type = text"), ("composite", ""), ("range", "subtype = int")],
)
def test_a_column_has_a_type_that_is_declared(kind: str, inner: str) -> None:
    text = f'{kind} "My type" {{\nschema = schema.s\n{inner}\n}}\n{SCHEMA}'
    text += table("t", f'column "c" {{ type = {kind}["My type"] }}')
    realm = read(text).realm
    assert realm.tables[0].columns[-1].type == 's."My type"'
    needed = Key(Kind(kind), "s", "", "My type")
    assert (Key(Kind.COLUMN, "s", "t", "c"), needed) in realm.dependencies
    assert (Key(Kind.TABLE, "s", "", "t"), needed) in realm.dependencies


def test_an_array_of_a_declared_type_gets_its_schema() -> None:
    text = 'enum "e" {\nschema = schema.s\nvalues = ["a"]\n}\n' + SCHEMA
    realm = read(text + table("t", 'column "c" { type = sql("e[]") }')).realm
    assert realm.tables[0].columns[-1].type == "s.e[]"


def test_two_labels_qualify_and_so_do_references() -> None:
    text = table("x", schema="a").replace('table "x"', 'table "a" "x"')
    text += table("x", schema="b").replace('table "x"', 'table "b" "x"')
    text += table(
        "y", 'foreign_key "f" {\ncolumns = [column.id]\nref_columns = [table.b.x.column.id]\n}', "a"
    )
    realm = read(text + 'schema "a" {}\nschema "b" {}').realm
    assert realm.tables[1].foreign_keys[0].ref_schema == "b"


def test_blocks_may_stand_in_any_order_and_in_many_files() -> None:
    from atlas.drivers import schema_driver
    from atlas.engine.hcl_schema import read_schema

    files = [
        (
            "b.hcl",
            table("b", 'foreign_key "f" {\ncolumns = [column.id]\nref_columns = [table.a.column.id]\n}'),
        ),
        ("a.hcl", table("a")),
        ("s.hcl", SCHEMA),
    ]
    found = read_schema(files, dialect="postgres", types=schema_driver("postgres").types, variables={})
    assert [each.name for each in found.realm.tables] == ["a", "b"]


@pytest.mark.parametrize(
    ("collection", "names"),
    [
        ('toset(["x", "y"])', ["t_x_x", "t_y_y"]),
        ('["x", "y"]', ["t_0_x", "t_1_y"]),
        ('{ k = "x", l = "y" }', ["t_k_x", "t_l_y"]),
        ("[]", []),
    ],
)
def test_for_each_makes_a_block_for_every_element(collection: str, names: list[str]) -> None:
    text = table("t", f'for_each = {collection}\nname = "t_${{each.key}}_${{each.value}}"')
    assert [each.name for each in read(text + SCHEMA).realm.tables] == names


def test_a_table_of_a_loop_is_referred_to_by_its_name() -> None:
    text = table("t", 'for_each = ["x", "y"]\nname = each.value')
    text += table("u", 'foreign_key "f" {\ncolumns = [column.id]\nref_columns = [table.y.column.id]\n}')
    assert read(text + SCHEMA).realm.tables[0].foreign_keys[0].ref_table == "y"


def test_dynamic_columns_have_their_labels() -> None:
    text = table(
        "t", 'dynamic "column" {\nfor_each = ["x", "y"]\nlabels = [column.value]\ncontent { type = text }\n}'
    )
    assert [each.name for each in read(text + SCHEMA).realm.tables[0].columns] == ["id", "f k", "x", "y"]


def test_a_dynamic_block_may_name_its_iterator() -> None:
    inner = 'dynamic "index" {\nfor_each = { i = "id" }\niterator = it\nlabels = [it.key]\ncontent { columns = [column[it.value]] }\n}'
    (index,) = read(table("t", inner) + SCHEMA).realm.tables[0].indexes
    assert (index.name, index.parts[0].column) == ("i", "id")


def test_variables_have_types_and_defaults() -> None:
    text = 'variable "size" {\ntype = int\ndefault = 5\n}\n' + SCHEMA
    text += table("t", 'column "c" { type = varchar(var.size) }')
    assert read(text).realm.tables[0].columns[-1].type == "character varying(5)"
    assert read(text, size="9").realm.tables[0].columns[-1].type == "character varying(9)"


def test_a_variable_without_a_value_is_asked_for() -> None:
    with pytest.raises(SpecError, match='missing value for required variable "x"'):
        read('variable "x" { type = string }')


def test_a_heredoc_loses_the_line_break_that_ends_it() -> None:
    text = 'function "f" {\nschema = schema.s\nlang = SQL\nreturn = int\nas = <<-SQL\n\n    SELECT\n      1\n\n    SQL\n}\n'
    assert read(text + SCHEMA).realm.objects[0].body == "\nSELECT\n  1\n"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "current", "desired"),
    [
        (table("n", 'renamed_from = "o"'), Key(Kind.TABLE, "s", "", "o"), Key(Kind.TABLE, "s", "", "n")),
        (
            table("t", 'column "n" {\ntype = int\nrenamed_from = "o"\n}'),
            Key(Kind.COLUMN, "s", "t", "o"),
            Key(Kind.COLUMN, "s", "t", "n"),
        ),
        (
            table("t", 'index "n" {\ncolumns = [column.id]\nrenamed_from = "o"\n}'),
            Key(Kind.INDEX, "s", "t", "o"),
            Key(Kind.INDEX, "s", "t", "n"),
        ),
        (
            'view "n" {\nschema = schema.s\nas = "SELECT 1"\nrenamed_from = "o"\n}\n',
            Key(Kind.VIEW, "s", "", "o"),
            Key(Kind.VIEW, "s", "", "n"),
        ),
        (
            'enum "n" {\nschema = schema.s\nvalues = ["a"]\nrenamed_from = "o"\n}\n',
            Key(Kind.ENUM, "s", "", "o"),
            Key(Kind.ENUM, "s", "", "n"),
        ),
        (
            'function "n" {\nschema = schema.s\nlang = SQL\narg { type = int }\nreturn = int\nas = "SELECT 1"\nrenamed_from = "o"\n}\n',
            Key(Kind.FUNCTION, "s", "", "o(integer)"),
            Key(Kind.FUNCTION, "s", "", "n(integer)"),
        ),
    ],
)
def test_renamed_from_is_a_rename(text: str, current: Key, desired: Key) -> None:
    assert read(text + SCHEMA).renames == ((current, desired),)


def test_a_column_renamed_in_a_renamed_table_had_the_former_table() -> None:
    text = table("n", 'renamed_from = "o"\ncolumn "c" {\ntype = int\nrenamed_from = "b"\n}')
    renames = read(text + SCHEMA).renames
    assert (Key(Kind.COLUMN, "s", "o", "b"), Key(Kind.COLUMN, "s", "n", "c")) in renames


def test_a_view_depends_on_what_it_names_and_on_what_it_says() -> None:
    text = table("t") + table("u") + SCHEMA
    text += 'view "v" {\nschema = schema.s\nas = "SELECT id FROM s.t"\ndepends_on = [table.u]\n}\n'
    view = Key(Kind.VIEW, "s", "", "v")
    needed = {pair[1].name for pair in read(text).realm.dependencies if pair[0] == view}
    assert needed == {"t", "u"}


def test_two_views_that_name_each_other_make_no_circle() -> None:
    text = (
        SCHEMA
        + 'view "a" {\nschema = schema.s\nas = "SELECT b FROM x"\n}\nview "b" {\nschema = schema.s\nas = "SELECT * FROM a"\n}\n'
    )
    assert len(read(text).realm.dependencies) == 1


def test_a_bound_url_takes_one_schema() -> None:
    assert read(table("t") + SCHEMA, bound="s").realm.tables
    with pytest.raises(DesiredStateError) as error:
        read('schema "a" {}\nschema "b" {}', bound="public")
    assert str(error.value) == (
        'cannot use HCL with more than 1 schema when dev-url is limited to schema "public"'
    )


def test_a_bound_url_takes_the_schema_of_its_name() -> None:
    with pytest.raises(DesiredStateError) as error:
        read('schema "other" {}', bound="public")
    assert str(error.value) == 'mismatched HCL and database schemas: "public" <> "other"'


def test_the_example_of_the_language_says_what_it_seems_to_say() -> None:
    found = read((FIXTURES / "language.pg.hcl").read_text())
    assert found.warnings == ()
    assert [each.name for each in found.realm.tables] == ["notes", "t_acme", "t_globex"]
    text = printed(found.realm)
    assert 'default = "%%{ no directive } of $${each.value}: GLOBEX"' in text
    assert 'comment = "two\\n  lines\\n"' in text
    assert "default = -1.50" in text


def test_a_schema_with_a_name_is_found_by_its_label_and_by_its_name() -> None:
    text = """
        schema "main" { name = "app" }
        table "a" {
          schema = schema.main
          column "id" { type = int }
        }
        table "main" "b" {
          schema = schema.app
          column "id" { type = int }
          foreign_key "f" {
            columns     = [column.id]
            ref_columns = [table.main.a.column.id]
          }
        }
    """
    realm = read(text).realm
    assert [schema.name for schema in realm.schemas] == ["app"]
    assert {str(key_of(item)) for item in realm.objects} == {"table app.a", "table app.b"}
