"""What is counted inside for the public: as a whole, never by person or case, small counts left out."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

from exclusions.models import Event
from exclusions.queries.casework.agreement import LEAST as LEAST_COMPARED
from exclusions.queries.casework.agreement import agreement
from exclusions.queries.chunks import read_in_chunks
from exclusions.queries.lookup.statistics.waits import LEAST
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import STATUSES, Stage

# A stage after which nothing follows has no length; Stage 4 is left when the notice is published.
LASTING = {
    status.value: row.stage.label
    for status, row in STATUSES.items()
    if row.stage in (Stage.STAGE1, Stage.STAGE2, Stage.STAGE3, Stage.STAGE4)
}


def agreement_as_a_whole() -> dict[str, Any]:
    """Return how often both levels held the same, over all reviewers: {"least": n, "rows": [label, compared, same]}."""
    report = agreement()
    rows = [[line.label, line.compared, line.same] for line in (*report.outcome, *report.by_criterion)]
    return {"least": LEAST_COMPARED, "rows": rows}


def days_in_stages() -> list[list[Any]]:
    """Return (stage, days, count) of every public stage that enough petitions have left; statuses within one are one.

    Calendar days in New York. Petitions filed here alone: the events of each, in their order.
    """
    counted: Counter[tuple[str, int]] = Counter()
    entered: dict[str, tuple[str, datetime]] = {}
    events = Event.objects.filter(subject__startswith="petition:").exclude(to_status="")
    moves = read_in_chunks(events.values_list("subject", "at", "to_status"), ["subject", "sequence"], 5000)
    for subject, at, status in moves:
        stage = LASTING.get(status, "")
        before = entered.get(subject)
        if before and before[0] == stage:
            continue
        if before and before[0]:
            counted[before[0], (eastern_date(at) - eastern_date(before[1])).days] += 1
        entered[subject] = (stage, at)
    left: defaultdict[str, int] = defaultdict(int)
    for (stage, _), number in counted.items():
        left[stage] += number
    return [[stage, days, number] for (stage, days), number in sorted(counted.items()) if left[stage] >= LEAST]
