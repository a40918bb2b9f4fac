"""What lint suggests for a file that drops something, taken as it is: lint is content, and rows stop the file."""

from __future__ import annotations

import json

import pytest

from tests.integration.cli.conftest import Shell

BASE = "CREATE TABLE users (id int);\nCREATE TABLE pets (id int, name varchar(20));\nINSERT INTO pets VALUES (1, 'rex');\n"
DROP = "DROP TABLE users;\nALTER TABLE pets DROP COLUMN name;\n"


@pytest.fixture(params=["sqlite", "postgres", "mariadb"])
def urls(request: pytest.FixtureRequest, atlas: Shell) -> tuple[str, str]:
    if request.param == "sqlite":
        return f"sqlite://{atlas.folder}/app.db", "sqlite://dev?mode=memory"
    server = request.getfixturevalue(request.param)
    bound = "&search_path=public" if request.param == "postgres" else ""
    first, second = (f"{server.url(server.create_database())}{bound}" for _ in range(2))
    return first, second


def test_a_suggestion_of_lint_is_a_file_that_protects_what_it_drops(
    atlas: Shell, urls: tuple[str, str]
) -> None:
    url, dev = urls
    atlas.write({"1_base.sql": BASE, "2_drop.sql": DROP})
    lint = ("migrate", "lint", "--dev-url", dev, "--latest", "1")
    answer = atlas(*lint, "--format", "{{ json .Files }}")
    assert answer.code == 1
    fixes = [
        fix["TextEdit"]
        for report in json.loads(answer.out)[0]["Reports"]
        for diagnostic in report["Diagnostics"]
        for fix in diagnostic.get("SuggestedFixes", ())
        if "TextEdit" in fix
    ]
    assert len(fixes) == 2
    assert (fixes[0]["Line"], fixes[0]["End"]) == (1, 2)
    atlas.write({"2_drop.sql": fixes[0]["NewText"] + "\n"})
    assert "destructive" not in atlas.ok(*lint)
    answer = atlas("migrate", "apply", "--url", url)
    assert answer.code == 1
    assert "1 of 2 checks failed" in answer.err
    assert "IS NOT NULL) AS" in answer.err


def test_lint_finds_a_check_that_cannot_be_asked(atlas: Shell, urls: tuple[str, str]) -> None:
    _, dev = urls
    check = "-- atlas:txtar\n\n-- checks.sql --\nSELECT {};\n-- migration.sql --\nDROP TABLE pets;\n"
    lint = ("migrate", "lint", "--dev-url", dev, "--latest", "1")
    atlas.write({"1_base.sql": BASE, "2_drop.sql": check.format("count(*) = 7 FROM users")})
    assert "cannot be asked" not in atlas(*lint).out
    atlas.write({"2_drop.sql": check.format("count(*) = 0 FROM lost")})
    answer = atlas(*lint)
    assert (answer.code, answer.err) == (1, "")
    told = " ".join(answer.out.split())
    assert (
        'checks.sql of file "2_drop.sql": the check "SELECT count(*) = 0 FROM lost;" cannot be asked: '
        in told
    )
