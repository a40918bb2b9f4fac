"""A person at a terminal: questions, progress, and signals that end a command."""
