"""Work on cases, in Chromium."""
