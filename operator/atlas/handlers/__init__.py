"""The operator as a program: watches, a work queue, status writing, health, and a mode without a cluster.

Decisions live in ``reconcile``. A folder needs only those below it:

- ``life``: the operator in a cluster from its start to its end: lease, probes, metrics. ``folder``: the same without one.
- ``dev``: dev databases. ``cluster``: requests to the API server, watches, Events.
- ``config``: project files of resources. ``turns``: the queue, and one pass over one object with its status.
- ``healing``: what holds resources up from outside, and who looks for it.

Kopf watches our two kinds and nothing else of Kopf is used; every other call to the API server goes through
``cluster.api``. Both libraries are imported only when the operator runs.
"""
