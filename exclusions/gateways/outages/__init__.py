"""When the site, or a part beneath it, is away: what an error tells of that, and whether it is closed."""
