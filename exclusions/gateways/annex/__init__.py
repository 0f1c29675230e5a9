"""The annex of a notice and what goes around it: rows in, the notice's words, Word and PDF files and tables out."""
