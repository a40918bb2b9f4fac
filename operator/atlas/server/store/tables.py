"""The registry's SQL tables as SQLAlchemy Core sees them; ``migrations/`` makes them, a test compares the two."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, MetaData, Table, Text

metadata = MetaData()


def _table(name: str, numbers: str, texts: str, *keys: str) -> Table:
    integers = [Column(column, BigInteger, primary_key=column in keys) for column in numbers.split()]
    strings = [Column(column, Text, primary_key=column in keys) for column in texts.split()]
    return Table(name, metadata, *integers, *strings)


projects = _table("projects", "id", "name created_at", "id")
tokens = _table("tokens", "id project_id", "name hash scope created_at revoked_at", "id")
repositories = _table(
    "repositories",
    "id project_id latest",
    "type slug title driver description tag_policy created_at",
    "id",
)
versions = _table("versions", "repository_id ordinal", "digest name", "repository_id", "ordinal")
tags = _table("tags", "repository_id ordinal", "name", "repository_id", "name")
plans = _table(
    "plans",
    "repository_id number",
    "name status current_hash desired_hash digest created_at created_by approved_at approved_by",
    "repository_id",
    "number",
)
reports = _table("reports", "id project_id repository_id", "fingerprint received_at payload", "id")
databases = _table(
    "databases", "id repository_id report_id failed", "target name environment tag version ended_at", "id"
)
deployments = _table(
    "deployments",
    "id project_id repository_id report_id planned succeeded",
    "repository environment target names version status started_at ended_at",
    "id",
)
audit = _table("audit", "id project_id", "at actor action subject detail", "id")
