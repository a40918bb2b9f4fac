"""The names of a project file. Locals are evaluated when they are asked for, each once; data sources are refused then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from atlas.errors import Unsupported
from atlas.hcl import Scope
from atlas.hcl.locals import Locals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.hcl.nodes import Block, Body
    from atlas.hcl.values import Function


def project_scope(
    body: Body, variables: Mapping[str, object], env_name: str | None, functions: Mapping[str, Function]
) -> Scope:
    """``var``, ``local``, ``data``, ``atlas.env`` and the functions."""
    names: dict[str, object] = {"var": variables, "atlas": {"env": env_name or ""}}
    scope = Scope(names, functions)
    names["local"] = Locals(body.blocks_of("locals"), scope)
    names["data"] = _DataSources(body.blocks_of("data"))
    return scope


class _DataSources(Mapping[str, object]):
    """``data.TYPE.NAME``: every reference is refused, a declaration alone costs nothing."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._types = {block.labels[0]: block for block in blocks if block.labels}

    def __getitem__(self, name: str) -> object:
        if name not in self._types:
            raise KeyError(name)
        raise Unsupported(f"data.{name}: data sources are not supported by this version")

    def __iter__(self) -> Iterator[str]:
        return iter(self._types)

    def __len__(self) -> int:
        return len(self._types)
