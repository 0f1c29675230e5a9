"""Lists of the docket and of exclusions: pages, counts, files, feeds."""
