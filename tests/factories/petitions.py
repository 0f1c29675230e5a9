"""Petitions in every state, each brought there by the real actions that lead to it.

`petition_in(status)` is the fixture; a `Journey` gives a test each transition by itself. Moments move on by an hour
each, and to the end of the periods where the clock has to wait for them.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from exclusions import criteria
from exclusions.actions import transitions
from exclusions.actions.filing import petitions
from exclusions.actions.people import proposals
from exclusions.actions.record.transition import move
from exclusions.actions.review import product_texts, reviews, screenings
from exclusions.actions.review.intake import lapse_petition
from exclusions.models import Organization, Petition, Round, Screening, User
from exclusions.permissions.conclusions import SIGNATORY, SIGNS, conclusions, departs_from
from exclusions.permissions.consistency import answered_for, concluded, to_distinguish
from exclusions.permissions.likes.groups import like_groups, with_result
from exclusions.permissions.likes.recommended import RESULT, Concluded
from exclusions.permissions.notices.taking_back import notice_of
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import CLOSINGS
from tests.factories.answers import CERTIFIED, filer_answers, petition_answers
from tests.factories.casework.arguing import mark_as_suggested
from tests.factories.casework.citing import SHOWS, bearing, own_text
from tests.factories.casework.closings import WHY, covering, earlier
from tests.factories.casework.opinions import give_opinion
from tests.factories.casework.referring import recommend
from tests.factories.casework.ways import ACTORS, PATHS

TEXT = (
    "Slabs of agglomerated quartz, polished on one face, each measuring 3 m or more but not over 3.5 m in length and "
    "1.4 m or more but not over 2 m in width (described in statistical reporting number 6810.99.0010)"
)
FACT = "The number was on no list of this round on the day of filing."
APART = "The record of this petition shows what theirs do not."
SEVERAL = {"unique_features": "Free of crystalline silica dust after cutting; in various sizes."}
OTHERWISE = "The law leaves no other way."

# What a petition is returned for, where a test does not say.
POINTS = [{"question": "product_description", "remedy": "The description names a supplier; take the name out."}]
WAITS_FOR = {
    "lapse": "cure_closes_at",
    "close_responses": "response_closes_at",
    "begin_review": "reply_closes_at",
}


class Journey:
    """One petition on its way; `at` is the moment of its next transition, `outcome` what its judges will conclude.

    It is the importer's; with `through_firm` the filer's firm files it for the importer. `answers` are given beside the
    usual ones; one text is worded otherwise than in the petitions before.
    """

    beside = ""  # the reference of an unlike case, once it is returned beside one

    def __init__(
        self,
        cast: Mapping[str, User],
        round_: Round,
        at: datetime,
        outcome: str = "grant",
        *,
        through_firm: bool = False,
        answers: Mapping[str, Any] | None = None,
    ) -> None:
        self.cast = cast
        self.at = at
        self.outcome = outcome
        self.codes = ["DR1"] if outcome == "deny" else []
        firm = Organization.objects.get(memberships__user=cast["filer"]) if through_firm else None
        self.petition: Petition = petitions.start(
            round=round_,
            organization=Organization.objects.get(memberships__user=cast["importer"]),
            filer_organization=firm,
            by=cast["filer" if through_firm else "importer"],
            at=at,
            answers={**(filer_answers() if through_firm else petition_answers()), **own_text(), **(answers or {})},
        )

    def take(self, *names: str) -> Petition:
        """Make the entries that each transition needs, take it, and return the petition as it is then."""
        for name in names:
            self.prepare(name)
            self.act(name)
            self.at += timedelta(hours=1)
        return self.petition

    def act(self, name: str, by: User | None = None) -> Petition:
        """Take one transition by the action that everybody's door calls, as that person or as the usual one."""
        by = by or self.cast.get(ACTORS.get(name, ""))
        if name in {"submit", "resubmit"}:
            assert by
            self.petition = petitions.submit(self.petition, by=by, at=self.at, certified=CERTIFIED, unchanged=True)
        elif name == "withdraw":
            assert by
            self.petition = petitions.withdraw(self.petition, by=by, at=self.at, reason="No longer needed.")
        elif by is None:
            self._let_time_pass(name)
        elif name in {"clear_text", "object_to_text"}:
            give_opinion(self.petition, name, by, self.at)
        elif name == "undo_publication":
            self._take_back(by)
        elif name == "withhold_text":
            waiting = Screening.objects.filter(petition=self.petition, outcome=Screening.Outcome.WAITS).first()
            assert waiting
            screenings.withhold(waiting, reason="It states an amount of a party.", by=by, at=self.at)
        else:
            self.petition = transitions.take(
                self.petition, name, by=by, at=self.at, reason="The record says so.", data=self.entered(name)
            )
        self.petition.refresh_from_db()
        return self.petition

    def entered(self, name: str) -> dict[str, Any]:
        """Return what a person enters with the transition."""
        if name == "grant":
            return {"rationale": "No source outside China; the duty causes severe harm.", **self._signing("grant")}
        if name == "grant_in_part":
            return {
                "rationale": "No source outside China for the sizes that are granted.",
                "narrowing_codes": ["NR5"],
                "proposed_by": "drafter",
                "narrowing": "Slabs under 3 m in length are made in Ohio, as the record shows.",
                **self._signing("in_part"),
            }
        if name == "deny":
            return {"rationale": "A domestic source exists.", **self._denying(), **self._signing("deny")}
        return {
            "return": {"points": POINTS},
            "post": {"screened": True},
            "return_alike": {"beside": self.beside},
            "publish": {"citation": "84 FR 99999", "published_on": eastern_date(self.at)},
        }.get(name, {})

    def _denying(self) -> dict[str, Any]:
        """A code that has its finding; where nothing was found against it, one that rests on a fact of its own, which
        holds of a petition whose words are `SEVERAL`.
        """
        return {"denial_codes": self.codes} if self.codes else {"denial_codes": ["DR6d"], "facts": FACT}

    def _signing(self, outcome: str) -> dict[str, Any]:
        made = conclusions(self.petition)
        departs = departs_from(SIGNATORY, outcome, made)
        adverse = outcome != "deny" and self.codes
        return {"departure": OTHERWISE if departs else "", "adverse": OTHERWISE if adverse else "", "contacts": "none"}

    def prepare(self, name: str) -> None:
        """Make the entries without which the transition would be refused."""
        self._enter(name)
        if name == "return_alike" and self.at <= self.petition.round.closes_at:  # later nobody files another
            other = Journey(self.cast, self.petition.round, self.at, "grant" if self.outcome == "deny" else "deny")
            self.beside = str(other.take(*PATHS[Status.LEVEL2]).reference)
            self.at = max(self.at, other.at)
        if name in {"clear_for_drafting", "clear_for_denial", "assess", *SIGNS}:
            self._compare_again(name)

    def _compare_again(self, name: str) -> None:
        """Another level 2 reviewer answers like cases that were decided or concluded otherwise since the comparison."""
        codes = self._denying()["denial_codes"] if name == "deny" else ()
        mine = Concluded(RESULT[SIGNS[name]], tuple(codes)) if name in SIGNS else concluded(self.petition)
        if mine and answered_for(self.petition, mine.result, mine.codes):
            by = self.cast["second_reviewer2"]
            said = {group.key: APART for group in with_result(like_groups(self.petition, by))}
            reviews.record_consistency(self.petition, distinctions=said, ours=SHOWS, by=by, at=self.at)

    def _enter(self, name: str) -> None:
        if name == "recommend":
            self.find_on_everything("reviewer1")
            self._recommend("reviewer1")
        elif name == "concur":
            self._recommend("reviewer2")
        elif name == "confirm_consistency":
            by = self.cast["second_reviewer2"]
            said = {"": APART} if to_distinguish(self.petition, like_groups(self.petition, by))[0] else {}
            reviews.record_consistency(self.petition, distinctions=said, ours=SHOWS, by=by, at=self.at)
        elif name in {"clear_for_drafting", "clear_for_denial"}:
            self._conclude("grant" if name == "clear_for_drafting" else "deny")
        elif name == "send_to_customs":
            product_texts.draft_text(
                self.petition, text=TEXT, number="6810.99.0010", by=self.cast["drafter"], at=self.at
            )
        elif name == "withhold_text":  # as if the text with Customs had been found doubtful when it was drafted
            Screening.objects.filter(draft=self.petition.drafts.order_by("-version").first()).update(
                outcome=Screening.Outcome.WAITS, settled_at=None, settled_by=None
            )
        elif name in CLOSINGS:
            self._propose_closing(name)
        elif name == "reopen_decision":
            proposals.propose(
                "reopen_decision",
                self.petition.pk,
                reason="A domestic source on the record was overlooked.",
                by=self.cast["legal"],
                at=self.at,
            )
        elif name == "assess":
            reviews.record_assessment(
                self.petition,
                outcome="grant",
                reasons="The agencies agree with the findings.",
                by=self.cast["committee"],
                at=self.at,
            )

    def _propose_closing(self, name: str) -> None:
        """Intake proposes to close the case on a fact that the record holds."""
        facts: Mapping[str, Any]
        if name == "close_covered":
            facts = covering(self.petition)
        elif name == "close_duplicate":
            facts = {"earlier": earlier(self.petition, self.cast["importer"]).reference}
        else:
            self.take("return", "resubmit")
            facts = {"missing": [POINTS[0]["question"]]}
        proposals.propose(name, self.petition.pk, facts=facts, reason=WHY, by=self.cast["intake"], at=self.at)

    def find_on_everything(self, reviewer: str) -> None:
        """Record a finding on each criterion of the round."""
        for key in self.petition.round.criteria:
            reviews.record_finding(
                self.petition,
                criterion=key,
                result="against" if criteria.get(key).denial_code in self.codes else criteria.get(key).results[0],
                reasons=f"As the public record shows of {key}.",
                citations=bearing(self.petition, key),
                by=self.cast[reviewer],
                at=self.at,
            )

    def _recommend(self, reviewer: str) -> None:
        if reviewer == "reviewer1":
            mark_as_suggested(self.petition, by=self.cast[reviewer], at=self.at)
        recommend(
            self.petition,
            outcome=self.outcome,
            reasons="The findings on the record weigh this way.",
            denial_codes=self.codes,
            by=self.cast[reviewer],
            at=self.at,
        )

    def _conclude(self, outcome: str) -> None:
        reviews.record_legal_review(
            self.petition,
            outcome=outcome,
            reasons="The findings bear the outcome out.",
            denial_codes=[] if outcome == "grant" else self._denying()["denial_codes"],
            departure="" if outcome == self.outcome else OTHERWISE,
            by=self.cast["legal"],
            at=self.at,
        )

    def _let_time_pass(self, name: str) -> None:
        """Wait for the end of the period and take the clock's transition; `run_clock` would take both at once."""
        closes = getattr(self.petition, WAITS_FOR[name])
        if closes and closes >= self.at:
            self.at = closes + timedelta(minutes=1)
        if name == "lapse":
            lapse_petition(self.petition, at=self.at)
        else:
            move(self.petition, name, by=None, at=self.at)

    def _take_back(self, by: User) -> None:
        """Let one of publisher and signatory propose to take the notice back, and the other, `by`, confirm it."""
        notice = notice_of(self.petition)
        first = self.cast["publisher" if by.role == Role.SIGNATORY else "signatory"]
        key = notice.pk if notice else 0
        made = proposals.propose("undo_notice", key, by=first, at=self.at, reason="The citation is wrong.")
        proposals.confirm(made, by=by, at=self.at)


@pytest.fixture
def journey(cast: dict[str, User], list3: Round, at: datetime) -> Callable[..., Journey]:
    """Return `journey(outcome="grant", through_firm=False)`: a draft in the List 3 round, ready to go on its way."""
    return lambda outcome="grant", **how: Journey(cast, list3, at, outcome, **how)


@pytest.fixture
def petition_in(journey: Callable[..., Journey]) -> Callable[[Status], Petition]:
    """Return `petition_in(status)`: a petition brought into that state by the actions that lead there."""

    def bring(status: Status) -> Petition:
        path = PATHS[status]
        return journey("deny" if "deny" in path else "grant").take(*path)

    return bring
