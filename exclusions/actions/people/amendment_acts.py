"""How two members of staff agree to a technical amendment of an exclusion; a notice makes it law afterwards."""

from datetime import datetime

from exclusions.actions.decision.corrections import TERM
from exclusions.actions.people.acts import ActBody, Carried, Facts, Ground
from exclusions.actions.people.record_acts import Published, in_one_line, lock_published, look_at_published, record_act
from exclusions.errors import Incomplete, WrongState
from exclusions.models import Amendment, ExclusionText, User


def _ground(key: str, facts: Facts) -> Ground:
    if facts.get("what") == TERM:
        raise Incomplete("Amend the wording or its number. Only a notice that extends or ends a term changes it.")
    found = lock_published(key, {**facts, "citation": ""})
    exclusion = found.exclusion
    if Amendment.objects.filter(exclusion=exclusion, published_at__isnull=True, dropped_at__isnull=True).exists():
        raise WrongState("An amendment of this exclusion already waits for its notice. Publish or drop it first.")
    return Ground(
        summary=f"Amend {exclusion.reference}: {in_one_line(found.correction)}",
        basis={
            "what is amended": [list(change) for change in found.correction.changes],
            "the wordings": list(exclusion.texts.order_by("pk").values_list("pk", flat=True)),
        },
        found=found,
    )


def look_at_amendment(found: Published, facts: Facts, reason: str, by: User, at: datetime) -> None:
    """Look through an amendment for what was given in confidence in the cases that the exclusion answers."""
    look_at_published("amend_exclusion", found, facts, reason, by, at)


def _amend(key: str, facts: Facts, carried: Carried) -> None:
    """Keep the amendment until its notice; nothing of the exclusion changes yet."""
    found: Published = carried.found
    row, correction = found.correction.row, found.correction
    assert isinstance(row, ExclusionText)  # a term is refused above
    made = Amendment.objects.create(
        exclusion=found.exclusion,
        amends=row,
        text=correction.values["text"],
        applies_from=correction.holds_from,
        reason=carried.reason,
        proposed_by=carried.proposed_by,
        confirmed_by=carried.by,
        agreed_at=carried.at,
    )
    record_act(f"exclusion:{key}", "amend_exclusion", carried, {"amendment": made.pk})


AMENDMENT_ACTS = {"amend_exclusion": ActBody(_ground, _amend, look_at_amendment)}
