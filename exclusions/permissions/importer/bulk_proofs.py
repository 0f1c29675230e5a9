"""What a check of a draft rests on, so that nothing is certified that was checked otherwise."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from exclusions.facts.rounds import round_in_force
from exclusions.models import BulkSheet, Document, Petition
from exclusions.models.tariff import TariffVersion


def stamp_now(sheet: BulkSheet) -> str:
    """Return what names the tariff and the version of the round as they are now. Two statements."""
    version = round_in_force(sheet.round.slug)
    return f"{TariffVersion.current()}/{version.pk if version else ''}"


def draft_digest(petition: Petition, answers: Mapping[str, Any], documents: Iterable[Document]) -> str:
    """Return the sha256 (hex) over what a person certifies: the answers of a draft, and the contents of its files."""
    files = sorted([str(document.pk), document.sha256] for document in documents)
    said = [str(petition.pk), petition.round_id, answers, files]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
