"""The registry by HTTP: one transport, and a module for each thing that is asked of a registry.

Nothing is printed and nothing read from disk here, except the login store of ``auth``.
"""
