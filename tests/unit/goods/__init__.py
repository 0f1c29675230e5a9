"""Words for goods made comparable, corrected, ranked."""
