"""What another registry has, brought into the content store of this one: whole where it tells its history, else by asking.

Nothing is printed: each repository is told when it is done, and what was named and is not there is returned.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from atlas.engine.backups import Came, Copied, Wanted, bring_by_asking
from atlas.errors import AtlasError, NotFound, Rejected, SpecError, Unauthorized, Unavailable
from atlas.server.import_choice import TYPES, Absent
from atlas.wire.contract import DIRECTORY, is_driver
from atlas.wire.foreign import one_line
from atlas.wire.layout import RepositoryKey
from atlas.wire.reference import checked_slug, is_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from atlas.client.any_make import Listed, Listing, RegistryOfAnyMake
    from atlas.client.repos import RepositorySummary
    from atlas.client.transport import Transport
    from atlas.engine.backups import Pace, Target
    from atlas.server.import_choice import Choice
    from atlas.server.run import DataOptions
    from atlas.wire.contract import RegistryAddress


@dataclass(frozen=True, slots=True)
class Told:
    """Whom to tell of each repository: one that was copied whole, or one that was asked for."""

    copied: Callable[[Copied], object]
    came: Callable[[Came], object]


class Outage(Unavailable):
    """The other registry went away, or lets nobody in any more, before all was asked for."""


def bring_registry(
    address: RegistryAddress, options: DataOptions, project: str, choice: Choice, told: Told
) -> tuple[str, ...]:
    """Bring what is meant of the registry at ``address`` into the data of this one; ``project`` '' is that of the token there.

    Returns what was named and is not there, as ``Absent`` names it.

    Raises:
        SpecError: Nobody says which project or which repositories are meant.
        Outage: The other registry went away meanwhile; what came before that is here.
    """
    from atlas.client.any_make import RegistryOfAnyMake, tells_history
    from atlas.client.repos import all_repositories
    from atlas.server.run import prepare_content
    from atlas.wiring import Effort, open_backup, registry_as_backup, system_pace
    from atlas.wiring.effort import connected

    with connected(address, Effort.FULL) as transport:
        project = project_of(transport, project)
        here = open_backup(options.content_url, project)
        try:
            if not tells_history(transport):
                other = RegistryOfAnyMake(transport)
                groups = list(_groups(other.listed(), project, choice))
                prepare_content(options)
                return bring_asked((other, here, system_pace()), groups, choice, told.came)
            listed = all_repositories(transport)
            prepare_content(options)
            with registry_as_backup(address, project) as there:
                return bring_whole((there, here, system_pace()), listed, choice, told.copied)
        finally:
            here.content.close()


def project_of(transport: Transport, wanted: str) -> str:
    """The project to import into: ``wanted``, else the one that the other registry calls the token's.

    Asks in any case, so a wrong token or address is told before anything is made. Raises ``SpecError`` where that registry
    names none that can be one here.
    """
    from atlas.client.auth import whoami

    try:
        found = whoami(transport).org
    except (Rejected, NotFound) as error:
        if error.is_foreign:
            url = transport.address.url
            raise SpecError(
                f"{url} is no registry ({str(error).removeprefix(f'{url} ')}): expected the address that clients use, as "
                "https://host/query"
            ) from error
        found = ""
    if not wanted and not found:
        raise SpecError(
            f"{transport.address.url} does not say whose token this is: name the project here by --project"
        )
    try:
        return checked_slug(wanted or found)
    except SpecError as error:
        raise SpecError(f"no name for a project: {error}; give one by --project") from error


def bring_whole(
    way: tuple[Target, Target, Pace],
    listed: Iterable[RepositorySummary],
    choice: Choice,
    tell: Callable[[Copied], object],
) -> tuple[str, ...]:
    """Copy histories as they are; ``way`` is from where, to where, and how. Returns what was named and is not there."""
    from atlas.engine.backups import index_of
    from atlas.server.store.backing_up import bring_content

    source, target, pace = way
    absent, keys = Absent(choice), []
    for each in listed:
        key = RepositoryKey(source.project, each.type, each.slug)
        if not choice.means(each.type, each.slug):
            continue
        try:
            checked_slug(each.slug)
        except SpecError as error:
            tell(Copied(key, error=str(error)))
            continue
        keys.append(key)
    for copied in bring_content(source, target, pace, sorted(keys)):
        tell(copied)
        if copied.error:
            absent.note_error(copied.repository.slug)
        else:
            absent.note(copied.repository.slug, index_of(target, copied.repository).tags)
    return tuple(absent.names())


def bring_asked(
    way: tuple[RegistryOfAnyMake, Target, Pace],
    groups: Sequence[Iterable[Wanted | Came]],
    choice: Choice,
    tell: Callable[[Came], object],
) -> tuple[str, ...]:
    """Ask for the latest and the tags of each repository; ``groups`` are what has one name.

    Returns what was named and is not there. Raises ``Outage`` where the other registry went away meanwhile.
    """
    source, target, pace = way
    absent = Absent(choice)
    for done, group in enumerate(groups):
        came = _of_group(source, target, group, pace)
        for one in came:
            tell(one)
            if one.error:
                absent.note_error(one.repository.slug)
            elif one.tags:
                absent.note(one.repository.slug, one.tags)
        if any(one.error for one in came):
            _go_on(source, left=len(groups) - done - 1)
    return tuple(absent.names())


def _groups(listing: Listing | None, project: str, choice: Choice) -> Iterator[tuple[Wanted | Came, ...]]:
    """What belongs to one name: one repository that is listed, or one of each type where nobody says which it is."""
    listed = listing.entries if listing else ()
    if not choice.repositories:
        if listing is None:
            raise SpecError(
                "the registry does not list its repositories: name them, as --repo NAME or --repo NAME:TAG, and say what "
                "they are by --type directory or --type schema, and their driver by --driver"
            )
        chosen = [each for each in listed if each.type in choice.types or each.type not in TYPES]
        yield from ((_listed(each, project, choice),) for each in chosen)
        return
    for slug in choice.repositories:
        found = [each for each in listed if each.slug == slug and each.type in choice.types]
        known = {each.type for each in found}
        if listing and listing.has_schemas and found:
            yield tuple(_listed(each, project, choice) for each in found)
            continue
        unlisted = [type_ for type_ in choice.types if type_ not in known]
        yield (
            *(_listed(each, project, choice) for each in found),
            *(_wanted(RepositoryKey(project, type_, slug), choice, "", "") for type_ in unlisted),
        )


def _listed(each: Listed, project: str, choice: Choice) -> Wanted | Came:
    type_ = next((known for known in TYPES if known == each.type), None)
    key = RepositoryKey(project, type_ or DIRECTORY, each.slug)
    if type_ is None:
        return Came(key, error=f'it is of type "{one_line(each.type)}", which this registry does not keep')
    return _wanted(key, choice, each.title, each.driver)


def _wanted(key: RepositoryKey, choice: Choice, title: str, driver: str) -> Wanted | Came:
    driver = driver or choice.driver
    try:
        checked_slug(key.slug)
    except SpecError as error:
        return Came(key, error=str(error))
    if driver and not is_driver(driver):
        return Came(key, error=f'its driver is "{one_line(driver)}", which this registry does not know')
    title = title if is_title(title) else ""
    return Wanted(key, choice.tags_of(key.slug), title, driver, moves_tags=choice.moves_tags)


def _of_group(
    source: RegistryOfAnyMake, target: Target, group: Iterable[Wanted | Came], pace: Pace
) -> list[Came]:
    """What became of all that has one name. Where nobody said which type it is of, the one that it is not is no news."""
    came: list[Came] = []
    refused: list[Came] = []
    for wanted in group:
        if isinstance(wanted, Came):
            came.append(wanted)
            continue
        try:
            came.append(bring_by_asking(source, target, wanted, pace, lambda: datetime.now(UTC)))
        except Rejected as error:  # it serves no such thing
            refused.append(Came(wanted.key, error=str(error)))
        except AtlasError as error:
            came.append(Came(wanted.key, error=str(error)))
    there = [one for one in came if one.tags or one.error]
    return there or refused or came[:1]


def _go_on(source: RegistryOfAnyMake, *, left: int) -> None:
    """What is wrong with one repository leaves the others; an outage ends the run."""
    try:
        source.check()
    except (Unavailable, Unauthorized) as error:
        raise Outage(f"{error}: {left} more were not asked for") from error
    except (Rejected, NotFound):  # it answers, and does not know who asks
        return
