"""What the staff see beside a single case: teams, notes, closings, screenings, the manual, what is due."""
