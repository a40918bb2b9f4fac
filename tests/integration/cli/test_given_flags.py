"""Flags that were typed, also empty ones, and what an env block of atlas.hcl says beside them."""

from __future__ import annotations

import pytest

from tests.integration.cli.conftest import Shell

PROJECT = """\
variable "note" {
  type    = string
  default = ""
}
env "prod" {
  url = "sqlite://prod.db"
  src = "file://schema.sql"
  dev = "sqlite://dev?mode=memory"
  format {
    schema {
      apply = "of the file"
    }
  }
}
"""


@pytest.fixture
def shop(atlas: Shell) -> Shell:
    (atlas.folder / "atlas.hcl").write_text(PROJECT)
    (atlas.folder / "schema.sql").write_text("CREATE TABLE users (id integer);")
    return atlas


@pytest.mark.parametrize("words", [("--url", ""), ("--url=",), ("-u", "")])
def test_an_empty_url_is_not_the_url_of_the_env(shop: Shell, words: tuple[str, ...]) -> None:
    answer = shop("schema", "apply", "--env", "prod", "--auto-approve", *words)
    assert answer.code == 1
    assert 'required flag(s) "url" not set' in answer.err
    assert not (shop.folder / "prod.db").exists()


def test_an_empty_format_beats_that_of_the_env(shop: Shell) -> None:
    apply = ("schema", "apply", "--env", "prod", "--dry-run")
    assert shop.ok(*apply).strip() == "of the file"
    assert "CREATE TABLE" in shop.ok(*apply, "--format", "")


@pytest.mark.parametrize("word", ["note=secret\nline", "note=secret\rline", 'note="a\nnote=secret'])
def test_a_variable_with_a_bare_line_break_is_refused_and_not_shown(shop: Shell, word: str) -> None:
    answer = shop("schema", "apply", "--env", "prod", "--dry-run", "--var", word)
    assert answer.code == 1
    assert answer.err.startswith('Error: invalid --var "note": expected name=value')
    assert "secret" not in answer.err


def test_a_quoted_variable_may_have_several_lines(shop: Shell) -> None:
    text = PROJECT.replace('"of the file"', "var.note")
    (shop.folder / "atlas.hcl").write_text(text)
    answer = shop.ok("schema", "apply", "--env", "prod", "--dry-run", "--var", '"note=one\ntwo, three"')
    assert answer.strip() == "one\ntwo, three"
