"""``env://name``: a URL that the env block of atlas.hcl gives, in ``--url``, ``--to`` and ``--from``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.errors import SpecError, UsageError

if TYPE_CHECKING:
    from atlas.project import Env

SCHEME = "env"
_NAME = re.compile(r"[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*")


def expanded(url: str, env: Env | None, env_name: str) -> tuple[str, ...]:
    """The URLs that a URL stands for: itself, unless its scheme is ``env``.

    Raises:
        UsageError: A URL without a scheme, or ``env://`` without ``--env``.
        SpecError: The env does not have what is named, or has another ``env://`` URL there.
    """
    scheme, mark, name = url.partition("://")
    if not mark:
        # A database URL without its scheme has its password all the same.
        shown = f"xxxxx@{url.rpartition('@')[2]}" if "@" in url else url
        raise UsageError(
            f'missing scheme in "{shown}". Did you mean "file://{shown}"? A database is written as sqlite://app.db'
        )
    if scheme != SCHEME:
        return (url,)
    if not _NAME.fullmatch(name):
        raise SpecError(f'invalid env:// variable "{url}": expected the name of an attribute, as env://url')
    if env is None:
        raise UsageError(f"{url} needs an env of atlas.hcl: give --env")
    values = _values_of(env, name)
    if values is None:
        raise SpecError(f"{url} (attribute) not found in env.{env_name}")
    if not values or not all(values):
        raise SpecError(f'{url}: no {name} attribute defined in env "{env_name}"')
    for value in values:
        if value.startswith(f"{SCHEME}://"):
            raise SpecError(
                f'invalid env:// variable "{value}": {url} is another env:// URL, expected the URL itself'
            )
    return tuple(value if "://" in value else f"file://{value}" for value in values)


def _with_format(url: str, tool: str) -> str:
    if not url or not tool or "format=" in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}format={tool}"


def _values_of(env: Env, name: str) -> tuple[str, ...] | None:
    known = {
        "url": (env.url,),
        "dev": (env.dev,),
        "src": env.src,
        "schema.src": env.schema.src or env.src,
        "migration.dir": (_with_format(env.migration.dir, env.migration.format),),
        "schema.repo": (f"atlas://{env.schema.repo_name}",) if env.schema.repo_name else (),
        "migration.repo": (f"atlas://{env.migration.repo_name}",) if env.migration.repo_name else (),
    }
    if name in known:
        return known[name]
    value = env.attributes.get(name)
    if isinstance(value, str):
        return (value,)
    return tuple(map(str, value)) if isinstance(value, list | tuple) else None
