"""The operator as a program: watches, a work queue, status writing, health, and a mode without a cluster.

Decisions live in ``reconcile``. Kopf watches our two kinds and nothing else of Kopf is used; every other call
to the API server goes through ``cluster``. Both libraries are imported only when the operator runs.
"""
