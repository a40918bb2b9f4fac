"""The cases as data."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent
TOOLS = ("golang-migrate", "goose", "flyway", "liquibase", "dbmate")
DATABASES = ("sqlite", "postgres", "mariadb")


@dataclass(frozen=True)
class ExpectedFile:
    """A file that an import makes: its statements, and ``none`` where they run outside of transactions."""

    name: str
    statements: list[str]
    tx_mode: str = "file"


@dataclass(frozen=True)
class FormatCase:
    """One directory, and what it means."""

    tool: str
    name: str
    claim: str
    databases: list[str]
    files: list[ExpectedFile]
    renamed: list[list[str]] = field(default_factory=list)
    once: list[list[str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_read_as_it_is: bool = True

    @property
    def folder(self) -> Path:
        """The directory of the tool."""
        return ROOT / self.tool / self.name / "files"

    def recorded(self, database: str) -> Any:
        """What the tool made of a database."""
        return json.loads(self.record_path(database).read_text())

    def record_path(self, database: str) -> Path:
        """Where that is written."""
        return ROOT / self.tool / self.name / f"{database}.json"


def cases_of(tool: str) -> list[FormatCase]:
    """The cases of a tool, by name."""
    return [_read(tool, path.parent) for path in sorted((ROOT / tool).glob("*/case.toml"))]


def all_cases() -> list[FormatCase]:
    """The cases of all tools."""
    return [case for tool in TOOLS for case in cases_of(tool)]


def _read(tool: str, folder: Path) -> FormatCase:
    said = tomllib.loads((folder / "case.toml").read_text())
    files = [ExpectedFile(**each) for each in said.pop("files")]
    return FormatCase(tool=tool, name=folder.name, files=files, **said)
