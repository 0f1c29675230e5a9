"""Product texts taken apart, generated, remarked on."""
