"""Programs that read the public side: caches that stand between, and mirrors that come again."""
