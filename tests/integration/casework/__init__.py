"""The staff's pages: worklists, the team, intake's lists, the desks of each role."""
