"""Walking a story through the real actions, at moments of the past weeks. Nothing is written around the rules."""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from exclusions import criteria, hts
from exclusions.actions import transitions
from exclusions.actions.clock import run_clock
from exclusions.actions.filing import petitions
from exclusions.actions.filing.replies import reply
from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.filing.submitting import certification_keys
from exclusions.actions.people import proposals
from exclusions.actions.record.letters import ensure_letter
from exclusions.actions.review import product_texts, reviews
from exclusions.actions.review.arguments import take_suggestions
from exclusions.actions.review.screenings import let_through
from exclusions.actions.review.unlike import NOTHING_SAID, Unlike
from exclusions.days import EASTERN
from exclusions.errors import Incomplete
from exclusions.management.demo.answers import petition_answers, reply_answers, response_answers
from exclusions.management.demo.people import COMPANIES, FIRM, organization
from exclusions.management.demo.stories import Story, Voice
from exclusions.models import Notification, Petition, Round, Screening, User
from exclusions.permissions.consistency import answered_for, concluded, to_distinguish
from exclusions.permissions.likes.groups import like_groups
from exclusions.permissions.likes.recommended import RESULT, Concluded
from exclusions.permissions.likes.referred import to_answer
from exclusions.queries.casework.case.passages import passages_of
from exclusions.queries.casework.closings import covering_exclusions, earlier_petitions
from exclusions.queries.record.deadlines_due import next_deadline
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS, path_to

_COMPANY = {account.name: account.company for account in COMPANIES}
SAYS_MORE = 20  # characters: no yes and no number
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# How long before now each kind of story begins: a review needs the response and reply periods behind it.
APART = "The record of this petition shows other sources and another use than those records."
REFERRED = Unlike("A like case stands otherwise; whoever compares has both records.", refers=True)
_BEGINS = {
    Status.LAPSED: 22 * DAY,
    Status.REPLYING: 17 * DAY,
    Status.POSTED: 3 * DAY,
    Status.SUBMITTED: DAY,
    Status.DRAFT: DAY / 2,
}


