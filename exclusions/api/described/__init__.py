"""The API described for people: a page of its own, made of the schema that programs get."""
