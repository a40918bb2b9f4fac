"""The operations as servers of every make answer them: the fewest fields, and no input that only our own registry knows.

A server that checks a query against its schema refuses the whole of it for one field that it does not have, so these
ask for nothing but what clients of Atlas have always asked for.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from atlas.wire.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Mapping

LISTED = Operation("query { repos { repos { title slug url type driver } } }", "repos")
LISTED_DIRECTORIES = Operation("query dirs { dirs { name slug } }", "dirs")
DIRECTORY_CONTENT = Operation(
    "query dirState($input: DirStateInput!) { dirState(input: $input) { content } }", "dirState"
)
SCHEMA_TEXT = Operation(
    "query schemaState($input: SchemaStateInput!) { schemaState(input: $input) { hcl } }", "schemaState"
)


def with_values(operation: Operation, wanted: Mapping[str, str], selected: str) -> Operation:
    """The same question with its input in the text: it needs no name of an input type, of which makes have their own.

    Values must be printable.
    """
    values = ", ".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in wanted.items())
    return Operation(f"query {{ {operation.field}(input: {{{values}}}) {{ {selected} }} }}", operation.field)
