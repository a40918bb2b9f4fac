"""Desired states of a command: what ``--to``, ``--from`` and ``--url`` name, within which scope, tried out where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atlas.cli.project.env_urls import expanded
from atlas.errors import Unsupported, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Mapping

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.backups import Fallback
    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.desired_state import DesiredState, Normalized
    from atlas.engine.ports import Database
    from atlas.engine.scope import Scope
    from atlas.project import Project
    from atlas.wiring import OpenedDev

NO_DATABASES = frozenset({"file", "atlas", "mem"})
"""Schemes of states that are tried out in a dev database; any other is a database itself."""
_HOW_WITHOUT_DOCKER = (
    "this version starts no containers: start the database yourself, and give its URL, as "
    "--dev-url 'postgres://postgres:pass@localhost:5432/dev'"
)


def add_scope_flags(parser: Parser) -> None:
    """``--schema``, ``--exclude`` and ``--include``."""
    parser.repeated("-s", "--schema", text="only these schemas of a URL that names none")
    parser.repeated("--exclude", text="leave out what matches schema.table.child, as 'public.audit_*'")
    parser.repeated("--include", text="keep only what matches schema.table.child")


def add_dev_flag(parser: Parser) -> None:
    """``--dev-url``."""
    parser.flag(
        "--dev-url",
        text="an empty database in which desired states are tried out (SQLite needs none)",
    )


def scope_of(arguments: Namespace, bound: str) -> Scope:
    """The scope of a command, of URLs that are bound to ``bound`` ('' for none).

    Raises:
        UsageError: A list that cannot be read.
    """
    from atlas.cli.flags.lists import values_of
    from atlas.engine.scope import Scope

    return Scope(
        bound=bound,
        schemas=values_of(arguments.schema, "--schema"),
        exclude=values_of(arguments.exclude, "--exclude"),
        include=values_of(arguments.include, "--include"),
    )


@dataclass(frozen=True, slots=True)
class States:
    """Reads the states that a command names; ``served`` are the backups that answered for a registry so far."""

    arguments: Namespace
    context: Context
    project: Project | None
    served: list[Fallback] = field(default_factory=list, compare=False)

    @property
    def provenance(self) -> dict[str, object]:
        """``Source`` and ``SourceTime`` of documents: the backups that answered, and when the oldest of it was pushed."""
        if not self.served:
            return {}
        sources = dict.fromkeys(each.source for each in self.served)
        return {
            "Source": ", ".join(sources),
            "SourceTime": min(each.created_at for each in self.served),
        }

    def urls(self, words: Iterable[str]) -> tuple[str, ...]:
        """The URLs of a flag, ``env://`` replaced by what atlas.hcl says.

        Raises:
            UsageError: A URL without a scheme.
            SpecError: ``env://`` names what the env does not have.
        """
        from atlas.cli.flags.lists import urls_of

        env = self.project.env if self.project else None
        return tuple(url for word in urls_of(words) for url in expanded(word, env, self.arguments.env))

    def read(self, urls: tuple[str, ...], scope: Scope) -> DesiredState:
        """The state of URLs that ``urls`` gave."""
        from atlas.cli.registry.reads import pulled_state
        from atlas.cli.urls.state_urls import read_desired_state

        variables = self._variables()

        def pulled(url: str) -> DesiredState:
            state, fallback = pulled_state(url, variables, self.context, self.project)
            if fallback:
                self.served.append(fallback)
            return state

        return read_desired_state(
            urls,
            scope=scope,
            variables=variables,
            pulled=pulled,
            memory=self.project.memory if self.project else None,
        )

    def normalized(
        self, state: DesiredState, scope: Scope, dialect: str, target: Database | None = None
    ) -> Normalized:
        """The state as a server of ``dialect`` reads it; warnings of its text go to stderr.

        Raises:
            SpecError: The dev database is ``target``.
            UsageError: A dev database is needed and there is none, or it is of another kind.
        """
        from atlas.engine.desired_state import RealmState, normalize
        from atlas.wiring import DEFAULT_DEV_URLS, open_dev, refuse_target, schema_driver

        driver = schema_driver(dialect)
        url = self.arguments.dev_url or DEFAULT_DEV_URLS.get(dialect, "")
        if isinstance(state, RealmState) or not url:
            return normalize(state, driver=driver, dev=None, scope=scope, dialect=dialect)
        with open_dev(parse_dev_url(url)) as opened:
            _check_dialect(opened, dialect)
            if target is not None:
                refuse_target(opened.database, target)
            found = normalize(state, driver=driver, dev=opened.dev, scope=scope, dialect=dialect)
        for warning in found.warnings:
            self.context.err(f"Warning: {warning}")
        return found

    def refuse_dev_among(self, urls: Iterable[str]) -> None:
        """Refuse a dev database that is one of the databases of ``urls``, by whatever name.

        Raises:
            SpecError: It is.
            TargetError: One of them cannot be reached.
        """
        from atlas.engine.database_url import parse_database_url
        from atlas.wiring import open_dev, open_target, refuse_target

        databases = [parse_database_url(url) for url in urls if url.partition("://")[0] not in NO_DATABASES]
        shared = [url for url in databases if url.driver != "sqlite"]  # its rooms are in memory
        if not shared or not self.arguments.dev_url:
            return
        with open_dev(parse_dev_url(self.arguments.dev_url)) as opened:
            for url in shared:
                target = open_target(url)
                try:
                    if target.dialect.name == opened.dialect:
                        refuse_target(opened.database, target)
                finally:
                    target.session.close()

    def _variables(self) -> Mapping[str, str | list[str]]:
        """Variables of HCL schemas: those of ``--var``, then the attributes of the env that Atlas does not know."""
        from atlas.cli.project.variables import variables_of
        from atlas.hcl.values import is_number, to_text

        values = dict(variables_of(self.arguments.var))
        attributes = self.project.env.attributes if self.project and self.project.env else {}
        for name, value in attributes.items():
            if isinstance(value, list | tuple):
                values[name] = [to_text(item) for item in value]
            elif isinstance(value, str | bool) or is_number(value):
                values[name] = to_text(value)
        return values


def parse_dev_url(text: str) -> DatabaseURL:
    """The URL of a dev database.

    Raises:
        Unsupported: ``docker://``, with what to do instead.
    """
    from atlas.engine.database_url import parse_database_url

    scheme = text.partition("://")[0]
    if scheme == "docker" or scheme.startswith("docker+"):
        raise Unsupported(f"--dev-url {scheme}://: {_HOW_WITHOUT_DOCKER}")
    return parse_database_url(text)


def _check_dialect(opened: OpenedDev, dialect: str) -> None:
    if opened.dialect != dialect:
        raise UsageError(
            f"--dev-url is a database of kind {opened.dialect}, the states are of kind {dialect}: expected a dev "
            "database of the same kind"
        )
