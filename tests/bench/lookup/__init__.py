"""Measurements of what answers people: the frozen queries, pages, refunds, exports."""
