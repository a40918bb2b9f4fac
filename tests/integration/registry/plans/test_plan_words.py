"""What commands of plans take, and what they say."""

from __future__ import annotations

import hashlib
import json
import os
import re

from tests.integration.cli.conftest import Shell
from tests.integration.cli.schema_files import DOWN, ENTER, at_a_terminal
from tests.integration.registry.plans.conftest import AFTER, JSON, Shop


def test_two_approved_plans_for_one_change_stop_a_run_and_both_are_named(shop: Shop) -> None:
    shop.plan("one", "--auto-approve")
    shop.plan("two", "--auto-approve")
    refused = shop.fails("schema", "apply")
    assert refused.startswith(
        "Abort: multiple pre-planned migrations were found in the registry for this schema transition.\n"
    )
    for words in ("atlas://app/plans/one", "atlas://app/plans/two", "From: ", "To: "):
        assert words in refused
    assert shop.tables() == ["users"]
    assert shop.prints("schema", "plan", "rm", "--url", "atlas://app/plans/one") == (
        "Plan removed: atlas://app/plans/one\n"
    )
    assert "pre-planned file two" in shop.prints("schema", "apply")


def test_only_what_was_looked_at_is_approved(shop: Shop) -> None:
    shop.plan("one", "--pending")
    approve = ("schema", "plan", "approve", "--url", "atlas://app/plans/one", "--digest")
    for wrong in ("", "sha256:1", "0" * 64):
        assert "expected sha256: and 64 hexadecimal digits" in shop.fails(*approve, wrong)
    assert "nothing was approved" in shop.fails(*approve, f"sha256:{'0' * 64}")
    pulled = shop.prints("schema", "plan", "pull", "--url", "atlas://app/plans/one")
    digest = hashlib.sha256(pulled.encode()).hexdigest()
    assert "Plan Status: APPROVED" in shop.prints(*approve, f"sha256:{digest}")


def test_one_of_two_plans_may_be_named(shop: Shop) -> None:
    shop.plan("one", "--auto-approve")
    shop.plan("two", "--auto-approve")
    assert "pre-planned file one" in shop.prints("schema", "apply", "--plan", "atlas://app/plans/one")


def test_an_approval_goes_before_the_flag_that_approves_everything(shop: Shop) -> None:
    assert "--auto-approve goes against lint.review" in shop.fails("schema", "apply", "--auto-approve")
    shop.plan("one", "--auto-approve")
    assert "pre-planned file one" in shop.prints("schema", "apply", "--auto-approve")


def test_a_dry_run_shows_the_approved_plan(shop: Shop) -> None:
    shop.plan("one", "--auto-approve")
    answer = shop.answers("schema", "apply", "--dry-run")
    assert answer["Plan"]["File"]["Name"] == "one"
    assert len(answer["Changes"]["Pending"]) == 2
    assert shop.tables() == ["users"]


def test_a_file_is_judged_like_a_fresh_plan(shop: Shop) -> None:
    saved = shop.plan("mine", "--save", "--auto-approve")
    assert saved["URL"] == "file://mine.plan.hcl"
    refused = json.loads(shop.types("schema", "apply", "--plan", "file://mine.plan.hcl", *JSON).stdout)
    assert refused["Error"].startswith("Rejected by review policy")
    text = (shop.person.home / "atlas.hcl").read_text()
    (shop.person.home / "atlas.hcl").write_text(text.replace("ALWAYS", "ERROR"))
    lossy = (shop.person.home / "mine.plan.hcl").read_text()
    end = lossy.rindex("  SQL\n")
    detour = "    CREATE TABLE old (id int);\n    DROP TABLE old;\n    DROP TABLE pets;\n"
    again = "    CREATE TABLE pets (id int PRIMARY KEY, owner int REFERENCES users (id));\n"
    shop.file("lossy.plan.hcl", lossy[:end] + detour + again + lossy[end:])
    assert "using pre-planned file mine" in shop.prints("schema", "apply", "--plan", "file://lossy.plan.hcl")
    assert shop.tables() == ["pets", "users"]


