"""What a letter is made of: the words of its template with the facts of the case, and to whom it goes."""
