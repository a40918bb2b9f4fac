"""A registry of 50 repositories and 1,000 versions: backed up into a bucket, lost, made anew of it, and pulled whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from atlas.buckets import open_bucket
from atlas.server.run import DataOptions

from bench.measure import Goal, tell
from tests.integration.registry.conftest import serving
from tests.integration.registry.filled import WHOLE, fill, seen
from tests.servers.moto import moto
from tests.servers.store_fixtures import ANYBODY, KEY_ID, SECRET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BACKUP = Goal(300, " s")
NOTHING_NEW = Goal(15, " s")
RESTORE = Goal(300, " s")


def main() -> bool:
    """Goal: every pull by tag and by version is the same; each step within minutes, on S3 and on a folder."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        data = DataOptions(folder / "data")
        with serving(data) as served:
            begun = time.perf_counter()
            before = fill(served, WHOLE)
            _say(
                f"filled over the wire in {time.perf_counter() - begun:.0f} s: {len(before.pulls)} addresses"
            )
            places = {"a folder": (folder / "backup").as_uri(), "S3": stack.enter_context(_s3())}
            goals = [_backed_up(name, data, url) for name, url in places.items()]
        shutil.rmtree(data.folder)
        for name, url in places.items():
            anew = DataOptions(folder / f"made of {name}")
            words = ("backup", "restore", url, "--data", str(anew.folder))
            goals.append(tell(f"restore from {name}", _seconds(lambda words=words: _run(*words)), RESTORE))
            with serving(anew) as after:
                assert seen(after, before.tokens) == before, (
                    f"a registry made of {name} answers something else"
                )
            _say(
                f"restore from {name}: {len(before.pulls)} pulls byte for byte as before, same indexes and plans"
            )
    return all(goals)


def _backed_up(name: str, data: DataOptions, url: str) -> bool:
    words = ("registry", "backup", "--data", str(data.folder), "--to", url)
    first = tell(f"backup to {name}", _seconds(lambda: _run(*words)), BACKUP)
    _say(f"{sum(1 for _ in open_bucket(url).list(''))} objects")
    second = tell(f"backup to {name}, nothing new", _seconds(lambda: _run(*words)), NOTHING_NEW)
    _run(*words, "--verify")
    return first and second


def _run(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "atlas", *words], check=True, stdout=subprocess.DEVNULL)


def _say(line: str) -> None:
    sys.stdout.write(f"    {line}\n")
    sys.stdout.flush()


def _seconds(action: Callable[[], None]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


@contextmanager
def _s3() -> Iterator[str]:
    """An empty bucket of moto, and the environment that leads there."""
    with moto() as store:
        os.environ |= {
            "AWS_ENDPOINT_URL": store.url,
            "AWS_ACCESS_KEY_ID": KEY_ID,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        httpx.put(f"{store.url}/whole", headers=ANYBODY).raise_for_status()
        yield "s3://whole/registry?region=eu-central-1"


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
