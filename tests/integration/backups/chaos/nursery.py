"""A process that runs ``atlas`` command lines, each in a child that may be killed: started once, as imports are slow.

Reads a JSON line an order, says the child's number, then how it ended.
"""

from __future__ import annotations

import json
import os
import sys


def main() -> None:
    import boto3  # noqa: F401 - loaded once for all children
    import botocore.session  # noqa: F401
    import httpx  # noqa: F401
    from atlas.cli import main as cli

    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(cli, order)
        print(json.dumps({"pid": child}), flush=True)
        _, status = os.waitpid(child, 0)
        print(json.dumps({"code": os.waitstatus_to_exitcode(status)}), flush=True)


def _run(cli, order) -> None:
    code = 99
    try:
        os.chdir(order["folder"])
        for number, name in ((1, "out"), (2, "err")):
            file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(file, number)
        os.environ.clear()
        os.environ.update(order["environ"])
        code = cli.run(order["words"])
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
