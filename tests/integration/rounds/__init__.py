"""Rounds: frozen once filed in, versions, orders, forms and lists made by administrators."""
