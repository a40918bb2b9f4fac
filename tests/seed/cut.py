"""Cuts the code blocks out of seed.txt, the page that says what a registry is for.

The page is kept as plain text, without fences and without indentation, so a block is known by its first and
its last line. ``python tests/seed/cut.py`` writes blocks/ anew; test_cut.py compares it byte for byte.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

SEED = Path(__file__).parent / "seed.txt"
BLOCKS = Path(__file__).parent / "blocks"


class Marker(NamedTuple):
    """A block in page order. It ends with ``last`` and the repeats that follow it at once (closing braces)."""

    name: str
    first: str
    last: str


MARKERS = (
    Marker("schema-push.sh", "atlas schema push myapp \\", "--env local"),
    Marker("schema-push.txt", *["https://example.atlasgo.cloud/schemas/141733920769"] * 2),
    Marker("schema-repo.hcl", 'env "local" {', "}"),
    Marker("migrate-push.sh", "atlas migrate push myapp \\", "--env local"),
    Marker("migrate-push.txt", *["https://example.atlasgo.cloud/dirs/4294967370"] * 2),
    Marker("migration-repo.hcl", 'env "local" {', "}"),
    Marker("schema-backup.hcl", 'env "local" {', "}"),
    Marker("migration-backup.hcl", 'env "local" {', "}"),
    Marker("backup-urls.hcl", 'env "prod" {', "}"),
    Marker(
        "apply-by-version.sh",
        "# Reference by version",
        '--url "postgres://postgres:pass@:5432/example?search_path=public&sslmode=disable"',
    ),
    Marker(
        "apply-by-tag.sh",
        "# Reference by tag",
        '--url "postgres://postgres:pass@:5432/example?search_path=public&sslmode=disable"',
    ),
    Marker(
        "atlasmigration.yaml",
        "apiVersion: db.atlasgo.io/v1alpha1",
        'tag: "39e7e4e35fce7409bd26d25d8140061695d4ffd5" # See below on how to obtain this value for your project.',
    ),
    Marker("atlas-migration.tf", 'resource "atlas_migration" "myapp" {', "}"),
    Marker(
        "repo-create.sh",
        *["atlas cloud repo create --type migration_directory --name myapp --driver postgres"] * 2,
    ),
    Marker("repo-create.txt", "Slug               myapp", "Databases Pending 0"),
    Marker("repo-list.sh", *["atlas cloud repo list"] * 2),
    Marker(
        "repo-list.txt",
        "                                ────── DATABASES ──────",
        "Page: 1 Page Size: 6 Total: 18",
    ),
    Marker("repo-describe.sh", *["atlas cloud repo describe --slug payments"] * 2),
    Marker("repo-describe.txt", "Slug               payments", "Databases Pending 1"),
)


def spans(lines: list[str]) -> dict[str, range]:
    """Where each block stands; names carry their number in page order. ValueError: a marker is not on the page."""
    found: dict[str, range] = {}
    cursor = 0
    for number, marker in enumerate(MARKERS, 1):
        first = lines.index(marker.first, cursor)
        cursor = lines.index(marker.last, first) + 1
        while cursor < len(lines) and lines[cursor] == marker.last:
            cursor += 1
        found[f"{number:02}-{marker.name}"] = range(first, cursor)
    return found


def cut(text: str) -> dict[str, bytes]:
    """File name to content, each line ended as in the page."""
    lines = text.split("\n")
    return {name: "".join(f"{lines[at]}\n" for at in span).encode() for name, span in spans(lines).items()}


def main() -> None:
    BLOCKS.mkdir(exist_ok=True)
    for stale in BLOCKS.iterdir():
        stale.unlink()
    for name, content in cut(SEED.read_text(encoding="utf-8")).items():
        (BLOCKS / name).write_bytes(content)


if __name__ == "__main__":
    main()
