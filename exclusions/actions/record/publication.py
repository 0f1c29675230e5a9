"""Filling the public tables, by an allow-list. Nothing else writes them, and nothing reaches them unlisted."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from exclusions.actions.record.public_decisions import closing_facts, decision_facts, question_facts
from exclusions.actions.record.supplements.printing import print_on
from exclusions.facts.forms import petition_form, reply_form, response_form
from exclusions.models import (
    DocketVersion,
    Document,
    Letter,
    Petition,
    PublicDocument,
    PublicLetter,
    PublicPetition,
    PublicResponse,
    Quarantine,
    Reply,
    Response,
    Tombstone,
)
from exclusions.models.public import LAYOUT
from exclusions.queries.record.taken_down import Down, corrected_label, down_of, in_its_place
from exclusions.questionnaires import Questionnaire
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.public_things import Kind, tombstone
from exclusions.workflow.states import MOVE_OF, Status, stage_of

NAME = 300  # characters that a name of the list may have


def _public_rows(
    form: Questionnaire, answers: dict[str, Any], files: Iterable[Document], down: Down, kind: Kind, *of: object
) -> list[dict[str, Any]]:
    """Print the public ones of all answers; one that was taken down is one row, with a tombstone or corrected text."""
    # The whole answers come in: a ground or a public summary is asked for because of one that stays confidential.
    names = {str(file.pk): file.file_name for file in files} | down.file_names
    rows: dict[str, dict[str, Any]] = {}
    for place, row in enumerate(form.printed(answers, public_only=True, document_names=names)):
        taken = down.quarantine_of(kind, *of, row.key)
        printed = {"step": form.step(row.step).title, "key": row.key, "label": row.label, "value": row.value}
        if taken is None:
            rows[f"{row.key} {place}"] = printed
            continue
        printed |= {"label": corrected_label(form.question(row.key).label, taken), "value": in_its_place(taken)}
        rows[row.key] = printed | {"taken_down": eastern_date(taken.taken_at).isoformat()}
    return list(rows.values())


def _searchable(rows: list[dict[str, Any]], down: Down) -> str:
    """Return the words of the answers that are found by a search; those of a tombstone are nobody's answer."""
    graves = {tombstone(eastern_date(taken.taken_at), taken.ground) for taken in down.rows}
    return "\n".join(str(row["value"]) for row in rows if row["value"] not in graves)


def publish_petition(petition: Petition, *, at: datetime) -> PublicPetition | None:
    """Write or refresh the public copy of a posted petition, every column of it, and its public files; return it.

    Reads the latest sealed version through the questionnaire's public keys. Call it in the transaction of the change.
    What is in quarantine is left out; of a petition that is, a tombstone alone remains, and None is returned.
    """
    status = Status(petition.status)
    stage = stage_of(status, in_part=petition.in_part)
    if stage is None or petition.posted_at is None:
        raise ValueError("Only a posted petition has a public copy.")
    down = down_of(petition)
    _publish_letters(petition, down)
    if whole := down.quarantine_of(Kind.PETITION):
        _bury(petition, whole)
        return None
    Tombstone.objects.filter(reference=petition.reference, key=None).delete()
    version = petition.versions.sealed().newest()
    form = petition_form(petition.round)
    public = form.public(version.answers) if version else {}
    files = _public_files(petition, down)
    rows = _public_rows(form, version.answers if version else {}, files, down, Kind.ANSWER)
    copy, _ = PublicPetition.objects.update_or_create(
        reference=petition.reference,
        defaults={
            "docket": petition.round.docket,
            "round": petition.round,
            "organization_name": _name(petition, public, down),
            "filer_name": _filer_name(petition),
            "hts10": "" if down.quarantine_of(Kind.ANSWER, "hts10") else petition.hts10,
            "product_name": _product(petition, public, down),
            "stage": stage,
            "move": MOVE_OF[status],
            "historical": False,
            "posted_on": eastern_date(petition.posted_at),
            "response_closes_at": petition.response_closes_at,
            "reply_closes_at": petition.reply_closes_at,
            "answers": rows,
            "search_text": _searchable(rows, down),
            **_counts(petition, down),
            "updated_at": at,
            "taken_down": down.public_rows,
            "layout": LAYOUT,
            **decision_facts(petition, status, down),
            "closing": closing_facts(petition),
            "questions": question_facts(petition, down),
        },
    )
    _publish_documents(files, copy, None, down)
    _add_since(copy)
    return copy


