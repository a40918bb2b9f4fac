"""Project files of a shop that is backed up: an ``env`` whose directory and schema are pushed to, and read from, a list of places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

IN_PROJECT_SHOP = 'atlas {\n  cloud {\n    project = "shop"\n  }\n}\n'
SOURCES = {"schema": ("src", "file://schema.sql"), "migration": ("dir", "file://migrations")}


def backed_env(
    name: str,
    backups: Iterable[str],
    *,
    urls: Mapping[str, str] | None = None,
    sources: Mapping[str, str] | None = None,
) -> str:
    """An ``env`` of the repositories ``shop``; ``urls`` are attributes of it, ``sources`` what its blocks read instead of files."""
    listed = ", ".join(f'"{url}"' for url in backups)
    repo = f'    repo {{\n      name   = "shop"\n      backup = [{listed}]\n    }}\n'
    lines = [f'  {attribute} = "{url}"\n' for attribute, url in (urls or {}).items()]
    for block, (attribute, files) in SOURCES.items():
        source = (sources or {}).get(block, files)
        lines.append(f'  {block} {{\n    {attribute} = "{source}"\n{repo}  }}\n')
    return f'env "{name}" {{\n{"".join(lines)}}}\n'
