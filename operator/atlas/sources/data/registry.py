"""``remote_dir``, ``remote_schema`` and ``cloud_databases``: what is in the registry, and what it knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote

from atlas.errors import Unavailable
from atlas.sources.data.calls import check_names, required

if TYPE_CHECKING:
    from atlas.project.data import SourceCall

ListTargets: TypeAlias = Callable[[str, str], Sequence[Mapping[str, object]]]
"""The databases of ``(repository, environment)``, '' for any environment, each an object of attributes."""


def remote(call: SourceCall) -> object:
    """The ``atlas://`` URL of a directory or a schema; without a tag it is the latest one. Nothing is asked yet."""
    check_names(call, "name", "tag")
    name, tag = required(call, "name"), call.block.text("tag")
    return {"url": f"atlas://{name}" + (f"?tag={quote(tag, safe='')}" if tag else "")}


@dataclass(frozen=True, slots=True)
class CloudDatabases:
    """Asks the registry by ``list_targets``."""

    list_targets: ListTargets

    def cloud_databases(self, call: SourceCall) -> object:
        """``targets``: the databases that were deployed from a repository, in order of their first reports."""
        check_names(call, "repo", "env")
        repository = required(call, "repo").removeprefix("atlas://")
        try:
            found = self.list_targets(repository, call.block.text("env"))
        except (
            Unavailable
        ) as outage:  # no backup stands in: a run on a part of them would pass for one on all
            raise Unavailable(
                f'the databases of "{repository}" are known to the registry alone, which does not answer: {outage}'
            ) from outage
        return {"targets": [dict(each) for each in found]}
