"""Chaos: several writers push by the real command while the registry and its backups fail at random.

``python -m tests.integration.backups.chaos SEED…`` prints what came of each seed.
"""
