"""Messages name the place, show the line, and say what is wrong and what was expected."""

from __future__ import annotations

import pytest
from atlas.errors import ParseError

from tests.unit.engine.hcl_schema.reading import read

HEAD = 'schema "s" {}\ntable "t" {\n  schema = schema.s\n  column "a" { type = int }\n'
"""The next line is the fifth."""


def message(text: str, dialect: str = "postgres") -> str:
    with pytest.raises(ParseError) as error:
        read(text, dialect)
    return str(error.value)


def in_table(line: str) -> str:
    return HEAD + line + "\n}\n"


FK = '  foreign_key "f" {\n    columns     = [%s]\n    ref_columns = [%s]\n  }'

CASES = [
    (
        in_table('  column "b" { type = nosuch }'),
        'z.hcl:5:23: Unknown column.type; There is no type named "nosuch". Another one is written sql("…")',
    ),
    (
        in_table('  column "b" { type = varchar(1, 2) }'),
        'z.hcl:5:23: Call to function "varchar" failed: too many arguments for type definition "varchar"',
    ),
    (
        in_table('  column "b" { type = varchar("x") }'),
        'z.hcl:5:23: Call to function "varchar" failed: type "varchar" takes whole numbers, found \'x\'',
    ),
    (
        in_table('  column "b" { type = "varchar(10)" }'),
        'z.hcl:5:23: set field "type": unexpected type string; write a type without quotes, or sql("…")',
    ),
    (in_table('  column "b" {}'), 'z.hcl:5:3: cannot convert table "t": column "b" has no type'),
    (in_table('  column "a" { type = int }'), 'z.hcl:5:3: duplicate column "a" in table "t"'),
    (
        in_table('  column "b" {\n    type = int\n    default = [1]\n  }'),
        'z.hcl:7:15: unsupported type for default value: list; use a literal or sql("…")',
    ),
    (
        in_table('  column "b" {\n    type = int\n    default = now\n  }'),
        'z.hcl:7:15: default: unknown variable "now"',
    ),
    (
        in_table('  column "b" {\n    type = int\n    null = "maybe"\n  }'),
        "z.hcl:7:12: null: expected a bool, found string",
    ),
    (
        in_table('  column "b" {\n    type = int\n    comment = [1]\n  }'),
        "z.hcl:7:15: comment: expected a string, found list",
    ),
    (in_table('  index "i" {}'), 'z.hcl:5:3: missing definition for index "i"'),
    (
        in_table('  index "i" {\n    columns = [column.a]\n    on { column = column.a }\n  }'),
        'z.hcl:6:15: multiple definitions for index "i", use "columns" or "on"',
    ),
    (
        in_table('  index "i" { columns = [column.zz] }'),
        (
            'z.hcl:5:25: Unsupported attribute; This object does not have an attribute named "zz": '
            'table "t" has no column "zz"'
        ),
    ),
    (
        in_table('  index "i" { columns = ["a"] }'),
        "z.hcl:5:25: columns: expected references such as column.id, found string",
    ),
    (
        in_table('  index "i" {\n    on { desc = true }\n  }'),
        'z.hcl:6:5: exactly one of "column" and "expr" is needed',
    ),
    (
        in_table('  index "i" { columns = [column.a] }\n  index "i" { columns = [column.a] }'),
        'z.hcl:6:3: duplicate index "i" in table "t"',
    ),
    (in_table('  check "c" {}'), 'z.hcl:5:3: missing "expr" in check "c" of table "t"'),
    (in_table("  primary_key {}"), "z.hcl:5:3: missing definition for primary key"),
    (
        in_table(FK % ("column.a", "table.x.column.a")),
        'z.hcl:7:19: referenced table "x" not found',
    ),
    (
        in_table(FK % ("column.a", "table.t.column.b")),
        (
            'z.hcl:7:19: Unsupported attribute; This object does not have an attribute named "b": '
            'table "t" has no column "b"'
        ),
    ),
    (
        in_table(FK % ("column.a", "column.a, column.a")),
        'z.hcl:7:19: foreign key "f" has 1 columns and 2 ref_columns',
    ),
    (
        in_table('  foreign_key "f" { ref_columns = [column.a] }'),
        'z.hcl:5:3: missing columns for foreign key "f"',
    ),
    (
        in_table(
            '  foreign_key "f" {\n    columns     = [column.a]\n    ref_columns = [column.a]\n    on_delete = DELETE\n  }'
        ),
        'z.hcl:8:17: on_delete: "DELETE" is none of NO_ACTION, RESTRICT, CASCADE, SET_NULL, SET_DEFAULT',
    ),
    (
        'table "t" {\n  column "a" { type = int }\n}',
        'z.hcl:1:1: cannot extract schema name for table "t": it needs a "schema", as in schema = schema.main',
    ),
    (
        'table "t" {\n  schema = schema.publik\n}\nschema "public" {}',
        (
            'z.hcl:2:12: Unsupported attribute; This object does not have an attribute named "publik": '
            'there is no schema "publik", did you mean public?'
        ),
    ),
    (
        'schema "s" {}\nenum "e" { schema = schema.s }\nenum "e" { schema = schema.s }',
        'z.hcl:3:1: duplicate enum "e"',
    ),
    ('schema "s" {}\nschema "s" {}', 'z.hcl:2:1: duplicate schema "s"'),
    (
        'schema "s" {}\nenum "e" {\n  schema = schema.s\n  values = ["a", "a"]\n}',
        'z.hcl:4:12: duplicate value "a" in enum "e"',
    ),
    (
        'schema "s" {}\ntable "a" "b" {\n  schema = schema.s\n}',
        'z.hcl:3:12: table "b" is labelled "a" and in schema "s"',
    ),
    (
        'schema "s" {}\ntable "a" {\n  for_each = 5\n  schema = schema.s\n}',
        "z.hcl:3:3: for_each: a list, set or object is required, found number",
    ),
    (
        'schema "s" {}\nview "v" {\n  schema = schema.s\n}',
        'z.hcl:2:1: view "v" needs "as", its query',
    ),
    (
        'trigger "g" {\n  as = "x"\n}',
        'z.hcl:1:1: trigger "g" needs "on", as in on = table.users',
    ),
    (
        HEAD + '}\ntrigger "g" {\n  on = table.t\n  execute { function = "f" }\n}',
        'z.hcl:6:1: trigger "g" needs one block of before, after and instead_of',
    ),
    (in_table('  column "b" { type = enum.x }'), 'z.hcl:5:23: referenced enum "x" not found'),
    (
        in_table('  column "b" {\n    type = text\n    comment = local.x\n  }'),
        'z.hcl:7:15: this object does not have an attribute named "x"',
    ),
    (
        in_table('  column "b" {\n    type = text\n    comment = "${nosuch}"\n  }'),
        'z.hcl:7:18: unknown variable "nosuch"',
    ),
    (
        in_table('  column "b" {\n    type = text\n    comment = shout("x")\n  }'),
        'z.hcl:7:15: there is no function named "shout"',
    ),
    (
        'schema "s" {}\nsequence "q" {\n  schema = schema.s\n  owner = column.a\n}',
        "z.hcl:4:11: owner: expected table.NAME.column.NAME, found column.a",
    ),
    (
        'schema "s" {}\nsequence "q" {\n  schema = schema.s\n  start = 1.5\n}',
        "z.hcl:4:11: start: expected a whole number, found number",
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[expected[:60] for _, expected in CASES])
def test_an_error_says_where_and_what(text: str, expected: str) -> None:
    first, line, caret = message(text).split("\n")
    assert first == expected
    number, column = (int(word) for word in expected.split(":")[1:3])
    assert line == "  " + text.splitlines()[number - 1]
    assert caret == "  " + " " * (column - 1) + "^"


def test_a_name_in_two_schemas_is_ambiguous() -> None:
    text = 'schema "a" {}\nschema "b" {}\n'
    for schema in ("a", "b"):
        text += f'table "{schema}" "x" {{\n  schema = schema.{schema}\n  column "id" {{ type = int }}\n}}\n'
    text += 'table "y" {\n  schema = schema.a\n  column "id" { type = int }\n'
    text += '  foreign_key "f" {\n    columns = [column.id]\n    ref_columns = [table.x.column.id]\n  }\n}\n'
    assert message(text).split("\n")[0] == (
        'z.hcl:16:19: multiple reference tables found for "x": write table.a.x or table.b.x'
    )


def test_an_error_names_the_file_that_it_is_in() -> None:
    from atlas.drivers import schema_driver
    from atlas.engine.hcl_schema import read_schema

    files = [("a.hcl", 'schema "s" {}\n'), ("b.hcl", '\n\ntable "t" {\n  schema = schema.x\n}')]
    with pytest.raises(ParseError, match=r"^b\.hcl:4:12: ") as error:
        read_schema(files, dialect="postgres", types=schema_driver("postgres").types, variables={})
    assert "  schema = schema.x\n" in str(error.value)


def test_a_text_that_is_no_hcl_is_refused_with_its_line() -> None:
    assert message('table "t" {\n  schema = \n}').startswith("z.hcl:2:")


def test_the_environment_is_not_open_to_schemas() -> None:
    from atlas.errors import Unsupported

    with pytest.raises(Unsupported, match="declare a variable"):
        read('schema "s" { comment = getenv("HOME") }')


@pytest.mark.parametrize(
    ("text", "dialect", "expected"),
    [
        (
            in_table('  column "b" {\n    type = int\n    unsigneds = true\n  }'),
            "mysql",
            (
                'z.hcl:7:5: unknown attribute "unsigneds" in column "b" of table "t" is left out for mysql: '
                "did you mean unsigned?"
            ),
        ),
        (
            in_table('  column "b" {\n    type = int\n    unsigned = true\n  }'),
            "postgres",
            (
                'z.hcl:7:5: unknown attribute "unsigned" in column "b" of table "t" is left out for postgres: '
                "known here: as, collate, collation, comment, default, inherited, name, null, options, renamed_from, type"
            ),
        ),
        (
            in_table('  indexx "i" {}'),
            "postgres",
            'z.hcl:5:3: unknown block "indexx" in table "t" is left out for postgres: did you mean index?',
        ),
        (
            'schema "s" {}\nsequencee "q" {}',
            "postgres",
            'z.hcl:2:1: unknown block "sequencee" is left out for postgres: did you mean sequence?',
        ),
        (
            'schema "s" {}\nx = 1',
            "postgres",
            'z.hcl:2:1: attribute "x" outside of a block is left out',
        ),
    ],
)
def test_what_is_not_known_is_left_out_with_a_word(text: str, dialect: str, expected: str) -> None:
    assert read(text, dialect).warnings == (expected,)
