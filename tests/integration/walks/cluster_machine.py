"""One cluster whose members go their ways: they are concluded either way, go back, lose and change their people."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from exclusions.actions import transitions
from exclusions.actions.casework import team
from exclusions.actions.decision import decisions
from exclusions.actions.review import assignments, product_texts, reviews
from exclusions.errors import ActionRefused
from exclusions.models import Petition, User
from exclusions.permissions.conclusions import COMMITTEE, LEGAL, LEVEL2, SIGNATORY, conclusions, departs_from
from exclusions.permissions.consistency import KEPT, to_distinguish, with_another_result
from exclusions.permissions.likes.groups import like_groups
from exclusions.permissions.likes.recommended import undecided
from exclusions.permissions.standing import holder
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import DECIDED, Status
from tests.factories.casework.arguing import mark_as_suggested
from tests.factories.casework.citing import SHOWS
from tests.factories.casework.referring import recommend
from tests.factories.petitions import APART, OTHERWISE, TEXT
from tests.integration.walks.sealing import sealing
from tests.integration.walks.unlike import unlike_at_signature

WHY = "The findings on the record weigh this way."
BACK = {
    Status.LEVEL2: ("send_back", "reviewer2"),
    Status.CONSISTENCY: ("reopen", "legal"),
    Status.LEGAL: ("reopen", "legal"),
    Status.DRAFTING: ("give_up_text", "drafter"),
    Status.SIGNATURE: ("remand", "signatory"),
}
FROM_CONSISTENCY = frozenset(
    {Status.CONSISTENCY, Status.LEGAL, Status.DRAFTING, Status.CUSTOMS, Status.COMMITTEE, Status.SIGNATURE}
)
UNLIKE = ("does not answer", "say what sets this case apart", KEPT)
NAMES = re.compile(r"USTR-[0-9]{4}-[0-9]{4}-[0-9]{6}(?:-C[0-9a-f]{8})?")
pick = st.integers(min_value=0, max_value=10_000)


class OneCluster(RuleBasedStateMachine):
    """A walk in a transaction that is rolled back; `of` makes the machine of a cluster. All members stand at level 1,
    with findings that bear either outcome.
    """

    cast: Mapping[str, User]
    begins: datetime
    keys: list[Any]
    decided_at_end: int
    reached: Counter[str]  # in all walks

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.at = self.begins

    @classmethod
    def of(cls, cast: Mapping[str, User], begins: datetime, members: list[Petition], end: int) -> "type[OneCluster]":
        """Return the machine of these members, of which so many are led to a decision at the end."""
        keys = [petition.pk for petition in members]
        of = {"cast": cast, "begins": begins, "keys": keys, "decided_at_end": end, "reached": Counter()}
        return type("OneCluster", (cls,), of)

    # ---- what is done ---------------------------------------------------------------------------------------------
    @rule(what=st.sampled_from(("on", "on", "on", "on", "back", "returned", "stepped", "away")), number=pick,
          denies=st.booleans(), steps=st.integers(min_value=2, max_value=8))  # fmt: skip
    def happen(self, what: str, number: int, denies: bool, steps: int) -> None:
        """One thing happens to a member: it goes on or back, or somebody steps back from it, or is away."""
        # One rule, since Hypothesis leaves out some of several in each walk.
        petition = self._member(number)
        if petition.status in DECIDED:
            return
        if what == "on":
            self._go_on(number, denies, steps)
        elif what == "back":
            self._go_back(number)
        elif what == "returned":
            self._return_either(number)
        elif what == "stepped":
            by = self.cast["signatory" if denies else "second_reviewer2"]
            self._try(lambda: reviews.recuse(petition, reason="I know them well.", by=by, at=self.at))
        else:
            self._take_and_be_away(petition)

    def _go_on(self, number: int, denies: bool, steps: int) -> None:
        """A member is concluded one way and goes on, a few desks far, without anybody who compares saying a word."""
        for _ in range(steps):
            petition = self._member(number)
            if petition.status in DECIDED or not self._step(petition, denies, careful=False):
                return

    def _go_back(self, number: int) -> None:
        """A member is sent back from where it stands, one that can be."""
        rows = Petition.objects.filter(pk__in=self.keys, status__in=BACK).order_by("reference")
        found = list(rows.select_related("round", "organization"))
        if not found:
            return
        petition = found[number % len(found)]
        name, who = BACK[Status(petition.status)]
        if not self._try(lambda: transitions.take(petition, name, by=self.cast[who], at=self.at, reason=WHY)):
            self.reached["back"] += 1

    def _return_either(self, number: int) -> None:
        """A member that stands beside an unlike one is returned by whoever compares the two."""
        rows = Petition.objects.filter(pk__in=self.keys, status__in=FROM_CONSISTENCY).order_by("reference")
        for petition in rows.select_related("round", "organization")[number % 3 :: 3]:
            groups = with_another_result(petition, like_groups(petition, self.cast["third_reviewer2"]))
            beside = next((group.references[0] for group in groups if group.recommended), "")
            if beside and not self._try(lambda: self._return(petition, beside)):  # noqa: B023
                return

    def _return(self, petition: Petition, beside: str) -> None:
        told: dict[str, Any] = {"by": self.cast["third_reviewer2"], "at": self.at, "reason": WHY}
        self._take_over(petition, told["by"])
        transitions.take(petition, "return_alike", **told, data={"beside": beside})
        self.reached["returned"] += 1

    def _take_and_be_away(self, petition: Petition) -> None:
        """The second reviewer has a comparison and is away from then on; who comes next takes it over."""
        day, by = eastern_date(self.at), self.cast["second_reviewer2"]
        self._try(lambda: assignments.take(petition, by=by, at=self.at))
        away = {"first_day": day, "last_day": day + timedelta(days=3), "by": self.cast["lead2"], "at": self.at}
        self._try(lambda: team.enter_absence(by, **away))

    # ---- how a step is taken --------------------------------------------------------------------------------------
    def _member(self, number: int) -> Petition:
        key = self.keys[number % len(self.keys)]
        return Petition.objects.select_related("round", "organization").get(pk=key)

    def _try(self, act: Callable[[], object]) -> list[str]:
        """Do it, or write nothing and return why not."""
        point = transaction.savepoint()
        try:
            act()
        except ActionRefused as refused:
            transaction.savepoint_rollback(point)
            return refused.reasons or [str(refused)]
        transaction.savepoint_commit(point)
        self.at += timedelta(minutes=1)
        return []

    def _step(self, petition: Petition, denies: bool, *, careful: bool) -> bool:
        """Let whoever may conclude or work the case lead it on; where likeness holds it, one act frees the way."""
        said: list[str] = []
        for by in self._people(petition):
            said = self._try(lambda by=by: self._lead_on(self._fresh(petition), denies, by, careful))  # type: ignore[misc]
            if not said:
                self.reached[f"from {petition.status}"] += 1
                found = list(unlike_at_signature(petition))
                assert not found, f"{petition.reference}: {'; '.join(found)}"
                return True
        if any(mark in sentence for sentence in said for mark in UNLIKE):
            self.reached["held"] += 1
            self._must_be_freed_by_either(petition, denies)
        return False

    def _people(self, petition: Petition) -> list[User]:
        """Return who may be asked at the desk of a case, those first who are asked first."""
        names = {
            Status.LEVEL1: ("reviewer1",),
            Status.LEVEL2: ("reviewer2",),
            Status.CONSISTENCY: ("second_reviewer2", "third_reviewer2"),
            Status.LEGAL: ("legal",),
            Status.DRAFTING: ("drafter",),
            Status.CUSTOMS: ("customs",),
            Status.COMMITTEE: ("committee",),
            Status.SIGNATURE: ("signatory", "spare_signatory"),
        }[Status(petition.status)]
        return [self.cast[name] for name in names]

    def _lead_on(self, petition: Petition, denies: bool, by: User, careful: bool, *, compared: bool = False) -> None:
        """Enter what a desk enters, and take the transition that leads on."""
        status, at, outcome = Status(petition.status), self.at, "deny" if denies else "grant"
        said: dict[str, Any] = {"outcome": outcome, "reasons": WHY, "by": by, "at": at}
        coded = {**said, "denial_codes": ["DR1"] if denies else []}
        onward = ""
        self._take_over(petition, by)
        if status in (Status.LEVEL1, Status.LEVEL2):
            mark_as_suggested(petition, by=by, at=at)
            away = self._departure(petition, LEVEL2, outcome) if status == Status.LEVEL2 else ""
            recommend(petition, departure=away, **coded)
            onward = "recommend" if status == Status.LEVEL1 else "concur"
        elif status == Status.CONSISTENCY:
            if not (compared and petition.consistency_reviews.filter(made_at__gte=petition.status_since).exists()):
                self._compare(petition, by, careful=careful)
            onward = "confirm_consistency"
        elif status == Status.LEGAL:
            reviews.record_legal_review(petition, departure=self._departure(petition, LEGAL, outcome), **coded)
            onward = "clear_for_denial" if denies else "clear_for_drafting"
        elif status == Status.DRAFTING:
            product_texts.draft_text(petition, text=TEXT, number="6810.99.0010", by=by, at=at)
            onward = "send_to_customs"
        elif status == Status.CUSTOMS:
            draft = petition.drafts.order_by("-version")[0]
            product_texts.give_opinion(draft, result="no_objection", by=by, at=at)
        elif status == Status.COMMITTEE:
            reviews.record_assessment(petition, departure=self._departure(petition, COMMITTEE, outcome), **said)
            onward = "assess"
        else:
            self._sign(petition, denies, by)
        if onward:
            transitions.take(petition, onward, by=by, at=at)

    def _take_over(self, petition: Petition, by: User) -> None:
        """Take the case from who has it at a desk of level 2, and is away."""
        other = holder(petition, by.role) if petition.status in (Status.LEVEL2, Status.CONSISTENCY) else None
        if other and other.user_id != by.pk:
            assignments.take(petition, by=by, at=self.at, reason="She is away until Friday.")

    def _departure(self, petition: Petition, desk: str, outcome: str) -> str:
        return OTHERWISE if departs_from(desk, outcome, conclusions(petition)) else ""

    def _sign(self, petition: Petition, denies: bool, by: User) -> None:
        outcome = "deny" if denies else "grant"
        words = {"rationale": "As the record shows.", "contacts": "none", "by": by, "at": self.at}
        words["departure"] = self._departure(petition, SIGNATORY, outcome)
        if denies:
            decisions.deny(petition, denial_codes=["DR1"], **words)
        else:
            decisions.grant(petition, adverse=OTHERWISE, **words)

    def _compare(self, petition: Petition, by: User, *, careful: bool) -> None:
        """Record the comparison; a careful one says of each like case with a result what sets them apart."""
        asked, offered = to_distinguish(petition, like_groups(petition, by)) if careful else ([], [])
        said = {group.key: APART for group in [*asked, *offered]}
        reviews.record_consistency(petition, distinctions=said, ours=SHOWS, by=by, at=self.at)

    # ---- what must hold -------------------------------------------------------------------------------------------
    def _must_be_freed_by_either(self, petition: Petition, denies: bool) -> None:
        """One act on the record of the case frees its way; and one of the other side, where that is not decided."""
        point, named = transaction.savepoint(), self._unlike(petition, denies)
        assert named, f"{petition.reference} is held, and no like case is named"
        self._compare_by_whoever(petition)
        left = self._unlike(self._fresh(petition), denies)
        assert not left, f"{petition.reference} is held by {left} after its own record answered them"
        transaction.savepoint_rollback(point)
        other = Petition.objects.select_related("round", "organization").get(reference=named[0])
        stands = undecided([petition.pk], None)[petition.pk].concluded
        if other.status in DECIDED or stands is None or (stands.result == "denied") != denies:
            return  # what a case is about to come to, in this very step, the record of another cannot answer yet
        if other.status in FROM_CONSISTENCY:
            refused = self._try(lambda: self._return(other, str(petition.reference)))
            assert not refused, f"{named[0]} is not returned: {refused}"
            left = self._unlike(self._fresh(petition), denies)
            assert named[0] not in left, f"{petition.reference} is held by {named[0]}, which was returned"
            transaction.savepoint_rollback(point)
            self._compare_by_whoever(self._fresh(other))
        else:
            by = self.cast["reviewer2"]
            assert not self._try(lambda: transitions.take(other, "send_back", by=by, at=self.at, reason=WHY))
        left = self._unlike(self._fresh(petition), denies)
        assert named[0] not in left, f"{petition.reference} is held by {named[0]}, whose record answered it"
        transaction.savepoint_rollback(point)

    def _compare_by_whoever(self, petition: Petition) -> None:
        """Let the third level 2 reviewer compare, who recommends nothing and steps back from nothing."""
        by = self.cast["third_reviewer2"]
        refused = self._try(lambda: self._take_over(petition, by))
        refused = refused or self._try(lambda: self._compare(self._fresh(petition), by, careful=True))
        assert not refused, refused

    def _unlike(self, petition: Petition, denies: bool) -> list[str]:
        """Return which cases hold a step of a case, whoever of those takes it who may see all."""
        by, point = self._people(petition)[-1], transaction.savepoint()
        said = self._try(lambda: self._lead_on(petition, denies, by, careful=False, compared=True))
        transaction.savepoint_rollback(point)
        return NAMES.findall(" ".join(one for one in said if any(mark in one for mark in UNLIKE)))

    def _fresh(self, petition: Petition) -> Petition:
        return Petition.objects.select_related("round", "organization").get(pk=petition.pk)

    def teardown(self) -> None:
        """From wherever they stand, members come to a decision, either way; then nothing of it was."""
        try:
            for number, key in enumerate(self.keys[: self.decided_at_end]):
                self._lead_to_decision(key, bool(number % 2))
            sealing(connection).seal()
        finally:
            transaction.set_rollback(True)
            self.stack.close()
            sealing(connection).unsealed.clear()

    def _lead_to_decision(self, key: Any, denies: bool) -> None:
        for _ in range(20):
            petition = Petition.objects.select_related("round", "organization").get(pk=key)
            if petition.status in DECIDED:
                return
            if not self._step(petition, denies, careful=True) and petition.status in FROM_CONSISTENCY:
                self._compare_by_whoever(petition)
        raise AssertionError(f"{key} does not come to a decision")
