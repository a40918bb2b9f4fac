"""The definitions in crds/: every field explained, every field of the other operator kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from atlas.errors import Unsupported
from atlas.reconcile.spec import read_migration

from tests.unit.crds.upstream import ATLAS_MIGRATION, ATLAS_SCHEMA, SECRET_KEY_REFS

if TYPE_CHECKING:
    from collections.abc import Iterator

CRDS = Path(__file__).parents[3] / "crds"
ANNOTATION_LIMIT_BYTES = 262_144
"""What kubectl apply may keep in last-applied-configuration (apimachinery TotalAnnotationSizeLimitB)."""

Node = dict[str, Any]


def definition(plural: str) -> Node:
    return yaml.safe_load((CRDS / f"{plural}.yaml").read_text())


def schema(plural: str) -> Node:
    [version] = definition(plural)["spec"]["versions"]
    return version["schema"]["openAPIV3Schema"]


def nodes(node: Node, path: str = "") -> Iterator[tuple[str, Node]]:
    """Every node below a schema with its path; ``[]`` stands for items and ``{}`` for free keys."""
    yield path, node
    for name, child in node.get("properties", {}).items():
        yield from nodes(child, f"{path}.{name}".lstrip("."))
    for key, mark in (("items", "[]"), ("additionalProperties", "{}")):
        if isinstance(node.get(key), dict):
            yield from nodes(node[key], path + mark)


PLURALS = ("atlasmigrations", "atlasschemas")
ROWS = [
    *(("atlasmigrations", *row) for row in ATLAS_MIGRATION),
    *(("atlasschemas", *row) for row in ATLAS_SCHEMA),
]


@pytest.mark.parametrize("plural", PLURALS)
def test_every_node_is_explained_in_a_sentence(plural: str) -> None:
    unexplained = [
        path for path, node in nodes(schema(plural)) if not node.get("description", "").rstrip().endswith(".")
    ]
    assert unexplained == ["metadata"]  # the API server explains it, and refuses a definition that does


@pytest.mark.parametrize("plural", PLURALS)
def test_metadata_is_left_to_the_api_server(plural: str) -> None:
    assert schema(plural)["properties"]["metadata"] == {"type": "object"}


@pytest.mark.parametrize(("plural", "path", "expected"), ROWS, ids=[f"{r[0]}-{r[1]}" for r in ROWS])
def test_a_field_of_the_other_operator_is_kept(plural: str, path: str, expected: Node) -> None:
    known = dict(nodes(schema(plural)))
    assert path in known
    actual = {key: known[path].get(key) for key in ("type", "enum", "default") if key in known[path]}
    assert actual == expected


@pytest.mark.parametrize("plural", PLURALS)
def test_every_reference_to_a_key_has_the_shape_of_a_kubernetes_selector(plural: str) -> None:
    selectors = {path: node for path, node in nodes(schema(plural)) if path.endswith("KeyRef")}
    assert set(SECRET_KEY_REFS[plural]) <= set(selectors)
    for node in selectors.values():
        assert node["required"] == ["key"]
        assert node["properties"]["name"]["default"] == ""
        assert node["properties"]["optional"]["type"] == "boolean"
        assert node["x-kubernetes-map-type"] == "atomic"


@pytest.mark.parametrize("plural", PLURALS)
def test_nothing_is_required_that_the_other_operator_accepts_without(plural: str) -> None:
    ours = ("spec.cloud.backup", "status.conditions")
    required = {
        path: node["required"]
        for path, node in nodes(schema(plural))
        if "required" in node and not path.endswith("KeyRef") and not path.startswith(ours)
    }
    assert required == ({"spec": ["dir"]} if plural == "atlasmigrations" else {})


@pytest.mark.parametrize("plural", PLURALS)
def test_plain_kubectl_apply_can_keep_the_definition_in_an_annotation(plural: str) -> None:
    assert len(json.dumps(definition(plural))) < ANNOTATION_LIMIT_BYTES // 4


@pytest.mark.parametrize("plural", PLURALS)
def test_an_own_pod_for_the_dev_database_is_kept_as_written(plural: str) -> None:
    pod = dict(nodes(schema(plural)))["spec.devDB.spec"]
    assert pod["x-kubernetes-preserve-unknown-fields"] is True


@pytest.mark.parametrize(
    ("plural", "singular", "kind", "short"),
    [
        ("atlasmigrations", "atlasmigration", "AtlasMigration", "atlasmig"),
        ("atlasschemas", "atlasschema", "AtlasSchema", "atlassch"),
    ],
)
def test_kubectl_finds_the_kind_by_its_names(plural: str, singular: str, kind: str, short: str) -> None:
    spec = definition(plural)["spec"]
    assert spec["group"] == "db.atlasgo.io"
    assert spec["scope"] == "Namespaced"
    assert spec["names"] == {
        "kind": kind,
        "listKind": f"{kind}List",
        "plural": plural,
        "singular": singular,
        "shortNames": [short],
        "categories": ["atlas", "db"],
    }
    [version] = spec["versions"]
    assert version["name"] == "v1alpha1"
    assert version["subresources"] == {"status": {}}
    assert definition(plural)["metadata"]["name"] == f"{plural}.db.atlasgo.io"


@pytest.mark.parametrize("plural", PLURALS)
def test_the_columns_of_the_other_operator_come_first(plural: str) -> None:
    [version] = definition(plural)["spec"]["versions"]
    columns = [column["name"] for column in version["additionalPrinterColumns"]]
    assert columns[:2] == ["Ready", "Reason"]
    assert "Age" in columns
    assert columns[-1] == "Message"


NOT_SERVED: dict[str, Node] = {
    "spec.policy.drift": {"policy": {"drift": {"onError": "FAIL"}}},
}


def said_to_be_unserved(plural: str) -> list[str]:
    return sorted(
        path
        for path, node in nodes(schema(plural))
        if node.get("description", "").startswith("Not served yet.")
    )


def test_the_definition_says_which_fields_are_not_served_yet() -> None:
    assert said_to_be_unserved("atlasmigrations") == sorted(NOT_SERVED)
    assert said_to_be_unserved("atlasschemas") == []


@pytest.mark.parametrize("path", sorted(NOT_SERVED))
def test_a_field_that_is_not_served_is_refused_by_its_path(path: str) -> None:
    with pytest.raises(Unsupported, match=path.replace(".", r"\.")):
        read_migration({"dir": {"local": {"1.sql": "SELECT 1;"}}, **NOT_SERVED[path]})
