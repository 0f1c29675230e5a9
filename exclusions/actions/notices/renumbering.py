"""What follows a number that an edition retires, as a person decides it: accepted, chosen or rejected."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from exclusions import hts
from exclusions.actions.record.disclosure_checks import require_reason
from exclusions.actions.record.events import record_event
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import HtsEdition, NumberSettlement, TariffLine, User
from exclusions.permissions.notices.renumbering import RENUMBERING_STAFF
from exclusions.queries.notices.renumbering import renumbering

Verdict = NumberSettlement.Verdict
MOST = 12


def settle_number(
    edition: HtsEdition,
    *,
    number: str,
    verdict: str,
    successors: Sequence[str] = (),
    reason: str,
    by: User,
    at: datetime,
) -> NumberSettlement:
    """Record which numbers follow one that the edition retires, and return the row; an earlier one stays on record.

    `number` is plain; `successors` may be dotted or plain, as many digits, and stand in the edition. Accepted ones are
    among those proposed; a rejection names none. Raises NotPermitted, WrongState, Incomplete.
    """
    if by.role not in RENUMBERING_STAFF:
        raise NotPermitted("The drafter, the publisher and the administrator decide what follows a number.")
    if verdict not in Verdict.values:
        said = "Choose whether the proposed numbers follow, others do, or none."
        raise Incomplete.beside("verdict", said)
    require_reason(reason, "Say what shows this. Your words are kept with the number.")
    with transaction.atomic():
        locked = HtsEdition.objects.select_for_update().get(pk=edition.pk)
        affected = renumbering(locked, only=number).affected_number(number)
        if affected is None:
            raise WrongState(
                f"{hts.dotted(number)} is not a retired number in use under HTSUS {locked.name}. See the list."
            )
        following = [] if verdict == Verdict.REJECTED else _following(locked, number, successors)
        if verdict == Verdict.ACCEPTED and not set(following) <= {one.number for one in affected.proposals}:
            said = "You can accept only proposed numbers. Choose “other numbers” for these."
            raise Incomplete.beside("successors", said)
        made = NumberSettlement.objects.create(
            edition=locked,
            old_number=number,
            verdict=verdict,
            successors=following,
            reason=reason.strip(),
            settled_by=by,
            settled_at=at,
        )
        data = {"number": number, "verdict": verdict, "successors": following}
        record_event(f"htsedition:{locked.pk}", "settle_number", by=by, at=at, reason=reason.strip(), data=data)
    return made


def _following(edition: HtsEdition, number: str, successors: Sequence[str]) -> list[str]:
    """Return the numbers plain, each once, that stand in the edition."""
    said: list[str] = []
    plain: list[str] = []
    for text in successors:
        try:
            plain.append(hts.parse(text, digits=(len(number),)).plain)
        except hts.HtsError as error:
            said.append(str(error))
    plain = list(dict.fromkeys(plain))
    there = set(
        TariffLine.objects.in_force(edition.valid_from).filter(number__in=plain).values_list("number", flat=True)
    )
    said += [
        f"{hts.dotted(one)} is not in HTSUS {edition.name}. Look the goods up in that edition."
        for one in plain
        if one not in there
    ]
    if not plain and not said:
        said.append(f"Name the number or numbers of {len(number)} digits that follow, with commas between them.")
    if len(plain) > MOST:
        said.append(f"Name at most {MOST} numbers.")
    if said:
        raise Incomplete(*said, fields={"successors": said})
    return plain
