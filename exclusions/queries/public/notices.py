"""Published notices as everybody reads them."""

from collections.abc import Iterable

from django.db.models import QuerySet

from exclusions.models.notices.public_notices import PublicNotice

SHOWN = 100


def published_notices() -> "QuerySet[PublicNotice]":
    """Return the notices published last, newest first, those that were taken back left out."""
    rows = PublicNotice.objects.filter(undone_at__isnull=True).defer("facts")
    return rows.order_by("-published_on", "-number")[:SHOWN]


def published_notice(number: int) -> PublicNotice | None:
    """Return one published notice, also one that was taken back, or None."""
    return PublicNotice.objects.filter(number=number).order_by("pk").first()


def notices_cited(citations: Iterable[str]) -> "QuerySet[PublicNotice]":
    """Return the notices of these citations that stand, in the order of their days."""
    rows = PublicNotice.objects.filter(citation__in=set(citations), undone_at__isnull=True).defer("facts")
    return rows.order_by("published_on", "number")
