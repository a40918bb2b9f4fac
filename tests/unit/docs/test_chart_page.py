"""The chart and its page say the same: every value has a row and a place in the schema, and the definitions are ours."""

from __future__ import annotations

import json
import re
import tomllib
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from docs import chart

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = json.loads((chart.CHART / "values.schema.json").read_text())
LINES = (chart.CHART / "values.yaml").read_text().splitlines()
HOWTO = chart.ROOT / "docs" / "howto" / "helm.md"


def leaves(schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """Paths that the schema names; what is free inside counts as one."""
    for name, child in schema.get("properties", {}).items():
        if "properties" in child:
            yield from leaves(child, f"{path}{name}.")
        else:
            yield f"{path}{name}"


def objects(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "properties" in schema:
        yield schema
        for child in schema["properties"].values():
            yield from objects(child)


@pytest.mark.parametrize("value", chart.values(), ids=lambda value: value.path)
def test_a_value_is_explained(value: chart.Value) -> None:
    assert value.meaning.endswith(".")


def test_the_page_is_that_of_the_values() -> None:
    assert chart.TARGET.read_text("utf-8") == chart.page(), "run `make docs`"


def test_an_explanation_stands_before_a_value() -> None:
    lost = [line for line, after in pairwise(LINES) if "# -- " in line and not re.match(r" *\w+:", after)]
    assert lost == []


def test_the_schema_names_the_values_and_no_others() -> None:
    assert sorted(leaves(SCHEMA)) == sorted([*(value.path for value in chart.values()), "global"])


def test_the_schema_refuses_what_it_does_not_name() -> None:
    assert [one for one in objects(SCHEMA) if one["additionalProperties"] is not False] == []


def test_the_definitions_of_the_chart_are_ours() -> None:
    ours = {path.name: path.read_bytes() for path in chart.CRDS.glob("*.yaml")}
    assert {path.name: path.read_bytes() for path in chart.COPIES.iterdir()} == ours, "run `make docs`"


def test_the_chart_has_the_version_of_the_package() -> None:
    version = tomllib.loads((chart.ROOT / "pyproject.toml").read_text())["project"]["version"]
    found = yaml.safe_load((chart.CHART / "Chart.yaml").read_text())
    assert (found["version"], found["appVersion"]) == (version, version)
    for page in (HOWTO, HOWTO.with_name("kind.md")):
        assert set(re.findall(r"localhost/atlas-operator:([\d.]+\d)", page.read_text())) == {version}


def test_the_how_to_names_no_value_that_is_not_there() -> None:
    known = {value.path for value in chart.values()}
    first = "|".join(sorted({path.partition(".")[0] for path in known}))
    named = {match[1] for match in re.finditer(rf"`((?:{first})(?:\.\w+)*)(?:=[^`]*)?`", HOWTO.read_text())}
    assert len(named) > 10
    assert {
        path for path in named if not any(one == path or one.startswith(f"{path}.") for one in known)
    } == set()
