"""Technical amendments: what two persons agreed to becomes law by its notice, with the days from which it holds."""

from datetime import date, datetime

from django.db import transaction

from exclusions.actions.decision.corrections import Correction, read_correction, write_correction
from exclusions.actions.decision.notice_checks import check_citation, check_day, check_form
from exclusions.actions.notices.told_anew import tell_anew
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify, record_event
from exclusions.days import in_full
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import Amendment, Decision, Exclusion, ExclusionText, NoticeItem, User
from exclusions.workflow.roles import Role

PUBLISHER_ONLY = "Only the publisher of notices enters the notice of an amendment."


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
        locked = lock_waiting(amendment, by)
        cited = citation.strip()
        if not cited:
            raise Incomplete.beside(
                "citation", "Give the Federal Register citation of the notice, for example 84 FR 38717."
            )
        check_form(cited, "")
        day = check_day(published_on, at)
        action = locked.exclusion.action
        check_citation(cited, day, action, demo=_is_demo(locked.exclusion))
        first = locked.applies_from
        found = _entered(locked.exclusion, locked.amends_id, locked.text, first, cited)
        write_correction(found, corrected_by="", reason=_why(cited, first, locked.reason), at=at)
        _published(locked, cited, day, by, at)
        tell_anew(locked.exclusion, f"The text was amended by {cited}. {locked.reason}", at=at)
    return locked


def write_amendment(item: NoticeItem, *, citation: str, published_on: date, at: datetime) -> ExclusionText:
    """Write what an item of a notice amends; return the wording that stands. The amendment that it is of is published.

    The same words under a second heading are written once. Raises WrongState where the words that the notice deletes
    are the exclusion's no more.
    """
    exclusion, first = item.exclusion, item.starts_on
    done = exclusion.texts.filter(text=item.text, authority=citation).order_by("version").last()
    if done is not None:
        return done
    before = exclusion.texts.filter(text=item.text_before).order_by("version").last()
    if before is None:
        sentence = "its text no longer has the words that the notice deletes."
        raise WrongState(f"{exclusion.reference}: {sentence} Draft the amendment again.")
    found = _entered(exclusion, before.pk, item.text, first, citation)
    write_correction(found, corrected_by="", reason=_why(citation, first, item.reason), at=at)
    waits = Amendment.objects.filter(exclusion=exclusion, text=item.text, published_at=None, dropped_at=None)
    for amendment in waits.select_for_update(of=("self",)):
        _published(amendment, citation, published_on, item.draft.created_by, at)
    new: ExclusionText = exclusion.texts.filter(text=item.text, authority=citation).latest("version")
    return new


def _published(amendment: Amendment, citation: str, published_on: date, by: User, at: datetime) -> None:
    """Enter the notice of an amendment that is locked, and the event."""
    amendment.citation, amendment.published_on, amendment.published_at = citation, published_on, at
    amendment.save(update_fields=["citation", "published_on", "published_at"])
    data = {"amendment": amendment.pk, "citation": citation, "published_on": published_on.isoformat()}
    record_event(amendment_subject(amendment.exclusion), "publish_amendment", by=by, at=at, data=data)
    answered = Decision.objects.filter(exclusion=amendment.exclusion).select_related("petition__filed_by")
    for petition in (decision.petition for decision in answered.order_by("petition__reference")):
        notify(
            to=petition.filed_by.email,
            template="general",
            subject=f"{petition.reference}: the text of its exclusion was amended by {citation}",
            context={
                "reference": petition.reference or "",
                "url": page_address("exclusion", amendment.exclusion.reference),
            },
            at=at,
        )


def _why(citation: str, first: date | None, reason: str) -> str:
    since = f"as of {in_full(first)}" if first else "as of its first day"
    return f"Technical amendment by {citation}, {since}. {reason}".strip()[:1000]


def drop_amendment(amendment: Amendment, *, by: User, at: datetime) -> Amendment:
    """Drop an amendment whose notice has not come; return it. Raises NotPermitted, WrongState."""
    with transaction.atomic():
        locked = lock_waiting(amendment, by)
        locked.dropped_at = at
        locked.save(update_fields=["dropped_at"])
        subject, data = amendment_subject(locked.exclusion), {"amendment": locked.pk}
        record_event(subject, "drop_amendment", by=by, at=at, data=data)
    return locked


def _entered(exclusion: Exclusion, row: int, text: str, first: date | None, citation: str) -> Correction:
    """Return an amendment as the change of a wording that it is. Raises WrongState where that stands no more."""
    holds_from = first.isoformat() if first else ""
    entered = {"what": "wording", "row": row, "text": text, "holds_from": holds_from, "citation": citation}
    return read_correction(exclusion, entered)


def lock_waiting(amendment: Amendment, by: User) -> Amendment:
    """Return an amendment that waits for its notice, locked after its exclusion."""
    if by.role != Role.PUBLISHER:
        raise NotPermitted(PUBLISHER_ONLY)
    Exclusion.objects.select_for_update().get(pk=amendment.exclusion_id)
    rows = Amendment.objects.select_for_update(of=("self",)).select_related("exclusion__action", "amends")
    locked = rows.get(pk=amendment.pk)
    if not locked.waits:
        done = "was published" if locked.published_at else "was dropped"
        raise WrongState(f"This amendment {done} already.")
    return locked


def _is_demo(exclusion: Exclusion) -> bool:
    """Whether all that the exclusion answers is of a demonstration."""
    grants = Decision.objects.filter(exclusion=exclusion)
    return grants.exists() and not grants.filter(petition__round__is_demo=False).exists()
