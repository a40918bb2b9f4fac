"""The operations as servers of every make answer them: the fewest fields, and no input that only our own registry knows.

A server that checks a query against its schema refuses the whole of it for one field that it does not have, so these
ask for nothing but what clients of Atlas have always asked for.
"""

from __future__ import annotations

from atlas.wire.contract import Operation

LISTED = Operation("query { repos { repos { title slug url type driver } } }", "repos")
LISTED_DIRECTORIES = Operation("query dirs { dirs { name slug } }", "dirs")
DIRECTORY_CONTENT = Operation(
    "query dirState($input: DirStateInput!) { dirState(input: $input) { content } }", "dirState"
)
SCHEMA_TEXT = Operation(
    "query schemaState($input: SchemaStateInput!) { schemaState(input: $input) { hcl } }", "schemaState"
)
