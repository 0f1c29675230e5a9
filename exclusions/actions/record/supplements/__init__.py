"""What is added to the public page of a decided petition since: when a like one is decided otherwise, or reopened."""
