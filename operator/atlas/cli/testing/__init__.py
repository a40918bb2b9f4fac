"""What ``schema test`` and ``migrate test`` share: their files, their cases, the run and its report."""
