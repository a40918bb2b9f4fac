"""The body of an AtlasSchema as typed values: what it asks for, and nothing of how it is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from atlas.engine.apply.options import TxMode
from atlas.engine.plan import DiffPolicy
from atlas.errors import SpecError
from atlas.reconcile.config_spec import ConfigSpec, read_config
from atlas.reconcile.fields import Fields
from atlas.reconcile.spec import CloudSpec, DevSpec, TargetSpec, read_cloud, read_dev, read_target

if TYPE_CHECKING:
    from collections.abc import Mapping

SKIPPABLE = ("schema", "table", "column", "index", "foreign_key")


class Review(StrEnum):
    """From which findings on a person has to say yes."""

    ALWAYS = "ALWAYS"
    WARNING = "WARNING"
    ERROR = "ERROR"


@dataclass(frozen=True, slots=True, kw_only=True)
class DesiredSpec:
    """Four places a desired state can come from, as written; ``desired`` knows which one wins.

    Attributes:
        urls: What a project file says; it wins over all of them.
        variables: Input variables of a state in HCL, from the project file.
    """

    urls: tuple[str, ...] = field(default=(), repr=False)
    variables: Mapping[str, str | list[str]] = field(default_factory=dict, repr=False)

    config_map: str = ""
    config_map_key: str = ""
    hcl: str = field(default="", repr=False)
    sql: str = field(default="", repr=False)
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LintSpec:
    """``policy.lint``; None means not said."""

    destructive_error: bool | None = None
    review: Review | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaSpec:
    """``spec`` of an AtlasSchema."""

    target: TargetSpec
    desired: DesiredSpec
    cloud: CloudSpec
    dev: DevSpec
    schemas: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    tx_mode: TxMode = TxMode.FILE
    lint: LintSpec = LintSpec()
    diff: DiffPolicy = field(default_factory=DiffPolicy)
    config: ConfigSpec = field(default_factory=ConfigSpec)


def read_schema_spec(spec: Mapping[str, object]) -> SchemaSpec:
    """Read ``spec``.

    Raises:
        SpecError: A value of the wrong type, named by its path.
    """
    fields = Fields(spec, "spec")
    policy = fields.fields("policy")
    return SchemaSpec(
        target=read_target(fields),
        desired=_desired(fields.fields("schema")),
        cloud=read_cloud(fields.fields("cloud")),
        dev=read_dev(fields),
        schemas=fields.items("schemas"),
        exclude=fields.items("exclude"),
        tx_mode=TxMode(_one_of(fields, "txMode", [mode.value for mode in TxMode]) or TxMode.FILE),
        lint=_lint(policy.fields("lint")),
        diff=_diff(policy.fields("diff")),
        config=read_config(fields),
    )


def _desired(fields: Fields) -> DesiredSpec:
    key = fields.fields("configMapKeyRef")
    if fields.given("configMapKeyRef") and not (key.text("name") and key.text("key")):
        raise SpecError(f"{key.path} needs a name and a key")
    return DesiredSpec(
        config_map=key.text("name"),
        config_map_key=key.text("key"),
        hcl=fields.text("hcl"),
        sql=fields.text("sql"),
        url=fields.text("url"),
    )


def _lint(fields: Fields) -> LintSpec:
    destructive = fields.fields("destructive")
    review = _one_of(fields, "review", [one.value for one in Review])
    return LintSpec(
        destructive_error=destructive.flag("error") if "error" in destructive.values else None,
        review=Review(review) if review else None,
    )


def _diff(fields: Fields) -> DiffPolicy:
    skip, concurrent = fields.fields("skip"), fields.fields("concurrent_index")
    known = {f"{verb}_{kind}" for verb in ("add", "drop", "modify") for kind in SKIPPABLE}
    if unknown := skip.values.keys() - known:
        raise SpecError(
            f"{skip.path}.{min(unknown)} is not known: expected add_, drop_ or modify_ and a kind"
        )
    return DiffPolicy(
        skip=frozenset(name for name in known if skip.flag(name)),
        concurrent_index_create=concurrent.flag("create"),
        concurrent_index_drop=concurrent.flag("drop"),
    )


def _one_of(fields: Fields, name: str, known: list[str]) -> str:
    value = fields.text(name)
    if value and value not in known:
        raise SpecError(f'{fields.path}.{name} is "{value}": expected {", ".join(known)}')
    return value
