"""Responses and comments as the staff read them: those that wait for the intake clerk, and those on one exclusion."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from exclusions.facts.forms import petition_form, response_form
from exclusions.models import Comment, Document, ListedExclusion, Petition, Response, User
from exclusions.models.submission import Submission, SubmissionQuerySet
from exclusions.permissions.case_secrets import secrets_of_cases
from exclusions.permissions.leaks import settled_by_case
from exclusions.permissions.notices.comment_secrets import CommentDoubt, doubts_of
from exclusions.permissions.screening import PlaceDoubt, words_of_response
from exclusions.queries.record.case_files import names_of
from exclusions.questionnaires import PrintedRow

PAGE = 50


@dataclass(frozen=True)
class ReadSubmission:
    """A submission with all its answers as printed, and with all its files, confidential ones too.

    `doubts` are the values that others gave in confidence and that it repeats, of a response under the name `place`;
    `numbers` are those of the listed exclusions that a comment is about.
    """

    submission: Submission
    rows: list[PrintedRow]
    doubts: Sequence[PlaceDoubt | CommentDoubt] = ()
    files: list[Document] = field(default_factory=list)
    place: str = ""
    numbers: list[int] = field(default_factory=list)


def waiting_responses(user: User, joint: UUID | None = None) -> list[ReadSubmission]:
    """Return the confirmed responses that wait for posting, oldest first, at most 50; none to a case that is barred.

    Those of one statement on many petitions are an entry of their own (`joint_statements`): with `joint` these alone.
    """
    cases = Petition.objects.all().open_to(user)
    to_post = Response.objects.to_post().filter(petition__in=cases, joint=joint)
    found = list(to_post.select_related("petition__round")[:PAGE])
    given = Document.objects.filter(response__in=[response.pk for response in found], removed_at__isnull=True)
    files = list(given.order_by("uploaded_at", "pk"))
    secrets = secrets_of_cases(response.petition for response in found)
    settled = settled_by_case(response.petition for response in found)
    waiting = []
    for response in found:
        sent = [file for file in files if file.response_id == response.pk]
        rows = response_form(response.petition.round).printed(response.answers, document_names=names_of(sent))
        words, case = words_of_response(response, sent), response.petition_id
        doubts = words.doubts(secrets[case], settled.get(case, frozenset()))
        waiting.append(ReadSubmission(response, rows, doubts, sent, words.place))
    return waiting


def waiting_comments(user: User) -> list[ReadSubmission]:
    """Return the confirmed comments that wait to be posted, oldest first, at most 50, for every intake clerk alike."""
    return [_read(comment, doubts_of(comment)) for comment in _whole(Comment.objects.to_post())]


def comments_on(listed: ListedExclusion) -> list[ReadSubmission]:
    """Return the posted comments on one listed exclusion with all that they say, newest first, at most 50."""
    rows = Comment.objects.filter(lines__listed=listed, status=Comment.Status.POSTED)
    return [_read(comment) for comment in _whole(rows.order_by("-posted_at", "-pk"))]


def _whole(rows: SubmissionQuerySet[Comment]) -> list[Comment]:
    return list(rows.select_related("round").prefetch_related("lines__listed")[:PAGE])


def _read(comment: Comment, doubts: Sequence[CommentDoubt] = ()) -> ReadSubmission:
    rows = petition_form(comment.round).printed(comment.answers)
    numbers = sorted(line.listed.number for line in comment.lines.all())
    return ReadSubmission(comment, rows, doubts, numbers=numbers)
