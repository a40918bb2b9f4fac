"""Dev databases: room on their servers, and those that run in the cluster."""
