"""A person's own petitions, for their programs: the actions, refusals and sentences of the pages."""
