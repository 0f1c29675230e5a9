"""Walking a story through the real actions, at moments of the past weeks. Nothing is written around the rules."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from exclusions import criteria, hts
from exclusions.actions import transitions
from exclusions.actions.clock import run_clock
from exclusions.actions.filing import petitions
from exclusions.actions.filing.replies import reply
from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.record.letters import ensure_letter
from exclusions.actions.review import product_texts, reviews
from exclusions.management.demo.answers import petition_answers, reply_answers, response_answers
from exclusions.management.demo.people import COMPANIES, FIRM, organization
from exclusions.management.demo.stories import Story, Voice
from exclusions.models import Notification, Petition, Round, User
from exclusions.queries.agency.evidence import citable
from exclusions.workflow.deadlines import EASTERN, eastern_date
from exclusions.workflow.states import Status

_COMPANY = {account.name: account.company for account in COMPANIES}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# How long before now each kind of story begins: a review needs the response and reply periods behind it.
_BEGINS = {Status.REPLYING: 17 * DAY, Status.POSTED: 3 * DAY, Status.SUBMITTED: DAY, Status.DRAFT: DAY / 2}
_BEFORE_POSTING = (Status.SUBMITTED, Status.RETURNED, Status.WITHDRAWN, Status.DRAFT)


class Walk:
    """One story under way; `at` is the moment of its next step."""

    def __init__(self, story: Story, round: Round, people: dict[str, User], now: datetime, place: int) -> None:
        self.story, self.people, self.place = story, people, place
        account = story.account or story.product.account
        back = _BEGINS.get(story.until, 29 * DAY if story.until not in _BEFORE_POSTING else 2 * DAY)
        self.at = max(now - back, round.opens_at + HOUR) + timedelta(minutes=7 * (place % 30))
        firm = organization(FIRM) if story.through_firm else None
        self.owner = people["filer" if firm else account]
        company = organization(_COMPANY[account])
        answers = petition_answers(story.product, round, through_firm=bool(firm), available=story.denies)
        answers |= {"org_legal_name": company.legal_name, **story.answers}
        self.petition = petitions.start(
            round=round, organization=company, filer_organization=firm, by=self.owner, at=self.at, answers=answers
        )

    def go(self) -> Petition:
        """Take every step up to the state of the story, and return the petition."""
        for name in _path(self.story):
            self.at = _in_office_hours(self.at + 2 * HOUR)
            special: dict[str, Callable[[], None]] = {
                "submit": self._submit,
                "withdraw": self._withdraw,
                "respond": self._respond,
                "clock": self._clock,
                "findings": self._find,
                "opinion": self._give_opinion,
            }
            if name in special:
                special[name]()
            elif name in _RECORDS:
                _RECORDS[name](self)
            else:
                self._step(name)
            self.petition.refresh_from_db()
        return self.petition

    def _step(self, name: str) -> None:
        by = self.people[_ACTORS[name]]
        known: dict[str, dict[str, Any]] = {
            "post": {"screened": True},
            "grant": {"rationale": self.story.rationale},
            "deny": {"rationale": self.story.rationale, "denial_codes": self.story.codes},
            "publish": {"citation": "91 FR 99001 (fictional)", "published_on": eastern_date(self.at)},
        }
        transitions.take(self.petition, name, by=by, at=self.at, reason=self.story.reason, data=known.get(name, {}))

    def _submit(self) -> None:
        certified = dict.fromkeys(petitions.certification_keys(self.petition.round), "yes")
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
            reply(posted, answers=reply_answers(voice.reply), by=self.owner, at=self.at)

    def _clock(self) -> None:
        """Wait for the ends of the periods that the petition is in."""
        for closes in (self.petition.response_closes_at, self.petition.reply_closes_at):
            if closes and closes >= self.at:
                self.at = closes + timedelta(minutes=2)
                run_clock(at=self.at)
                self.petition.refresh_from_db()
            if self.petition.status == self.story.until:
                break

    def _find(self) -> None:
        everything = citable(self.petition)
        for key in self.petition.round.criteria:
            factor = criteria.get(key)
            against = self.story.against.get(key)
            cited = [f"answer:{name}" for name in factor.evidence_keys if f"answer:{name}" in everything][:3]
            cited += [name for name in everything if name.startswith("response:")] if key == "availability" else []
            reviews.record_finding(
                self.petition,
                criterion=key,
                result="against" if against else factor.results[0],
                reasons=against or _SUPPORTS.get(key, "Nothing on the record speaks against it."),
                citations=cited,
                by=self.people["reviewer1"],
                at=self.at,
            )

    def _recommend(self, who: str) -> None:
        reviews.recommend_outcome(
            self.petition,
            outcome="deny" if self.story.denies else "grant",
            denial_codes=self.story.codes,
            reasons="On the totality of the findings.",
            by=self.people[who],
            at=self.at,
        )

    def _compare(self) -> None:
        earlier = Petition.objects.filter(hts10=self.petition.hts10, decision__isnull=False).exclude(
            pk=self.petition.pk
        )
        references = earlier.order_by("-submitted_at").values_list("reference", flat=True)
        alike = [str(reference) for reference in references[:5]]
        reviews.record_consistency(
            self.petition,
            compared_with=alike,
            reasons="The outcome is the same as in these." if alike else "No other case concerns a like product.",
            by=self.people["second2"],
            at=self.at,
        )

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


def _in_office_hours(moment: datetime) -> datetime:
    """Return the moment, or 9:15 of the next morning when offices are closed in New York then."""
    there = moment.astimezone(EASTERN)
    if 9 <= there.hour < 18:
        return moment
    day = there if there.hour < 9 else there + DAY
    return day.replace(hour=9, minute=15, second=0, microsecond=0)


_SUPPORTS = {
    "availability": "No source outside China is shown; the inquiries on record found none.",
    "severe_economic_harm": "The duty exceeds the margin, and the product carries a large part of the sales.",
    "strategic_importance": "The product is named in no Chinese industrial program on record.",
    "objective": "An exclusion would not undermine the objective of the investigation.",
    "administrability": "The product is described by features that can be seen at entry.",
}
_RECORDS: dict[str, Callable[[Walk], None]] = {
    "recommendation1": lambda walk: walk._recommend("reviewer1"),
    "recommendation2": lambda walk: walk._recommend("reviewer2"),
    "comparison": Walk._compare,
    "conclusion": Walk._conclude,
    "text": Walk._draft,
    "assessment": Walk._assess,
}
_ACTORS = {
    "return": "intake",
    "post": "intake",
    "recommend": "reviewer1",
    "concur": "reviewer2",
    "confirm_consistency": "second2",
    "clear_for_drafting": "legal",
    "clear_for_denial": "legal",
    "send_to_customs": "drafter",
    "assess": "committee",
    "grant": "signatory",
    "deny": "signatory",
    "publish": "publisher",
}
# Every leg of the way, and the state it leads to.
_WAY: tuple[tuple[Status, tuple[str, ...]], ...] = (
    (Status.DRAFT, ()),
    (Status.SUBMITTED, ("submit",)),
    (Status.POSTED, ("post", "respond")),
    (Status.REPLYING, ("clock",)),
    (Status.LEVEL1, ()),
    (Status.LEVEL2, ("findings", "recommendation1", "recommend")),
    (Status.CONSISTENCY, ("recommendation2", "concur")),
    (Status.LEGAL, ("comparison", "confirm_consistency")),
    (Status.DRAFTING, ("conclusion", "clear_for_drafting")),
    (Status.CUSTOMS, ("text", "send_to_customs")),
    (Status.COMMITTEE, ("opinion",)),
    (Status.SIGNATURE, ("assessment", "assess")),
    (Status.GRANTED, ("grant",)),
    (Status.PUBLISHED, ("publish",)),
)


def _path(story: Story) -> list[str]:
    """Return the steps and records that lead to the story's state."""
    if story.until == Status.RETURNED:
        return ["submit", "return"]
    if story.until == Status.WITHDRAWN:
        return ["submit", "withdraw"]
    path: list[str] = []
    for status, leg in _WAY:
        if story.denies and status == Status.DRAFTING:
            path += ["conclusion", "clear_for_denial"]
            return [*path, "deny"] if story.until == Status.DENIED else path
        path += leg
        if status == story.until:
            break
    return path
