"""What people ask: where a product belongs, what is excluded, what fits, what comes back, how it is going."""
