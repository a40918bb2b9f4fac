"""A project file that is evaluated with the data sources of a command line; nothing is connected to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from atlas.project import Project, load
from atlas.wire.contract import RegistryAddress
from atlas.wiring import data_sources

SECRET = "s3cr3t-v4lue"


def no_registry() -> RegistryAddress:
    raise AssertionError("the registry was asked")


def no_files(path: str) -> NoReturn:
    raise AssertionError(path)


def project_with(
    text: str, folder: Path, *, programs: bool = False, environ: Mapping[str, str] | None = None
) -> Project:
    """The project of the env ``e``."""
    sources = data_sources(folder=folder, environ=environ or {}, registry=no_registry, programs=programs)
    return load([("atlas.hcl", text)], env_name="e", variables={}, sources=sources)


def value_of(text: str, folder: Path, reference: str = "") -> object:
    """The value of one reference, that of the only data block without one."""
    head = text.partition('"')[2]
    type_, _, rest = head.partition('" "')
    reference = reference or f"data.{type_}.{rest.partition(chr(34))[0]}"
    project = project_with(f'{text}\nenv "e" {{\n  found = {reference}\n}}\n', folder)
    assert project.env is not None
    return project.env.attributes["found"]
