"""The pages that answer one person: a petition, a number, does mine fit, the start."""

from collections.abc import Callable
from pathlib import Path

from exclusions.models import PublicPetition
from tests.bench.asked import NUMBER, Page, figures_of
from tests.bench.goals import Figure


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return the figures of each page."""
    say("  opening the public pages …")
    rows = PublicPetition.objects.filter(reference__startswith="USTR-2019-0005-").order_by("reference")
    live = PublicPetition.objects.filter(historical=False).order_by("reference")
    pages = [
        Page("home", "/"),
        Page("one petition", f"/docket/{rows[rows.count() // 2].reference}/"),
        Page("one petition, live", f"/docket/{live[live.count() // 2].reference}/"),
        Page("tariff look-up, page", f"/tariff/{NUMBER}/?as_of=2019-01-15"),
        Page("tariff look-up, API", f"/api/v1/tariff/lines/{NUMBER}/?as_of=2019-01-15"),
        Page("answer page of a number", f"/tariff/{NUMBER}/"),
        Page("does mine fit", f"/fit/?hts={NUMBER}&text=Breast+pumps+of+plastic&as_of=2020-06-01"),
        Page("search", "/search/?q=breast+pump"),
        Page("search, API", "/api/v1/search/?q=breast+pump"),
        Page("schedule by words", "/tariff/?q=pumps"),
        Page("schedule by words, API", "/api/v1/tariff/lines/?q=breast+pump"),
        Page("statistics", "/statistics/"),
        Page("context", "/context/"),
    ]
    return figures_of(url, pages)
