"""The product: petitions to be excluded from tariffs, from draft to published exclusion."""
