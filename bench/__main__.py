"""``make bench``: every benchmark in turn; the exit code says whether all goals were met."""

from __future__ import annotations

import sys

from bench import (
    apply_files,
    backups,
    hcl_schema,
    operator_memory,
    operator_throughput,
    project_startup,
    registry_lists,
    schema_size,
    startup,
)


def main() -> bool:
    """Run all of them, also after one that missed its goal."""
    return all(
        [
            startup.main(),
            project_startup.main(),
            hcl_schema.main(),
            schema_size.main(),
            apply_files.main(),
            operator_throughput.main(),
            operator_memory.main(),
            registry_lists.main(),
            backups.main(),
        ]
    )


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
