"""What every mail of ours says of itself in its head, whoever renders it."""

from typing import Final

# RFC 3834: written by a program. An absence note does not answer it, and two programs do not write to each other.
BY_A_PROGRAM: Final = {"Auto-Submitted": "auto-generated"}
