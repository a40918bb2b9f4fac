"""The Terraform block: as it stands in examples/, and by the calls that the provider makes for it.

Terraform and the provider do not run here. Their part is played by ``tests/clients/go_terraform``, a program on the SDK
that the provider is built on; what the block says goes into it through a parser of HCL that is not ours.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import hcl2
import pytest

from tests.clients.interchange import HOW_TO, Interchange, build, find_go
from tests.clients.terraform import SOURCE, Terraform
from tests.seed.conftest import FILES, LATER, TAG, VERSION, block, columns_of_users

if TYPE_CHECKING:
    import psycopg

    from tests.seed.conftest import Reader

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "terraform" / "main.tf"
BLOCK = "13-atlas-migration.tf"


@pytest.fixture(scope="session")
def program() -> Interchange:
    """The provider's part."""
    go = find_go()
    if go is None:
        pytest.skip(HOW_TO)
    return build(go, SOURCE)


def values(node: Any) -> Any:
    """What a parsed body says, without the parser's quotes and marks."""
    if isinstance(node, dict):
        return {key.strip('"'): values(value) for key, value in node.items() if key != "__is_block__"}
    if isinstance(node, list):
        return [values(each) for each in node]
    return node.strip('"') if isinstance(node, str) else node


def read(text: str) -> dict[str, Any]:
    """A file of Terraform, read by python-hcl2."""
    found: dict[str, Any] = values(hcl2.loads(text))
    return found


def test_the_module_in_examples_has_the_block_word_for_word() -> None:
    words = " ".join(EXAMPLE.read_text().split())
    assert " ".join(block(BLOCK).split()) in words


def test_the_module_in_examples_is_hcl_that_names_provider_binary_and_token() -> None:
    module = read(EXAMPLE.read_text())
    assert module["resource"] == read(block(BLOCK))["resource"]
    (provider,) = module["provider"]
    assert provider["atlas"] == {
        "binary_path": "${var.atlas_binary}",
        "cloud": [{"token": "${var.atlas_token}"}],
    }
    assert {name for each in module["variable"] for name in each} == {"atlas_binary", "atlas_token"}
    (required,) = module["terraform"][0]["required_providers"]
    assert required["atlas"]["source"] == "ariga/atlas"


def test_the_block_brings_the_database_to_the_tag(
    program: Interchange, reader: Reader, example: psycopg.Connection, example_port: int
) -> None:
    reader.has_directory(FILES)
    reader.runs(f"atlas migrate push myapp:{TAG} --dev-url 'postgres://localhost/dev'")
    reader.has_directory(LATER)
    reader.runs("atlas migrate push myapp --dev-url 'postgres://localhost/dev'")
    (resource,) = read(block(BLOCK))["resource"]
    body = resource["atlas_migration"]["myapp"]
    (remote,) = body["remote_dir"]
    module = {
        "URL": body["url"].replace("@:5432/", f"@:{example_port}/"),
        "RemoteDir": {"Name": remote["name"], "Tag": remote["tag"]},
    }
    assert body.keys() == {"url", "remote_dir"}
    environ = {name: reader.environ[name] for name in ("HOME", "ATLAS_CLOUD_URL")}
    cloud = {"Token": reader.environ["ATLAS_TOKEN"]}
    terraform = Terraform(program, reader.folder, {"Cloud": cloud}, environ)
    terraform.ok("configure")
    plan = terraform.ok("migration-plan", Migration=module)
    assert plan["Version"] == VERSION
    applied = terraform.ok("migration-apply", Migration={**module, "Version": plan["Version"]})
    at_tag = {"Status": "OK", "Current": VERSION, "Next": None, "Latest": VERSION}
    assert applied["Status"] == at_tag
    assert columns_of_users(example) == {"id", "email"}
    again = terraform.ok("migration-read", Migration={**module, "Version": VERSION, "Status": at_tag})
    assert (again["Status"], again["Removed"]) == (at_tag, False)
