"""Values of statements with ``atlas:sensitive`` are in no output and no row, on every database."""

from __future__ import annotations

import pytest
from atlas.drivers import open_driver, run_for_results
from atlas.engine.database_url import parse_database_url

from tests.integration.cli.conftest import Shell

CANARY = "kanarienvogel"
FILE = (
    "CREATE TABLE people (id int);\n-- atlas:sensitive\n"
    f"INSERT INTO people (id) SELECT id FROM people WHERE id = '{CANARY}' AND missing = '{CANARY}';\n"
)
TEMPLATES = """\
variable "word" {
  type = string
}
data "template_dir" "files" {
  path = "migrations"
  vars = { word = var.word }
}
env "x" {
  migration {
    dir = data.template_dir.files.url
  }
}
"""


@pytest.fixture(params=["sqlite", "postgres", "mariadb"])
def url(request: pytest.FixtureRequest, atlas: Shell) -> str:
    if request.param == "sqlite":
        return f"sqlite://{atlas.folder}/app.db"
    url = str(request.getfixturevalue(f"{request.param}_url"))
    return f"{url}&search_path=public" if request.param == "postgres" else url


@pytest.mark.parametrize("form", ["", "{{ json . }}"], ids=["text", "json"])
def test_a_value_that_came_by_a_template_is_told_nowhere(atlas: Shell, url: str, form: str) -> None:
    atlas.write({"1_people.sql": FILE.replace(CANARY, "{{ .word }}")})
    (atlas.folder / "atlas.hcl").write_text(TEMPLATES)
    words = ("migrate", "apply", "--env", "x", "--var", f"word={CANARY}", "--url", url, "--tx-mode", "none")
    for dry in (("--dry-run",), ()):
        answer = atlas(*words, *dry, *(("--format", form) if form else ()))
        told = answer.out + answer.err
        assert "WHERE id = (sensitive)" in told
        assert CANARY not in told
    assert answer.code == 1
    database = open_driver(parse_database_url(url))
    try:
        rows = run_for_results(database, "SELECT error, error_stmt FROM atlas_schema_revisions")[0].rows
    finally:
        database.session.close()
    assert rows[0][1] == "INSERT INTO people (id) SELECT id FROM people WHERE id = (sensitive)"
    assert CANARY not in str(rows)
