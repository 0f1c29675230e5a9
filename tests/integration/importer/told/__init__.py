"""What a filer is told while filing: in which words, and where first."""
