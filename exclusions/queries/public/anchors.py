"""The digests of the record, day by day, as anybody may copy them."""

from collections.abc import Iterator

from exclusions.models.public import Anchor

SHOWN = 30


def latest_anchors() -> list[Anchor]:
    """Return those of the last days, the newest first."""
    return list(Anchor.objects.order_by("-day")[:SHOWN])


def anchor_lines() -> Iterator[str]:
    """Yield a line for each day on record, the oldest first: day, digest, number of the last seal."""
    for anchor in Anchor.objects.order_by("day"):
        yield f"{anchor.day.isoformat()} {anchor.digest} {anchor.seal}\n"
