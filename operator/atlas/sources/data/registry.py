"""``remote_dir`` and ``remote_schema``: what is in the registry, by the URL that every command reads."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from atlas.sources.data.calls import check_names, required

if TYPE_CHECKING:
    from atlas.project.data import SourceCall


def remote(call: SourceCall) -> object:
    """The ``atlas://`` URL of a directory or a schema; without a tag it is the latest one. Nothing is asked yet."""
    check_names(call, "name", "tag")
    name, tag = required(call, "name"), call.block.text("tag")
    return {"url": f"atlas://{name}" + (f"?tag={quote(tag, safe='')}" if tag else "")}
