"""The package where the chart puts it: a root that is read-only, a user that owns nothing, and only /tmp to write to.

No image is built here, which would take minutes and a network: the interpreter, the libraries and the package of this
checkout are mounted into a root of their own. What `Dockerfile` copies is held against the package by the last tests.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
USER = 65532
SYSTEM = ("/usr", "/bin", "/lib", "/lib64", "/etc", "/dev", "/proc")
DOCKERFILE = (ROOT / "Dockerfile").read_text()
MANIFEST = """\
apiVersion: db.atlasgo.io/v1alpha1
kind: AtlasMigration
metadata: {name: shop}
spec: {url: "sqlite:///tmp/app.db", dir: {local: {1_a.sql: "CREATE TABLE a (id integer);"}}}
"""


def mounted(root: Path) -> list[str]:
    """Commands that make the root of the process, to be run in a mount namespace of its own."""
    commands = [f"mount -t tmpfs -o mode=755 root {root}"]
    bound = [(Path(path), path) for path in SYSTEM]
    prefix = Path(sys.base_prefix)
    if not prefix.is_relative_to("/usr"):
        bound.append((prefix, str(prefix)))
    bound += [(ROOT / "operator", "/opt/operator"), (Path(sysconfig.get_path("purelib")), "/opt/packages")]
    for source, inside in bound:
        here = f"{root}{inside}"
        if source.is_symlink():
            commands.append(f"ln -s {source.readlink()} {here}")
        elif source.exists():
            commands += [f"mkdir -p {here}", f"mount --rbind {source} {here}"]
            commands += [] if inside in ("/dev", "/proc") else [f"mount -o remount,ro,bind {here}"]
    return [
        *commands,
        f"mkdir {root}/tmp",
        f"mount -t tmpfs -o mode=1777 tmp {root}/tmp",
        f"mount -o remount,ro {root}",
    ]


@pytest.fixture
def run(tmp_path: Path):
    """Run a script as the image would; `atlas` is its entry point."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a root for somebody else")
    root = tmp_path / "root"
    root.mkdir()
    python = os.path.realpath(sys.executable)
    atlas = f'python={shlex.quote(python)}\natlas() {{ "$python" -B -m atlas "$@"; }}\n'
    environ = "PYTHONPATH=/opt/operator:/opt/packages HOME=/tmp PATH=/usr/local/bin:/usr/bin:/bin"

    def ran(script: str) -> subprocess.CompletedProcess[str]:
        inside = f"env -i {environ} sh -euc {shlex.quote('cd /tmp; ' + atlas + script)}"
        enter = f"exec chroot --userspec={USER}:{USER} --groups= {root} {inside}"
        return subprocess.run(
            [
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "sh",
                "-euc",
                "\n".join([*mounted(root), enter]),
            ],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return ran


def test_nothing_can_be_written_but_below_tmp(run) -> None:
    done = run(
        "id -u; ! touch /etc/x 2>&1; ! touch /opt/operator/atlas/x 2>&1; ! touch /x 2>&1; touch /tmp/x"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[0] == str(USER)
    assert done.stdout.count("Read-only file system") == 3


def test_the_commands_of_a_directory_work(run) -> None:
    done = run(
        "atlas version\n"
        "atlas migrate new a --dir file://m\n"
        "echo 'CREATE TABLE a (id integer);' >> m/*_a.sql\n"
        "atlas migrate hash --dir file://m\n"
        "atlas migrate apply --dir file://m --url sqlite://app.db\n"
        "atlas schema inspect --url sqlite://app.db\n"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert 'table "a"' in done.stdout


def test_the_operator_works(run) -> None:
    done = run(
        f"mkdir manifests\nprintf %s {shlex.quote(MANIFEST)} > manifests/shop.yaml\n"
        "atlas operator run --standalone manifests --once --allow-path /tmp\n"
        "atlas schema inspect --url sqlite:///tmp/app.db\n"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert 'table "a"' in done.stdout


def test_the_registry_works_on_the_folder_of_its_volume(run) -> None:
    done = run(
        "ATLAS_TOKEN=$(atlas registry token create --data data)\n"
        "export ATLAS_TOKEN\n"
        '"$python" -B -m atlas registry serve --data data --listen 127.0.0.1:0 > said 2>&1 &\n'
        "trap 'kill $!' EXIT\n"  # whatever fails, it does not stay
        "for _ in $(seq 600); do grep -q listens said && break; sleep 0.1; done\n"
        "export ATLAS_CLOUD_URL=$(sed 's/.* on //' said)\n"
        "mkdir m; echo 'CREATE TABLE a (id integer);' > m/1_a.sql; atlas migrate hash --dir file://m\n"
        "atlas migrate push shop:v1 --dir file://m --dev-url 'sqlite://dev?mode=memory' > /dev/null\n"
        "atlas cloud repo list\n"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "shop" in done.stdout


def test_the_image_runs_as_a_user_that_owns_nothing_and_its_command_is_atlas() -> None:
    assert re.search(rf"^USER {USER}:{USER}$", DOCKERFILE, re.MULTILINE)
    assert 'ENTRYPOINT ["atlas"]' in DOCKERFILE
    assert DOCKERFILE.count("FROM ${BASE}") == 2
    assert "--require-hashes" in DOCKERFILE


def test_the_builder_is_sent_what_the_dockerfile_copies_and_nothing_else() -> None:
    copied = {
        name
        for line in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)
        for name in line.split()
    }
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert sent == copied
    assert [name for name in copied if not (ROOT / name).exists()] == []
