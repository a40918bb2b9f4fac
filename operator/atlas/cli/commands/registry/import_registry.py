"""``atlas registry import``: copy what another registry has into the data of this one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from atlas.cli.commands.registry.door import Tally, add_data_flags, data_of, registry_door, repositories
from atlas.cli.commands.registry.import_lines import LEFT_THERE, AskedTally, absent_text, cleaner
from atlas.errors import AtlasError, Unavailable, UsageError
from atlas.wire.contract import DIRECTORY, SCHEMA, RepositoryType, driver_name

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


EXIT_ABSENT = 4
_VARIABLE = "ATLAS_IMPORT_TOKEN"  # $ATLAS_TOKEN is for the address of $ATLAS_CLOUD_URL and for no other
_TYPES: dict[str, tuple[RepositoryType, ...]] = {
    "": (DIRECTORY, SCHEMA),
    "directory": (DIRECTORY,),
    "migration_directory": (DIRECTORY,),
    "m": (DIRECTORY,),
    "schema": (SCHEMA,),
    "s": (SCHEMA,),
}


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas registry import --data ./registry --from https://registry.example --token aci_…",
        "all that the token may read; again later, what came since",
    )
    parser.example(
        "atlas registry import --data ./registry --from https://other.example/query --tag v1 --tag v2",
        "from a registry that does not tell its history: of each repository the latest and two tags",
    )
    parser.example(
        "atlas registry import --data ./registry --from https://other.example/query --project shop "
        "--repo app:v1 --type directory --driver postgres",
        "from one that does not even list its repositories",
    )
    add_data_flags(parser)
    parser.flag("--from", text="address of the other registry, as https://registry.example", required=True)
    parser.flag("--token", text=f"a token of the other registry (default: ${_VARIABLE})")
    parser.flag("--project", text="project of this registry to import into (default: that of the token)")
    with parser.section("Choosing"):
        parser.repeated("--repo", text="only this repository, as NAME or NAME:TAG")
        parser.flag("--type", text="only repositories that are a directory (m) or a schema (s)")
    with parser.section("A registry that does not tell its history"):
        parser.repeated("--tag", text="ask every repository for this tag, too")
        parser.flag("--driver", text="of repositories whose driver it does not say: postgres, mysql, …")
        parser.switch(
            "--move-tags", text="tags that mean another version here follow (default: to new content only)"
        )


def run(arguments: Namespace, context: Context) -> int:
    """Copy what can be had, each content proved; what is there already stays.

    Returns 4 where something that was named is not there, and everything else came over.
    """
    source, chosen = _source(arguments, context), _chosen(arguments)
    data = data_of(arguments)
    clean = cleaner(source["token"])
    out = _cleaned(context.out, clean)
    whole, asked = Tally(out), AskedTally(out, moves_tags=arguments.move_tags)
    try:
        count, absent, outage = registry_door().import_registry(data, source, chosen, whole.add, asked.add)
    except AtlasError as error:
        error.args = (clean(str(error)),)
        raise
    news = asked.text() if asked.is_used else f"{whole.total()}; {whole.news()}"
    out(f"the registry at {source['url']}: {news}. This registry has {repositories(count)} now.")
    if asked.is_used:
        out(LEFT_THERE)
    if absent:
        out(f"Not found there: {absent_text(absent)}")
    if outage:
        raise Unavailable(f"{clean(outage)}: run the import again to go on")
    if whole.failures or asked.failures:
        raise Unavailable("not everything could be imported: the lines above say what stands in the way")
    if absent:
        context.err("Error: not all that was named is there; everything else came over")
        return EXIT_ABSENT
    return 0


def _source(arguments: Namespace, context: Context) -> dict[str, str]:
    url = getattr(arguments, "from")
    if not url:
        raise UsageError(
            'required flag(s) "from" not set: expected the address of a registry, as https://host'
        )
    token = arguments.token or context.environ.get(_VARIABLE, "")
    if not token:
        raise UsageError(f'required flag(s) "token" not set: give --token, or set {_VARIABLE}')
    return {"url": url, "token": token, "project": arguments.project}


def _chosen(arguments: Namespace) -> dict[str, Any]:
    """The fields of a choice as the door takes them."""
    types = _TYPES.get(arguments.type)
    if types is None:
        raise UsageError(f'invalid --type "{arguments.type}": expected directory or schema')
    named: dict[str, tuple[str, ...]] = {}
    for word in arguments.repo:
        name, _, tag = word.partition(":")
        if not name:
            raise UsageError(f'invalid --repo "{word}": expected NAME or NAME:TAG')
        named[name] = (*named.get(name, ()), *filter(None, [tag]))
    return {
        "repositories": named,
        "tags": tuple(arguments.tag),
        "types": types,
        "driver": driver_name(arguments.driver),
        "moves_tags": arguments.move_tags,
    }


def _cleaned(out: Callable[[str], None], clean: Callable[[str], str]) -> Callable[[str], None]:
    return lambda line: out(clean(line))
