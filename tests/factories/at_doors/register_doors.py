"""The doors of renumbering."""

from tests.factories.at_doors.door import VIEWS, Door
from tests.factories.register.renumbering import NEW, renumbered_number

OF_REGISTER = (
    Door(
        "register.renumbering.number",
        "drafter",
        "renumbering-number",
        renumbered_number,
        f"{VIEWS}register.renumbering.settle_number",
        {"verdict": "chosen", "successors": NEW, "reason": "The lines have the same words."},
    ),
)
