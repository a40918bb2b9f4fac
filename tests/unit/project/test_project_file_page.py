"""The page of the project file: its examples load, and it names every word that is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from atlas.hcl.functions import hcl_functions
from atlas.project import environment, load_all, whole

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "project-file.md").read_text()
EXAMPLES = re.findall(r"^```hcl\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
WORDS = sorted(
    {
        *(word for group in environment._FORMATS.values() for word in group),
        *environment._ATTRIBUTES,
        *environment._BLOCKS,
        *environment._MIGRATION,
        *environment._OTHER_COMMANDS,
        *whole._GUARDS,
        *whole._NOT_OURS,
        *whole._READ,
        *("url", "token", "project", "org", "src", "vars", "backup", "mode", "allow", "auto_approve"),
    }
)


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_loads(text: str) -> None:
    functions = hcl_functions({"DATABASE_URL": "sqlite://app.db"}, None)
    for project in load_all([("atlas.hcl", text)], env_name="local", variables={}, functions=functions):
        assert project.env is not None
        assert project.lint is not None
        assert project.diff is not None
        assert project.tests is not None


@pytest.mark.parametrize("word", WORDS)
def test_a_word_that_is_read_is_on_the_page(word: str) -> None:
    assert re.search(rf"\b{word}\b", PAGE)
