"""What the tab of like cases shows."""

from dataclasses import dataclass

from exclusions.models import Decision
from exclusions.queries.agency.related import Like
from exclusions.queries.desk.case_page import CasePage


@dataclass(frozen=True)
class LikeTab:
    """Like cases and earlier decisions on the subheading; none for who works from the public side."""

    related: list[Like]
    prior: list[Decision]


def like_tab(page: CasePage) -> LikeTab:
    """Return the like cases of a case, for its tab. Two statements."""
    return LikeTab(page.related, page.prior)