def test_lint_looks_at_what_a_person_wrote(shop: Shop) -> None:
    shop.wants("CREATE TABLE pets (id int PRIMARY KEY);\n")
    shop.query("INSERT INTO users (id) VALUES (1)")
    file = shop.answers("schema", "plan", "--dry-run")
    assert "DS102" in json.dumps(file["Lint"])
    shop.plan("loud", "--save", "--auto-approve")
    linted = shop.answers("schema", "plan", "lint", "--file", "file://loud.plan.hcl")
    [report] = linted["Lint"]["Files"][0]["Reports"]
    assert report["Diagnostics"][0]["Code"] == "DS102"
    assert linted["File"]["Name"] == "loud"
    told = shop.types("schema", "plan", "lint", "--file", "file://loud.plan.hcl")
    assert "destructive changes detected" in told.stdout
    quiet = shop.plan("quiet", "--save", "--auto-approve", "--directive", '"atlas:nolint destructive"')
    assert quiet["Migration"].startswith("-- atlas:nolint destructive\n\n")
    linted = shop.answers("schema", "plan", "lint", "--file", "file://quiet.plan.hcl")
    assert "Reports" not in linted["Lint"]["Files"][0]


def test_lists_are_narrowed_by_states_and_status(shop: Shop) -> None:
    listing = ("schema", "plan", "list", "--auto-approve")
    assert shop.answers(*listing) == []
    assert shop.prints(*listing) == "No plans were found\n"
    shop.plan("one")
    shop.plan("two", "--auto-approve")
    urls = ("--format", "{{range .}}{{println .URL}}{{end}}")
    assert shop.prints(*listing, *urls).split() == ["atlas://app/plans/one", "atlas://app/plans/two"]
    assert [plan["Name"] for plan in shop.answers(*listing, "--pending")] == ["one"]
    by_states = (*listing, "--from", "env://url", "--to", "env://src", "--repo", "atlas://app")
    assert [plan["Name"] for plan in shop.answers(*by_states)] == ["one", "two"]
    before = shop.file("before.sql", "CREATE TABLE x (id int);\n")
    assert shop.answers(*listing, "--from", before) == []
    assert "Plan Status: PENDING\n  -- Atlas URL: atlas://app/plans/one\n" in shop.prints(*listing)


def test_names_come_from_the_time_a_flag_or_a_template(shop: Shop) -> None:
    plain = shop.answers("schema", "plan", "--dry-run")["File"]
    assert re.fullmatch(r"\d{14}", plain["Name"])
    template = 'pr-42-{{ printf "%.8s" (base64url .FromHash) }}'
    named = shop.answers("schema", "plan", "--dry-run", "--name-format", template)["File"]
    assert re.fullmatch(r"pr-42-[A-Za-z0-9_-]{8}", named["Name"])
    saved = shop.answers("schema", "plan", "--save", "--auto-approve")["File"]
    assert re.fullmatch(r"file://\d{14}\.plan\.hcl", saved["URL"])
    assert "invalid name of a plan" in shop.fails("schema", "plan", "--dry-run", "--name", "a/b")


def test_the_statements_may_be_edited_before_they_are_stored(shop: Shop) -> None:
    shop.person.environ["EDITOR"] = "sed -i 's/Create \"pets\" table/pets, at last/'"
    assert "-- pets, at last\n" in shop.plan("e", "--edit", "--pending")["Migration"]
    shop.person.environ["EDITOR"] = "sed -i /CREATE/,/;/d"
    assert "does not lead to the desired state" in shop.fails(
        "schema", "plan", "--name", "f", "--edit", "--pending"
    )
    shop.person.environ["EDITOR"] = "false"
    assert "editor 'false' failed" in shop.fails("schema", "plan", "--name", "g", "--edit", "--pending")
    assert [plan["Name"] for plan in shop.answers("schema", "plan", "list")] == ["e"]


