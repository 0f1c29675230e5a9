"""What a desk does at once: several findings, a conclusion with the way onward, agreement with the desk before."""
