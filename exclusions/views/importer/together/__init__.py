"""Pages of acts on many petitions of a person: one answer to the same question, returned ones filed again."""
