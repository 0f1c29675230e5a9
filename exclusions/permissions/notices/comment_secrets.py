"""What commenters gave in confidence on the exclusions of a round, and where a text repeats it (15 CFR 2006.15)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from exclusions.checks.confidential.leak_matcher import Hit, Matcher, Secret
from exclusions.facts.forms import petition_form
from exclusions.models import Comment
from exclusions.permissions.given import given_in_petition, matcher_of
from exclusions.permissions.screening import answer_parts


@dataclass(frozen=True)
class CommentDoubt:
    """A confidential value of a comment in a text: in which part of it."""

    part: str
    hit: Hit = field(repr=False)


def matcher_of_comment(comment: Comment) -> Matcher:
    """Return what looks for the comment's confidential values, but what its public answers say already."""
    given = given_in_petition(petition_form(comment.round), comment.answers)
    return matcher_of(given.secrets, given.known, given.told)


def secrets_of_comment(comment: Comment) -> list[Secret]:
    """Return what a comment gives in confidence and does not say in public itself."""
    given = given_in_petition(petition_form(comment.round), comment.answers)
    public = {hit.secret for hit in matcher_of(given.secrets, given.known).find(given.told)}
    return [secret for secret in given.secrets if secret not in public]


def comments_about(listed: Collection[int], *, but: UUID | None = None) -> list[Comment]:
    """Return the confirmed comments about some listed exclusions (their keys), but one of them."""
    found = Comment.objects.filter(lines__listed__in=listed).exclude(status=Comment.Status.UNCONFIRMED)
    found = found.exclude(pk=but) if but else found
    return list(found.select_related("round").distinct().order_by("created_at", "pk"))


def repeated(text: str, comments: Iterable[Comment]) -> list[Hit]:
    """Return what a text repeats of what these comments gave in confidence; every matcher runs."""
    return [hit for comment in comments for hit in matcher_of_comment(comment).find(text)]


def doubts_of(comment: Comment) -> list[CommentDoubt]:
    """Return what a comment says in public of what others gave in confidence on the same exclusions."""
    others = comments_about([line.listed_id for line in comment.lines.all()], but=comment.pk)
    parts = answer_parts(petition_form(comment.round), comment.answers)
    return [CommentDoubt(part, hit) for part, text in parts for hit in repeated(text, others)]
