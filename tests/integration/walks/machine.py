"""The walk itself: petitions on their way, a clock, and people who try what they may and what they may not."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from exclusions import criteria
from exclusions.actions import transitions
from exclusions.actions.clock import run_clock
from exclusions.actions.filing import replies, responses
from exclusions.actions.people import proposals
from exclusions.actions.record import quarantine
from exclusions.actions.review import assignments, product_texts, reviews, screenings
from exclusions.errors import ActionRefused
from exclusions.models import (
    Decision,
    Event,
    ExclusionText,
    NoticeCase,
    Petition,
    Proposal,
    Quarantine,
    Response,
    Round,
    Screening,
    User,
)
from exclusions.queries.record import leak_sweep, record_check
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import CLOSINGS, TRANSITIONS, from_status
from tests.factories.casework.citing import bearing
from tests.factories.casework.ways import ACTORS
from tests.factories.cast import CAST, Responder
from tests.factories.petitions import TEXT, Journey
from tests.factories.world import response_answers, token_of
from tests.integration.walks.invariants import breaches
from tests.integration.walks.sealing import sealing

PETITIONS = 3  # at a time
REASONS = ("The public record shows that it is made in Maine.", "The record says so on its second page.", "No.", "")
OUTCOMES = ("grant", "deny")
# Who proposes, and who confirms.
PAIRS = {
    "reopen_decision": ("legal", "signatory"),
    "undo_notice": ("publisher", "signatory"),
    "reissue_letter": ("intake", "signatory"),
    "correct_exclusion": ("publisher", "legal"),
    **dict.fromkeys(CLOSINGS, ("intake", "legal")),
}
ENDS = frozenset({"withdraw", "return", "return_alike", *CLOSINGS})  # end a walk, or lead back to a beginning
BACK = frozenset({"send_back", "reopen", "object_to_text", "withhold_text", "give_up_text", "remand"})  # less often
people, pick = st.sampled_from(CAST), st.integers(min_value=0, max_value=10_000)
one_in_three = st.sampled_from((True, False, False))


class Walk(RuleBasedStateMachine):
    """One walk, in a transaction that is rolled back. `of` makes the machine of a test's cast and round."""

    cast: Mapping[str, User]
    round: Round
    begins: datetime
    reached: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.at = self.begins
        self.journeys: list[Journey] = []

    @classmethod
    def of(cls, cast: Mapping[str, User], round_: Round, begins: datetime) -> "type[Walk]":
        """Return the machine with these people, that round and that first moment."""
        return type("Walk", (cls,), {"cast": cast, "round": round_, "begins": begins, "reached": Counter()})

    # ---- what is done -------------------------------------------------------------------------------------------
    def _try(self, act: Callable[[], object], *, several: bool = False) -> bool:
        """Do it, or be refused with a sentence and nothing written; then every invariant holds.

        `several` acts in one: what was written before the refused one is rolled back here.
        """
        before, point, refused = self._written(), transaction.savepoint(), ""
        try:
            act()
        except ActionRefused as error:
            refused = str(error) or "without a reason"
        if refused:
            assert refused != "without a reason"
            assert several or self._written() == before, f"Refused, and yet something was written: {refused}"
            transaction.savepoint_rollback(point)
            return False
        transaction.savepoint_commit(point)
        for journey in self.journeys:
            journey.petition = Petition.objects.select_related("round", "organization").get(pk=journey.petition.pk)
            found = breaches(journey.petition)
            assert not found, "\n".join(found)
        return True

    def _written(self) -> list[Any]:
        return [
            Event.objects.exclude(subject__startswith="user:").count(),
            *Petition.objects.order_by("pk").values_list("status", "revision"),
            *(Response.objects.count(), Quarantine.objects.count(), Screening.objects.count()),
        ]

    def _journey(self, number: int) -> Journey:
        journey = self.journeys[number % len(self.journeys)]
        journey.at = self.at
        return journey

    @precondition(lambda self: len(self.journeys) < PETITIONS and self.at <= self.round.closes_at)
    @rule(outcome=st.sampled_from(OUTCOMES), through_firm=st.booleans())
    def begin(self, outcome: str, through_firm: bool) -> None:
        """Somebody begins a petition and files it."""
        journey = Journey(self.cast, self.round, self.at, outcome, through_firm=through_firm)
        self.journeys.append(journey)
        self._try(lambda: journey.act("submit"))

    @precondition(lambda self: self.journeys)
    @rule(number=pick, choices=st.lists(st.tuples(st.integers(0, 11), one_in_three), min_size=4, max_size=14))
    def go_on(self, number: int, choices: list[tuple[int, bool]]) -> None:
        """Whoever's move it is makes the entries and takes a transition that leads on, a few times; few withdraw."""
        journey = self._journey(number)
        for choice, back in choices:
            rows = from_status(Status(journey.petition.status))
            onward = [row for row in rows if (choice == 0 or row.name not in ENDS) and (back or row.name not in BACK)]
            if not onward:
                return
            name = onward[choice % len(onward)].name
            self._try(partial(journey.prepare, name), several=True)
            if self._try(partial(self._act, journey, name)):
                self.reached[name] += 1
            self.at = journey.at = max(self.at, journey.at) + timedelta(hours=1)

    def _act(self, journey: Journey, name: str, by: User | None = None) -> None:
        """Take a transition by its own door; one whose paper is missing has to be refused at the common one."""
        petition = journey.petition
        waits = Screening.objects.filter(petition=petition, outcome=Screening.Outcome.WAITS).exists()
        drafted = petition.drafts.exists()
        missing = {"withhold_text": not waits, "clear_text": not drafted, "object_to_text": not drafted}
        if missing.get(name):
            usual = self.cast[ACTORS[name]]
            transitions.take(petition, name, by=by or usual, at=journey.at, reason=REASONS[0])
        else:
            journey.act(name, by)

    @precondition(lambda self: self.journeys)
    @rule(number=pick, name=st.sampled_from(sorted(TRANSITIONS)), who=people, prepared=st.booleans())
    def meddle(self, number: int, name: str, who: str, prepared: bool) -> None:
        """Anybody tries any transition, prepared or not."""
        journey = self._journey(number)
        if prepared:
            self._try(partial(journey.prepare, name), several=True)
        if self._try(partial(self._act, journey, name, self.cast[who])):
            self.reached[name] += 1

    @precondition(lambda self: self.journeys)
    @rule(number=pick, who=people, kind=st.sampled_from(("finding", "recommend", "consistency", "legal", "assessment",
          "text", "opinion", "take", "recuse")), outcome=st.sampled_from(OUTCOMES), reasons=st.sampled_from(REASONS),
          choice=pick)  # fmt: skip
    def record(self, number: int, who: str, kind: str, outcome: str, reasons: str, choice: int) -> None:
        """Anybody records anything, with good reasons or none."""
        petition = self._journey(number).petition
        common: dict[str, Any] = {"by": self.cast[who], "at": self.at}
        codes = ["DR1"] if outcome == "deny" else []
        criterion = petition.round.criteria[choice % len(petition.round.criteria)]
        result = criteria.get(criterion).results[choice % len(criteria.RESULTS)]
        cited = {"criterion": criterion, "citations": bearing(petition, criterion) if choice % 3 else []}
        concluded: dict[str, Any] = {"outcome": outcome, "reasons": reasons, "denial_codes": codes, **common}

        def opinion() -> None:
            draft = petition.drafts.order_by("-version").first()
            if draft is not None:
                product_texts.give_opinion(
                    draft, result="not_administrable", grounds=["end_use"], reasons=reasons, **common
                )

        acts: dict[str, Callable[[], object]] = {
            "finding": lambda: reviews.record_finding(petition, result=result, reasons=reasons, **cited, **common),
            "recommend": lambda: reviews.recommend_outcome(petition, **concluded),
            "consistency": lambda: reviews.record_consistency(petition, compared_with=[], reasons=reasons, **common),
            "legal": lambda: reviews.record_legal_review(petition, departure=reasons, **concluded),
            "assessment": lambda: reviews.record_assessment(petition, outcome=outcome, reasons=reasons, **common),
            "text": lambda: product_texts.draft_text(petition, text=TEXT, number="6810.99.0010", **common),
            "opinion": opinion,
            "take": lambda: assignments.take(petition, **common),
            "recuse": lambda: reviews.recuse(petition, reason=reasons, **common),
        }
        self._try(acts[kind])

    @precondition(lambda self: self.journeys)
    @rule(number=pick, act=st.sampled_from(("reopen_decision", "undo_notice", "reissue_letter", "correct_exclusion")),
          usual=one_in_three.map(lambda other: not other), first=people, second=people,
          reason=st.sampled_from(REASONS))  # fmt: skip
    def by_two(self, number: int, act: str, usual: bool, first: str, second: str, reason: str) -> None:
        """Two persons correct, undo, reissue or reopen what was signed or published; mostly those whose part it is."""
        petition = self._journey(number).petition
        key, facts = self._ground(petition, act)
        if key is None:
            return
        if usual:
            first, second = PAIRS[act]
        known = set(Proposal.objects.values_list("pk", flat=True))
        propose = partial(proposals.propose, act, key, by=self.cast[first], at=self.at, reason=reason, facts=facts)
        if self._try(propose):
            made = Proposal.objects.exclude(pk__in=known).get()
            if self._try(partial(proposals.confirm, made, by=self.cast[second], at=self.at)):
                self.reached[act] += 1

    def _ground(self, petition: Petition, act: str) -> tuple[object, dict[str, Any]]:
        """Return the key of what the act is done to, None where there is none, and its facts."""
        decision = Decision.objects.filter(petition=petition, exclusion__isnull=False).first()
        if act == "reopen_decision":
            return petition.pk, {}
        if act == "undo_notice":
            entered = NoticeCase.objects.filter(petition=petition).order_by("-pk").first()
            return entered and entered.notice_id, {}
        if act == "reissue_letter":
            letter = petition.letters.order_by("-issued_at", "-pk").first()
            return letter and petition.pk, {"letter": letter.code if letter else ""}
        if decision is None:
            return None, {}
        text = ExclusionText.objects.filter(exclusion=decision.exclusion).order_by("-version").first()
        wording = f"{TEXT.replace('polished', f'cut {self.at:%H}, polished')}"
        return decision.exclusion_id, {"what": "wording", "row": text.pk if text else 0, "text": wording}

    # ---- the public ---------------------------------------------------------------------------------------------
    @precondition(lambda self: self.journeys)
    @rule(number=pick, confirms=st.booleans())
    def respond(self, number: int, confirms: bool) -> None:
        """The public responds, and perhaps confirms."""
        reference, answers = str(self._journey(number).petition.reference), response_answers(Responder())
        known = set(Response.objects.values_list("pk", flat=True))
        if self._try(lambda: responses.respond(reference=reference, answers=answers, by=None, at=self.at)) and confirms:
            made = Response.objects.exclude(pk__in=known).get()
            token = token_of(made)
            self._try(lambda: responses.confirm_response(token=token, at=self.at))
            self.reached["respond"] += 1

    @precondition(lambda self: self.journeys)
    @rule(number=pick, who=people, intake=one_in_three.map(lambda other: not other), refuse=one_in_three)
    def judge_response(self, number: int, who: str, intake: bool, refuse: bool) -> None:
        """Intake, or anybody, posts or refuses a response."""
        petition, by = self._journey(number).petition, self.cast["intake" if intake else who]
        waiting = petition.responses.order_by("created_at", "pk").last()
        if waiting is None:
            return
        post = partial(responses.post_response, waiting, by=by, at=self.at)
        withhold = partial(responses.refuse_response, waiting, reason=REASONS[0], by=by, at=self.at)
        if self._try(withhold if refuse else post):
            self.reached["judge response"] += 1

    @precondition(lambda self: self.journeys)
    @rule(number=pick, who=people, owner=st.booleans())
    def reply(self, number: int, who: str, owner: bool) -> None:
        """The requester, or anybody, replies to a response, and intake lets it through."""
        petition, by = self._journey(number).petition, self.cast["importer" if owner else who]
        response = petition.responses.filter(status=Response.Status.POSTED).order_by("reference").first()
        if response is None:
            return
        words = {"text": "Their slabs are half as long as ours.", "certify_complete": "yes"}
        if self._try(lambda: replies.reply(response, answers=words, by=by, at=self.at)):
            waiting = Screening.objects.get(petition=petition, reply__response=response, outcome="waits")
            if self._try(lambda: screenings.let_through(waiting, by=self.cast["intake"], at=self.at)):
                self.reached["reply"] += 1

    @precondition(lambda self: self.journeys)
    @rule(number=pick, who=people, reason=st.sampled_from(REASONS), back=st.booleans())
    def take_down(self, number: int, who: str, reason: str, back: bool) -> None:
        """Anybody takes the petition down, or puts it back."""
        petition, by = self._journey(number).petition, self.cast[who]
        down = Quarantine.objects.filter(petition=petition, restored_at__isnull=True).first() if back else None
        if down is not None:
            self._try(lambda: quarantine.restore(down, by=by, at=self.at))
        else:
            self._try(lambda: quarantine.take_down(petition, by=by, at=self.at, reason=reason, ground="mistake"))

    @rule(hours=st.sampled_from((1, 30, 24 * 8, 24 * 15)))
    def wait(self, hours: int) -> None:
        """Time goes by, and the clock does what is due."""
        self.at += timedelta(hours=hours)
        self._try(lambda: run_clock(at=self.at))

    def teardown(self) -> None:
        """At the end the record is whole and nothing confidential is public; then nothing of it was."""
        try:
            sealing(connection).seal()
            found = [*record_check.breaks(), *map(str, leak_sweep.findings())]
            assert not found, "\n".join(found)
        finally:
            transaction.set_rollback(True)
            self.stack.close()
            sealing(connection).unsealed.clear()
