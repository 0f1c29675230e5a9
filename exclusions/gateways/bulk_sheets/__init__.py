"""Files of bulk sheets: the templates that are handed out, the tables that come back, and those with marks."""
