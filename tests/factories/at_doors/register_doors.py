"""The doors of renumbering and of the search for notices."""

from tests.factories.at_doors.door import VIEWS, Door, nothing
from tests.factories.notices.renumbering import NEW, renumbered_number

OF_REGISTER = (
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
