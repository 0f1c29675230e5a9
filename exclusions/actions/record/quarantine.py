"""Taking down what should not be public, at once and everywhere, and putting it back when it is in order."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.disclosure_checks import look_through, refuse_doubts
from exclusions.actions.record.events import notify, petition_subject, record_event
from exclusions.actions.record.files import Upload, keep_file
from exclusions.actions.record.public_files.homes import form_of
from exclusions.actions.record.public_files.read_again import read_files_of
from exclusions.actions.record.publication import publish_petition, publish_response
from exclusions.actions.record.supplements.printing import hold_copies, print_supplements, supplemented_by
from exclusions.actions.record.transition import lock
from exclusions.actions.store.cases import store_case
from exclusions.errors import Conflict, Incomplete, WrongState
from exclusions.models import Document, Letter, Petition, Quarantine, Response, User
from exclusions.permissions import standing_of
from exclusions.permissions.case_secrets import case_secrets
from exclusions.permissions.leaks import said_by, settled_leaks, unread_sentence
from exclusions.permissions.quarantine import quarantine_refusal, restoring_refusal
from exclusions.permissions.screening import words_taken_down
from exclusions.queries.record.public_things import Thing, public_things
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.public_things import OF_DECISIONS, OF_RESPONDERS, TEXTS, Ground, Kind, day, key_of

WITHDRAWN = "Its author withdrew it while responses were open."
NOT_BEFORE = "Find it under “Files that wait”. Read or take out that part there, or ask for another file."
AWAITS = "Corrected file, not looked through yet."


def take_down(
    petition: Petition,
    thing: str = Kind.PETITION,
    *,
    by: User | None,
    at: datetime,
    reason: str,
    ground: str = "",
    token: str = "",
) -> Quarantine:
    """Take one public thing of a case down, or the whole petition, and return the quarantine.

    `thing` is a key of `queries.record.public_things`; `token` is that of a responder's secret link, who may have no
    account (`by` is None). In the one transaction the public copy loses it and a tombstone stays, with `ground`, a code
    of `Ground`; the docket's version advances, so that what is cached is out of date in every process; event and mail
    are written. With words of a decision go the letters that repeat them. The reason is for those who read the case.
    Raises NotPermitted, WrongState, Incomplete without reason or with an unknown ground, Conflict when it is down.
    """
    _must_say(reason, ground)
    with transaction.atomic():
        locked = lock(petition)
        author = Response.objects.of_token(token) if token else None
        found = _find(locked, thing, by, at, author)
        if Quarantine.objects.filter(petition=locked, thing=found.key, restored_at__isnull=True).exists():
            raise Conflict("It has been taken down already.")
        look_through("quarantine", locked, {"reason": reason}, by=by, at=at)
        taken = _put_down(locked, found, by=by, at=at, reason=reason.strip(), ground=ground)
        if found.kind in OF_DECISIONS:
            for letter in _letters_with_the_decision(locked):
                _put_down(locked, letter, by=by, at=at, reason=reason.strip(), ground=ground)
        _republish(taken, at=at)
        _tell_owner(taken, "taken_down", by=by, at=at)
    return taken


def _must_say(reason: str, ground: str) -> None:
    fields = {}
    if not reason.strip():
        fields["reason"] = ["Say what is wrong without repeating it. Your reason goes on the record."]
    if ground and ground not in Ground.values:
        fields["ground"] = ["Choose one of the public grounds."]
    if fields:
        raise Incomplete(*(sentence for group in fields.values() for sentence in group), fields=fields)


def _find(petition: Petition, key: str, by: User | None, at: datetime, author: Response | None) -> Thing:
    """Return the public thing of that key, if the person may take it down. Raises NotPermitted, WrongState."""
    found = next((thing for thing in public_things(petition) if thing.key == key), None)
    of = found or Thing(Kind.PETITION, key)
    refused = quarantine_refusal(petition, of.kind, of.response, of.document, by, at, author=author)
    if refused:
        raise refused
    if found is None:
        raise WrongState("This petition has no public item of that name to take down.")
    return found


def _put_down(
    petition: Petition, thing: Thing, *, by: User | None, at: datetime, reason: str, ground: str
) -> Quarantine:
    taken = Quarantine.objects.create(
        petition=petition,
        kind=thing.kind,
        thing=thing.key,
        label=thing.label,
        response=thing.response,
        document=thing.document,
        letter=thing.letter,
        ground=ground,
        reason=reason,
        taken_at=at,
        taken_by=by,
    )
    _note(taken, "quarantine", by=by, at=at, reason=reason)
    return taken


def bury_withdrawn(response: Response, *, by: User | None, at: datetime) -> None:
    """Take a posted response that its author withdrew off the public side, for good; a tombstone stays.

    Call it in the transaction of the withdrawal, with the petition's row locked. One that is down already stays so.
    """
    petition, key = response.petition, key_of(Kind.RESPONSE, response.reference)
    if not Quarantine.objects.filter(petition=petition, thing=key, restored_at__isnull=True).exists():
        thing = Thing(Kind.RESPONSE, key, response=response)
        taken = _put_down(petition, thing, by=by, at=at, reason=WITHDRAWN, ground=Ground.WITHDRAWN)
        _republish(taken, at=at)


def _letters_with_the_decision(petition: Petition) -> Iterator[Thing]:
    """Yield the letters that repeat the words of the decision and are not down yet."""
    down = Quarantine.objects.filter(petition=petition, restored_at__isnull=True, letter=OuterRef("pk"))
    letters = Letter.objects.filter(petition=petition, kind__in=Letter.OF_DECISION)
    for letter in letters.filter(~Exists(down)).order_by("issued_at", "pk"):
        yield Thing(Kind.LETTER, key_of(Kind.LETTER, letter.code), letter.get_kind_display(), letter=letter)


def restore(taken: Quarantine, *, by: User, at: datetime) -> Quarantine:
    """Put back what was taken down, or its corrected file in its stead; return the quarantine, now ended.

    Raises NotPermitted, WrongState when it was put back, replaced or corrected before, and Repeats while a file or a
    response repeats what was given in confidence.
    """
    read_files_of(taken.petition)
    words = words_taken_down(taken)
    secrets = case_secrets(taken.petition) if words else None
    with transaction.atomic():
        petition = lock(taken.petition)
        locked = _locked_quarantine(taken, petition, by=by, at=at)
        if locked.correction:
            raise WrongState("A corrected text has replaced it. If that text is wrong, correct it again.")
        if words and secrets:
            refuse_doubts(words.doubts(secrets, settled_leaks(petition)))
        if locked.document and not locked.document.is_read_whole:
            raise WrongState(f"{unread_sentence(locked.document)} {NOT_BEFORE}")
        locked.restored_at, locked.restored_by = at, by
        locked.save(update_fields=["restored_at", "restored_by"])
        _note(locked, "restore", by=by, at=at)
        _republish(locked, at=at)
        _tell_owner(locked, "put_back", by=by, at=at)
    return locked


def _locked_quarantine(taken: Quarantine, petition: Petition, *, by: User, at: datetime) -> Quarantine:
    """Return a quarantine with its row locked, if the person may put back or correct what is down under it."""
    locked = Quarantine.objects.select_for_update(of=("self",)).get(pk=taken.pk)
    refused = restoring_refusal(petition, by, at)
    if refused:
        raise refused
    if locked.restored_at:
        raise WrongState("It was put back already.")
    if locked.replacement_id:
        raise WrongState("A corrected file has replaced it. Put that file back instead.")
    if locked.response and locked.response.status == Response.Status.WITHDRAWN:
        raise WrongState("Its author withdrew it, so it cannot become public again.")
    locked.petition = petition
    return locked


def correct(taken: Quarantine, text: str, *, by: User, at: datetime) -> Quarantine:
    """Let a corrected text stand where a text was taken down, which itself stays down; return the quarantine.

    Raises NotPermitted, WrongState, Incomplete, and Repeats where the text repeats what was given in confidence.
    """
    if taken.kind not in TEXTS:
        raise WrongState("Only an answer or the agency's own text can be corrected. Replace a file, or put it back.")
    if not text.strip():
        raise Incomplete(fields={"text": ["Enter the text that everyone will read in its place."]})
    with transaction.atomic():
        petition = lock(taken.petition)
        locked = _locked_quarantine(taken, petition, by=by, at=at)
        look_through("correct", petition, {"text": text}, by=by, at=at)
        locked.correction, locked.corrected_at, locked.corrected_by = text.strip(), at, by
        locked.save(update_fields=["correction", "corrected_at", "corrected_by"])
        _note(locked, "correct", by=by, at=at)
        _republish(locked, at=at)
        _tell_owner(locked, "corrected", by=by, at=at)
    return locked


def replace_document(taken: Quarantine, upload: Upload, *, by: User, at: datetime) -> Document:
    """Give a corrected file for one that was taken down, and return it. It waits until staff have looked it through.

    The old file stays in quarantine for good. Raises NotPermitted, WrongState, Incomplete as `attach` does, and Repeats
    where the file repeats a value that its giver may read; any other doubt is told to the clerk who puts it back.
    """
    old = taken.document
    if old is None:
        raise WrongState("Only a file can be replaced.")
    kept = keep_file(form_of(old, taken.petition.round), old.question_key, upload)
    try:
        said: dict[str, str] = {}
        for part, text in said_by(kept.document()).parts:
            said[f"its {part}"] = f"{said.get(f'its {part}', '')}{text}\n"
        look_through("replace", taken.petition, said, by=by, at=at)
        with transaction.atomic():
            petition = lock(taken.petition)
            locked = Quarantine.objects.select_for_update(of=("self",)).get(pk=taken.pk)
            refused = quarantine_refusal(petition, Kind.DOCUMENT, None, old, by, at)
            if refused:
                raise refused
            if locked.restored_at or locked.replacement_id:
                raise WrongState("It was already put back or replaced.")
            new = kept.document()
            new.petition, new.response, new.reply = old.petition, old.response, old.reply
            new.visibility, new.uploaded_by, new.uploaded_at = old.visibility, by, at
            new.save(force_insert=True)
            locked.replacement = new
            locked.save(update_fields=["replacement"])
            waiting = Quarantine.objects.create(
                petition=petition,
                kind=Kind.DOCUMENT,
                thing=key_of(Kind.DOCUMENT, new.pk),
                document=new,
                ground=locked.ground,
                reason=AWAITS,
                taken_at=at,
                taken_by=by,
            )
            _note(waiting, "replace", by=by, at=at, replaces=str(old.pk))
    except BaseException:
        kept.discard()
        raise
    return new


def _note(taken: Quarantine, kind: str, *, by: User | None, at: datetime, reason: str = "", replaces: str = "") -> None:
    """Write the event; its data name the thing by its key, which holds references and ids, never a name."""
    thing = {"thing": taken.kind, "key": taken.thing, "ground": taken.ground}
    if taken.document_id:
        thing["document"] = str(taken.document_id)
    if taken.response:
        thing["response"] = str(taken.response.reference)
    if replaces:
        thing["replaces"] = replaces
    role = str(next(iter(standing_of(by, taken.petition, at).roles), "")) if by else ""
    record_event(petition_subject(taken.petition), kind, by=by, at=at, role=role, reason=reason, data=thing)


def _republish(taken: Quarantine, *, at: datetime) -> None:
    """Let the public copies be made again; they leave out what is in quarantine."""
    petition, document = taken.petition, taken.document
    if petition.posted_at is None:
        return
    response = taken.response
    if document is not None:
        response = document.reply.response if document.reply else document.response
    store_case(petition, at=at)
    citing = supplemented_by(petition)
    if citing:
        hold_copies({*citing, str(petition.reference)})
    publish_petition(petition, at=at)  # it says what of its responses is down
    if response is not None:
        response.petition = petition
        publish_response(response, at=at)
    if taken.kind == Kind.PETITION and taken.restored_at:
        posted = Response.objects.filter(petition=petition, status=Response.Status.POSTED).order_by("posted_at", "pk")
        for found in posted.select_related("petition__round"):
            publish_response(found, at=at)
    print_supplements(citing, at=at)


def _tell_owner(taken: Quarantine, template: str, *, by: User | None, at: datetime) -> None:
    """Mail whose thing it is: what happened, on which public ground, and where to read it. Never what it said."""
    petition, document = taken.petition, taken.document
    theirs = document.response if document else taken.response if taken.kind in OF_RESPONDERS else None
    ended = {"taken_down": "taken down", "put_back": "public again", "corrected": "corrected"}[template]
    why = str(Ground(taken.ground).label) if taken.ground else ""
    notify(
        to=theirs.email if theirs else petition.filed_by.email,
        template=template,
        subject=f"{petition.reference}: {str(taken.get_kind_display()).lower()} {ended}",
        context={
            "reference": petition.reference,
            "thing": taken.what_openly,
            "why": why,
            "who": "the agency" if by is not None and by.role else "you, or someone who works with you",
            "on": day(eastern_date(at)),
            "url": page_address("docket-petition", petition.reference),
        },
        at=at,
    )
