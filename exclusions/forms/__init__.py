"""What a browser sends, read into plain values; widgets that show it."""
