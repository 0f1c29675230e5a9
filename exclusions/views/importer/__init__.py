"""Pages of those who file: drafts, petitions, what was read and taken down of them."""
