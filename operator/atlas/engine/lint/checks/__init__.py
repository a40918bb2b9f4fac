"""The analyzers that all databases share, one module each. A driver takes them, and adds its own."""
