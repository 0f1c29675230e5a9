"""One case as the staff read it: what stands above it, its tabs, its record, and why it stands where it stands."""
