"""Broken input as data: what is run, what it answers, and the cure that its message names.

A case is ``cases/<topic>/<case>/``: ``case.toml``, and beside it the files that the command finds in its folder.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.integration.cli.conftest import Answer, Shell

CASES = Path(__file__).parent / "cases"
ABOUT = "case.toml"
CANARY = re.compile(r"canary-[a-z]+")
"""What stands for a password or a token in a case: it may be in no answer."""
_DURATION = re.compile(r"\b\d+(?:\.\d+)?(?:µs|ms|s)\b")
_KEYS = {"before", "command", "environ", "code", "stdout", "stderr", "registry", "server", "cure"}
_CURE_KEYS = {"says", "edits", "files", "removes", "before", "command", "add", "environ", "code"}


@dataclass(frozen=True, slots=True)
class Edit:
    """In ``file``, ``put`` instead of ``find``."""

    file: str
    find: str
    put: str


@dataclass(frozen=True, slots=True)
class Cure:
    """What the message tells the reader to do, and the words in which it does."""

    says: tuple[str, ...]
    edits: tuple[Edit, ...]
    files: Mapping[str, str]
    removes: tuple[str, ...]
    before: tuple[tuple[str, ...], ...]
    command: tuple[str, ...]
    add: tuple[str, ...]
    environ: Mapping[str, str]
    code: int

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> Cure:
        assert set(table) <= _CURE_KEYS, f"unknown keys {set(table) - _CURE_KEYS}"
        return cls(
            says=tuple(table.get("says", ())),
            edits=tuple(Edit(**edit) for edit in table.get("edits", ())),
            files=table.get("files", {}),
            removes=tuple(table.get("removes", ())),
            before=_lines(table.get("before", ())),
            command=tuple(table.get("command", ())),
            add=tuple(table.get("add", ())),
            environ=table.get("environ", {}),
            code=table.get("code", 0),
        )

    @property
    def words(self) -> tuple[str, ...]:
        """What the message has to hold: the names of flags, variables, files and commands of the cure come by themselves."""
        flags = [word.partition("=")[0].lstrip("-") for word in self.add if word.startswith("--")]
        commands = [" ".join(line[:2]) for line in self.before if line[0] != "login"]
        return (*self.says, *flags, *self.environ, *commands)

    @property
    def is_empty(self) -> bool:
        parts = (self.edits, self.files, self.removes, self.before, self.command, self.add, self.environ)
        return not any(parts)


@dataclass(frozen=True, slots=True)
class BrokenCase:
    """One broken project file or command line."""

    name: str
    before: tuple[tuple[str, ...], ...]
    command: tuple[str, ...]
    environ: Mapping[str, str]
    code: int
    stdout: str
    stderr: str
    needs_registry: bool
    needs_server: bool
    cure: Cure

    @property
    def folder(self) -> Path:
        return CASES / self.name

    @property
    def canaries(self) -> frozenset[str]:
        """The secrets of the case, wherever they stand."""
        texts = [path.read_text(encoding="utf-8") for path in self.folder.rglob("*") if path.is_file()]
        return frozenset(CANARY.findall("\n".join(texts)))

    def runs_in(self, shell: Shell, placeholders: Mapping[str, str]) -> Answer:
        """Run the broken command where only the files of the case are; answers have placeholders again."""
        shutil.copytree(self.folder, shell.folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(ABOUT))
        for line in self.before:
            shell.ok(*_filled(line, placeholders), **_environ(self.environ, placeholders))
        return shell(*_filled(self.command, placeholders), **_environ(self.environ, placeholders))

    def is_cured_in(self, shell: Shell, placeholders: Mapping[str, str]) -> Answer:
        """Do what the message said, and run the command again."""
        cure = self.cure
        for edit in cure.edits:
            path = shell.folder / edit.file
            text = path.read_text(encoding="utf-8")
            assert edit.find in text, f"{edit.file} does not hold {edit.find!r}"
            path.write_text(text.replace(edit.find, edit.put), encoding="utf-8")
        for name, text in cure.files.items():
            path = shell.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for name in cure.removes:
            (shell.folder / name).unlink()
        environ = _environ({**self.environ, **cure.environ}, placeholders)
        for line in cure.before:
            shell.ok(*_filled(line, placeholders), **environ)
        return shell(*_filled((*(cure.command or self.command), *cure.add), placeholders), **environ)


def read_case(folder: Path) -> BrokenCase:
    table = tomllib.loads((folder / ABOUT).read_text(encoding="utf-8"))
    assert set(table) <= _KEYS, f"{folder}: unknown keys {set(table) - _KEYS}"
    return BrokenCase(
        name=folder.relative_to(CASES).as_posix(),
        before=_lines(table.get("before", ())),
        command=tuple(table["command"]),
        environ=table.get("environ", {}),
        code=table["code"],
        stdout=table.get("stdout", ""),
        stderr=table["stderr"],
        needs_registry=table.get("registry", False),
        needs_server=table.get("server", False),
        cure=Cure.read(table["cure"]),
    )


def all_cases() -> list[BrokenCase]:
    return [read_case(path.parent) for path in sorted(CASES.rglob(ABOUT))]


def with_placeholders(answer: Answer, placeholders: Mapping[str, str]) -> Answer:
    """The answer as the case has it: without the paths, addresses and durations of this run."""
    out, err = answer.out, answer.err
    for name, value in placeholders.items():
        out, err = out.replace(value, f"{{{name}}}"), err.replace(value, f"{{{name}}}")
    out = _DURATION.sub("{duration}", out)
    return replace(answer, out=out, err=err)


def _lines(lines: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line) for line in lines)


def _filled(line: Sequence[str], placeholders: Mapping[str, str]) -> list[str]:
    return [_with_values(word, placeholders) for word in line]


def _environ(environ: Mapping[str, str], placeholders: Mapping[str, str]) -> dict[str, str]:
    return {name: _with_values(value, placeholders) for name, value in environ.items()}


def _with_values(word: str, placeholders: Mapping[str, str]) -> str:
    for name, value in placeholders.items():
        word = word.replace(f"{{{name}}}", value)
    return word
