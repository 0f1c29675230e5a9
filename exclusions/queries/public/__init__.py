"""What public pages show; no private table is read here."""
