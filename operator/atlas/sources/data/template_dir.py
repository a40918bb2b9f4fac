"""``template_dir``: a migration directory whose files are Go templates, rendered with the variables of the block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from atlas.errors import AtlasError, SpecError
from atlas.project.data import MadeDirectory
from atlas.sources.data.calls import check_names, required
from atlas.sources.directory_change import CHANGE_NAME

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.project.data import SourceCall


@dataclass(frozen=True, slots=True)
class TemplateDirs:
    """Paths are relative to ``folder``."""

    folder: Path

    def template_dir(self, call: SourceCall) -> object:
        """The URL of the rendered directory.

        All files below ``path`` are templates of one set; the ``*.sql`` at its top are the migration files.
        """
        from atlas.gotemplate.template_set import TemplateSet

        check_names(call, "path", "vars")
        word = required(call, "path")
        path = self.folder / word.removeprefix("file://")
        if not path.is_dir():
            raise SpecError(f'path "{word}" is not a directory: expected one of migration files')
        if (path / CHANGE_NAME).exists():
            raise SpecError(
                f'a command that changed the files of "{word}" was killed: run '
                f"'atlas migrate hash --dir file://{path}', which finishes the change"
            )
        data = _variables(call.block.value("vars"))
        found = sorted(file for file in path.rglob("*") if file.is_file())
        templates = TemplateSet((file.name, _text(file)) for file in found)
        names = [file.name for file in found if file.parent == path and file.suffix == ".sql"]
        try:
            files = tuple((name, _bytes(templates.render(name, data))) for name in names)
        except AtlasError as error:
            if "map has no entry" in str(error):
                error.args = (f"{error}: set it in vars of the block",)
            raise
        return {"url": call.memory.keep(MadeDirectory(files, str(path)), f"{call.type}/{call.name}")}


def _variables(value: object) -> Mapping[str, object]:
    from atlas.gotemplate.template_set import StrictMap

    if value is None:
        return StrictMap()
    if not isinstance(value, Mapping):
        raise SpecError('"vars" is no object: expected vars = { name = value }')
    return StrictMap({name: _variable(name, item) for name, item in value.items()})


def _variable(name: str, value: object) -> object:
    """As Go's template sees it: every number is a ``float64``, so a million prints as ``1e+06``."""
    match value:
        case str() | bool():
            return value
        case int() | float() | Decimal():
            return float(value)
        case list() | tuple():
            return [_variable(name, item) for item in value]
        case _:
            raise SpecError(f"vars.{name}: expected a string, a number, a bool or a list of them")


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise SpecError(f"open {file}: {(error.strerror or str(error)).lower()}") from error


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
