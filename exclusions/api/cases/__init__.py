"""Cases for programs of the staff: the queries, actions and refusals of the pages, behind a token of their own."""
