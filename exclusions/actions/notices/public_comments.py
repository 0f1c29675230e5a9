"""The public copy of a posted comment: its public answers alone, and which listed exclusions it is about."""

from datetime import datetime

from django.db.models import F

from exclusions.facts.forms import petition_form
from exclusions.models import Comment, PublicComment, PublicCommentLine, ReferenceSequence, Round


def next_reference(round: Round) -> str:
    """Return the next number of the round's docket; the docket's sequence is locked until the transaction ends."""
    ReferenceSequence.objects.select_for_update().get_or_create(docket=round.docket)
    ReferenceSequence.objects.filter(docket=round.docket).update(last=F("last") + 1)
    return f"{round.docket}-{ReferenceSequence.objects.get(docket=round.docket).last:06d}"


def publish_comment(comment: Comment) -> PublicComment:
    """Write the public copy of a comment that was posted; return it."""
    if comment.posted_at is None:
        raise ValueError("Only a posted comment has a public copy.")
    form = petition_form(comment.round)
    copy = PublicComment.objects.create(
        reference=comment.reference or "",
        round=comment.round,
        organization_name=comment.organization_name,
        position=comment.position,
        answers=[
            {"step": form.step(row.step).title, "key": row.key, "label": row.label, "value": row.value}
            for row in form.printed(comment.answers, public_only=True)
        ],
        posted_at=comment.posted_at,
    )
    lines = comment.lines.order_by("pk")
    PublicCommentLine.objects.bulk_create(PublicCommentLine(comment=copy, listed_id=line.listed_id) for line in lines)
    return copy


def bury_comment(comment: Comment, *, at: datetime) -> None:
    """Leave of the public copy of a withdrawn comment only that it was there."""
    copy = PublicComment.objects.select_for_update().get(reference=comment.reference)
    copy.organization_name, copy.answers, copy.withdrawn_at = "", [], at
    copy.save(update_fields=["organization_name", "answers", "withdrawn_at"])
