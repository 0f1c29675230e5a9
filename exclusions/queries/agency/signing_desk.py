"""What the signatory decides between: the outcome that the desk before recommended, and what the other one needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from exclusions import criteria
from exclusions.models import Outcome, Petition
from exclusions.permissions.conclusions import (
    AS_WORDS,
    DESKS,
    SIGNATORY,
    Conclusion,
    adverse,
    before,
    conclusions,
    latest,
    sentence_case,
    without_criterion,
)


@dataclass(frozen=True)
class SigningDesk:
    """`recommended` is what the desk before concluded, `adverse` the criteria with adverse findings.

    `alone` are the codes to which no criterion of the round leads, `proposed` what counsel named, as a start.
    """

    recommended: Conclusion | None
    adverse: Sequence[str]
    alone: Sequence[str]
    proposed: dict[str, Any]

    @property
    def outcome(self) -> str:
        """The recommended outcome, or "" where nothing is recommended."""
        return self.recommended.outcome if self.recommended else ""

    @property
    def recommendation(self) -> str:
        """Who recommended what, in words."""
        if self.recommended is None:
            return ""
        who, what = DESKS[self.recommended.desk], AS_WORDS[Outcome(self.recommended.outcome)]
        return f"{sentence_case(who)} concluded for {what}"

    def departs_from(self, outcome: str) -> str:
        """Return who concluded otherwise, in words, or "" where the outcome is the recommended one."""
        return self.recommendation if self.outcome and self.outcome != outcome else ""

    def needs(self, outcome: str) -> set[str]:
        """Return the fields that signing an outcome asks for beside rationale and codes."""
        asked = {"departure"} if self.departs_from(outcome) else set()
        if outcome == Outcome.GRANT:
            return asked | ({"adverse"} if self.adverse else set())
        return asked | ({"facts"} if self.alone else set())


def signing_desk(petition: Petition) -> SigningDesk:
    """Return what the signatory of a petition decides between. Three statements."""
    review = latest(petition.legal_reviews.all())
    return SigningDesk(
        before(SIGNATORY, conclusions(petition)),
        adverse(petition),
        without_criterion(petition, list(criteria.DENIAL_REASONS)),
        {"denial_codes": review.denial_codes} if review else {},
    )
