"""Forms of administrators: a round, an order about one, a form that is made, the lines of a list."""
