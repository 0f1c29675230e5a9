"""Pages of the staff: worklists, many cases at once, clusters, the team, intake's lists, the desks of each role."""
