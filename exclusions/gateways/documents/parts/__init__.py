"""One part of a public file by itself: what it says, and the file without it."""
