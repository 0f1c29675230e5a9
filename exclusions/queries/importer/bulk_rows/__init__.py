"""What pages show of rows of a bulk sheet: what they give away, and which are alike."""