def _add_since(copy: PublicPetition) -> None:
    """Print what was added since the decision, and count the change."""
    print_on(copy)
    DocketVersion.advance()


def _counts(petition: Petition, down: Down) -> dict[str, int]:
    """How many posted responses there are for it and against it, without those that were taken down."""
    gone = [taken.response.pk for taken in down.rows if taken.response and taken.kind == Kind.RESPONSE]
    posted = Response.objects.filter(petition=petition, status=Response.Status.POSTED).exclude(pk__in=gone)
    return posted.aggregate(
        support_count=Count("pk", filter=Q(position=Response.Position.SUPPORT)),
        oppose_count=Count("pk", filter=Q(position=Response.Position.OPPOSE)),
    )


def _name(petition: Petition, public: Mapping[str, Any], down: Down) -> str:
    name = public.get("org_legal_name") or petition.organization.legal_name
    return down.in_place(name, Kind.ANSWER, "org_legal_name")[:NAME]


def _product(petition: Petition, public: Mapping[str, Any], down: Down) -> str:
    name = str(public.get("product_name", petition.product_name))
    return down.in_place(name, Kind.ANSWER, "product_name")[:NAME]


def _bury(petition: Petition, taken: Quarantine) -> None:
    """Take the public copy away, with its responses, files and words in the index, and leave a tombstone."""
    PublicPetition.objects.filter(reference=petition.reference).delete()
    Tombstone.objects.update_or_create(
        reference=petition.reference, key=None, defaults={"taken_down_at": taken.taken_at, "ground": taken.ground}
    )
    DocketVersion.advance()


def _publish_letters(petition: Petition, down: Down) -> None:
    """Say of each letter whether it was taken down: the public has its code and hash, and why it supersedes another."""
    taken = {row.letter.code: row for row in down.rows if row.letter}
    restored = PublicLetter.objects.filter(reference=petition.reference or "", taken_down_at__isnull=False)
    for code, reason in Letter.objects.filter(code__in=restored.exclude(code__in=taken).values("code")).values_list(
        "code", "reason"
    ):
        PublicLetter.objects.filter(code=code).update(taken_down_at=None, ground="", reason=reason)
    for code, row in taken.items():
        PublicLetter.objects.filter(code=code).update(taken_down_at=row.taken_at, ground=row.ground, reason="")


def _filer_name(petition: Petition) -> str:
    """Who filed in the requester's place, in words that follow "filed by"; assisted filing is marked as such."""
    if petition.assisted_by_id:
        return "agency staff, at its written request"
    return petition.filer_organization.legal_name if petition.filer_organization else ""


def _public_files(home: Petition | Response | Reply, down: Down) -> list[Document]:
    """The files that everybody may read: of one that waits nothing is public, but what is public stays until taken."""
    if isinstance(home, Reply) and down.quarantine_of(Kind.REPLY, home.response.reference):
        return []
    public = home.documents.filter(visibility=Document.Visibility.PUBLIC, removed_at__isnull=True)
    shown = PublicDocument.objects.filter(key=OuterRef("pk"))
    clean = Q(text_whole=True, unread_parts="") | Exists(shown)
    return list(public.filter(clean).exclude(pk__in=list(down.documents)))


def _publish_documents(
    live: Iterable[Document], petition: PublicPetition, response: PublicResponse | None, down: Down
) -> None:
    """Make the public files of a petition, or of a response and its reply, be these; write only what is another."""
    facts = (
        "file_name", "content_type", "size", "sha256", "storage_key", "scan",
        "thumbnail_key", "thumbnail_width", "thumbnail_height",
    )  # fmt: skip
    there = {copy.key: copy for copy in petition.documents.filter(response=response)}
    homes: dict[str, Any] = {"petition": petition, "response": response}
    wanted = {
        document.pk: PublicDocument(key=document.pk, **homes, **{name: getattr(document, name) for name in facts})
        for document in live
    }
    gone = there.keys() - wanted.keys()
    if gone:
        with_reply = down.quarantine_of(Kind.REPLY, response.reference) if response else None
        lost = {key: down.documents.get(key) or with_reply for key in gone}
        _bury_files(petition, {key: taken for key, taken in lost.items() if taken})
        petition.documents.filter(key__in=gone).delete()
    new = wanted.keys() - there.keys()
    if new:
        Tombstone.objects.filter(key__in=new).delete()
    changed = [
        copy
        for key, copy in wanted.items()
        if key in new or any(getattr(copy, name) != getattr(there[key], name) for name in facts)
    ]
    PublicDocument.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["key"], update_fields=["petition", "response", *facts]
    )


