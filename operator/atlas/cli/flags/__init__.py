"""Command lines as words: flags, their lists and choices. What a value names is none of its business."""
