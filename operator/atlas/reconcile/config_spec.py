"""The fields of a spec that bring a project file: its text, the environment of it that is meant, and its variables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atlas.errors import SpecError
from atlas.reconcile.references import config_map_key, secret_key

if TYPE_CHECKING:
    from atlas.reconcile.fields import Fields
    from atlas.reconcile.references import ConfigMapKey, SecretKey


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableSpec:
    """One element of ``vars``. A ConfigMap wins over a Secret, and both over the value beside them."""

    key: str
    value: str = field(default="", repr=False)
    secret: SecretKey | None = None
    config_map: ConfigMapKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigSpec:
    """``config``, ``configFrom``, ``envName`` and ``vars``, as written. A Secret wins over the text beside it."""

    text: str = field(default="", repr=False)
    secret: SecretKey | None = None
    environment: str = ""
    variables: tuple[VariableSpec, ...] = ()

    @property
    def is_given(self) -> bool:
        """Whether there is a project file at all; the rest means nothing without one."""
        return bool(self.text or self.secret)


def read_config(fields: Fields) -> ConfigSpec:
    """The project file of a spec.

    Raises:
        SpecError: A value of the wrong type, or a reference without a name or key.
    """
    return ConfigSpec(
        text=fields.text("config"),
        secret=secret_key(fields, "configFrom"),
        environment=fields.text("envName"),
        variables=tuple(_variable(each) for each in fields.each("vars")),
    )


def _variable(fields: Fields) -> VariableSpec:
    key = fields.text("key")
    if not key:
        raise SpecError(f"{fields.path} needs a key, the name of an input variable of the project file")
    return VariableSpec(
        key=key,
        value=fields.text("value"),
        secret=secret_key(fields, "valueFrom"),
        config_map=config_map_key(fields, "valueFrom"),
    )
