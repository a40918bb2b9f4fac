"""Running pending files on a target: options in, events meanwhile, a report out."""
