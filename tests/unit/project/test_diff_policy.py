"""The ``diff`` blocks of a project file."""

from __future__ import annotations

import pytest
from atlas.engine.plan import DiffPolicy
from atlas.errors import ParseError, Unsupported
from atlas.project import load


def policy(text: str, env: str = "", *, env_name: str | None = "e") -> DiffPolicy:
    whole = f'{text}\nenv "e" {{\n{env}\n}}\n'
    return load([("atlas.hcl", whole)], env_name=env_name, variables={}).diff


def test_without_a_block_everything_is_planned() -> None:
    assert policy("") == DiffPolicy()


def test_changes_and_care_are_read() -> None:
    block = "diff {\nskip {\ndrop_table = true\ndrop_column = false\n}\nconcurrent_index {\ncreate = true\ndrop = true\n}\n}"
    expected = DiffPolicy(
        skip=frozenset({"drop_table"}), concurrent_index_create=True, concurrent_index_drop=True
    )
    assert policy(block) == expected
    assert policy("", block) == expected
    assert policy(block, env_name=None) == expected


def test_an_environment_takes_from_the_file_what_its_own_block_lacks() -> None:
    shared = "diff {\nskip {\ndrop_table = true\n}\nconcurrent_index {\nadd = true\n}\n}"
    assert policy(shared, "diff {\nskip {\ndrop_schema = true\n}\n}") == DiffPolicy(
        skip=frozenset({"drop_schema"}), concurrent_index_create=True
    )


def test_renames_of_constraints_are_those_of_every_constraint() -> None:
    assert "rename_foreign_key" in policy("diff {\nskip {\nrename_constraint = true\n}\n}").skip


def test_online_changes_are_asked_for_by_one_word() -> None:
    assert policy("diff {\nonline = true\n}").online


@pytest.mark.parametrize(
    "block",
    ["skip {\ndrop_tabel = true\n}", "concurrent_index {\ncreat = true\n}", "skipp {\n}", "onlin = true"],
)
def test_a_word_without_a_meaning_is_refused_by_name_and_place(block: str) -> None:
    with pytest.raises(Unsupported, match=r"atlas\.hcl:\d.*expected one of"):
        policy(f"diff {{\n{block}\n}}")


def test_a_value_that_is_no_bool_is_refused_with_its_place() -> None:
    with pytest.raises(ParseError, match=r"atlas\.hcl:3"):
        policy("diff {\nskip {\ndrop_table = 5\n}\n}")
