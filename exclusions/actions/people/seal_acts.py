"""What two administrators do about rows that have no seal, such as an old process writes during an upgrade."""

import hashlib
import json

from django.db import connection

from exclusions.actions.people.acts import ActBody, Carried, Facts, Ground
from exclusions.actions.record.events import record_event
from exclusions.errors import WrongState
from exclusions.models import seals
from exclusions.queries.record.late_seals import LATE, SUBJECT, Unsealed, in_words, unsealed


def _ground(key: str, facts: Facts) -> Ground:
    found = unsealed()
    if not found:
        raise WrongState("Every row has its seal.")
    said = json.dumps([[row.table, row.key, row.digest] for row in found])
    summary = f"Seal {in_words(found)}, which have no seal"
    return Ground(summary, {"the rows": hashlib.sha256(said.encode()).hexdigest()}, found=found)


def _seal(key: str, facts: Facts, carried: Carried) -> None:
    """Seal the rows as they are now; each seal names the proposal, so that `verify_record` can say who let it be."""
    found: list[Unsealed] = carried.found
    why = f"{LATE}{carried.data['proposal']}"
    seals.add(connection, ((row.table, row.key, row.digest, row.shape, why) for row in found))
    data = {**carried.data, "rows": len(found)}
    record_event(SUBJECT, "seal_late", by=carried.by, at=carried.at, reason=carried.reason, data=data)


SEAL_ACTS = {"seal_late": ActBody(_ground, _seal)}
