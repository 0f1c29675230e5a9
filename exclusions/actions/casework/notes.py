"""Writing a note on a case, and marking cases with the tags of a team."""

from datetime import datetime

from django.db import transaction

from exclusions.actions.casework.staff_mail import tell_of_mention
from exclusions.actions.record.transition import lock
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import CaseNote, CaseTag, Mention, Petition, Tag, User
from exclusions.permissions import standing_of
from exclusions.queries.casework.acts import ASSIGNED
from exclusions.queries.casework.notes import named, reads_notes, staff, team_tags, writes_notes
from exclusions.workflow.states import Status

LONGEST = 4_000  # characters of a note
MOST_TAGS = 40  # of a team


def write_note(petition: Petition, text: str, *, by: User, at: datetime) -> CaseNote:
    """Write a note on a case, for those who read the whole case; return it. Whom it names behind an @ gets a message.

    The message says that there is a note and where, and nothing of it. Raises NotPermitted, and Incomplete for an empty
    note, one that is too long, a name that is nobody's, and for somebody named who may not see the case.
    """
    said = text.strip()
    if not writes_notes(by, petition, at):
        raise NotPermitted("Only staff who read the whole case write notes.")
    if not said or len(said) > LONGEST:
        _refuse("Write the note." if not said else f"A note has at most {LONGEST:,} characters.")
    people, unknown = named(said, staff())
    if unknown:
        names = " or ".join(f"“{name}”" for name in unknown)
        _refuse(f"No member of staff is called {names}. Write @ and the full name, or leave the @ out.")
    for person in people:
        if not reads_notes(person, petition, at):
            _refuse(f"{person} may not see this case, so no note on it can name {person}. Remove the @.")
    with transaction.atomic():
        note = CaseNote.objects.create(petition=petition, text=said, made_by=by, made_at=at)
        Mention.objects.bulk_create(Mention(note=note, user=person) for person in people)
        tell_of_mention(petition, people, by=by, at=at)
    return note


def _refuse(sentence: str) -> None:
    raise Incomplete.beside("text", sentence)


def make_tag(name: str, *, by: User, at: datetime) -> Tag:
    """Add a word to the vocabulary of one's team; return it. Raises NotPermitted but for the lead, Incomplete."""
    if not by.leads:
        raise NotPermitted("The lead of a team chooses its tags.")
    word = " ".join(name.split())
    said = ""
    if not word or len(word) > 30:
        said = "Give the tag a name of at most 30 characters."
    elif team_tags(by.role).filter(name__iexact=word).exists():
        said = "The team has this tag already."
    elif team_tags(by.role).count() >= MOST_TAGS:
        said = f"The team has {MOST_TAGS} tags already. Retire one first."
    if said:
        raise Incomplete.beside("name", said)
    return Tag.objects.create(role=by.role, name=word, made_by=by, made_at=at)


def retire_tag(tag_id: int, *, by: User, at: datetime) -> Tag:
    """Take a word out of one's team's vocabulary; cases keep it until it is taken off. Return it.

    Raises NotPermitted, WrongState where it is out of use already.
    """
    with transaction.atomic():
        tag = next(iter(Tag.objects.select_for_update().filter(pk=tag_id, role=by.role)), None)
        if tag is None or not by.leads:
            raise NotPermitted("The lead of a team chooses its tags.")
        if tag.retired_at:
            raise WrongState("This tag is already out of use.")
        tag.retired_at = at
        tag.save(update_fields=["retired_at"])
    return tag


def put_tag(petition: Petition, tag_id: int, *, by: User, at: datetime) -> CaseTag:
    """Mark a case with a tag of one's team; return the mark, the one that is there already where there is one.

    Raises NotPermitted, WrongState for a tag that is not in use.
    """
    with transaction.atomic():
        locked = _may_tag(petition, by, at)
        tag = next(iter(team_tags(by.role).filter(pk=tag_id)), None)
        if tag is None:
            raise WrongState("Choose a tag that your team uses.")
        there = next(iter(CaseTag.objects.filter(petition=locked, tag=tag, taken_at__isnull=True)), None)
        return there or CaseTag.objects.create(petition=locked, tag=tag, put_by=by, put_at=at)


def take_tag(petition: Petition, tag_id: int, *, by: User, at: datetime) -> CaseTag:
    """Take a tag of one's team off a case; return the mark. Raises NotPermitted, WrongState where it bears none."""
    with transaction.atomic():
        locked = _may_tag(petition, by, at)
        marks = CaseTag.objects.filter(petition=locked, tag=tag_id, tag__role=by.role, taken_at__isnull=True)
        mark = next(iter(marks), None)
        if mark is None:
            raise WrongState("The case does not have this tag.")
        mark.taken_by, mark.taken_at = by, at
        mark.save(update_fields=["taken_by", "taken_at"])
    return mark


def _may_tag(petition: Petition, by: User, at: datetime) -> Petition:
    locked = lock(petition)
    if by.role not in ASSIGNED or locked.status == Status.DRAFT:
        raise NotPermitted("Only staff who work a case tag it.")
    if barred := standing_of(by, locked, at).barred:
        raise NotPermitted(*barred)
    return locked
