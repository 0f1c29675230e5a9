"""How like cases stood at the moment of a signature, told from the record alone: not as the product's gates ask it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from exclusions.models import (
    CommitteeAssessment,
    ConsistencyReview,
    Decision,
    Event,
    LegalReview,
    Petition,
    Recommendation,
    StoredCase,
)
from tests.factories.casework.near import near_cases

FORM = {"DR6b", "DR6c", "DR6d", "DR6e"}
# Which desks a case has passed where it stands, and which one may conclude there.
PASSED = {
    "level1": ((), "level1"),
    "level2": (("level1",), "level2"),
    "consistency": (("level1", "level2"), ""),
    "legal": (("level1", "level2"), "legal"),
    "drafting": (("level1", "level2", "legal"), ""),
    "customs": (("level1", "level2", "legal"), ""),
    "committee": (("level1", "level2", "legal"), "committee"),
    "signature": (("level1", "level2", "legal", "committee"), ""),
}


def unlike_at_signature(petition: Petition) -> Iterator[str]:
    """Yield each like case that stood otherwise when a petition was signed, and that no record set apart."""
    case = StoredCase.objects.filter(petition=petition).first()
    if case is None:
        return
    for decision in Decision.versions.filter(petition=petition):
        mine = _said(decision.outcome, decision.denial_codes)
        for other in Petition.objects.filter(stored__in=list(near_cases(case))):
            theirs = _stood(other, decision.signed_at)
            if mine is None or theirs is None or mine == theirs:
                continue
            if not _apart(petition, other, theirs, decision) and not _apart(other, petition, mine, decision):
                yield f"{other.reference} stood for {'a grant' if theirs else 'a denial'}"


def _said(outcome: str, codes: list[str]) -> bool | None:
    """Return whether it is a grant; None for a denial that says nothing of the goods."""
    return None if outcome == "deny" and codes and set(codes) <= FORM else outcome != "deny"


def _stood(petition: Petition, at: datetime) -> bool | None:
    """Return to what a case had come before a moment, decided or recommended; None where to nothing."""
    moves = Event.objects.filter(subject=f"petition:{petition.pk}", at__lt=at).exclude(from_status="")
    last = moves.order_by("sequence").last()
    if last is None:
        return None
    if last.to_status in ("granted", "published", "denied"):
        decision = Decision.versions.filter(petition=petition, signed_at__lt=at).order_by("version").last()
        return _said(decision.outcome, decision.denial_codes) if decision else None
    passed, here = PASSED.get(last.to_status, ((), ""))
    made: list[tuple[datetime, str, Any]] = []
    for row in Recommendation.objects.filter(petition=petition, made_at__lt=at):
        made.append((row.made_at, f"level{row.level}", row))
    for name, model in (("legal", LegalReview), ("committee", CommitteeAssessment)):
        made += [(one.made_at, name, one) for one in model.objects.filter(petition=petition, made_at__lt=at)]
    stand = [row for row in made if row[1] in passed or (row[1] == here and row[0] >= last.at)]
    if not stand:
        return None
    concluded = max(stand, key=lambda row: row[0])[2]
    return _said(concluded.outcome, getattr(concluded, "denial_codes", []))


def _apart(petition: Petition, other: Petition, grants: bool, decision: Decision) -> bool:
    """Whether the last comparison on one record says what sets it apart from the other, which stood so."""
    rows = ConsistencyReview.objects.filter(petition=petition, made_at__lte=decision.signed_at)
    last = rows.order_by("made_at", "pk").last()
    return any(
        row["distinction"]
        and {one["reference"] for one in row["cites"]} >= {petition.reference}
        and len({one["reference"] for one in row["cites"]}) > 1
        and (row["outcome"] != "denied") == grants
        and (other.reference in row["references"] or (row["live"] and row["docket"] == other.round.docket))
        for row in (last.likes if last else [])
    )
