"""``hcl_schema`` and ``composite_schema``: desired states that are made of other files and states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.errors import SpecError
from atlas.project.data import MadeComposite, MadeSchema
from atlas.sources.data.calls import as_texts, check_names

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.project.data import SourceCall


@dataclass(frozen=True, slots=True)
class SchemaSources:
    """Files are relative to ``folder``."""

    folder: Path

    def hcl_schema(self, call: SourceCall) -> object:
        """The URL of the state of HCL files; ``--var`` does not reach them, ``vars`` does."""
        check_names(call, "path", "paths", "vars")
        words = (*call.block.texts("path"), *call.block.texts("paths"))
        if not words:
            raise SpecError('one of "path" and "paths" is required: name the HCL files of the schema')
        variables = call.block.value("vars") or {}
        if not isinstance(variables, Mapping):
            raise SpecError('"vars" is no object: expected vars = { name = value }')
        files = tuple((str(path), _text(path)) for word in words for path in self._files(word))
        made = MadeSchema("hcl", files, as_texts(variables, "vars"))
        return {"url": call.memory.keep(made, f"{call.type}/{call.name}")}

    def _files(self, word: str) -> list[Path]:
        path = self.folder / word.removeprefix("file://")
        if not path.is_dir():
            return [path]
        found = sorted(file for file in path.iterdir() if file.suffix == ".hcl" and file.is_file())
        if not found:
            raise SpecError(f"{path}: expected *.hcl files in this folder, found none")
        return found

    def composite_schema(self, call: SourceCall) -> object:
        """The URL of the state that others make together, in the order of their blocks."""
        check_names(call, blocks=frozenset({"schema"}))
        parts = []
        for block, reader in call.block.blocks("schema"):
            reader.refuse_attributes(frozenset({"url"}))
            reader.refuse_blocks(frozenset())
            urls = reader.texts("url")
            if len(block.labels) > 1 or not urls or not all(urls):
                raise SpecError(
                    f'{block.range}: a part is written schema "name" {{ url = … }}, the name and the URL of its state'
                )
            parts.append(("".join(block.labels), urls))
        if not parts:
            raise SpecError(
                'at least one block is required, as schema "public" { url = "file://schema.sql" }'
            )
        return {"url": call.memory.keep(MadeComposite(tuple(parts)), f"{call.type}/{call.name}")}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SpecError(f"{path} is not UTF-8: save it as UTF-8") from None
    except OSError as error:
        raise SpecError(f"open {path}: {(error.strerror or str(error)).lower()}") from error
