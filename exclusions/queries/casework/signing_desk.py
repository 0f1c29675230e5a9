"""What the signatory decides between: the outcome that the desk before recommended, and what the other one needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exclusions import criteria
from exclusions.models import Outcome, Petition, Recommendation
from exclusions.permissions.agreement import basis, row_of
from exclusions.permissions.conclusions import (
    AS_WORDS,
    DESKS,
    LEVEL1,
    SIGNATORY,
    Conclusion,
    adverse,
    before,
    conclusions,
    departs_from,
    latest,
    sentence_case,
    without_criterion,
)
from exclusions.queries.casework.case.case_rows import CONCLUSIONS, read_entries


@dataclass(frozen=True)
class Concluded:
    """What one desk concluded, in words; `departs` where it did not follow the desk before."""

    desk: str
    outcome: str
    codes: Sequence[str]
    departs: bool
    adopts: str


@dataclass(frozen=True)
class Adoptable:
    """The rationale that the reviewers' recommendation gives, whose it is, and the codes that counsel named."""

    rationale: str
    author: str
    codes: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class SigningDesk:
    """`recommended` is what the desk before concluded, `adverse` the criteria with adverse findings.

    `alone` are the codes to which no criterion of the round leads; `row` is what each desk concluded; `adoptable` what
    the signatory may adopt with one tick, None where it asks for words of their own. `seen` names all of it,
    `narrowing_codes` what was named for a grant in part.
    """

    recommended: Conclusion | None
    adverse: Sequence[str]
    alone: Sequence[str]
    row: Sequence["Concluded"]
    adoptable: "Adoptable | None"
    seen: str
    narrowing_codes: Sequence[str] = ()

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
        if outcome != Outcome.DENY:
            return asked | ({"adverse"} if self.adverse else set())
        return asked | ({"facts"} if self.alone else set())


def signing_desk(petition: Petition) -> SigningDesk:
    """Return what the signatory of a petition decides between."""
    read_entries(petition, [*CONCLUSIONS, "consistency_reviews", "drafts", "findings"])
    made = conclusions(petition)
    recommended, against = before(SIGNATORY, made), adverse(petition)
    alone = without_criterion(petition, list(criteria.DENIAL_REASONS))
    row = [_concluded(petition, one, made) for one in made.values()]
    adoptable = _adoptable(petition, recommended.outcome, against, alone) if recommended else None
    return SigningDesk(recommended, against, alone, row, adoptable, basis(petition), _narrowing_codes(petition))


def _narrowing_codes(petition: Petition) -> list[str]:
    """Return the coded reasons of a grant in part that counsel named, as a start; else those of the reviewers."""
    concluded = latest(petition.legal_reviews.all()) or latest(petition.recommendations.all())
    return [code for code in concluded.denial_codes if code in criteria.NARROWING_REASONS] if concluded else []


def _concluded(petition: Petition, one: Conclusion, made: Mapping[str, Conclusion]) -> Concluded:
    found = row_of(petition, one.desk)
    adopts = DESKS.get(found.adopts, "") if found else ""
    departs = departs_from(one.desk, one.outcome, made) is not None
    codes = list(getattr(found, "denial_codes", []))
    return Concluded(sentence_case(DESKS[one.desk]), Outcome(one.outcome).label, codes, departs, adopts)


def _adoptable(petition: Petition, outcome: str, against: Sequence[str], alone: Sequence[str]) -> Adoptable | None:
    """Counsel's advice is never published, so the words are the reviewers'; they went through the door of their own."""
    review, reasoned = latest(petition.legal_reviews.all()), latest(petition.recommendations.all())
    # A grant in part says besides who proposed it, and what of the request is left out.
    if reasoned is None or reasoned.outcome != outcome or outcome == Outcome.IN_PART:
        return None
    codes = list(review.denial_codes) if review and outcome == Outcome.DENY else []
    if set(codes) & set(alone) or (outcome == Outcome.GRANT and against) or (outcome == Outcome.DENY and not codes):
        return None
    words = [(code, criteria.REASON_OF[code]) for code in codes]
    author = _author(petition, reasoned)
    return Adoptable(reasoned.reasons, f"{author.made_by}, level {author.level}", words)


def _author(petition: Petition, reasoned: Recommendation) -> Recommendation:
    """Return the recommendation whose words one has: its own, or those of level 1 that level 2 adopted."""
    if reasoned.adopts != LEVEL1:
        return reasoned
    return latest(one for one in petition.recommendations.all() if one.level == 1) or reasoned
