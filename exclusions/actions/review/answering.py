"""One answer to the same question about many of a person's petitions: kept on each by the action of one."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from exclusions.actions.filing.many import do_to_each_own
from exclusions.actions.record.disclosure_checks import require_reason
from exclusions.actions.review.inquiries import answer
from exclusions.errors import WrongState
from exclusions.models import Inquiry, Petition, User
from exclusions.queries.casework.inquiries import open_inquiries


def answer_many(keys: Collection[UUID], *, question: str, text: str, by: User, at: datetime) -> int:
    """Answer a question in these words about each of the petitions, with the same text; return how many petitions.

    Raises Incomplete without a text, for none or too many petitions, and SomeRefused, with nothing answered, where one
    refuses, has no such open question, or is not the person's.
    """
    require_reason(text.strip(), "Type your answer.", field="text")

    def answer_one(petition: Petition) -> None:
        asked = open_inquiries(petition).filter(question=question).order_by("number")
        found = list(asked) or list(
            Inquiry.objects.filter(petition=petition, question=question).order_by("-number")[:1]
        )
        if not found:
            raise WrongState("The agency did not ask this about the petition.")
        for inquiry in found:
            answer(inquiry, text=text, by=by, at=at)

    return do_to_each_own(keys, answer_one, by=by, at=at)
