"""Filling the public tables, by an allow-list. Nothing else writes them, and nothing reaches them unlisted."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from exclusions import criteria
from exclusions.facts.forms import petition_form, reply_form, response_form
from exclusions.models import (
    Decision,
    DocketVersion,
    Document,
    Petition,
    PetitionVersion,
    PublicDocument,
    PublicPetition,
    PublicResponse,
    Quarantine,
    Reply,
    Response,
    Round,
    Tombstone,
)
from exclusions.models.screening import HELD_BACK
from exclusions.questionnaires import Questionnaire
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import DECIDED, MOVE_OF, STAGE_OF, Status


def _public_rows(
    form: Questionnaire, answers: dict[str, Any], files: QuerySet[Document], down: list[Quarantine]
) -> list[dict[str, Any]]:
    names = {str(file.pk): file.file_name for file in files}
    for taken in down:
        # The answer names the file that was filed; a corrected one, once it is public, stands in its place.
        names[str(taken.document_id)] = names.get(str(taken.replacement_id), "Taken down")
    return [
        {"step": form.step(row.step).title, "key": row.key, "label": row.label, "value": row.value}
        for row in form.printed(answers, public_only=True, document_names=names)
    ]


def publish_petition(petition: Petition, *, at: datetime) -> PublicPetition | None:
    """Write or refresh the public copy of a posted petition, every column of it, and its public files; return it.

    Reads the latest sealed version through the questionnaire's public keys. Call it in the transaction of the change.
    What is in quarantine is left out; of a petition that is, a tombstone alone remains, and None is returned.
    """
    status = Status(petition.status)
    stage = STAGE_OF[status]
    if stage is None or petition.posted_at is None:
        raise ValueError("Only a posted petition has a public copy.")
    down = _in_quarantine(petition)
    whole = next((taken for taken in down if taken.document_id is None and taken.response_id is None), None)
    if whole:
        _bury(petition, whole)
        return None
    Tombstone.objects.filter(reference=petition.reference, key=None).delete()
    version = PetitionVersion.objects.filter(petition=petition, sealed_at__isnull=False).order_by("-number").first()
    form = petition_form(petition.round)
    public = form.public(version.answers) if version else {}
    rows = _public_rows(form, public, _public_files(petition, down), down)
    posted = Response.objects.filter(petition=petition, status=Response.Status.POSTED)
    posted = posted.exclude(pk__in=[taken.response_id for taken in down if taken.response_id])
    copy, _ = PublicPetition.objects.update_or_create(
        reference=petition.reference,
        defaults={
            "docket": petition.round.docket,
            "round": petition.round,
            "organization_name": public.get("org_legal_name") or petition.organization.legal_name,
            "filer_name": _filer_name(petition),
            "hts10": petition.hts10,
            "product_name": str(public.get("product_name", petition.product_name)),
            "stage": stage,
            "move": MOVE_OF[status],
            "historical": False,
            "posted_on": eastern_date(petition.posted_at),
            "response_closes_at": petition.response_closes_at,
            "reply_closes_at": petition.reply_closes_at,
            "answers": rows,
            "search_text": "\n".join(str(row["value"]) for row in rows),
            "support_count": posted.filter(position=Response.Position.SUPPORT).count(),
            "oppose_count": posted.filter(position=Response.Position.OPPOSE).count(),
            "updated_at": at,
            "taken_down": _said_to_be_down(down),
            **_decision_facts(petition, status),
        },
    )
    _publish_documents([petition], copy, None, down)
    DocketVersion.advance()
    return copy


def _in_quarantine(petition: Petition) -> list[Quarantine]:
    return list(
        Quarantine.objects.filter(petition=petition, restored_at__isnull=True)
        .select_related("response")
        .order_by("taken_at")
    )


def _bury(petition: Petition, taken: Quarantine) -> None:
    """Take the public copy away, with its responses, files and words in the index, and leave a tombstone."""
    PublicPetition.objects.filter(reference=petition.reference).delete()
    Tombstone.objects.get_or_create(reference=petition.reference, key=None, defaults={"taken_down_at": taken.taken_at})
    DocketVersion.advance()


def _said_to_be_down(down: list[Quarantine]) -> list[dict[str, str]]:
    """What the page says of things taken down: kind, reference and day; a file's name may be what was wrong with it."""
    corrected = {taken.replacement_id for taken in down}
    return [
        {
            "what": "Response" if taken.response else "Document",
            "reference": str(taken.response.reference) if taken.response else "",
            "on": eastern_date(taken.taken_at).isoformat(),
        }
        for taken in down
        if taken.document_id not in corrected - {None} or taken.response
    ]


