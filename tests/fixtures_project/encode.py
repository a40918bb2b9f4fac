"""A project as JSON, for ``expected.json``: what was given and nothing else, so that a file shows what its lines did.

A list of targets, or one project without ``--env``. Fields have the names of ``atlas.project.model``; empty ones are
left out. A ``mem://`` URL is written as what is kept there: ``{"directory": {name: text}}``, ``{"schema": …}`` or
``{"composite": …}``. Numbers are JSON numbers; secrets are written as they are, the files here have none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from atlas.project.data import MadeComposite, MadeDirectory, MadeSchema

if TYPE_CHECKING:
    from atlas.project import Env, Project
    from atlas.project.data import Made
    from atlas.project.memory import Memory
    from atlas.project.testing import TestFiles


def encoded(project: Project) -> dict[str, object]:
    """One project."""
    memory = project.memory
    whole = {
        "cloud": asdict(project.cloud) if project.cloud else None,
        "env": _env(project.env) if project.env else None,
        "diff": asdict(project.diff),
        "lint": asdict(project.lint),
        "tests": {name: {"src": part.src, "vars": _Whole(part.vars)} for name, part in _tests(project)},
    }
    return _mapping(whole, memory)


def _tests(project: Project) -> tuple[tuple[str, TestFiles], ...]:
    return (("schema", project.tests.schema), ("migrate", project.tests.migrate))


def _env(env: Env) -> dict[str, object]:
    return {
        **{
            name: getattr(env, name)
            for name in ("name", "url", "dev", "src", "schemas", "exclude", "include", "tx_mode", "formats")
        },
        "schema": env.schema._asdict(),
        "migration": env.migration._asdict(),
        "migrate_down": {
            name: str(value).lower()
            for name, value in env.migrate_down._asdict().items()
            if value is not None
        },
        "attributes": _Whole(env.attributes),
    }


class _Whole(dict[str, object]):
    """Values of which nothing is left out: an attribute that is false, or null, says so."""


def _mapping(values: Mapping[str, object], memory: Memory) -> dict[str, object]:
    found = {str(name): _value(value, memory) for name, value in values.items()}
    return {name: value for name, value in found.items() if value not in (None, "", [], {}, False, 0)}


def _whole(values: Mapping[str, object], memory: Memory) -> dict[str, object]:
    return {
        str(name): _whole(value, memory) if isinstance(value, Mapping) else _value(value, memory)
        for name, value in values.items()
    }


def _value(value: object, memory: Memory) -> object:  # noqa: PLR0911  one case a type
    match value:
        case str():
            made = memory.find(value) if value.startswith("mem://") else None
            return value if made is None else _made(made, memory)
        case Enum():
            return value.name
        case _Whole():
            return _whole(value, memory)
        case Mapping():
            return _mapping(value, memory)
        case frozenset():
            return sorted(value)
        case Sequence():
            return [_value(item, memory) for item in value]
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case _:
            return value


def _made(made: Made, memory: Memory) -> dict[str, object]:
    match made:
        case MadeDirectory():
            return {"directory": {name: content.decode() for name, content in made.files}}
        case MadeSchema():
            return {"schema": {"files": dict(made.files), "variables": _whole(made.variables, memory)}}
        case MadeComposite():
            return {"composite": [[name, _value(list(urls), memory)] for name, urls in made.parts]}
