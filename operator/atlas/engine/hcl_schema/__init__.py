"""Schemas in HCL: files to a realm, a realm to a file. Texts only; whoever calls opens files and folders.

``reading`` takes blocks apart, ``printing`` puts them together; the two know the same names. What a server would
say about a schema is not known here: a realm that was read is not normalised.
"""

from __future__ import annotations

from atlas.engine.hcl_schema.document import HclSchema
from atlas.engine.hcl_schema.printing import print_schema, schema_hash
from atlas.engine.hcl_schema.reading import read_schema

__all__ = ["HclSchema", "print_schema", "read_schema", "schema_hash"]
