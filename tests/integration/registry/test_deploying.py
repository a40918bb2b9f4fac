"""``migrate apply --env`` from the registry: what it asks, what it reports, and what the list then says."""

from __future__ import annotations

import json
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.cli.conftest import Shell
from tests.integration.registry.conftest import Served, directory

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = """
variable "db" {
  type    = string
  default = "app.db"
}
env "prod" {
  url = "sqlite://${var.db}"
  migration {
    dir = "atlas://shop"
  }
}
env "told" {
  url = "sqlite://${var.db}"
  migration {
    dir = "atlas://shop"
  }
  format {
    migrate {
      apply = "{{ json . | json_merge \\"{\\\\\\"Team\\\\\\":\\\\\\"shop\\\\\\"}\\" }}"
    }
  }
}
"""
ONE = ("1_one.sql", "CREATE TABLE one (id integer);\n")
TWO = ("2_two.sql", "CREATE TABLE two (id integer);\n")
BAD = ("3_bad.sql", "CREATE TABLE two (id integer);\n")


@pytest.fixture
def shop(tmp_path: Path, served: Served) -> Shell:
    """A folder with an atlas.hcl, and somebody whose token is in the environment."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "atlas.hcl").write_text(PROJECT)
    environ = {"HOME": str(folder), "PATH": os.environ["PATH"], "TMPDIR": str(tmp_path), "LANG": "C.UTF-8"}
    return Shell(folder, {**environ, "ATLAS_CLOUD_URL": served.url, "ATLAS_TOKEN": served.token})


def counts(shop: Shell) -> str:
    template = "{{ .Databases.Synced }} {{ .Databases.Failed }} {{ .Databases.Pending }}"
    return shop.ok("cloud", "repo", "describe", "--slug", "shop", "--format", template).strip()


def test_the_list_follows_what_happens_to_databases(shop: Shell, served: Served) -> None:
    served.push(directory(ONE), "shop")
    assert counts(shop) == "0 0 0"
    link = shop.ok("migrate", "apply", "--env", "prod").splitlines()[-1]
    assert link == "https://registry.example/dirs/1"
    assert counts(shop) == "1 0 0"
    shop.ok("migrate", "apply", "--env", "prod", "--var", "db=other.db")
    assert counts(shop) == "2 0 0"
    served.push(directory(ONE, TWO), "shop")
    assert counts(shop) == "0 0 2"
    assert shop.ok("migrate", "apply", "--env", "prod").endswith(f"{link}\n")
    assert counts(shop) == "1 0 1"
    served.push(directory(ONE, TWO, BAD), "shop")
    failed = shop("migrate", "apply", "--env", "prod")
    assert (failed.code, failed.err.count("Error: ")) == (1, 1)
    assert counts(shop) == "0 1 1"


def test_a_document_has_no_link_behind_it(shop: Shell, served: Served) -> None:
    served.push(directory(ONE), "shop")
    document = json.loads(shop.ok("migrate", "apply", "--env", "told"))
    assert (document["Team"], document["Target"], document["Dir"]) == ("shop", "1", "atlas://shop")
    assert counts(shop) == "1 0 0"
    assert shop("migrate", "apply", "--env", "prod", "--format", "{{ .Nope }}").code == 1


def test_without_an_env_nothing_is_reported(shop: Shell, served: Served) -> None:
    served.push(directory(ONE), "shop")
    shop.ok("migrate", "apply", "--url", "sqlite://app.db", "--dir", "atlas://shop")
    shop.ok("migrate", "apply", "--env", "prod", "--dry-run", "--var", "db=dry.db")
    assert counts(shop) == "0 0 0"


def test_what_failed_in_one_transaction_is_reported_as_not_there(shop: Shell, served: Served) -> None:
    served.push(directory(ONE, TWO, BAD), "shop")
    with overheard(served) as asked:
        answer = shop("migrate", "apply", "--env", "prod", "--tx-mode", "all", ATLAS_CLOUD_URL=asked.url)
    assert answer.code == 1
    report = asked.inputs[-1]
    assert (report["fromVersion"], report["toVersion"], report["currentVersion"]) == ("", "3", "")
    assert report["error"].startswith('sql/migrate: executing statement "CREATE TABLE two')


def test_a_run_asks_for_the_directory_and_reports_itself(shop: Shell, served: Served) -> None:
    served.push(directory(ONE), "shop")
    with overheard(served) as asked:
        out = shop.ok("migrate", "apply", "--env", "prod", ATLAS_CLOUD_URL=asked.url)
    assert asked.operations == ["dirState", "ReportMigration"]
    report = asked.inputs[-1]
    assert (report["dirName"], report["envName"], report["projectName"]) == ("shop", "prod", "default")
    assert (report["currentVersion"], report["atlasVersion"], report["error"]) == (
        "1",
        "Atlas CLI v1.3.0",
        None,
    )
    assert "    -> CREATE TABLE one (id integer);\n" in report["log"]
    assert report["log"].splitlines()[0] == out.splitlines()[0]
    assert report["files"][0]["applied"] == 1


def test_a_report_that_is_refused_does_not_fail_the_run(shop: Shell, served: Served) -> None:
    served.push(directory(ONE), "shop")
    with overheard(served, refusing="ReportMigration") as asked:
        answer = shop("migrate", "apply", "--env", "prod", ATLAS_CLOUD_URL=asked.url)
    assert (answer.code, answer.err) == (0, "Error: no reports today\n")
    assert "https://" not in answer.out


def test_a_registry_that_dies_before_the_report_does_not_hold_the_command(
    shop: Shell, served: Served
) -> None:
    served.push(directory(ONE), "shop")
    with overheard(served, silent="ReportMigration") as asked:
        begun_at = time.monotonic()
        answer = shop("migrate", "apply", "--env", "prod", ATLAS_CLOUD_URL=asked.url)
        took_s = time.monotonic() - begun_at
    assert answer.code == 0
    assert "the registry was not told of this run, which changes nothing for the database: " in answer.err
    assert asked.operations == ["dirState", "ReportMigration"]
    assert took_s < 60  # with all retries a silent registry would hold it for more than two minutes
    assert shop.ok("migrate", "status", "--url", "sqlite://app.db", "--dir", "atlas://shop").count("OK") == 1


def test_names_with_spaces_and_signs_come_back_from_the_registry(
    shop: Shell, request: pytest.FixtureRequest
) -> None:
    files = {
        "1_füge hinzu.sql": "CREATE TABLE a (id int);\n",
        "2_数据 表.sql": "CREATE TABLE b (id int);\n",
        "3_😀\"q'.sql": "CREATE TABLE c (id int);\n",
    }
    directory_url = shop.write(files)
    for server in ("postgres", "mariadb"):
        url = request.getfixturevalue(f"{server}_url")
        shop.ok("migrate", "push", server, "--dir", directory_url, "--dev-url", url)
        assert shop.ok("migrate", "ls", "--dir", f"atlas://{server}").splitlines() == list(files)
        shop.ok("migrate", "apply", "--url", url, "--dir", f"atlas://{server}")
        assert "Migration Status: OK" in shop.ok(
            "migrate", "status", "--url", url, "--dir", f"atlas://{server}"
        )


def test_five_megabytes_go_there_and_back(shop: Shell) -> None:
    table = "CREATE TABLE t{}_{} (id integer); -- {}\n\n"
    files = {f"{n:04}_x.sql": "".join(table.format(n, m, "x" * 4000) for m in range(25)) for n in range(50)}
    assert sum(map(len, files.values())) > 5_000_000
    url = shop.write(files)
    shop.ok("migrate", "push", "big:v1", "--dir", url, "--dev-url", "sqlite://dev")
    shop.ok("migrate", "pull", "big:v1", "--dir", "file://copy")
    assert {path.name: path.read_text() for path in (shop.folder / "copy").glob("*.sql")} == files
    out = shop.ok("migrate", "apply", "--url", "sqlite://big.db", "--dir", "atlas://big?tag=v1")
    assert "  -- 50 migrations\n  -- 1250 sql statements\n" in out


@pytest.mark.parametrize(
    "address",
    [
        "http://canary-user:canary-pw@127.0.0.1:1",
        "http://canary-user:canary-pw@127.0.0.1:1x",
        "canary-user:canary-pw@127.0.0.1:1",
        "http://[::1",
        "nonsense",
        "http://127.0.0.1:1",
    ],
)
@pytest.mark.parametrize("token", ["canary-token", "canary-\ntoken", "canary-é"])
def test_no_secret_is_in_a_complaint_about_the_registry(shop: Shell, address: str, token: str) -> None:
    answer = shop("whoami", ATLAS_CLOUD_URL=address, ATLAS_TOKEN=token)
    assert answer.code == 1
    assert answer.err.startswith("Error: ")
    assert "expected" in answer.err or "cannot be reached: Connection refused" in answer.err
    assert "canary" not in answer.err + answer.out


def test_a_token_of_a_file_may_end_with_its_newline(shop: Shell, served: Served) -> None:
    assert shop.ok("whoami", ATLAS_TOKEN=f"{served.token}\n") == "acme\n"


def test_without_a_home_no_token_is_stored_and_none_is_found(shop: Shell, served: Served) -> None:
    answer = shop("login", "--url", served.url, "--token", served.token, HOME="")
    assert (answer.code, "HOME is not set" in answer.err) == (1, True)
    assert not (shop.folder / ".atlas").exists()
    shop.ok("logout", HOME="")


class Overheard:
    """What a command asked of the registry."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.operations: list[str] = []
        self.inputs: list[dict[str, Any]] = []


class overheard:  # noqa: N801 - used as a function is
    """A door in front of the registry that writes down what comes by, refuses one operation, and is silent to one."""

    def __init__(self, served: Served, refusing: str = "-", silent: str = "-") -> None:
        outer = self
        self._end = threading.Event()

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                request = json.loads(body)
                outer.heard.operations.append(request["query"].split()[1].partition("(")[0])
                outer.heard.inputs.append(request.get("variables", {}).get("input", {}))
                if outer.heard.operations[-1] == silent:
                    outer._end.wait()
                    return
                status, answer = 422, b'{"errors":[{"message":"no reports today"}]}'
                if outer.heard.operations[-1] != refusing:
                    status, _, answer = served.fetch("/query", body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_words: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.heard = Overheard(f"http://127.0.0.1:{self._server.server_port}")
        self._thread = threading.Thread(target=self._server.serve_forever)

    def __enter__(self) -> Overheard:
        self._thread.start()
        return self.heard

    def __exit__(self, *_error: object) -> None:
        self._end.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
