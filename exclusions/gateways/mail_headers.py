"""What every mail of ours says of itself in its head, whoever renders it."""

from typing import Final

from exclusions.gateways.observed.request_ids import HEADER

# RFC 3834: written by a program. An absence note does not answer it, and two programs do not write to each other.
BY_A_PROGRAM: Final = {"Auto-Submitted": "auto-generated"}


def of_request(number: str) -> dict[str, str]:
    """Return the same, with the number of the request that caused the mail where there was one: the log tells of it."""
    return {**BY_A_PROGRAM, **({HEADER: number} if number else {})}
