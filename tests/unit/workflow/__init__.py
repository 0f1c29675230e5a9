"""The workflow: its tables, against what the law makes of them."""
