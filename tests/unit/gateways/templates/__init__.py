"""How the templates of the product are rendered."""
