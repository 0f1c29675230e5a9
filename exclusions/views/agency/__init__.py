"""Pages of the staff: worklist, case, desks, intake, access log."""
