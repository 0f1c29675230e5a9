"""The one truth of the tariff, of a round's form, and of what an edition says: every door asks here, by day."""
