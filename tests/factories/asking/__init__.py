"""What tests of the pages that answer make: words, entries, watches."""
