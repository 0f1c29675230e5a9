"""Comments on listed exclusions as the staff read them: those that wait to be posted, and those of one exclusion."""

from dataclasses import dataclass

from django.db.models import QuerySet

from exclusions.facts.forms import petition_form
from exclusions.models import Comment, ListedExclusion
from exclusions.permissions.register.comment_secrets import CommentDoubt, doubts_of
from exclusions.questionnaires import PrintedRow

PAGE = 50


@dataclass(frozen=True)
class ReadComment:
    """A comment with all its answers as printed, the numbers that it is about, and what it repeats of others."""

    comment: Comment
    rows: list[PrintedRow]
    numbers: list[int]
    doubts: list[CommentDoubt]


def waiting_comments() -> list[ReadComment]:
    """Return the confirmed comments that wait to be posted, oldest first, at most 50, with their doubts."""
    found = _whole(Comment.objects.filter(status=Comment.Status.SUBMITTED).order_by("confirmed_at", "pk")[:PAGE])
    return [_read(comment, doubts_of(comment)) for comment in found]


def comments_on(listed: ListedExclusion) -> list[ReadComment]:
    """Return the posted comments on one listed exclusion with all that they say, newest first, at most 50."""
    rows = Comment.objects.filter(lines__listed=listed, status=Comment.Status.POSTED)
    return [_read(comment, []) for comment in _whole(rows.order_by("-posted_at", "-pk")[:PAGE])]


def _whole(rows: QuerySet[Comment]) -> list[Comment]:
    return list(rows.select_related("round").prefetch_related("lines__listed"))


def _read(comment: Comment, doubts: list[CommentDoubt]) -> ReadComment:
    rows = petition_form(comment.round).printed(comment.answers)
    return ReadComment(comment, rows, sorted(line.listed.number for line in comment.lines.all()), doubts)
