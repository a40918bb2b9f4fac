"""The examples are whole: sealed directories, releases that grow, and manifests whose sums are right."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from atlas.engine.directory import compute_sum, from_entries

EXAMPLES = Path(__file__).parents[3] / "examples"
SHOP = EXAMPLES / "shop"
SQL = sorted(path.name for path in (SHOP / "migrations").glob("*.sql"))


def documents(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((EXAMPLES / "manifests" / name).read_text()))


def sum_of(files: dict[str, str]) -> str:
    return compute_sum(from_entries((name, text.encode()) for name, text in files.items())).text


def releases() -> list[tuple[str, str]]:
    lines = (SHOP / "releases.txt").read_text().splitlines()
    return [(tag, version) for tag, version in (line.split() for line in lines if not line.startswith("#"))]


def test_the_shop_is_twelve_sealed_files() -> None:
    assert len(SQL) == 12
    files = {name: (SHOP / "migrations" / name).read_text() for name in SQL}
    assert (SHOP / "migrations" / "atlas.sum").read_text() == sum_of(files)


def test_the_shop_has_three_releases_and_the_last_one_is_everything() -> None:
    ends = [[name.split("_")[0] for name in SQL].index(version) + 1 for _, version in releases()]
    assert [tag for tag, _ in releases()] == ["v1", "v1.1", "v2"]
    assert all(before < after for before, after in pairwise(ends))
    assert ends[-1] == len(SQL)


def test_the_readme_of_the_shop_lists_the_same_releases() -> None:
    readme = (SHOP / "README.md").read_text()
    for tag, version in releases():
        assert f"| `{tag}` | `{version}_" in readme


@pytest.mark.parametrize(
    "files",
    [
        documents("atlasmigration-local.yaml")[0]["spec"]["dir"]["local"],
        documents("atlasmigration-configmap.yaml")[0]["data"],
    ],
    ids=["local", "configmap"],
)
def test_the_sum_in_a_manifest_is_that_of_its_files(files: dict[str, str]) -> None:
    scripts = {name: text for name, text in files.items() if name.endswith(".sql")}
    assert files["atlas.sum"] == sum_of(scripts)


def test_no_database_of_the_examples_is_migrated_and_declared_at_once() -> None:
    secrets: dict[str, set[str]] = {"AtlasMigration": set(), "AtlasSchema": set()}
    for path in sorted((EXAMPLES / "manifests").glob("atlas*.yaml")):
        assert path.read_text().startswith("# One database has one resource"), path.name
        for document in documents(path.name):
            if document["kind"] in secrets:
                secrets[document["kind"]].add(document["spec"]["urlFrom"]["secretKeyRef"]["name"])
    assert secrets["AtlasSchema"] == {"notes-declared"}
    assert not secrets["AtlasMigration"] & secrets["AtlasSchema"]
