"""What a list of cases is made of beside its rows: its addresses, its pages, and which case is next."""
