"""Filling the public tables, by an allow-list. Nothing else writes them, and nothing reaches them unlisted."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from exclusions import criteria, questionnaires
from exclusions.models import (
    Decision,
    DocketVersion,
    Document,
    Petition,
    PetitionVersion,
    PublicDocument,
    PublicPetition,
    PublicResponse,
    Reply,
    Response,
    Round,
)
from exclusions.questionnaires import Questionnaire
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import MOVE_OF, STAGE_OF, Status

if TYPE_CHECKING:
    from django.db.models import QuerySet


def questionnaire_of(round: Round) -> Questionnaire:
    """Return the round's petition form with its own periods."""
    return questionnaires.get(round.questionnaire, periods=tuple(round.purchase_periods))


def _public_rows(
    form: Questionnaire, answers: dict[str, Any], files: "QuerySet[Document] | None" = None
) -> list[dict[str, Any]]:
    names = {str(file.pk): file.file_name for file in files or ()}
    return [
        {"step": form.step(row.step).title, "key": row.key, "label": row.label, "value": row.value}
        for row in form.printed(answers, public_only=True, document_names=names)
    ]


def publish_petition(petition: Petition, *, at: datetime) -> PublicPetition:
    """Write or refresh the public copy of a posted petition, its counts, decision and public files; return it.

    Reads the latest sealed version through the questionnaire's public keys. Call it in the transaction of the change.
    """
    status = Status(petition.status)
    stage = STAGE_OF[status]
    if stage is None or petition.posted_at is None:
        raise ValueError("Only a posted petition has a public copy.")
    version = PetitionVersion.objects.filter(petition=petition, sealed_at__isnull=False).order_by("-number").first()
    form = questionnaire_of(petition.round)
    public = form.public(version.answers) if version else {}
    rows = _public_rows(form, public, _public_files(petition))
    posted = Response.objects.filter(petition=petition, status=Response.Status.POSTED)
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
            "posted_on": eastern_date(petition.posted_at),
            "response_closes_at": petition.response_closes_at,
            "reply_closes_at": petition.reply_closes_at,
            "answers": rows,
            "search_text": "\n".join(str(row["value"]) for row in rows),
            "support_count": posted.filter(position=Response.Position.SUPPORT).count(),
            "oppose_count": posted.filter(position=Response.Position.OPPOSE).count(),
            "updated_at": at,
            **_decision_facts(petition, status),
        },
    )
    _publish_documents([petition], copy, None)
    DocketVersion.advance()
    return copy


def _filer_name(petition: Petition) -> str:
    """Who filed in the requester's place, in words that follow "filed by"; assisted filing is marked as such."""
    if petition.assisted_by_id:
        return "agency staff, at its written request"
    return petition.filer_organization.legal_name if petition.filer_organization else ""


def _decision_facts(petition: Petition, status: Status) -> dict[str, Any]:
    """The decision, once it may be known: a denial when signed, a grant when signed (Stage 4)."""
    if status not in {Status.GRANTED, Status.PUBLISHED, Status.DENIED}:
        return {}
    decision = Decision.objects.filter(petition=petition).first()
    if decision is None:
        return {}
    return {
        "decided_on": eastern_date(decision.signed_at),
        "rationale": decision.rationale,
        "denial_codes": [
            {"code": code, "reason": criteria.DENIAL_REASONS.get(code, code)} for code in decision.denial_codes
        ],
        "findings": decision.findings,
        "exclusion": decision.exclusion,
    }


def _public_files(home: Petition | Response | Reply) -> "QuerySet[Document]":
    return home.documents.filter(visibility=Document.Visibility.PUBLIC, removed_at__isnull=True)


def _publish_documents(
    homes: "list[Petition | Response | Reply]", petition: PublicPetition, response: PublicResponse | None
) -> None:
    live = [document for home in homes for document in _public_files(home)]
    petition.documents.filter(response=response).exclude(key__in=[document.pk for document in live]).delete()
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


def publish_response(response: Response, *, at: datetime) -> PublicResponse:
    """Write or refresh the public copy of a posted response and its reply, and the petition's counts; return it."""
    if response.posted_at is None:
        raise ValueError("Only a posted response has a public copy.")
    petition = publish_petition(response.petition, at=at)
    round = response.petition.round
    form = questionnaires.get(round.response_questionnaire)
    copy, _ = PublicResponse.objects.update_or_create(
        reference=response.reference,
        defaults={
            "petition": petition,
            "organization_name": response.organization_name,
            "position": response.position,
            "answers": _public_rows(form, form.public(response.answers), _public_files(response)),
            "posted_at": response.posted_at,
            "reply_closes_at": response.reply_closes_at,
            **_reply_facts(response, round),
        },
    )
    _publish_documents([response, *Reply.objects.filter(response=response)], petition, copy)
    return copy


def _reply_facts(response: Response, round: Round) -> dict[str, Any]:
    reply = Reply.objects.filter(response=response).first()
    if reply is None:
        return {}
    form = questionnaires.get(round.reply_questionnaire)
    return {
        "reply_answers": _public_rows(form, form.public(reply.answers), _public_files(reply)),
        "replied_at": reply.submitted_at,
    }
