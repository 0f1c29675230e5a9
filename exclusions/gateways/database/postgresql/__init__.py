"""Django's PostgreSQL, whose connections do not wait for longer than `limits` allows."""
