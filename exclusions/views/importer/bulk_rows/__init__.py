"""Rows of a bulk sheet that ask something of their filer: what they give away, and which are alike."""
