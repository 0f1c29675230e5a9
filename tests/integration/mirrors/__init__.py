"""Programs that read the public side: what caches share, what mirrors fetch, and the files they take."""
