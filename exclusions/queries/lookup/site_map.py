"""The map of the public pages for search engines: addresses with the day of their last change, in parts.

A part holds at most 50,000 addresses (sitemaps.org). Petitions are parted by their keys, which never change, so that a
part is one range of the primary key and costs the same at any depth.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.urls import reverse

from exclusions.models.exclusion import Exclusion
from exclusions.models.notices.public_notices import PublicNotice
from exclusions.models.public import PublicPetition
from exclusions.models.round import Round
from exclusions.queries.lookup.help_pages import help_pages

MOST = 50_000
PLAIN = (
    *("home", "docket", "exclusions", "tariff", "rounds", "published-notices", "verify"),
    *("fit", "watch", "statistics", "context", "help"),
)


@dataclass(frozen=True)
class Part:
    """One file of the map: its name in the address."""

    name: str


@dataclass(frozen=True)
class Mapped:
    """One address; `changed` is when its content last changed, None where that is not known."""

    path: str
    changed: datetime | None = None


def parts() -> list[Part]:
    """Return the parts of the map: one statement."""
    last = PublicPetition.objects.aggregate(last=Max("pk"))["last"] or 0
    petitions = [Part(f"petitions-{number}") for number in range(1, last // MOST + 2)] if last else []
    return [Part("pages"), Part("exclusions"), *petitions]


def mapped(name: str) -> Iterator[Mapped] | None:
    """Return the addresses of a part, None where there is no such part. Reads as it is iterated."""
    if name == "pages":
        return _pages()
    if name == "exclusions":
        return _exclusions()
    kind, _, number = name.partition("-")
    if kind == "petitions" and number.isascii() and number.isdigit() and 1 <= int(number) <= 100_000:
        return _petitions(int(number))
    return None


def _pages() -> Iterator[Mapped]:
    for name in PLAIN:
        yield Mapped(reverse(name))
    for page in help_pages():
        yield Mapped(page.address)
    for slug in Round.objects.filter(superseded_at=None).order_by("slug").values_list("slug", flat=True):
        yield Mapped(reverse("round", args=[slug]))
    for key in PublicNotice.objects.filter(undone_at=None).order_by("pk").values_list("pk", flat=True):
        yield Mapped(reverse("published-notice", args=[key]))


def _exclusions() -> Iterator[Mapped]:
    rows = Exclusion.objects.order_by("pk").values_list("reference", "created_at")[:MOST]
    for reference, changed in rows:
        yield Mapped(reverse("exclusion", args=[reference]), changed)


def _petitions(number: int) -> Iterator[Mapped]:
    first = (number - 1) * MOST
    rows = PublicPetition.objects.filter(pk__gte=first, pk__lt=first + MOST).order_by("pk")
    for reference, changed in rows.values_list("reference", "updated_at"):
        yield Mapped(reverse("docket-petition", args=[reference]), changed)
