"""What holds of somebody’s own goods: does an exclusion cover them, and what of their duty can come back."""
