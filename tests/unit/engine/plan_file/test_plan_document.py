"""The file of a plan: what is printed is read back as it was, and everything else is refused with its place."""

from __future__ import annotations

import pytest
from atlas.engine.plan_file import PlanFile, parse_plan_file, print_plan_file
from atlas.errors import ParseError
from hypothesis import example, given
from hypothesis import strategies as st

SQL = '-- Add column "email"\nALTER TABLE `users` ADD COLUMN\n  `email` text;\n\nSELECT 1;\n'


def plan(migration: str = SQL, name: str = "20261126101112") -> PlanFile:
    return PlanFile(name=name, current_hash="a+/=", desired_hash="b+/=", migration=migration)


def test_a_plan_is_printed_for_people() -> None:
    assert print_plan_file(plan()) == (
        'plan "20261126101112" {\n'
        '  from      = "a+/="\n'
        '  to        = "b+/="\n'
        "  migration = <<-SQL\n"
        '    -- Add column "email"\n'
        "    ALTER TABLE `users` ADD COLUMN\n"
        "      `email` text;\n"
        "\n"
        "    SELECT 1;\n"
        "  SQL\n"
        "}\n"
    )


TEXTS = st.text(
    st.one_of(st.sampled_from(list("ab ${}%\"\\\n\r\tSQL;'")), st.characters(exclude_categories=("Cs",))),
    min_size=1,
).filter(str.strip)


@given(TEXTS)
@example(SQL)
@example("SQL\nSELECT 1;\n")
@example("SELECT '\n  SQL\n';\n")
@example("SELECT '${x} %{y} $${z} %%{a} $%{b}';\n")
@example("  SELECT 1;\n  SELECT 2;\n")
@example("\tSELECT 1;\n")
@example("SELECT 1;\r\nSELECT 2;\r\n")
@example("SELECT 1;\n   \nSELECT 2;\n")
@example("SELECT 1")
@example("\n\nSELECT 1;\n\n\n")
def test_every_migration_is_read_back_as_it_was(migration: str) -> None:
    printed = print_plan_file(plan(migration))
    assert parse_plan_file(printed, "x.plan.hcl") == plan(migration)


def test_a_plan_of_a_person_is_read() -> None:
    text = 'plan "x" {\n  # why\n  from = "a"\n  to = "b"\n  migration = <<-SQL\n  SELECT 1;\n  SQL\n}\n'
    assert parse_plan_file(text, "x.plan.hcl") == PlanFile(
        name="x", current_hash="a", desired_hash="b", migration="SELECT 1;\n"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "this is no plan file: expected one block"),
        ('table "x" {}\n', "this is no plan file"),
        ('plan "a" {}\nplan "b" {}\n', "this is no plan file"),
        ("plan {}\n", "x.plan.hcl:1"),
        ('plan "x" {\n  to = "b"\n  migration = "c"\n}\n', 'plan "x" has no from'),
        (
            'plan "x" {\n  from = "a"\n  to = "b"\n  migration = ""\n}\n',
            "x.plan.hcl:4.*migration of a plan must be",
        ),
        (
            'plan "x" {\n  from = 1\n  to = "b"\n  migration = "c"\n}\n',
            "x.plan.hcl:2.*from of a plan must be",
        ),
        ('plan "x" {\n  form = "a"\n}\n', 'x.plan.hcl:2.*unknown attribute "form"'),
        ('plan "x" {\n', "x.plan.hcl:1"),
    ],
)
def test_what_is_no_plan_is_refused_with_its_place(text: str, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        parse_plan_file(text, "x.plan.hcl")
