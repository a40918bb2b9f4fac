"""A registry of another make that is imported: the command in this process, and what both sides have."""

from __future__ import annotations

import gc
import io
import os
import signal
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from atlas.cli.main import run
from atlas.client.schemas import SchemaPush, push_schema
from atlas.server.run import DataOptions, opened_registry
from atlas.wire.index import RepositoryIndex

from tests.integration.cli.conftest import Answer
from tests.integration.registry.conftest import A, B, Served, directory, serving
from tests.integration.registry.other_make import OtherMake, other_make

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

C = directory(
    ("1_one.sql", "CREATE TABLE one (id integer);\n"), ("3_three.sql", "CREATE TABLE three (id integer);\n")
)


@contextmanager
def as_before(environ: Mapping[str, str]) -> Iterator[None]:
    """A command runs with variables of its own, and changes nothing of this process."""
    threshold = gc.get_threshold()
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        with mock.patch.dict(os.environ, environ, clear=True):
            yield
    finally:
        gc.set_threshold(*threshold)
        for number, handler in kept.items():
            signal.signal(number, handler)


@dataclass
class Move:
    """The registry behind one of another make, and a shell on the machine of the new one."""

    left: Served
    other: OtherMake
    new: Path

    def __call__(self, *flags: str, token: str = "", origin: str = "") -> Answer:
        """Run the command in this process."""
        words = [*self.command(*flags), *(["--from", origin] if origin else [])]
        environ = {"HOME": str(self.new.parent), "ATLAS_IMPORT_TOKEN": token or self.left.token}
        out, err = io.StringIO(), io.StringIO()
        with as_before(environ), redirect_stdout(out), redirect_stderr(err):
            code = run(words)
        return Answer(code, out.getvalue(), err.getvalue())

    def command(self, *flags: str) -> tuple[str, ...]:
        return ("registry", "import", "--data", str(self.new), "--from", self.other.url, *flags)

    def lines(self, *flags: str) -> list[str]:
        """What an import prints; it succeeds."""
        answer = self(*flags)
        assert answer.code == 0, answer.out + answer.err
        return answer.out.splitlines()

    def here(self) -> dict[str, RepositoryIndex]:
        """What the new registry knows, by type and name."""
        if not self.new.exists():
            return {}
        with opened_registry(DataOptions(self.new)) as registry:
            return {f"{index.key.type[:1]}:{index.key.slug}": index for index in registry.content.indexes()}

    def there(self) -> dict[str, RepositoryIndex]:
        project = [index for index in self.left.registry.content.indexes() if index.key.project == "acme"]
        return {f"{index.key.type[:1]}:{index.key.slug}": index for index in project}


@contextmanager
def moving(folder: Path) -> Iterator[Move]:
    """A registry behind one of another make, until the end of the block."""
    with serving(DataOptions(folder / "old")) as left, other_make(OtherMake(left.url)) as other:
        yield Move(left, other, folder / "new")


def meant(index: RepositoryIndex) -> dict[str, str]:
    """What can be asked of a repository: the digest of each tag and of the latest, and what it is called."""
    digests = {name: index.versions[tag.ordinal - 1].digest for name, tag in index.tags.items()}
    assert index.latest
    latest = index.versions[index.latest - 1]
    return {**digests, "": latest.digest, "title": index.title, "driver": index.driver}


def everything(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Each file of the content, when it was written and what it holds."""
    files = [path for path in (folder / "content").rglob("*") if path.is_file()]
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def push_hcl(served: Served, text: str, name: str = "shop", tag: str = "") -> None:
    with served.transport() as transport:
        push_schema(transport, SchemaPush(name=name, hcl=text, hash="h", driver="mysql", tag=tag))


def filled_twice(move: Move) -> None:
    for name in ("one", "two"):
        move.left.push(A, name, tag="v1")
        move.left.push(B, name, tag="v2")
        move.left.push(C, name)


def assert_all_whole(move: Move) -> None:
    """Each repository that is here has all that it has there."""
    there = move.there()
    for name, index in move.here().items():
        assert meant(index) == meant(there[name])
