"""What people read, held to plain words: all copy in one list, grades by page, a short list of words to replace."""
