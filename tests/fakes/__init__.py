"""In-memory doubles of the engine's ports. The contract suites run on them and on the real adapters."""
