"""The Kubernetes block: the page lost its indentation, the example in examples/ has it back."""

from __future__ import annotations

from pathlib import Path

import yaml

from tests.seed.cut import BLOCKS

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "manifests" / "atlasmigration-remote.yaml"


def test_the_manifest_in_examples_is_the_block_indented() -> None:
    lines = [line.strip() for line in EXAMPLE.read_text().splitlines() if not line.startswith("#")]
    assert "\n".join(lines) + "\n" == (BLOCKS / "12-atlasmigration.yaml").read_text()


def test_every_field_of_the_block_is_one_of_the_definition() -> None:
    crd = yaml.safe_load((ROOT / "crds" / "atlasmigrations.yaml").read_text())
    schema = crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    assert unknown_fields(yaml.safe_load(EXAMPLE.read_text()), schema) == []


def unknown_fields(value: object, schema: dict, path: str = "") -> list[str]:
    if not isinstance(value, dict) or "properties" not in schema:
        return []
    known = schema["properties"]
    missing = [f"{path}.{name}" for name in value if name not in known]
    deeper = (
        unknown_fields(child, known[name], f"{path}.{name}") for name, child in value.items() if name in known
    )
    return missing + [name for names in deeper for name in names]