def test_a_new_file_waits_for_the_statements_of_a_person(shop: Shop) -> None:
    assert shop.prints("schema", "plan", "new", "--name", "mine") == "Plan File: file://mine.plan.hcl\n"
    file = "file://mine.plan.hcl"
    assert "holds no statement" in shop.fails("schema", "plan", "validate", "--file", file)
    path = shop.person.home / "mine.plan.hcl"
    written = re.sub(
        r"    -- Write(?:.|\n)*?  SQL\n", "    " + AFTER.split("\n")[1] + "\n  SQL\n", path.read_text()
    )
    path.write_text(written)
    assert "users.email (add)" in shop.fails("schema", "plan", "validate", "--file", file)
    path.write_text(
        written.replace("  SQL\n}", "    ALTER TABLE users ADD COLUMN email varchar(50);\n  SQL\n}")
    )
    assert shop.prints("schema", "plan", "validate", "--file", file) == (
        'Plan "mine" leads from the current state to the desired state\n'
    )
    assert "mine.plan.hcl exists already" in shop.fails("schema", "plan", "new", "--name", "mine")


def test_a_text_that_ends_the_transaction_is_refused(shop: Shop) -> None:
    shop.plan("p", "--save", "--auto-approve")
    path = shop.person.home / "p.plan.hcl"
    path.write_text(path.read_text().replace("    -- Create", "    COMMIT;\n    -- Create"))
    refused = shop.fails("schema", "plan", "push", "--file", "file://p.plan.hcl", "--auto-approve")
    assert 'plan "p" holds COMMIT: the run of a plan opens and ends its transactions itself' in refused


def test_what_is_missing_is_said(shop: Shop) -> None:
    person = shop.person
    for words, said in (
        (("schema", "plan"), "nobody can be asked here"),
        (("schema", "plan", "nosuch"), "unknown argument 'nosuch' for 'atlas schema plan'"),
        (("schema", "plan", "approve"), 'required flag(s) "url" not set'),
        (("schema", "plan", "pull"), 'required flag(s) "url" not set'),
        (("schema", "plan", "push"), 'required flag(s) "file" not set'),
        (
            ("schema", "plan", "push", "--file", "file://no.plan.hcl", "--pending"),
            "stat no.plan.hcl: no such file",
        ),
        (("schema", "plan", "approve", "--url", "atlas://app/plans/no"), 'plan "no" of "app" not found'),
        (("schema", "plan", "approve", "--url", "atlas://app"), "is not the address of a plan"),
        (("schema", "plan", "--dry-run", "--auto-approve"), "none of the others can be"),
        (("schema", "plan", "--repo", "other", "--pending"), "run 'atlas schema push other' first"),
    ):
        assert said in shop.fails(*words), words
    missing = person.fails("schema", "plan", "--dry-run")
    assert 'required flag(s) "from", "to" not set' in missing
    unnamed = (
        "--from",
        "sqlite://app.db",
        "--to",
        "file://schema.sql",
        "--dev-url",
        "sqlite://dev?mode=memory",
    )
    assert (
        "no repository is named: expected --repo NAME"
        in person.types("schema", "plan", *unnamed, "--auto-approve").stderr
    )
    person.environ.pop("ATLAS_TOKEN")
    shop.types("schema", "plan", "--dry-run")
    person.is_told_to_log_in("schema", "plan", "list", "--env", "prod")


def test_a_registry_that_does_not_answer_stops_a_run(shop: Shop) -> None:
    shop.person.environ["ATLAS_CLOUD_URL"] = "http://127.0.0.1:1/query"
    assert "127.0.0.1:1" in shop.fails("schema", "apply", "--dry-run")
    assert shop.tables() == ["users"]


def test_a_person_at_a_terminal_is_asked(shop: Shop) -> None:
    environ = {"HOME": str(shop.person.home), "PATH": os.environ["PATH"], **shop.person.environ}
    shell = Shell(shop.person.home, environ)
    asked = "Approve or abort the plan"
    said = at_a_terminal(shell, ("schema", "plan", "--env", "prod", "--name", "yes"), [(asked, ENTER)])
    assert said.code == 0
    assert "Plan Status: APPROVED" in said.screen
    said = at_a_terminal(
        shell, ("schema", "plan", "--env", "prod", "--name", "no"), [(asked, DOWN), ("▸ Abort", ENTER)]
    )
    assert said.code == 0
    assert [plan["Name"] for plan in shop.answers("schema", "plan", "list")] == ["yes"]
