"""A realm in the forms that programs read besides HCL: the JSON document, a diagram, and the SQL that makes it."""

from __future__ import annotations

from atlas.engine.inspect_documents.mermaid import mermaid
from atlas.engine.inspect_documents.realm_json import realm_document
from atlas.engine.inspect_documents.sql_text import creating_plan, plan_text

__all__ = ["creating_plan", "mermaid", "plan_text", "realm_document"]
