"""Organizations, members, authorizations, listings, sign-on."""
