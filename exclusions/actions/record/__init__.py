"""What every change leaves behind: status, event, message, public copy, letters, files, readings."""
