"""What programs that keep a copy of the docket download: its tables as files, and which files there are."""
