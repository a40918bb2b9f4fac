"""A case: two states of a database, and what the plan from one to the other must be."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from atlas.engine.plan import DiffPolicy
from atlas.schema import Key, Kind

ROOT = Path(__file__).parent
DRIVERS = ("postgres", "mariadb", "sqlite")
SCHEMAS = {"postgres": "public", "mariadb": "app", "sqlite": "main"}
"""The schema that a case is bound to when it does not say otherwise."""
_KNOWN = {"hazards", "changes", "policy", "renames", "bound", "schemas", "unsupported", "rows", "hcl", "note"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What stands in a folder.

    Attributes:
        rows: SQL that fills the tables; None lets the proof make rows of its own.
        without_rows: Why this plan cannot meet rows, '' when it must.
        without_hcl: Why the desired state cannot be said in HCL, '' when it must.
        plan: What must be planned; None for a random pair, of which nobody wrote that down.
        unsupported: A part of the message that the plan is refused with, '' when it is not.
    """

    path: Path
    driver: str
    current: str
    desired: str
    plan: str | None
    hazards: tuple[str, ...]
    changes: tuple[str, ...]
    rows: str | None = None
    without_rows: str = ""
    without_hcl: str = ""
    bound: str = ""
    schemas: tuple[str, ...] = ()
    policy: DiffPolicy = field(default_factory=DiffPolicy)
    renames: tuple[tuple[Key, Key], ...] = ()
    unsupported: str = ""
    settings: dict[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))


def all_cases(driver: str) -> list[Case]:
    """The cases of a driver, by name."""
    return [read_case(path.parent) for path in sorted((ROOT / driver).glob("*/*/desired.sql"))]


def read_case(path: Path) -> Case:
    """The case of a folder.

    Raises:
        ValueError: ``case.toml`` has a word that nobody reads.
    """
    driver = path.parent.parent.name
    settings = tomllib.loads(_text(path / "case.toml"))
    if unknown := set(settings) - _KNOWN:
        raise ValueError(f"{path}/case.toml: unknown {sorted(unknown)}: expected some of {sorted(_KNOWN)}")
    bound = settings.get("bound", SCHEMAS[driver])
    policy = dict(settings.get("policy", {}))
    return Case(
        path=path,
        driver=driver,
        current=_text(path / "current.sql"),
        desired=_text(path / "desired.sql"),
        plan=_text(path / "plan.sql"),
        hazards=tuple(settings.get("hazards", ())),
        changes=tuple(settings.get("changes", ())),
        rows=(path / "rows.sql").read_text("utf-8") if (path / "rows.sql").is_file() else None,
        without_rows=settings.get("rows", ""),
        without_hcl=settings.get("hcl", ""),
        bound=bound,
        schemas=tuple(settings.get("schemas", ())),
        policy=DiffPolicy(skip=frozenset(policy.pop("skip", ())), **policy),
        renames=tuple((_key(old, bound), _key(new, bound)) for old, new in settings.get("renames", ())),
        unsupported=settings.get("unsupported", ""),
        settings=settings,
    )


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


def _key(text: str, bound: str) -> Key:
    """``column users.name`` of the bound schema, ``column app.users.name`` of an unbound case."""
    word, _, names = text.partition(" ")
    kind = Kind(word)
    parts = names.split(".") if kind is Kind.SCHEMA or not bound else [bound, *names.split(".")]
    if kind in {Kind.SCHEMA, Kind.EXTENSION}:
        return Key(kind, "", "", parts[-1])
    schema, *relation, name = parts
    return Key(kind, schema, relation[0] if relation else "", name)
