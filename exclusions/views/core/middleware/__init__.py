"""What every request passes through, in the order that the settings give."""
