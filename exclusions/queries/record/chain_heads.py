"""Where every chain of events stood when a seal was added: what an anchor is a digest of, and how it is checked."""

from collections.abc import Iterator

from django.db import connection

from exclusions.models import Anchor, Event, Seal, seals
from exclusions.models.public import anchor_digest, heads_digest

AT_ONCE = 2000


def heads_between(after: int, upto: int) -> list[tuple[str, int, str]]:
    """Return subject, sequence and hash of the last event of each chain that grew between two seals, by subject."""
    found: dict[str, tuple[int, str]] = {}
    added = Seal.objects.filter(of_table=Event._meta.db_table, pk__gt=after, pk__lte=upto).order_by("pk")
    keys = list(added.values_list("of_row", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        events = Event.objects.filter(pk__in=keys[start : start + AT_ONCE]).order_by("subject", "sequence")
        for subject, sequence, event_hash in events.values_list("subject", "sequence", "hash"):
            if (sequence, event_hash) > found.get(subject, (0, "")):
                found[subject] = (sequence, event_hash)
    return [(subject, *found[subject]) for subject in sorted(found)]


def anchor_breaks() -> Iterator[str]:
    """Yield a sentence for each day whose digest does not follow from the record as it is now."""
    sealed = {row.seal: row.seal_hash for row in Anchor.objects.order_by("day")}
    there = dict(Seal.objects.filter(pk__in=sealed).order_by("pk").values_list("pk", "hash"))
    before, after = "", 0
    for anchor in Anchor.objects.order_by("day"):
        heads = heads_between(after, anchor.seal)
        wanted = anchor_digest(
            previous=before,
            day=anchor.day,
            seal=anchor.seal,
            seal_hash=there.get(anchor.seal, ""),
            heads=heads_digest(heads),
        )
        if anchor.seal and there.get(anchor.seal) != anchor.seal_hash:
            yield f"The anchor of {anchor.day}: the chain of seals is not the one that it was made over."
        elif wanted != anchor.digest:
            yield f"The anchor of {anchor.day}: its digest does not follow from the record."
        before, after = anchor.digest, anchor.seal


def is_anchored(digest: str) -> bool:
    """Say whether a digest that somebody copied is that of a day on record."""
    return Anchor.objects.filter(digest=digest.strip().lower()).exists()


def head_now() -> tuple[int, str]:
    """Return number and hash of the last seal, once what the running transaction wrote is sealed."""
    seals.seal_now(connection)
    return seals.head(connection)
