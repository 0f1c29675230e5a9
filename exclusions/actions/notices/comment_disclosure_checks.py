"""Words about listed exclusions are looked through for what commenters gave in confidence before they are written."""

from collections.abc import Iterable, Mapping, Sequence

from exclusions.actions.record.disclosure_checks import repeats_refusal, sentence
from exclusions.checks.confidential.leak_matcher import Hit
from exclusions.errors import Repeats
from exclusions.models import Comment
from exclusions.permissions.notices.comment_secrets import CommentDoubt, repeated
from exclusions.workflow.disclosure_checks import COMMENT_DOORS


def look_through_comments(door: str, words: Mapping[str, str], comments: Iterable[Comment]) -> None:
    """Raise Repeats where words ({field: text}) repeat what one of the comments gave in confidence.

    The writers at these doors read whole comments, so that they are told the question and the words.
    """
    about = list(comments)
    told: dict[str, list[Hit]] = {}
    for field, text in words.items():
        if hits := repeated(text, about):
            told[field] = hits
    if told:
        raise repeats_refusal(COMMENT_DOORS[door], told)


def refuse_comment_doubts(doubts: Sequence[CommentDoubt]) -> None:
    """Raise Repeats where a comment says in public what another one gave in confidence."""
    if not doubts:
        return
    door = COMMENT_DOORS["comment"]
    said = [f"In “{doubt.part}”: {sentence(door, [doubt.hit])}" for doubt in doubts]
    plain = [f"In “{doubt.part}”: {sentence(door, [doubt.hit], words=False)}" for doubt in doubts]
    raise Repeats(*said, plain=plain)
