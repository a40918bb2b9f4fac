"""``atlas schema plan`` and what belongs to it: plans that are made, reviewed and approved before they are run."""
