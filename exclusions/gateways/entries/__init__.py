"""What `entry_lines` is made of: the names of columns, what cells say, rows of one line, the coding of text."""
