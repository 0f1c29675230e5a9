"""What mirrors of the public side go by."""
