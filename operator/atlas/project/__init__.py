"""atlas.hcl: what a project says about an environment. Values only; texts, variables and environment are passed in."""

from __future__ import annotations

from atlas.project.load import load, load_all, load_cloud
from atlas.project.model import CloudSettings, Env, MigrationSettings, Project, SchemaSettings

__all__ = [
    "CloudSettings",
    "Env",
    "MigrationSettings",
    "Project",
    "SchemaSettings",
    "load",
    "load_all",
    "load_cloud",
]
