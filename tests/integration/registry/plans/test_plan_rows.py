"""Statements of a person in a plan that nobody approved: what they do to rows is seen by a person, or not run."""

from __future__ import annotations

import pytest

from tests.integration.registry.plans.conftest import Shop


@pytest.fixture
def judged(shop: Shop) -> Shop:
    """A shop where a plan without errors runs unattended; it has a row, and ``edited`` plans of one more statement."""
    file = shop.person.home / "atlas.hcl"
    file.write_text(file.read_text().replace("review = ALWAYS", "review = ERROR"))
    shop.query("INSERT INTO users (id, name) VALUES (1, 'kept')")
    return shop


def _edited(shop: Shop, statement: str) -> str:
    shop.plan("p", "--save")
    text = (shop.person.home / "p.plan.hcl").read_text()
    end = text.rindex("  SQL\n")
    return shop.file("x.plan.hcl", f"{text[:end]}    {statement};\n{text[end:]}")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM users",
        "/* x */ UPDATE users SET name = NULL",
        "REPLACE INTO users (id) VALUES (1)",
        "INSERT OR REPLACE INTO users (id) VALUES (1)",
        "INSERT INTO users (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET name = NULL",
        "WITH one AS (SELECT 1) DELETE FROM users",
        "DROP TABLE IF EXISTS elsewhere",
    ],
)
def test_a_file_whose_statement_may_take_rows_away_does_not_run_unattended(
    judged: Shop, statement: str
) -> None:
    refused = judged.fails("schema", "apply", "--plan", _edited(judged, statement))
    assert "Rejected by review policy: no analyzer sees what a statement does to rows: " in refused
    assert judged.query("SELECT id, name FROM users") == [(1, "kept")]
    assert judged.tables() == ["users"]


def test_a_file_whose_statement_adds_rows_runs_as_the_policy_says(judged: Shop) -> None:
    judged.prints("schema", "apply", "--plan", _edited(judged, "INSERT INTO pets (id, owner) VALUES (1, 1)"))
    assert judged.query("SELECT id FROM pets") == [(1,)]
