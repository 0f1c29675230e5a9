"""Templates of letters: a version is written, looked at on a real case, and put in force by two persons."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from exclusions.actions.record.accesses import log_reading
from exclusions.actions.record.disclosure_checks import require_reason
from exclusions.actions.record.events import record_event
from exclusions.actions.record.letter_parts.composing import compose
from exclusions.actions.record.letter_parts.facts import facts_again
from exclusions.actions.record.letter_parts.head import head_of
from exclusions.actions.record.letter_parts.templates import words_in_force
from exclusions.errors import Conflict, Incomplete, NotPermitted
from exclusions.gateways.typesetting import letter_pdf
from exclusions.models import LetterTemplate, Petition, User
from exclusions.queries.notices.letter_templates import cases_with, faults_of, last_letter
from exclusions.workflow.two_persons import LETTER_AUTHORS

MOST = 1000  # characters of a reason
NO_CODE = "PREVIEW"


def write_template(kind: str, *, text: str, why: str, by: User, at: datetime) -> LetterTemplate:
    """Keep a version of the template of a kind of letter, and return it; it is not in force yet.

    Raises NotPermitted, and Incomplete with a sentence for everything that keeps the text from being used: it names an
    unknown field, or one that was given in confidence, and lists the known ones; for a text that is in force already;
    and without a reason.
    """
    _authors_only(by)
    words = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().splitlines())
    _usable(kind, words)
    require_reason(why, "Say what changes, and why.", field="why")
    if len(why) > MOST:
        raise Incomplete(fields={"why": [f"The reason has {len(why)} characters. The limit is {MOST}."]})
    if words == words_in_force(kind)[0].strip():
        raise Incomplete(fields={"text": ["These words are already in force. Change something first."]})
    try:
        with transaction.atomic():
            last = LetterTemplate.objects.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0
            made = LetterTemplate.objects.create(
                kind=kind, number=last + 1, text=words, why=why.strip(), written_by=by, written_at=at
            )
            record_event(template_subject(made), "write_template", by=by, at=at, reason=made.why)
    except IntegrityError as error:
        raise Conflict("Someone wrote a version at the same moment. Send yours again: it becomes the next.") from error
    return made


def preview(kind: str, *, text: str, reference: str, by: User, at: datetime) -> bytes:
    """Return a PDF of what a template would say in a real case; nothing is issued, and no code is given.

    The case is one that got a letter of this kind; the address is left out. The reading is logged. Raises NotPermitted,
    and Incomplete for a text that cannot be used and for a case that will not do, with some that will.
    """
    _authors_only(by)
    _usable(kind, text)
    petition = Petition.objects.visible_to(by, at).filter(reference=reference.strip().upper()).first()
    letter = last_letter(petition, kind) if petition else None
    if petition is None or letter is None:
        others = ", ".join(cases_with(kind, by, at))
        sentence = f"No case “{reference}” that is open to you got such a letter."
        raise Incomplete(fields={"reference": [f"{sentence} Cases that did: {others or 'none yet'}."]})
    log_reading(petition, f"preview of a template: {kind}", by=by, at=at)
    said = {**head_of(petition, NO_CODE, at), **facts_again(letter), "template": NO_CODE.lower(), "is_preview": True}
    return letter_pdf({**said, **compose(kind, said, text)})


def template_subject(template: LetterTemplate) -> str:
    """Return the name of a version's event chain."""
    return f"letter_template:{template.pk}"


def _authors_only(by: User) -> None:
    if by.role not in LETTER_AUTHORS:
        raise NotPermitted("Only counsel and the signatory write letter templates.")


def _usable(kind: str, text: str) -> None:
    found = faults_of(kind, text)
    if found:
        raise Incomplete(fields={"text": found})
