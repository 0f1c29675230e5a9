"""Where the files of pictures and drawings keep what is no pixel and no line, one module a family of formats."""
