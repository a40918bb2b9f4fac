"""What can stand behind a flag: names of environments, URLs of files, and words that are one of a few."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.cli.completion.place import Place

WORDS: dict[str, tuple[str, ...]] = {
    "driver": ("mariadb", "mysql", "postgres", "sqlite"),
    "exec_order": ("linear", "linear-skip", "non-linear"),
    "format": ("{{ json . }}",),
    "interrupted": ("applied", "rerun"),
    "scope": ("push", "read"),
    "status": ("PASSED", "FAILED", "NO_ACTION", "DRY_RUN"),
    "tx_mode": ("all", "file", "none"),
    "type": ("migration_directory", "schema"),
}
"""By the flag's ``dest``. A test holds them against the commands that take them."""

_DIRECTORIES = {"dir"}
_STATES = {"to", "from", "from_", "url", "file", "base", "dev_url", "config"}
_SCHEMES = ("mariadb://", "mysql://", "postgres://", "sqlite://")
_SCHEMES_OF = {
    "url": (*_SCHEMES, "env://"),
    "dev_url": _SCHEMES,
    "to": ("atlas://", "env://", *_SCHEMES),
    "from": ("atlas://", "env://", *_SCHEMES),
    "from_": ("atlas://", "env://", *_SCHEMES),
    "dir": ("atlas://",),
    "base": ("atlas://",),
}
_WITHOUT_FILES = {"dev_url", "base"}
_ENV = re.compile(r'^[ \t]*env[ \t]+"([^"\n$]+)"', re.MULTILINE)
_FILE = "file://"
_OF_PATHS = (_FILE, "sqlite://")
_ARCHIVES = (".tar", ".tar.gz", ".tgz")  # as ``engine.directory``, which TAB need not load


@dataclass(frozen=True, slots=True)
class Values:
    """Values that begin with what is typed. ``open`` values go on: no blank is put behind them."""

    closed: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    files: bool = False
    """Whether the shell may offer files of its own."""


def values_of(place: Place) -> Values:
    """What can stand behind the flag of a place."""
    if place.flag is None:
        return Values()
    dest, partial = place.flag.dest, place.partial
    if dest == "env":
        return Values(closed=_starting(partial, environments(place.given.get("config") or [])))
    if dest in WORDS:
        return Values(closed=_starting(partial, WORDS[dest]))
    if dest in _DIRECTORIES | _STATES:
        return _urls(dest, partial)
    return Values(files=True)


def environments(configs: list[str]) -> tuple[str, ...]:
    """The labels of ``env`` blocks in the project files: read as lines, for the file may be half written."""
    names: dict[str, None] = {}
    for config in configs or [f"{_FILE}atlas.hcl"]:
        try:
            text = Path(config.removeprefix(_FILE)).read_text(encoding="utf-8", errors="replace")
        except (OSError, ValueError):
            continue
        names |= dict.fromkeys(_ENV.findall(text))
    return tuple(names)


def _urls(dest: str, partial: str) -> Values:
    for scheme in _OF_PATHS:
        if partial.startswith(scheme):
            return _paths(dest, scheme, partial.removeprefix(scheme))
    schemes = _SCHEMES_OF.get(dest, ())
    if dest not in _WITHOUT_FILES:
        schemes = (_FILE, *schemes)
    return Values(open=_starting(partial, schemes))


def _paths(dest: str, scheme: str, typed: str) -> Values:
    """Files and folders behind ``file://`` or ``sqlite://``, folders with a slash; hidden ones only when a dot is typed."""
    folder, _, name = typed.rpartition("/")
    above = f"{folder}/" if folder or typed.startswith("/") else ""
    try:
        found = sorted(Path(above or ".").iterdir())
    except (OSError, ValueError):
        return Values()
    shown = [path for path in found if path.name.startswith(name) and (name or path.name[0] != ".")]
    folders = tuple(f"{scheme}{above}{path.name}/" for path in shown if path.is_dir())
    files = tuple(f"{scheme}{above}{path.name}" for path in shown if not path.is_dir())
    if dest in _DIRECTORIES:
        return Values(closed=tuple(file for file in files if file.endswith(_ARCHIVES)), open=folders)
    return Values(closed=files, open=folders)


def _starting(partial: str, words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word.startswith(partial))