class Walk:
    """One story under way; `at` is the moment of its next event."""

    def __init__(self, story: Story, round: Round, people: dict[str, User], now: datetime, place: int) -> None:
        self.story, self.people, self.place = story, people, place
        account = story.account or story.product.account
        self.path = path_to(story.until, avoiding={"clear_for_drafting" if story.denies else "clear_for_denial"})
        back = _BEGINS.get(story.until, 29 * DAY if "post" in self.path else 2 * DAY)
        self.at = max(now - back, round.opens_at + HOUR) + timedelta(minutes=7 * (place % 30))
        firm = organization(FIRM) if story.through_firm else None
        self.owner = people["filer" if firm else account]
        company = organization(_COMPANY[account])
        answers = petition_answers(story.product, round, account, through_firm=bool(firm), available=story.denies)
        answers |= story.answers
        self.petition = petitions.start(
            round=round, organization=company, filer_organization=firm, by=self.owner, at=self.at, answers=answers
        )

    def go(self) -> Petition:
        """Take every transition up to the state of the story, with the entries that each needs; return the petition."""
        self._follow(self.path)
        if self.story.reopened:
            self._reopen()
        return self.petition

    def _follow(self, path: Iterable[str]) -> None:
        for name in path:
            if self.petition.status == TRANSITIONS[name].target:
                continue  # one run of the clock closes the responses and, without an open reply, begins the review
            own = _OWN.get(name, lambda walk, name=name: walk._take(name))
            for happens in (*_BEFORE.get(name, ()), own, *_AFTER.get(name, ())):
                self.at = _in_office_hours(self.at + 2 * HOUR)
                happens(self)
                self.petition.refresh_from_db()

    def _reopen(self) -> None:
        """Counsel asks to reopen the denial, the signatory agrees, and the case is concluded and signed again."""
        self.at = _in_office_hours(self.at + 2 * HOUR)
        asked = proposals.propose(
            "reopen_decision", self.petition.pk, reason=self.story.reopened, by=self.people["legal"], at=self.at
        )
        self.at = _in_office_hours(self.at + 2 * HOUR)
        proposals.confirm(asked, by=self.people["signatory"], at=self.at)
        self.petition.refresh_from_db()
        self.story = replace(self.story, rationale=self.story.again)
        self._follow(("clear_for_denial", "deny"))

    def _take(self, name: str) -> None:
        known: dict[str, dict[str, Any]] = {
            "return": {"points": [{"question": key, "remedy": text} for key, text in self.story.points]},
            "post": {"screened": True},
            "grant": {"rationale": self.story.rationale, "contacts": "none"},
            "deny": {"rationale": self.story.rationale, "denial_codes": self.story.codes, "contacts": "none"},
            "publish": {"citation": "91 FR 99001 (fictional)", "published_on": eastern_date(self.at)},
        }
        by, data = self.people[_who(name)], known.get(name, {})
        transitions.take(self.petition, name, by=by, at=self.at, reason=self.story.reason, data=data)

    def _propose_closing(self, name: str) -> None:
        """Intake says on which fact the case ends; the first one that the record holds."""
        read: dict[str, Callable[[], dict[str, Any]]] = {
            "close_covered": lambda: {"exclusion": covering_exclusions(self.petition)[0].reference},
            "close_duplicate": lambda: {"earlier": earlier_petitions(self.petition)[0].reference},
            "close_incomplete": lambda: {"missing": [key for key, _ in self.story.points]},
        }
        proposals.propose(
            name, self.petition.pk, facts=read[name](), reason=self.story.reason, by=self.people["intake"], at=self.at
        )

    def _resubmit(self) -> None:
        certified = dict.fromkeys(certification_keys(self.petition.round), "yes")
        self.petition = petitions.submit(self.petition, by=self.owner, at=self.at, certified=certified, unchanged=True)

    def _submit(self) -> None:
        certified = dict.fromkeys(certification_keys(self.petition.round), "yes")
        self.petition = petitions.submit(self.petition, by=self.owner, at=self.at, certified=certified)
        ensure_letter(self.petition, "receipt", at=self.at)

    def _withdraw(self) -> None:
        petitions.withdraw(self.petition, by=self.owner, at=self.at, reason=self.story.reason)
        ensure_letter(self.petition, "withdrawal", at=self.at)

    def _respond(self) -> None:
        for voice in self.story.voices:
            self.at += 3 * HOUR
            self._one_response(voice)

    def _one_response(self, voice: Voice) -> None:
        answers = response_answers(voice.company, voice.position, voice.text)
        given = respond(reference=str(self.petition.reference), answers=answers, by=None, at=self.at)
        mailed = Notification.objects.filter(template="confirm_response", to=given.email).latest("pk")
        token = str(mailed.context["url"]).rstrip("/").rpartition("/")[2]
        confirmed = confirm_response(token=token, at=self.at + HOUR / 2)
        posted = post_response(confirmed, by=self.people["intake"], at=self.at + HOUR)
        if voice.reply:
            self.at += 2 * HOUR
            given_back = reply(posted, answers=reply_answers(voice.reply), by=self.owner, at=self.at)
            let_through(Screening.objects.get(reply=given_back), by=self.people["intake"], at=self.at + HOUR)

    def _clock(self) -> None:
        """Wait for the end of the period that the petition is in."""
        closes, _ = next_deadline(self.petition)
        if closes and closes >= self.at:
            self.at = closes + timedelta(minutes=2)
        run_clock(at=self.at)

    def _find(self) -> None:
        everything = passages_of(self.petition, whole=True)
        for key in self.petition.round.criteria:
            factor = criteria.get(key)
            against = self.story.against.get(key)
            cited = [f"answer:{name}" for name in factor.evidence_keys if f"answer:{name}" in everything][:3]
            if key == "availability":
                cited += [name for name in everything if re.fullmatch("response:[^:]+", name)]
            reviews.record_finding(
                self.petition,
                criterion=key,
                result="against" if against else factor.results[0],
                reasons=against or _SUPPORTS.get(key, f"{factor.title}: nothing on the record is against it."),
                citations=cited,
                by=self.people["reviewer1"],
                at=self.at,
            )

    def _mark(self) -> None:
        take_suggestions(self.petition, by=self.people["reviewer1"], at=self.at)

    def _recommend(self, who: str) -> None:
        outcome, codes, by = "deny" if self.story.denies else "grant", self.story.codes, self.people[who]
        mine = Concluded(RESULT[outcome], tuple(codes))
        asked = to_answer(self.petition, like_groups(self.petition, by), mine, reviews.level_of(by))
        said: dict[str, Any] = {"outcome": outcome, "denial_codes": codes, "by": by, "at": self.at}
        said["reasons"] = self.story.rationale
        reviews.recommend_outcome(self.petition, **said, unlike=REFERRED if asked else NOTHING_SAID)

    def _compare(self) -> None:
        earlier = Petition.objects.filter(hts10=self.petition.hts10, decisions__version=1).exclude(pk=self.petition.pk)
        references = earlier.order_by("-submitted_at").values_list("reference", flat=True)
        alike, by = [str(reference) for reference in references[:5]], self.people["second2"]
        different, _ = to_distinguish(self.petition, like_groups(self.petition, by))
        entered: dict[str, Any] = {"compared_with": alike, "by": by, "at": self.at}
        if not different:
            reviews.record_consistency(self.petition, **entered)
            return
        told = [key for key, one in passages_of(self.petition, whole=False).items() if len(one.text) > SAYS_MORE]
        for key in told:  # until one differs from what the like cases say
            with suppress(Incomplete):
                reviews.record_consistency(self.petition, distinctions={"": APART}, ours={"": [key]}, **entered)
                return
        raise ValueError(f"{self.petition} says nothing that like cases do not say")

    def _compare_again(self) -> None:
        """Answer like cases that were concluded otherwise since the comparison."""
        mine = concluded(self.petition)
        if mine and answered_for(self.petition, mine.result, mine.codes):
            self._compare()

    def _conclude(self) -> None:
        reviews.record_legal_review(
            self.petition,
            outcome="deny" if self.story.denies else "grant",
            denial_codes=self.story.codes,
            reasons="The findings cover every criterion of the notice and support the outcome.",
            by=self.people["legal"],
            at=self.at,
        )

    def _draft(self) -> None:
        text = self.story.product.text
        product_texts.draft_text(
            self.petition,
            text=text or hts.dotted(self.story.product.number),
            number=self.story.product.number,
            whole_number=not text,
            by=self.people["drafter"],
            at=self.at,
        )

    def _give_opinion(self) -> None:
        draft = self.petition.drafts.order_by("-version")[0]
        product_texts.give_opinion(draft, result="no_objection", by=self.people["customs"], at=self.at)

    def _assess(self) -> None:
        reviews.record_assessment(
            self.petition,
            outcome="grant",
            reasons="No member agency objects.",
            by=self.people["committee"],
            at=self.at,
        )


