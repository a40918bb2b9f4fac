"""Faults at their full length, by seed: how long until everything is Ready again, and that nothing ran twice.

``python -m tests.e2e.faults SEED…`` prints what came of each fault.
"""
