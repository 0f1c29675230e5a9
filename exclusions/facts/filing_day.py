"""The day as of which everything on a petition is judged."""

from datetime import date, datetime

from exclusions.workflow.deadlines import eastern_date


def filing_day(submitted_at: datetime | None, at: datetime) -> date:
    """Return the New York day by which a filing is judged: that of its submission, for a cure too, or else of `at`."""
    return eastern_date(submitted_at or at)
