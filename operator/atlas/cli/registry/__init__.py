"""The registry as commands read it: at which address, as whom, and from a backup while it cannot be reached."""
