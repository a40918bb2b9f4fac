"""What the URLs of a command name: directories, states, targets, and which files are new in a directory."""
