"""Files of whole tables: CSV, Excel, lines of JSON and SQLite, with what says what their columns mean."""
