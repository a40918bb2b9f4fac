"""The process that makes a child for each order: ``python -m tests.nursery.nurse SOCKET``.

An order is a JSON object and three descriptors: the child's stdout, its stderr, and where its number is told, and its
exit code when it has ended, a line each. Children live at the same time. No thread is begun here and nothing is opened,
so that a child is like a process that has just imported what it needs.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import importlib
import json
import os
import pkgutil
import selectors
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback
from contextlib import suppress
from typing import Any, NoReturn

LIBRARIES = (
    "graphql",
    "hcl2",
    "httpx",
    "kopf",
    "prometheus_client",
    "psycopg",
    "psycopg.types.json",
    "pymysql",
    "sqlalchemy",
    "starlette.applications",
    "uvicorn.protocols.http.h11_impl",
    "yaml",
)
ORDER_BYTES = 1 << 20
PR_SET_PDEATHSIG = 1


def main(channel: int) -> None:
    load_everything()
    orders = socket.socket(fileno=channel)
    orders.set_inheritable(False)
    with selectors.DefaultSelector() as selector:
        selector.register(orders, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is not orders:
                    tell_end(selector, key)
                    continue
                message, descriptors, _, _ = socket.recv_fds(orders, ORDER_BYTES, 3)
                if not message:
                    return
                make_child(json.loads(message), descriptors, selector)


def load_everything() -> None:
    """Import what programs import, so that children need not."""
    import atlas

    for library in LIBRARIES:
        importlib.import_module(library)
    for module in pkgutil.walk_packages(atlas.__path__, "atlas."):
        importlib.import_module(module.name)
    gc.collect()
    gc.freeze()


def make_child(order: dict[str, Any], descriptors: list[int], selector: selectors.BaseSelector) -> None:
    out, err, end = descriptors
    child = os.fork()
    if child == 0:
        forget(selector)
        os.close(end)
        live(order, out, err)
    os.close(out)
    os.close(err)
    tell(end, child)
    selector.register(os.pidfd_open(child), selectors.EVENT_READ, (child, end))


def forget(selector: selectors.BaseSelector) -> None:
    """Close, in a child, everything that is the nurse's: the orders, and what leads to other children."""
    for key in list(selector.get_map().values()):
        os.close(key.fd)
        if key.data:
            os.close(key.data[1])
    selector.close()


def tell_end(selector: selectors.BaseSelector, key: selectors.SelectorKey) -> None:
    child, end = key.data
    selector.unregister(key.fileobj)
    os.close(key.fd)
    _, status = os.waitpid(child, 0)
    tell(end, os.waitstatus_to_exitcode(status))
    os.close(end)


def tell(end: int, number: int) -> None:
    with suppress(BrokenPipeError):  # nobody wants to know any more
        os.write(end, f"{number}\n".encode())


def live(order: dict[str, Any], out: int, err: int) -> NoReturn:
    """Be a process that has just started: run the program and end as an interpreter ends."""
    code = 70
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        os.setsid()
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.close(out)
        os.close(err)
        os.chdir(order["folder"])
        os.environ.clear()
        os.environ.update(order["environ"])
        time.tzset()
        tempfile.tempdir = None
        code = run(order["words"])
        threading._shutdown()  # type: ignore[attr-defined] # waits for threads, as the end of a program does
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001 - whatever it is, it ends this child and not the nurse
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def run(words: list[str]) -> int:
    import atlas.__main__

    program = {"atlas": atlas.__main__.main, "atlas-operator": atlas.__main__.operator_main}[words[0]]
    sys.argv = words
    try:
        program()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    main(int(sys.argv[1]))
