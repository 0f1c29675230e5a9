"""Organizations, their members, and who acts for whom."""
