"""`make bench`: how long pages take, as ratios to a floor measured in the same run. A script, not a timed test."""
