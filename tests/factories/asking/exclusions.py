"""Exclusions as the registry has them: one wording, one number, one term."""

from datetime import UTC, date, datetime

from exclusions.models import Exclusion, ExclusionNumber, ExclusionTerm, ExclusionText, TariffAction

MADE = datetime(2018, 12, 28, tzinfo=UTC)
TEXT = "Breast pumps, whether or not with accessories (described in statistical reporting number 8413.81.0040)"


def make_exclusion(
    reference: str = "L1-8413810040-AAAAAA",
    text: str = TEXT,
    number: str = "8413810040",
    until: date | None = date(2020, 3, 25),
) -> Exclusion:
    """Return an exclusion of List 1 that names a number, in force from July 6, 2018 until a day (None: no end)."""
    action, _ = TariffAction.objects.get_or_create(code="1", defaults={"name": "List 1", "citation": "83 FR 28710"})
    exclusion = Exclusion.objects.create(reference=reference, action=action, product_key=reference, created_at=MADE)
    wording = ExclusionText.objects.create(exclusion=exclusion, text=text, valid_from=date(2018, 7, 6))
    ExclusionNumber.objects.create(text=wording, number=number)
    ExclusionTerm.objects.create(
        exclusion=exclusion,
        heading="99038806",
        note="i",
        item="5",
        seq=5,
        valid_from=date(2018, 7, 6),
        valid_to=until,
        authority="84 FR 11152",
        dates_from="By the rule of the round.",
    )
    return exclusion
