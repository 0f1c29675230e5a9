"""Everyday words for goods: how a query and a text are made comparable, and which heading the evidence speaks for."""
