"""A schedule of a few lines, loaded as an edition is, so that words find them."""

from datetime import UTC, date, datetime

from exclusions.actions.loading.tariff_editions import load_edition
from exclusions.gateways.tariff.hts_edition import Edition, EditionLine

DAY = date(2026, 5, 1)
AT = datetime(2026, 5, 1, 12, tzinfo=UTC)
PUMPS, BAGS = "Pumps for liquids", "Trunks, suitcases, backpacks"
LINES = [
    ("8413", PUMPS),
    ("84138100", f"{PUMPS}: Other pumps"),
    ("8413810040", f"{PUMPS}: Other pumps: Breast pumps"),
    ("84139100", f"{PUMPS}: Parts"),
    ("0709", "Other vegetables, fresh or chilled"),
    ("07099300", "Other vegetables, fresh or chilled: Pumpkins, squash and gourds"),
    ("4202", BAGS),
    ("42029200", f"{BAGS}: Backpacks for laptops"),
]


def load_schedule(
    rows: list[tuple[str, str]] = LINES, first_day: date = date(2026, 4, 23), name: str = "2026 Rev 6"
) -> None:
    """Load the rows (plain number, full words) as a part of the edition, from its first day."""
    lines = [
        EditionLine(number, 0, place, words.rpartition(": ")[2], words, (), "Free", "", "")
        for place, (number, words) in enumerate(rows, start=1)
    ]
    load_edition(
        edition=Edition("a file", "0" * 64, len(lines), lines),
        name=name,
        valid_from=first_day,
        at=AT,
    )
