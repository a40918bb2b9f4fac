"""Project files with what they evaluate to: a folder a topic, a folder in it a file. See ``cases`` and ``encode``."""
