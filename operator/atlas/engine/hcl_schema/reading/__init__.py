"""HCL files to a realm."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atlas.engine.hcl_schema.document import HclSchema
    from atlas.engine.schema_ports import TypeNames


def read_schema(
    files: Sequence[tuple[str, str]],
    *,
    dialect: str,
    types: TypeNames,
    variables: Mapping[str, str | list[str]],
    bound: str = "",
) -> HclSchema:
    """The schema of ``files``, which are pairs of a name for messages and a text.

    Raises:
        ParseError: ``file:line:column: …`` with the line and a caret.
        SpecError: A variable without a value; schemas that do not fit ``bound``, the one schema of the URL.
    """
    raise NotImplementedError
