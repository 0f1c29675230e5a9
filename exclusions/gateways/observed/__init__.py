"""What an operator sees of the site at work: lines of the log, numbers of requests, figures. Never anybody's matter."""