def _filer_name(petition: Petition) -> str:
    """Who filed in the requester's place, in words that follow "filed by"; assisted filing is marked as such."""
    if petition.assisted_by_id:
        return "agency staff, at its written request"
    return petition.filer_organization.legal_name if petition.filer_organization else ""


def _decision_facts(petition: Petition, status: Status) -> dict[str, Any]:
    """The decision, once it may be known: when signed, a grant as Stage 4. Before that its columns are empty."""
    decision = Decision.objects.filter(petition=petition).first() if status in DECIDED else None
    if decision is None:
        return {"decided_on": None, "rationale": "", "denial_codes": [], "findings": [], "exclusion": None}
    return {
        "decided_on": eastern_date(decision.signed_at),
        "rationale": decision.rationale,
        "denial_codes": [
            {"code": code, "reason": criteria.DENIAL_REASONS.get(code, code)} for code in decision.denial_codes
        ],
        "findings": decision.findings,
        "exclusion": decision.exclusion,
    }


def _public_files(home: Petition | Response | Reply, down: list[Quarantine]) -> QuerySet[Document]:
    kept_back = [taken.document_id for taken in down if taken.document_id]
    return home.documents.filter(visibility=Document.Visibility.PUBLIC, removed_at__isnull=True).exclude(
        pk__in=kept_back
    )


def _publish_documents(
    homes: "list[Petition | Response | Reply]",
    petition: PublicPetition,
    response: PublicResponse | None,
    down: list[Quarantine],
) -> None:
    live = [document for home in homes for document in _public_files(home, down)]
    keys = [document.pk for document in live]
    gone = petition.documents.filter(response=response).exclude(key__in=keys)
    when = {taken.document_id: taken.taken_at for taken in down}
    for key in gone.values_list("key", flat=True):
        if key in when:
            Tombstone.objects.get_or_create(
                key=key, defaults={"reference": petition.reference, "taken_down_at": when[key]}
            )
    gone.delete()
    Tombstone.objects.filter(key__in=keys).delete()
    for document in live:
        PublicDocument.objects.update_or_create(
            key=document.pk,
            defaults={
                "petition": petition,
                "response": response,
                "file_name": document.file_name,
                "content_type": document.content_type,
                "size": document.size,
                "sha256": document.sha256,
                "storage_key": document.storage_key,
                "scan": document.scan,
            },
        )


def publish_response(response: Response, *, at: datetime) -> PublicResponse | None:
    """Write or refresh the public copy of a posted response and its reply, and the petition's counts; return it.

    None when the response or its petition is in quarantine.
    """
    if response.posted_at is None:
        raise ValueError("Only a posted response has a public copy.")
    petition = publish_petition(response.petition, at=at)
    if petition is None:
        return None
    down = _in_quarantine(response.petition)
    taken = next((taken for taken in down if taken.response_id == response.pk), None)
    if taken:
        _bury_response(response, petition, taken)
        return None
    round = response.petition.round
    form = response_form(round)
    copy, _ = PublicResponse.objects.update_or_create(
        reference=response.reference,
        defaults={
            "petition": petition,
            "organization_name": response.organization_name,
            "position": response.position,
            "answers": _public_rows(form, form.public(response.answers), _public_files(response, down), down),
            "posted_at": response.posted_at,
            "reply_closes_at": response.reply_closes_at,
            **_reply_facts(response, round, down),
        },
    )
    _publish_documents([response, *posted_replies(response)], petition, copy, down)
    return copy


def posted_replies(response: Response) -> QuerySet[Reply]:
    """Return the reply to a response, unless it waits for intake or was not let through."""
    return Reply.objects.filter(response=response).exclude(screening__outcome__in=HELD_BACK)


def _bury_response(response: Response, petition: PublicPetition, taken: Quarantine) -> None:
    """Take the public copy of a response away, and leave a tombstone for each of its files."""
    copy = PublicResponse.objects.filter(reference=response.reference).first()
    if copy is None:
        return
    for key in copy.documents.values_list("key", flat=True):
        Tombstone.objects.get_or_create(
            key=key, defaults={"reference": petition.reference, "taken_down_at": taken.taken_at}
        )
    copy.delete()


def _reply_facts(response: Response, round: Round, down: list[Quarantine]) -> dict[str, Any]:
    reply = next(iter(posted_replies(response)), None)
    if reply is None:
        return {"reply_answers": [], "replied_at": None}
    form = reply_form(round)
    return {
        "reply_answers": _public_rows(form, form.public(reply.answers), _public_files(reply, down), down),
        "replied_at": reply.submitted_at,
    }
