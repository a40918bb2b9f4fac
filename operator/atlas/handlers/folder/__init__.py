"""The operator without a cluster: a folder of manifests, statuses in files, a table for a person."""
