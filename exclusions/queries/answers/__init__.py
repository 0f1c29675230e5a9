"""What people ask: where a product belongs, what it owes, what fits, what comes back, how it is going."""
