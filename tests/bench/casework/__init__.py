"""The desk: its pages, likeness and clusters beside many live cases."""
