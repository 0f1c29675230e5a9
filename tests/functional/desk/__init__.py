"""Work on many cases, in Chromium."""
