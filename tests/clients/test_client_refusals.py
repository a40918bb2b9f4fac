"""Methods of the Go client whose commands are of other editions: refused by name, with an exit code of their own."""

from __future__ import annotations

import pytest

from tests.clients.sdk import Sdk

REFUSED = {
    "Copilot": ("copilot", {"Prompt": "drop everything"}),
    "CopilotStream": ("copilot", {"Prompt": "drop everything", "Session": "1"}),
}
EXIT_UNSUPPORTED = 3


@pytest.mark.parametrize("method", REFUSED)
def test_a_command_of_other_editions_is_refused_by_name(sdk: Sdk, method: str) -> None:
    command, params = REFUSED[method]
    answer = sdk.fails(method, **params)
    assert (answer["Type"], answer["Code"]) == ("*atlasexec.Error", EXIT_UNSUPPORTED)
    assert answer["Error"].startswith(f"Abort: 'atlas {command}' is not supported by this version")
    assert answer["Stdout"] == ""
    assert list(sdk.folder.iterdir()) == []