def publish_response(response: Response, *, at: datetime) -> PublicResponse | None:
    """Write or refresh the public copy of a posted response and its reply, and the petition's counts; return it.

    Of the petition nothing else is written: its own copy is `publish_petition`'s. None when the response or its
    petition is in quarantine.
    """
    if response.posted_at is None:
        raise ValueError("Only a posted response has a public copy.")
    home = response.petition
    down = down_of(home)
    petition = None if down.quarantine_of(Kind.PETITION) else _count_responses(home, down, at)
    if petition is None:
        return None
    if taken := down.quarantine_of(Kind.RESPONSE, response.reference):
        _bury_response(response, petition, taken)
        return None
    form, answers = response_form(home.round), (Kind.RESPONSE_ANSWER, response.reference)
    replies, files = list(posted_replies(response)), _public_files(response, down)
    with_replies = [file for reply in replies for file in _public_files(reply, down)]
    copy, _ = PublicResponse.objects.update_or_create(
        reference=response.reference,
        defaults={
            "petition": petition,
            "organization_name": down.in_place(response.organization_name, *answers, "org_legal_name")[:NAME],
            "position": response.position,
            "answers": _public_rows(form, response.answers, files, down, *answers),
            "posted_at": response.posted_at,
            "reply_closes_at": response.reply_closes_at,
            "layout": LAYOUT,
            **_reply_facts(response, replies, with_replies, down),
        },
    )
    _publish_documents([*files, *with_replies], petition, copy, down)
    return copy


def _count_responses(petition: Petition, down: Down, at: datetime) -> PublicPetition | None:
    """Write what a response or a reply changes of its petition's copy, and return that, or None when it is buried."""
    copies = PublicPetition.objects.filter(reference=petition.reference)
    copy: PublicPetition | None = copies.order_by("pk").only("reference").first()
    if copy is None:
        return publish_petition(petition, at=at)
    said, closes = _counts(petition, down), petition.reply_closes_at
    PublicPetition.objects.filter(pk=copy.pk).update(
        reply_closes_at=closes, updated_at=at, support_count=said["support_count"], oppose_count=said["oppose_count"]
    )
    DocketVersion.advance()
    return copy


def posted_replies(response: Response) -> QuerySet[Reply]:
    """Return the reply to a response, unless it waits for intake or was not let through."""
    return Reply.objects.select_related("response").let_through().filter(response=response)


def _bury_response(response: Response, petition: PublicPetition, taken: Quarantine) -> None:
    """Take the public copy of a response away, and leave a tombstone for each of its files."""
    copy = PublicResponse.objects.filter(reference=response.reference).first()
    if copy is None:
        return
    _bury_files(petition, dict.fromkeys(copy.documents.values_list("key", flat=True), taken))
    copy.delete()


def _bury_files(petition: PublicPetition, lost: Mapping[UUID, Quarantine]) -> None:
    graves = [
        Tombstone(key=key, reference=petition.reference, taken_down_at=taken.taken_at, ground=taken.ground)
        for key, taken in lost.items()
    ]
    Tombstone.objects.bulk_create(graves, ignore_conflicts=True)


def _reply_facts(response: Response, replies: Sequence[Reply], files: Iterable[Document], down: Down) -> dict[str, Any]:
    reply = next(iter(replies), None)
    if reply is None:
        return {"reply_answers": [], "replied_at": None}
    form, taken = reply_form(response.petition.round), down.quarantine_of(Kind.REPLY, response.reference)
    if taken:
        grave = {"step": "", "key": "reply", "label": "Reply", "value": in_its_place(taken)}
        rows = [grave | {"taken_down": eastern_date(taken.taken_at).isoformat()}]
    else:
        rows = _public_rows(form, reply.answers, files, down, Kind.REPLY_ANSWER, response.reference)
    return {"reply_answers": rows, "replied_at": reply.submitted_at}
