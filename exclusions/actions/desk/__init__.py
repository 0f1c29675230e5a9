"""Writes of the desk: what ends, asks or compares cases, and what the staff are told of them."""
