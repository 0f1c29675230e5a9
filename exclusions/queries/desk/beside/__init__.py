"""What is asked, ended, mailed and reported beside the review of a case."""
