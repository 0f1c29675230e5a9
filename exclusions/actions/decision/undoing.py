"""Taking a notice back on the day of its entry: what it wrote is superseded by what stood before, and stays."""

from datetime import date, datetime

from django.db import transaction

from exclusions.actions.decision.notices import PUBLISHED, notice_subject
from exclusions.actions.decision.taking_back import amends, take_back_items, written_beside
from exclusions.actions.record.events import record_event
from exclusions.actions.record.letters import correction_letter
from exclusions.actions.record.supersession import successor, write_numbers
from exclusions.actions.record.transition import lock, move
from exclusions.days import in_full
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import Decision, ExclusionTerm, ExclusionText, FederalNotice, NoticeCase, PublicNotice, User
from exclusions.permissions.notices.taking_back import undo_faults
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status


def undo_notice(notice: FederalNotice, *, proposal: int, reason: str, by: User, at: datetime) -> FederalNotice:
    """Take a notice back: its terms wait again, its cases are granted again with their notice pending; return it.

    `proposal` is the key of the proposal that `by`, a second person, has just confirmed. Raises ActionRefused with
    nothing written: past the day of entry, once in ACE, or where something was built upon it since.
    """
    with transaction.atomic():
        cases = list(NoticeCase.objects.filter(notice=notice).order_by("petition__reference"))
        petitions = [lock(case.petition) for case in cases]
        locked = FederalNotice.objects.select_for_update().get(pk=notice.pk)
        faults = undo_faults(locked, at) or built_upon(locked)
        if faults:
            raise WrongState(*faults)
        for case, petition in zip(cases, petitions, strict=True):
            if case.term:
                _pending_again(case.term, locked, at)
            move(petition, "undo_publication", by=by, at=at, reason=reason, data={"proposal": proposal}, is_locked=True)
            for decision in Decision.objects.filter(petition=petition).select_related("exclusion__action"):
                decision.petition = petition
                correction_letter(decision, what=_taken_back(locked), at=at)
        beside = written_beside(locked)
        take_back_items(locked, by=by, at=at)
        _tell_of_others(beside, locked, at)
        locked.undone_at = at
        locked.save(update_fields=["undone_at"])
        PublicNotice.objects.filter(number=locked.pk).update(undone_at=at)
    return locked


def _tell_of_others(terms: list[int], notice: FederalNotice, at: datetime) -> None:
    """Issue letters to those whose petitions are answered by what a notice changed beside its grants."""
    exclusions = ExclusionTerm.versions.filter(pk__in=terms).values("exclusion")
    answered = Decision.objects.filter(exclusion__in=exclusions, petition__status=Status.PUBLISHED)
    of_it = ("exclusion__action", "petition__round", "petition__organization")
    for decision in answered.select_related(*of_it).order_by("petition__reference"):
        correction_letter(decision, what=_taken_back(notice), at=at)


def _taken_back(notice: FederalNotice) -> str:
    return f"{notice.citation} was entered in error, and taken back on the day of its entry."


def built_upon(notice: FederalNotice) -> list[str]:
    """Return a sentence where something since rests on what a notice wrote: a correction, or another case."""
    cases = NoticeCase.objects.filter(notice=notice)
    if amends(notice):
        return ["The notice amended a text. Only a later notice can change it."]
    terms = [*(case.term_id for case in cases if case.term_id), *written_beside(notice)]
    if ExclusionTerm.versions.filter(supersedes__in=terms).exists():
        return ["A term that this notice set has been corrected since. Only a later notice can change it."]
    exclusions = ExclusionTerm.versions.filter(pk__in=terms).values("exclusion")
    published = Decision.objects.filter(exclusion__in=exclusions, petition__status=Status.PUBLISHED)
    since = NoticeCase.objects.filter(notice__entered_at__gte=notice.entered_at).exclude(notice=notice)
    others = published.exclude(petition__in=cases.values("petition")).select_related("petition")
    others = others.filter(petition__in=since.values("petition"))
    other = others.order_by("petition__reference").first()
    if other is None:
        return []
    return [f"{other.petition.reference} was published later under the same exclusion. Take that back first."]


def enter_ace_day(notice: FederalNotice, day: date | None, *, by: User, at: datetime) -> FederalNotice:
    """Enter from which day on ACE accepts the headings of a notice, once; return it. Raises ActionRefused."""
    if by.role != Role.PUBLISHER:
        raise NotPermitted("Only the publisher of notices enters the day in ACE.")
    with transaction.atomic():
        locked = FederalNotice.objects.select_for_update().get(pk=notice.pk)
        if locked.undone_at or locked.in_ace_on:
            raise WrongState("The notice was taken back." if locked.undone_at else "Its day in ACE is already entered.")
        if day is None or day < locked.published_on:
            sentence = f"Give the day from which ACE accepts it, {in_full(locked.published_on)} or later."
            raise Incomplete.beside("in_ace_on", sentence)
        locked.in_ace_on = day
        locked.save(update_fields=["in_ace_on"])
        PublicNotice.objects.filter(number=locked.pk).update(in_ace_on=day)
        record_event(notice_subject(locked), "enter_ace_day", by=by, at=at, data={"day": day.isoformat()})
    return locked


def _pending_again(term: ExclusionTerm, notice: FederalNotice, at: datetime) -> None:
    """Supersede a term that a notice wrote, and the texts that it dated, by what stood before.

    What the two persons said stays in the events: the reason of a term is public.
    """
    why = _taken_back(notice)
    before = ExclusionTerm.versions.get(superseded_by=term)
    term.heading, term.note, term.seq, term.item = before.heading, before.note, before.seq, before.item
    term.status, term.valid_from, term.valid_to = before.status, before.valid_from, before.valid_to
    term.authority, term.published_on = before.authority, before.published_on
    term.dates_from, term.reason = before.dates_from, why
    successor(term, at=at).save()
    dated = term.exclusion.texts.filter(authority=notice.citation, reason=PUBLISHED, recorded_at=notice.entered_at)
    for text in dated.order_by("version"):
        earlier = ExclusionText.versions.get(superseded_by=text)
        text.valid_from, text.authority, text.reason = earlier.valid_from, earlier.authority, why
        again = successor(text, at=at)
        again.save()
        write_numbers([again])
