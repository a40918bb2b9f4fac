"""Project files of resources, each evaluated in a process of its own."""
