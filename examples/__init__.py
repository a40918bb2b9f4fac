"""Examples a reader can run: ``make demo`` and ``make demo-cluster`` run ``examples.demo``."""
