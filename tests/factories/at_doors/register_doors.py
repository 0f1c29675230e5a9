"""The doors of renumbering and of the search for notices."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from exclusions.actions.review.standing_answers import publish_standing_answer
from exclusions.models import User
from tests.factories.at_doors.door import VIEWS, Door, nothing
from tests.factories.notices.renumbering import NEW, renumbered_number
from tests.factories.world import World


def published(world: World) -> Mapping[str, Any]:
    """Name a standing answer that counsel published."""
    by = User.objects.get(email="lee.legal@example.test")
    words = "A rise in price alone shows no severe economic harm."
    return {"key": publish_standing_answer(title="Price", words=words, criterion="", by=by, at=timezone.now()).pk}


OF_REGISTER = (
    Door(
        "notices.standing_answers.standing_answers",
        "legal",
        "staff-standing-answers",
        nothing,
        f"{VIEWS}notices.standing_answers.publish_standing_answer",
        {"title": "Price", "words": "A rise in price alone shows no harm."},
    ),
    Door(
        "notices.standing_answers.withdraw",
        "legal",
        "standing-answer-withdraw",
        published,
        f"{VIEWS}notices.standing_answers.withdraw_standing_answer",
        {"why": "A court held otherwise."},
    ),
    Door(
        "notices.renumbering.number",
        "drafter",
        "renumbering-number",
        renumbered_number,
        f"{VIEWS}notices.renumbering.settle_number",
        {"verdict": "chosen", "successors": NEW, "reason": "The lines have the same words."},
    ),
    Door(
        "notices.looked_for.looked_for",
        "publisher",
        "notices-searched",
        nothing,
        f"{VIEWS}notices.looked_for.record_search",
        {"until": "2019-07-01"},
    ),
)
