"""Containers of the chart as processes of this machine: the same words and variables, `atlas` of the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ATLAS = Path(sys.executable).parent / "atlas"
"""The entry point of the image."""


def words(container: Mapping[str, Any], paths: Mapping[str, str] | None = None) -> list[str]:
    """The command line; ``paths`` says what stands here for folders that volumes are mounted on."""
    found = [str(word) for word in container["args"]]
    for mounted, here in (paths or {}).items():
        found = [word.replace(mounted, here) for word in found]
    return [str(ATLAS), *found]


def environment(container: Mapping[str, Any], secret: Callable[[str], Mapping[str, Any]]) -> dict[str, str]:
    """The variables of a container; ``secret`` gets one by its name. As the kubelet, it fills in ``$(NAME)``."""
    found: dict[str, str] = {}
    for variable in container.get("env", ()):
        if "value" in variable:
            value = str(variable["value"])
            for name, known in found.items():
                value = value.replace(f"$({name})", known)
        else:
            ref = variable["valueFrom"]["secretKeyRef"]
            value = b64decode(secret(ref["name"])["data"][ref["key"]]).decode()
        found[variable["name"]] = value
    return found


def ran(
    container: Mapping[str, Any], environ: Mapping[str, str], paths: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a container that ends by itself."""
    return subprocess.run(
        words(container, paths),
        env={"PATH": os.environ["PATH"], **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
