"""HCL files to a realm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import DesiredStateError, ParseError

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
        SpecError: A variable has no value.
        DesiredStateError: The schemas do not fit ``bound``, the one schema of the URL.
        Unsupported: A function that this version does not serve.
    """
    from atlas.engine.hcl_schema.document import HclSchema
    from atlas.engine.hcl_schema.reading.document import Document, parse_files
    from atlas.engine.hcl_schema.reading.realm import check_bound, read_realm
    from atlas.engine.hcl_schema.reading.scope import schema_scope

    document = Document(files, dialect, types)
    body = parse_files(files)
    try:
        realm = read_realm(body, schema_scope(body, variables), document)
    except ParseError as error:
        raise document.with_line(error) from error
    misfit = check_bound(realm, bound)
    if misfit:
        raise DesiredStateError(misfit)
    return HclSchema(realm, tuple(document.renames), tuple(document.warnings))
