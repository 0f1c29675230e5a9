"""Technical amendments: what two persons agreed to becomes law by its notice, with the days from which it holds."""

from datetime import date, datetime

from django.db import transaction

from exclusions.actions.decision.corrections import Correction, read_correction, write_correction
from exclusions.actions.decision.notice_checks import check_citation, check_form, refuse
from exclusions.actions.record.events import record_event
from exclusions.errors import NotPermitted, WrongState
from exclusions.models import Amendment, Decision, Exclusion, User
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role

PUBLISHER_ONLY = "The notice of an amendment is entered by the publisher of notices."


def amendment_subject(exclusion: Exclusion) -> str:
    """Return the name of the event chain that an exclusion's amendments are on."""
    return f"exclusion:{exclusion.pk}"


def publish_amendment(
    amendment: Amendment, *, citation: str, published_on: date | None, by: User, at: datetime
) -> Amendment:
    """Enter the notice that makes an amendment law, and write the wording that follows; return the amendment.

    From `applies_from` on the new words hold, from the first day of the wording where none is given; a notice may say
    a day that has passed, which is retroactive. Raises NotPermitted, Incomplete for a citation or day that will not do,
    WrongState where it was published or dropped, or the wording was changed since.
    """
    with transaction.atomic():
        locked = _lock(amendment, by)
        cited = citation.strip()
        if not cited:
            raise refuse("citation", "Give the Federal Register citation of the notice, for example 84 FR 38717.")
        check_form(cited, "")
        if published_on is None or published_on > eastern_date(at):
            raise refuse("published_on", "Give the day on which the notice was published; it is not in the future.")
        action = locked.exclusion.action
        check_citation(cited, published_on, action, demo=_is_demo(locked.exclusion))
        found = correction_of(locked, cited)
        first = locked.applies_from
        since = f"as of {first:%Y-%m-%d}" if first else "as of its first day"
        why = f"Technical amendment by {cited}, {since}. {locked.reason}"[:1000]
        write_correction(found, corrected_by="", reason=why, at=at)
        locked.citation, locked.published_on, locked.published_at = cited, published_on, at
        locked.save(update_fields=["citation", "published_on", "published_at"])
        data = {"amendment": locked.pk, "citation": cited, "published_on": published_on.isoformat()}
        record_event(amendment_subject(locked.exclusion), "publish_amendment", by=by, at=at, data=data)
    return locked


def drop_amendment(amendment: Amendment, *, by: User, at: datetime) -> Amendment:
    """Drop an amendment whose notice has not come; return it. Raises NotPermitted, WrongState."""
    with transaction.atomic():
        locked = _lock(amendment, by)
        locked.dropped_at = at
        locked.save(update_fields=["dropped_at"])
        subject, data = amendment_subject(locked.exclusion), {"amendment": locked.pk}
        record_event(subject, "drop_amendment", by=by, at=at, data=data)
    return locked


def correction_of(amendment: Amendment, citation: str = "") -> Correction:
    """Return an amendment as the change of a wording that it is. Raises WrongState where that stands no more."""
    first = amendment.applies_from
    entered = {
        "what": "wording",
        "row": amendment.amends_id,
        "text": amendment.text,
        "holds_from": first.isoformat() if first else "",
        "citation": citation,
    }
    return read_correction(amendment.exclusion, entered)


def _lock(amendment: Amendment, by: User) -> Amendment:
    """Return an amendment that waits for its notice, locked after its exclusion."""
    if by.role != Role.PUBLISHER:
        raise NotPermitted(PUBLISHER_ONLY)
    Exclusion.objects.select_for_update().get(pk=amendment.exclusion_id)
    rows = Amendment.objects.select_for_update(of=("self",)).select_related("exclusion__action")
    locked = rows.get(pk=amendment.pk)
    if not locked.waits:
        done = "was published" if locked.published_at else "was dropped"
        raise WrongState(f"This amendment {done} already.")
    return locked


def _is_demo(exclusion: Exclusion) -> bool:
    """Whether all that the exclusion answers is of a demonstration."""
    grants = Decision.objects.filter(exclusion=exclusion)
    return grants.exists() and not grants.filter(petition__round__is_demo=False).exists()
