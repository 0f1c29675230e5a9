"""What is due, whether the record is whole, what leaked, whether the service is ready."""
