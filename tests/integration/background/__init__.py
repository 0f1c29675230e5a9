"""Parts of the site that are taken away while it is at work."""
