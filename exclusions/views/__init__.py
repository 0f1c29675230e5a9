"""Pages, one folder for whom they serve; the same words name templates, URL tables and tests."""
