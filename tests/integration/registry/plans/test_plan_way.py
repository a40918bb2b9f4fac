"""The way of a plan on each kind of database: made, reviewed, approved, applied, and what goes wrong between."""

from __future__ import annotations

import json
import re

import pytest

from tests.integration.registry.plans.conftest import AFTER, JSON, USERS, Shop

NO_CHANGES = "The current state is synced with the desired state, no changes to be made"


def test_a_plan_waits_is_approved_and_is_what_runs(any_shop: Shop) -> None:
    shop = any_shop
    file = shop.plan()
    assert (file["Name"], file["Status"], file["URL"]) == ("p", "PENDING", "atlas://app/plans/p")
    assert re.fullmatch(r"[A-Za-z0-9+/]{43}=", file["FromHash"])
    assert [each["Text"] for each in file["Stmts"]]
    refused = json.loads(shop.types("schema", "apply", *JSON).stdout)
    assert refused["Error"].startswith("Rejected by review policy: ")
    assert refused["Error"].endswith("a plan for this change waits for an approval: atlas://app/plans/p")
    assert shop.tables() == ["users"]
    named = shop.fails("schema", "apply", "--plan", "atlas://app/plans/p")
    assert "plan atlas://app/plans/p is PENDING: it has to be approved" in named
    shop.approve()
    applied = shop.answers("schema", "apply")
    assert applied["Plan"]["File"]["URL"] == "atlas://app/plans/p"
    assert applied["Plan"]["Repo"] == "app"
    assert len(applied["Changes"]["Applied"]) == len(file["Stmts"])
    assert shop.tables() == ["pets", "users"]
    assert shop.prints("schema", "apply") == "Schema is synced, no changes to be made\n"
    assert NO_CHANGES in shop.fails("schema", "plan", "--dry-run")


def test_a_plan_between_two_files_is_that_of_the_database(any_shop: Shop) -> None:
    shop = any_shop
    before = shop.file("before.sql", USERS)
    shop.plan("p", "--from", before, "--auto-approve")
    assert "using pre-planned file p (" in shop.prints("schema", "apply")
    assert shop.tables() == ["pets", "users"]


@pytest.mark.parametrize("any_shop", ["sqlite", "postgres"], indirect=True)  # on MariaDB DDL commits
def test_a_plan_that_was_edited_runs_as_it_is_written(any_shop: Shop) -> None:
    shop = any_shop
    shop.query("INSERT INTO users (id, name) VALUES (1, 'ada')")
    shop.plan()
    text = shop.pulled()
    end = text.rindex("  SQL\n")
    filled = "    -- Fill the addresses\n    UPDATE users SET email = 'x@example.com';\n"
    edited = shop.file("e.plan.hcl", text[:end].replace('plan "p"', 'plan "e"') + filled + text[end:])
    shop.prints("schema", "plan", "validate", "--file", edited)
    shop.prints("schema", "plan", "push", "--file", edited, "--auto-approve")
    told = shop.prints("schema", "apply")
    assert "  -- fill the addresses:\n    -> UPDATE users SET email = 'x@example.com';\n" in told
    assert shop.query("SELECT email FROM users") == [("x@example.com",)]


def test_a_plan_that_leads_elsewhere_is_refused_wherever_it_is_held_up(any_shop: Shop) -> None:
    shop = any_shop
    shop.plan()
    text = re.sub(r'    -- Create "pets" table\n    CREATE TABLE(?:.|\n)*?;\n', "", shop.pulled(), count=1)
    wrong = shop.file("w.plan.hcl", text.replace('plan "p"', 'plan "w"'))
    for words in (("validate", "--file", wrong), ("push", "--file", wrong, "--auto-approve")):
        assert "does not lead to the desired state" in shop.fails("schema", "plan", *words)
    # Another client stores it unseen.
    pushed = shop.person.types("schema", "plan", "push", "--file", wrong, "--repo", "app", "--auto-approve")
    assert pushed.stderr.startswith("Warning: the plan was not tried out: give --from and --to")
    refused = json.loads(shop.types("schema", "apply", *JSON).stdout)
    assert 'plan "w" does not lead to the desired state' in refused["Error"]
    assert "pets" in refused["Error"]
    assert "Applied" not in refused["Changes"]
    assert shop.query("SELECT * FROM users") == []
    with pytest.raises(Exception, match="email"):
        shop.query("SELECT email FROM users")


def test_after_a_change_by_hand_the_plan_is_another_databases(any_shop: Shop) -> None:
    shop = any_shop
    file = shop.plan("p", "--auto-approve")
    shop.query("CREATE TABLE others (id int)")
    refused = shop.fails("schema", "apply", "--plan", "atlas://app/plans/p")
    assert refused.startswith(
        'Abort: The plan "From" hash does not match the current state hash (passed with --from):\n\n'
        f"  - {file['FromHash']} (plan value)\n  + "
    )
    assert "Rejected by review policy" in shop.fails("schema", "apply")
    assert shop.tables() == ["others", "users"]


