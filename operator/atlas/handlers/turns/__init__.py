"""The work queue, and one pass over one object: from a key to a status that is written."""
