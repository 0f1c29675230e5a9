"""What templates need to show numbers, dates and rows."""
