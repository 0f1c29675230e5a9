"""Many cases in one transaction: locked, looked up and written together."""
