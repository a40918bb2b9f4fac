"""What the Go client of other programs gets from ``schema …``, on every database."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any

import pytest

from tests.clients.conftest import Target
from tests.clients.sdk import Sdk

BEFORE = "CREATE TABLE users (id int NOT NULL PRIMARY KEY, name varchar(20));\nCREATE TABLE pets (id int PRIMARY KEY);\n"
AFTER = "CREATE TABLE users (id int NOT NULL PRIMARY KEY, name varchar(20) NOT NULL);\n"
POLICY = 'lint {\n  review = ERROR\n}\nenv "prod" {\n  url = var.url\n  dev = var.dev\n  src = "file://after.sql"\n}\n'
VARIABLES = 'variable "url" {\n  type = string\n}\nvariable "dev" {\n  type = string\n}\n'


@pytest.fixture
def before(sdk: Sdk, target: Target) -> dict[str, Any]:
    """The parameters that bring the target to ``BEFORE``; it is there, and ``after.sql`` is written."""
    sdk.write("after.sql", AFTER)
    params = {"URL": target.url, "DevURL": target.dev, "AutoApprove": True}
    sdk.ok("SchemaApply", **params, To=sdk.write("before.sql", BEFORE))
    return params


def test_a_dry_run_lists_what_is_pending_and_changes_nothing(sdk: Sdk, target: Target) -> None:
    params = {"URL": target.url, "To": sdk.write("before.sql", BEFORE), "DevURL": target.dev}
    empty = sdk.ok("SchemaInspect", URL=target.url, Format="{{ .Hash }}")
    result = sdk.ok("SchemaApply", **params, DryRun=True)
    assert {text.split(" (")[0].replace("`", '"') for text in result["Changes"]["Pending"]} == {
        'CREATE TABLE "pets"',
        'CREATE TABLE "users"',
    }
    assert "Applied" not in result["Changes"]
    assert result["Applied"]["Applied"] == result["Changes"]["Pending"]  # where the Terraform provider looks
    assert sdk.ok("SchemaInspect", URL=target.url, Format="{{ .Hash }}") == empty


def test_an_apply_tells_the_target_and_what_was_applied(sdk: Sdk, target: Target) -> None:
    params = {
        "URL": target.url,
        "To": sdk.write("before.sql", BEFORE),
        "DevURL": target.dev,
        "AutoApprove": True,
    }
    result = sdk.ok("SchemaApply", **params)
    assert len(result["Changes"]["Applied"]) == 2
    assert "Pending" not in result["Changes"]
    assert "Error" not in result["Changes"]
    assert result["Driver"] == target.driver
    assert result["URL"]["Schema"] == target.schema
    assert result["URL"]["Scheme"] == target.url.partition("://")[0]
    assert datetime.fromisoformat(result["Start"]) <= datetime.fromisoformat(result["End"])


def test_an_apply_with_nothing_to_do_is_one_document_without_changes(
    sdk: Sdk, target: Target, before: dict[str, Any]
) -> None:
    result = sdk.ok("SchemaApply", **before, To="file://before.sql")
    assert result["Changes"] == {}
    assert result["Driver"] == target.driver
    assert "Applied" not in result


def test_a_statement_that_fails_comes_as_an_error_with_the_statement(
    sdk: Sdk, target: Target, before: dict[str, Any]
) -> None:
    target.query("INSERT INTO users (id) VALUES (1)")
    answer = sdk.call("SchemaApply", **before, To="file://after.sql")
    assert answer["Type"] == "*atlasexec.SchemaApplyError"
    (failed,) = answer["Failed"]
    assert answer["Error"] == failed["Error"]  # nothing was said on stderr
    error = failed["Changes"]["Error"]
    assert error["Stmt"] in failed["Changes"]["Pending"]
    assert error["Text"] in failed["Error"]
    assert "name" in error["Text"]
    assert failed["Applied"]["Error"] == error


def test_a_statement_that_the_server_does_not_know_is_named_with_its_line(sdk: Sdk, target: Target) -> None:
    url = sdk.write("wrong.sql", "CREATE TABLE a (id int);\nCREATE TABL b (id int);\n")
    answer = sdk.call("SchemaApply", URL=target.url, DevURL=target.dev, To=url, AutoApprove=True)
    assert answer["Type"] == "*atlasexec.Error"
    assert answer["Error"].startswith("Error: wrong.sql:2: ")


def test_a_review_policy_rejects_with_the_words_that_the_operator_looks_for(
    sdk: Sdk, target: Target, before: dict[str, Any]
) -> None:
    assert before
    sdk.write("atlas.hcl", VARIABLES + POLICY)
    answer = sdk.call("SchemaApply", Env="prod", Vars={"url": target.url, "dev": target.dev})
    assert answer["Type"] == "*atlasexec.SchemaApplyError"
    assert answer["Error"].startswith("Rejected by review policy")
    assert target.query("SELECT count(*) FROM pets") == [(0,)]


def test_a_review_policy_lets_what_harms_nobody_pass(sdk: Sdk, target: Target) -> None:
    sdk.write("after.sql", AFTER)
    sdk.write("atlas.hcl", VARIABLES + POLICY)
    result = sdk.ok("SchemaApply", Env="prod", Vars={"url": target.url, "dev": target.dev})
    assert len(result["Changes"]["Applied"]) == 1


def test_inspect_gives_hcl_sql_and_a_hash_that_follows_the_schema(
    sdk: Sdk, target: Target, before: dict[str, Any]
) -> None:
    hcl = sdk.ok("SchemaInspect", URL=target.url)
    assert hcl.startswith('table "')
    assert 'table "pets" {\n  schema = schema.' in hcl
    sql = sdk.ok("SchemaInspect", URL=target.url, Format="sql")
    first = sdk.ok("SchemaInspect", URL=target.url, Format="{{ .Hash }}")
    assert len(base64.b64decode(first)) == 32
    url_safe = sdk.ok("SchemaInspect", URL=target.url, Format="{{ .Hash | base64url }}")
    assert not set("+/") & set(url_safe)
    assert sdk.ok("SchemaInspect", URL=sdk.write("sql.sql", sql), DevURL=target.dev).partition("\nschema ")[
        0
    ] == (
        hcl.partition("\nschema ")[0].replace(
            target.schema, "public" if target.driver == "postgres" else _dev(target)
        )
    )
    sdk.ok("SchemaApply", **before, To="file://after.sql")
    assert sdk.ok("SchemaInspect", URL=target.url, Format="{{ .Hash }}") != first


def _dev(target: Target) -> str:
    return "main" if target.driver == "sqlite" else target.dev.rpartition("/")[2]


def test_inspect_renders_the_template_of_the_action(sdk: Sdk, target: Target, before: dict[str, Any]) -> None:
    assert before
    template = r'{{ printf "# %s\n# %s\n%s" .RedactedURL .Hash .MarshalHCL }}'
    first, second, *rest = sdk.ok("SchemaInspect", URL=target.url, Format=template).splitlines()
    assert first.startswith(f"# {target.url.partition('://')[0]}://")
    assert second == "# " + sdk.ok("SchemaInspect", URL=target.url, Format="{{ .Hash }}")
    assert "\n".join(rest) + "\n" == sdk.ok("SchemaInspect", URL=target.url)


@pytest.mark.parametrize(
    ("patterns", "names"), [(["users"], ["pets"]), (["users", "pets"], []), (["u*"], ["pets"])]
)
def test_inspect_leaves_out_what_it_is_told_to(
    sdk: Sdk, target: Target, before: dict[str, Any], patterns: list[str], names: list[str]
) -> None:
    assert before
    text = sdk.ok("SchemaInspect", URL=target.url, Exclude=patterns, Format="{{ json . }}")
    (schema,) = json.loads(text)["schemas"]
    assert [table["name"] for table in schema.get("tables", ())] == names


def test_clean_drops_everything_and_always_answers(sdk: Sdk, target: Target, before: dict[str, Any]) -> None:
    assert before
    planned = sdk.ok("SchemaClean", URL=target.url, DryRun=True)
    assert any("DROP TABLE" in text for text in planned["Applied"]["Applied"])
    assert target.query("SELECT count(*) FROM pets") == [(0,)]
    done = sdk.ok("SchemaClean", URL=target.url, AutoApprove=True)
    assert done["Applied"]["Applied"] == planned["Applied"]["Applied"]
    nothing = sdk.ok("SchemaClean", URL=target.url, AutoApprove=True)
    assert "Applied" not in nothing
    assert nothing["Driver"] == target.driver


def test_lint_of_a_schema_has_no_steps_or_codes_with_texts(sdk: Sdk, target: Target) -> None:
    url = sdk.write("before.sql", BEFORE)
    assert sdk.ok("SchemaLint", URL=[url], DevURL=target.dev) == {}
    sdk.write(
        "atlas.hcl",
        'lint {\n  naming {\n    match = "^[a-z]{4,}$"\n    error = true\n  }\n}\nenv "ci" {\n}\n',
    )
    (step,) = sdk.ok("SchemaLint", URL=[url], DevURL=target.dev, Env="ci")["Steps"]
    assert (step["Text"], step["Error"]) == ("naming violations detected", True)
    assert {each["Code"] for each in step["Diagnostics"]} == {"NM103"}


def test_stats_are_the_sizes_of_tables(sdk: Sdk, target: Target, before: dict[str, Any]) -> None:
    assert before
    target.query("INSERT INTO users (id, name) VALUES (1, 'a')")
    found = json.loads(sdk.ok("SchemaStatsInspect", URL=target.url, Exclude=["pets"]))
    (metric,) = found["atlas_table_size_bytes"]
    assert (metric["schema"], metric["table"]) == (target.schema, "users")
    assert metric["value"] > 0


@pytest.mark.parametrize(
    ("method", "error"),
    [
        ("SchemaClean", 'Error: required flag(s) "url" not set'),
        ("SchemaInspect", 'Error: required flag(s) "url" not set'),
        ("SchemaLint", 'Error: required flag(s) "dev-url" not set'),
        ("SchemaStatsInspect", 'Error: required flag(s) "url" not set'),
    ],
)
def test_what_is_not_named_is_asked_for_by_the_flag(sdk: Sdk, method: str, error: str) -> None:
    answer = sdk.fails(method)
    assert (answer["Type"], answer["Code"], answer["Error"]) == ("*atlasexec.Error", 1, error)


@pytest.mark.parametrize("method", ["SchemaClean", "SchemaInspect", "SchemaStatsInspect"])
def test_a_database_that_cannot_be_reached_is_named_without_its_password(sdk: Sdk, method: str) -> None:
    answer = sdk.fails(method, URL="postgres://me:secret@127.0.0.1:1/app")
    assert (answer["Type"], answer["Code"]) == ("*atlasexec.Error", 1)
    assert "127.0.0.1" in answer["Error"]
    assert "secret" not in str(answer)
