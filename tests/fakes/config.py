"""The ports of project files in memory: files by path, and data sources that answer from a table."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from atlas.engine.desired_state import DesiredState, SqlScript, SqlState
from atlas.engine.directory import Directory, compute_sum
from atlas.engine.formats import read_entries
from atlas.errors import SpecError
from atlas.project.data import ReadSource, SourceCall
from atlas.reconcile.config_ports import Answer, ConfigPorts, Request
from atlas.reconcile.evaluation import evaluate
from atlas.reconcile.ports import TargetRules
from atlas.wire.contract import RegistryAddress

from tests.fakes.directories import directory_with

ALLOWED = "/allowed/"


@dataclass
class FakeConfigFiles:
    """Files below ``/allowed/``."""

    texts: dict[str, str] = field(default_factory=dict)

    def check(self, path: str) -> None:
        if not posixpath.normpath(path).startswith(ALLOWED):
            raise SpecError(f'the path "{path}" is outside the folders that this operator allows')

    def read(self, path: str) -> str:
        try:
            self.check(path)
        except SpecError as error:
            raise ValueError(str(error)) from error
        return self.texts[path]

    def glob(self, pattern: str, *, recursive: bool) -> Sequence[str]:
        return sorted(self.texts)

    def directory(self, path: str, tool: str) -> Directory:
        self.check(path)
        found = {name.removeprefix(f"{path}/"): text for name, text in self.texts.items() if path in name}
        if tool == "atlas":
            return directory_with(found)
        made = read_entries(tool, [(name, text.encode()) for name, text in found.items()])
        return replace(made, sum_text=compute_sum(made).text)

    def schema(self, paths: Sequence[str], variables: Mapping[str, str | list[str]]) -> DesiredState:
        for path in paths:
            self.check(path)
        return SqlState(tuple(SqlScript(path, self.texts[path]) for path in paths))


@dataclass
class FakeConfig:
    """What an operator has that allows project files."""

    files: FakeConfigFiles = field(default_factory=FakeConfigFiles)
    answers: dict[str, object] = field(default_factory=dict)
    reads: list[str] = field(default_factory=list)
    addresses: list[RegistryAddress] = field(default_factory=list)

    def ports(self, rules: TargetRules = TargetRules()) -> ConfigPorts:  # noqa: B008 - frozen
        def evaluate_here(request: Request) -> Answer:
            return evaluate(request, self._sources, rules, self.files)

        return ConfigPorts(files=self.files, evaluate=evaluate_here)

    def _sources(self, address: Callable[[], RegistryAddress]) -> Mapping[str, ReadSource]:
        def read(call: SourceCall) -> object:
            self.reads.append(f"{call.type}.{call.name}")
            if call.type.startswith("remote"):
                self.addresses.append(address())
            answer = self.answers[call.type]
            if isinstance(answer, Exception):
                raise answer
            return answer(call) if callable(answer) else answer

        types = (
            *("external", "external_schema", "sql", "runtimevar", "template_dir", "hcl_schema", "remote_dir"),
            *("composite_schema", "aws_rds_token", "blob_dir", "of_tomorrow"),
        )
        return dict.fromkeys(types, read)
