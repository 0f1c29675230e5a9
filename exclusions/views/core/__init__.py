"""What stands around every page: middleware, sign-in, sessions, errors, the header, files sent, refusals shown."""
