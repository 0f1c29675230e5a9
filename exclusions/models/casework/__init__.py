"""What the staff record of cases and work many of them with: reviews, screenings, clusters, the store of all cases."""
