"""What the bar itself stands on: the choosing and counting that its parts do."""
