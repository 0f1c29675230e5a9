"""Customs' opinion on the newest text of a case, as the tests give it."""

from datetime import datetime

from exclusions.actions.review import product_texts
from exclusions.models import Petition, User


def give_opinion(petition: Petition, name: str, by: User, at: datetime) -> None:
    """Object to the text or not, as the transition of that name says."""
    draft = petition.drafts.order_by("-version").first()
    assert draft
    objects = name == "object_to_text"
    product_texts.give_opinion(
        draft,
        result="not_administrable" if objects else "no_objection",
        reasons="The length cannot be checked at entry." if objects else "",
        grounds=["not_measurable"] if objects else [],
        by=by,
        at=at,
    )
