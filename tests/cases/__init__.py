"""Plans on real databases: a folder is a case, and every case is proved in the same steps (``proof``)."""