def _who(name: str) -> str:
    """Return the account that takes a transition: that of its role; consistency is the second level 2 reviewer's."""
    if name == "confirm_consistency":
        return "second2"
    return next(role.value for role in Role if role in TRANSITIONS[name].roles)


def _in_office_hours(moment: datetime) -> datetime:
    """Return the moment, or 9:15 of the next morning when offices are closed in New York then."""
    there = moment.astimezone(EASTERN)
    if 9 <= there.hour < 18:
        return moment
    day = there if there.hour < 9 else there + DAY
    return day.replace(hour=9, minute=15, second=0, microsecond=0)


_SUPPORTS = {
    "availability": "The record shows no source outside China. The inquiries found none.",
    "severe_economic_harm": "The duty is higher than the margin. The product makes up a large part of the sales.",
    "strategic_importance": "No Chinese industrial program on record names the product.",
    "objective": "An exclusion would not undermine the objective of the investigation.",
    "administrability": "Customs can see the described features at entry.",
}
Happening = Callable[[Walk], None]
_OWN: dict[str, Happening] = {
    "submit": Walk._submit,
    "withdraw": Walk._withdraw,
    "lapse": Walk._clock,
    "close_responses": Walk._clock,
    "begin_review": Walk._clock,
    "clear_text": Walk._give_opinion,
}
_BEFORE: dict[str, tuple[Happening, ...]] = {
    "recommend": (Walk._find, Walk._mark, lambda walk: walk._recommend("reviewer1")),
    "concur": (lambda walk: walk._recommend("reviewer2"),),
    "confirm_consistency": (Walk._compare,),
    "clear_for_drafting": (Walk._conclude, Walk._compare_again),
    "clear_for_denial": (Walk._conclude, Walk._compare_again),
    "send_to_customs": (Walk._draft,),
    "assess": (Walk._assess, Walk._compare_again),
    "grant": (Walk._compare_again,),
    "deny": (Walk._compare_again,),
    "close_incomplete": (
        lambda walk: walk._take("return"),
        Walk._resubmit,
        lambda walk: walk._propose_closing("close_incomplete"),
    ),
    "close_covered": (lambda walk: walk._propose_closing("close_covered"),),
    "close_duplicate": (lambda walk: walk._propose_closing("close_duplicate"),),
}
_AFTER: dict[str, tuple[Happening, ...]] = {"post": (Walk._respond,)}
