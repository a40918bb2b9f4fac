"""Atlas: a schema registry, a Kubernetes operator and the ``atlas`` command line in one package.

The folders are the layers and imports point one way; ``ARCHITECTURE.md`` has the picture and
``.importlinter`` checks it. This file stays empty of code: ``atlas version`` must start in milliseconds.
"""
