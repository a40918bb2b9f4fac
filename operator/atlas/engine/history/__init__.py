"""What a target remembers of the files that were run in it, and what that says of a directory."""
