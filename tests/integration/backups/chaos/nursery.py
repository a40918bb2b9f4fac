"""A process that runs ``atlas`` command lines, each in a child that may be killed: started once, as imports are slow.

Reads a JSON line an order, says the child's number, then how it ended.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys

LOADED = (
    "httpx",
    "atlas.cli.commands.migrate.push",
    "atlas.cli.commands.schema.push",
    "atlas.client.push",
    "atlas.client.schemas",
    "atlas.engine.backups",
    "atlas.project",
    "atlas.wiring",
)


def main() -> None:
    cli = loaded()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(cli, order)
        print(json.dumps({"pid": child}), flush=True)
        _, status = os.waitpid(child, 0)
        print(json.dumps({"code": os.waitstatus_to_exitcode(status)}), flush=True)


def loaded():
    """What commands load, so that children need not; no thread is begun and nothing is asked."""
    for name in LOADED:
        importlib.import_module(name)
    from atlas.buckets import open_bucket
    from atlas.cli import main as cli

    credentials = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing"}
    open_bucket("s3://none/none?region=us-east-1&endpoint=http://127.0.0.1:1", credentials)  # makes a client
    gc.freeze()
    return cli


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