def test_rows_change_together_with_the_schema_or_not_at_all(any_shop: Shop) -> None:
    shop = any_shop
    shop.plan("p")
    text = shop.pulled().replace('plan "p"', 'plan "half"')
    end = text.rindex("  SQL\n")
    broken = (
        "    INSERT INTO users (id) SELECT 1;\n    INSERT INTO users (id) SELECT 1;\n    DELETE FROM users;\n"
    )
    half = shop.file("half.plan.hcl", text[:end] + broken + text[end:])
    # In the empty dev database the second INSERT fails, too: what is stored unseen meets the rows.
    assert "is refused by the dev database" in shop.fails(
        "schema", "plan", "push", "--file", half, "--auto-approve"
    )
    half = shop.file("half.plan.hcl", text[:end] + "    DELETE FROM users;\n" + text[end:])
    shop.query("INSERT INTO users (id, name) VALUES (1, 'kept')")
    shop.prints("schema", "plan", "push", "--file", half, "--auto-approve")
    # After a kill between two transactions nobody could tell whether the rows are gone as planned.
    refused = shop.fails("schema", "apply", "--tx-mode", "none")
    assert "this statement changes rows, and the plan runs in more than one transaction here" in refused
    assert "run it by 'atlas migrate apply'" in refused
    assert shop.query("SELECT id, name FROM users") == [(1, "kept")]
    assert shop.tables() == ["users"]


@pytest.mark.parametrize("any_shop", ["sqlite", "postgres"], indirect=True)  # on MariaDB DDL commits
def test_in_a_transaction_a_failure_leaves_nothing_and_the_plan_still_fits(any_shop: Shop) -> None:
    shop = any_shop
    shop.plan("p")
    text = shop.pulled().replace('plan "p"', 'plan "half"')
    end = text.rindex("  SQL\n")
    half = shop.file(
        "half.plan.hcl", text[:end] + "    INSERT INTO users (id) SELECT id FROM users;\n" + text[end:]
    )
    shop.prints("schema", "plan", "push", "--file", half, "--auto-approve")
    shop.query("INSERT INTO users (id, name) VALUES (1, 'kept')")
    assert "nothing was changed" in shop.fails("schema", "apply")
    assert shop.tables() == ["users"]
    shop.query("DELETE FROM users")
    shop.prints("schema", "apply")
    assert shop.tables() == ["pets", "users"]


def test_views_and_their_like_survive_the_way_of_a_plan(any_shop: Shop) -> None:
    shop = any_shop
    shop.wants(
        AFTER + "CREATE VIEW owners AS SELECT u.id, u.name FROM users u JOIN pets p ON p.owner = u.id;\n"
    )
    shop.plan("p", "--auto-approve")
    shop.prints("schema", "plan", "validate", "--file", "atlas://app/plans/p")
    assert "pre-planned file p" in shop.prints("schema", "apply")
    shop.wants(AFTER)
    shop.plan("back", "--auto-approve")
    assert "pre-planned file back" in shop.prints("schema", "apply")


@pytest.mark.parametrize("any_shop", ["postgres"], indirect=True)
def test_what_is_about_a_whole_server_is_not_tried_out(any_shop: Shop) -> None:
    shop = any_shop
    shop.plan("p")
    text = shop.pulled()
    end = text.rindex("  SQL\n")
    for statement in (
        "DROP DATABASE postgres",
        "create role plan_of_somebody",
        "ALTER  SYSTEM SET work_mem = 1",
    ):
        file = shop.file("x.plan.hcl", f"{text[:end]}    {statement};\n{text[end:]}")
        refused = shop.fails("schema", "plan", "push", "--file", file, "--auto-approve")
        assert "is about the whole server, and no change of a schema" in refused
    assert shop.query("SELECT 1 FROM pg_roles WHERE rolname = 'plan_of_somebody'") == []


@pytest.mark.parametrize("any_shop", ["mariadb"], indirect=True)
def test_a_text_that_leaves_its_room_is_not_even_tried_out(any_shop: Shop) -> None:
    shop = any_shop
    shop.query("INSERT INTO users (id, name) VALUES (1, 'kept')")
    shop.plan("p")
    [(own,)] = shop.query("SELECT database()")
    text = shop.pulled()
    end = text.rindex("  SQL\n")
    for statement, said in (
        (f"DELETE FROM `{own}`.users", "write names bare"),
        (f"DELETE FROM {own} . users", "write names bare"),
        (f"/* x */ USE {own}", "USE is about the whole server"),
        (f"DROP DATABASE {own}", "DROP DATABASE is about the whole server"),
    ):
        file = shop.file("x.plan.hcl", f"{text[:end]}    {statement};\n{text[end:]}")
        assert said in shop.fails("schema", "plan", "push", "--file", file, "--auto-approve")
    assert shop.query("SELECT name FROM users") == [("kept",)]
