"""The REST API, one module a noun; every error is a problem detail (RFC 9457)."""
