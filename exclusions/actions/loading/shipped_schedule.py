"""Put the edition of the schedule that is shipped on file, so that search and picker are real in the first minute."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from exclusions.actions.evidence import note_words
from exclusions.actions.loading.load_reports import LoadReport
from exclusions.actions.loading.tariff_editions import load_edition
from exclusions.gateways.tariff.shipped_schedule import EDITION_NAME, EDITION_START, shipped_edition
from exclusions.models import HtsEdition


def load_shipped_edition(*, at: datetime, progress: Callable[[str], None] = lambda _: None) -> LoadReport | None:
    """Load the shipped edition where no whole edition of its day or a later one is on file; None where one is.

    Its words are those that ship now, either way.
    """
    if HtsEdition.objects.filter(valid_from__gte=EDITION_START, first_number="").exists():
        with transaction.atomic():
            note_words()
        return None
    progress(f"Reading HTSUS {EDITION_NAME} …")
    return load_edition(
        edition=shipped_edition(), name=EDITION_NAME, valid_from=EDITION_START, at=at, progress=progress
    )
