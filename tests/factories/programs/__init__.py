"""Programs as people write them who use the product: they know the typed client alone."""
