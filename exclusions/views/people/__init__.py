"""Pages of organizations, their members, and who acts for whom."""
