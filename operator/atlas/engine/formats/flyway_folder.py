"""What else may lie in a folder of Flyway: callbacks, programs, and settings of single files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atlas.engine.formats.folder import refused
from atlas.record import dataclass

if TYPE_CHECKING:
    from atlas.engine.formats.folder import ToolFolder

_PROGRAM: Final = re.compile(r"[VBR]\d*.*__.*\.(?:java|class|kt|groovy|py|sh|bash|bat|cmd|ps1)")
_UPPER_CASE: Final = re.compile(r"[VBR].*\.(?!sql$)[sS][qQ][lL]")
_CALLBACK: Final = re.compile(
    r"(?:(?:before|after)[A-Z]\w*?|createSchema)(?:__.*)?\.(?:sql|java|class|py|sh|ps1|cmd|bat)"
)
_SETTINGS: Final = {
    "executeintransaction": ("true", "false"),
    "placeholderreplacement": ("true", "false"),
    "encoding": ("utf-8", "utf8"),
    "shouldexecute": ("true",),
}


@dataclass(frozen=True, slots=True)
class FileSettings:
    """``V1__name.sql.conf`` beside a file."""

    in_transaction: bool = True
    replaces_placeholders: bool = True


def check_folder(folder: ToolFolder) -> None:
    """Raise Unsupported for what Flyway would run and we cannot."""
    for path in sorted((*folder.contents, *folder.others)):
        name = path.rpartition("/")[2]
        if any(part.startswith(".") for part in path.split("/")):
            continue
        if _CALLBACK.fullmatch(name):
            raise refused(path, 0, "a callback", "run it by hand, or write it into the files that need it")
        if _PROGRAM.fullmatch(name):
            raise refused(path, 0, "a migration that is a program", "write what it does as SQL")
        if _UPPER_CASE.fullmatch(name):
            raise refused(path, 0, "another suffix than .sql", "rename the file")


def settings_of(folder: ToolFolder, path: str) -> FileSettings:
    """The settings of one file.

    Raises:
        Unsupported: one of them is not known, or has a value that we cannot follow.
    """
    name = f"{path}.conf"
    if name not in folder.contents:
        return FileSettings()
    said: dict[str, str] = {}
    for number, line in enumerate(folder.text(name).splitlines(), 1):
        text = line.strip()
        if not text or text.startswith(("#", "!")):
            continue
        key, _, value = (part.strip() for part in text.partition("="))
        if value.lower() not in _SETTINGS.get(key.lower().removeprefix("flyway."), ()):
            raise refused(
                name,
                number,
                f'the setting "{text}"',
                "take it out, or change the file so that it is not needed",
            )
        said[key.lower().removeprefix("flyway.")] = value.lower()
    return FileSettings(
        in_transaction=said.get("executeintransaction") != "false",
        replaces_placeholders=said.get("placeholderreplacement") != "false",
    )
