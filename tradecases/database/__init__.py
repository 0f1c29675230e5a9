"""Django's two databases, with one thing more: what a transaction wrote is sealed before it is committed."""
