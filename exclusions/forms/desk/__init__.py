"""What the staff enter for many cases: absences, targets, whom cases go to."""
