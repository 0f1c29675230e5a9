"""One petition as staff work it: what its pages show of the record, and what can be done next."""

from collections.abc import Collection
from datetime import datetime
from functools import cached_property
from typing import Any

from exclusions.facts.forms import petition_form
from exclusions.models import (
    Assignment,
    CommitteeAssessment,
    Contact,
    Decision,
    Document,
    Event,
    LegalReview,
    Letter,
    Petition,
    ProductDraft,
    Recusal,
    User,
)
from exclusions.permissions import Standing, may_read_confidential, standing_of
from exclusions.permissions.case_entries import case_entry_refusal
from exclusions.permissions.conclusions import Conclusion, conclusion_in, latest
from exclusions.permissions.leaks import certified_answers, uncured_refusals
from exclusions.permissions.own_view import must_view_first
from exclusions.permissions.standing import holder
from exclusions.queries.casework.case.case import MADE, Offer, drafts, entry_offers, offers, standing_assignments
from exclusions.queries.casework.case.case_rows import (
    decisions_of,
    events_of,
    letters_of,
    may_have,
    read_entries,
    read_head,
)
from exclusions.queries.casework.case.case_tariff import CaseTariff, case_tariff
from exclusions.queries.casework.case.evidence import AnswerStep, answer_steps, public_steps
from exclusions.queries.casework.case.findings import CriterionState, criterion_states
from exclusions.queries.casework.case.likes_on_record import Compared, as_known
from exclusions.queries.casework.case.passages import Passage, passages
from exclusions.queries.casework.case.responses import PrintedResponse, printed_responses
from exclusions.queries.casework.case.screening import Doubt, Withheld, doubts, withheld
from exclusions.queries.casework.case.timeline import Moment, timeline
from exclusions.queries.casework.inquiries import Asked, asked_of
from exclusions.queries.record.case_files import case_files, names_of
from exclusions.queries.record.taken_down import Down, down_of, explained, words_in_place
from exclusions.questionnaires.language.cleaned import Cleaned
from exclusions.workflow.public_things import Kind
from exclusions.workflow.roles import Role
from exclusions.workflow.states import CLOSED, Status
from exclusions.workflow.targets import DEFAULT_DAYS

# The events by which a desk concludes, and the entries that they append.
CONCLUDING = {"recommendation": "recommendations", "legal_review": "legal_reviews", "assessment": "assessments"}


class CasePage:
    """What the pages of a case show, each part read when a page shows it. Do not act on the petition afterwards.

    `confidential` says that the person reads the whole case, confidential matter in it. The petition is one of
    `find_case`; `stamp` is the tariff's. `entries` as `read_head` has it.
    """

    def __init__(
        self, petition: Petition, user: User, at: datetime, standing: Standing | None = None, *, entries: bool = True
    ) -> None:
        self.petition, self.user, self.at = petition, user, at
        self.stamp: str | None = getattr(petition, "tariff_stamp", None)
        self.standing = standing or standing_of(user, petition, at)
        self.confidential = may_read_confidential(user, petition, at, self.standing)
        self._level1 = not must_view_first(petition, user)
        read_head(petition, self.standing.roles, level1=self._level1, entries=entries)
        self.form = petition_form(petition.round)

    @cached_property
    def answers(self) -> Cleaned:
        """The answers as last certified; empty while nothing is."""
        read_entries(self.petition, ["versions"])
        return certified_answers(self.petition, self.form)

    def _entries(self, name: str) -> list[Any]:
        """Return the entries of a kind, oldest first; none for a person who may not read the whole case."""
        if not self.confidential or not may_have(self.petition, name):
            return []
        read_entries(self.petition, [name], level1=self._level1)
        return sorted(getattr(self.petition, name).all(), key=MADE)

    @cached_property
    def down(self) -> Down:
        """What is down, for who works from the public side; nothing is for who reads the whole case."""
        return Down([]) if self.confidential else down_of(self.petition)

    @cached_property
    def files(self) -> list[Document]:
        """Every file of the case that the person may open."""
        if not may_have(self.petition, "files") and not may_have(self.petition, "responses"):
            return []
        return list(case_files(self.petition, whole=self.confidential, down=None if self.confidential else self.down))

    @cached_property
    def documents(self) -> list[Document]:
        """The files of the petition itself."""
        return [file for file in self.files if file.petition_id == self.petition.pk]

    @property
    def public_documents(self) -> list[Document]:
        """The files that become public."""
        return [document for document in self.documents if document.visibility == "public"]

    @cached_property
    def public(self) -> list[AnswerStep]:
        """The public answers, with what stands in the place of those that are down."""
        return self._public(None)

    def _public(self, only: Collection[str] | None) -> list[AnswerStep]:
        named = names_of(self.documents) | self.down.file_names
        return public_steps(self.form, self.answers, named, self.down.placing(Kind.ANSWER), only)

    @cached_property
    def steps(self) -> list[AnswerStep]:
        """The answers that the person may read."""
        return self._steps(None) if self.confidential else self.public

    def _steps(self, only: Collection[str] | None) -> list[AnswerStep]:
        if not self.confidential:
            return self._public(only)
        # What names files is no evidence, and so is never cited.
        names = names_of(self.documents) if only is None else {}
        return answer_steps(self.form, self.answers, names, only)

    @property
    def _screening(self) -> bool:
        return self.petition.status == Status.SUBMITTED and self.user.role == Role.INTAKE

    @cached_property
    def doubts(self) -> list[Doubt]:
        """What stands out in the public answers, for the clerk who is to post the petition."""
        if not self._screening:
            return []
        return doubts(self.petition, self.form, self.answers, self.public, self.documents)

    @cached_property
    def withheld(self) -> list[Withheld]:
        """The confidential answers, for that clerk."""
        refused = {refusal.question_key for refusal in uncured_refusals(self.petition, self.answers)}
        return withheld(self.form, self.answers, refused) if self._screening else []

    @cached_property
    def responses(self) -> list[PrintedResponse]:
        """The responses with their replies."""
        return printed_responses(self.petition, self.files, None if self.confidential else self.down)

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """What a finding may cite, with the passage as the person may read it."""
        return passages(self.petition.round, self.steps, self.responses, self.files)

    @cached_property
    def criteria(self) -> list[CriterionState]:
        """Each criterion of the round with its findings, and what bears on it."""
        return criterion_states(self.petition, self.down, self.passages)

    @cached_property
    def findings(self) -> list[CriterionState]:
        """Each criterion with its findings alone: of the record that is read which they cite."""
        cites = {citation for finding in self.petition.findings.all() for citation in finding.citations}
        kinds = {citation.partition(":")[0] for citation in cites}
        answers = self._steps({citation.removeprefix("answer:") for citation in cites}) if "answer" in kinds else []
        responses = self.responses if kinds & {"response", "reply"} else []
        cited = passages(self.petition.round, answers, responses, self.files if "document" in kinds else [])
        return criterion_states(self.petition, self.down, cited, bearing=False)

    @cached_property
    def compared(self) -> Compared:
        """The recommendations of both levels and the consistency reviews, as far as the person may know like cases."""
        made, reviews = self._entries("recommendations"), self._entries("consistency_reviews")
        return as_known(made, reviews, self.petition, self.user)

    @cached_property
    def legal(self) -> list[LegalReview]:
        """The legal reviews."""
        return self._entries("legal_reviews")

    @cached_property
    def assessments(self) -> list[CommitteeAssessment]:
        """The assessments of the committee."""
        return self._entries("assessments")

    @cached_property
    def drafts(self) -> list[ProductDraft]:
        """The versions of the product text, newest first."""
        return drafts(self.petition, self.user, self.confidential)

    @cached_property
    def decisions(self) -> list[Decision]:
        """Every signed decision, newest first, its rationale as the person may read it."""
        found = decisions_of(self.petition)
        down = self.down
        said = [(words_in_place(row, found, down, Kind.RATIONALE), explained(row, found, down)) for row in found]
        for row, (words, explanations) in zip(found, said, strict=True):
            row.rationale, row.explanations = words, explanations
        return found

    @cached_property
    def letters(self) -> list[Letter]:
        """The letters, oldest first, for who reads the whole case."""
        return letters_of(self.petition) if self.confidential else []

    @cached_property
    def chain(self) -> list[Event]:
        """The events of the record, oldest first, for who reads the whole case."""
        return events_of(self.petition, level1=self._level1) if self.confidential else []

    @cached_property
    def events(self) -> list[Moment]:
        """What happened, oldest first."""
        return timeline(self.chain)

    def _recorded(self, kind: str) -> bool:
        return any(event.kind == kind for event in self.chain)

    @cached_property
    def concluded(self) -> Conclusion | None:
        """What a desk concluded last, for who reads the whole case; the record says in which kind of entry."""
        kinds = [CONCLUDING[event.kind] for event in self.chain if event.kind in CONCLUDING]
        last = latest(self._entries(kinds[-1])) if kinds else None
        return conclusion_in(last) if last else None

    @cached_property
    def contacts(self) -> list[Contact]:
        """The contacts outside the docket, for who reads the whole case; the record says whether there are any."""
        if not self._recorded("contact"):
            return []
        return list(self.petition.contacts.select_related("logged_by").order_by("held_on", "pk"))

    @cached_property
    def inquiries(self) -> list[Asked]:
        """The questions to the filer, for who reads the whole case; the record says whether there are any."""
        return asked_of(self.petition) if self._recorded("inquiry") else []

    @cached_property
    def recusals(self) -> list[Recusal]:
        """Who stepped back, for who reads the whole case; the record says whether anybody did."""
        if not self._recorded("recusal"):
            return []
        return list(self.petition.recusals.select_related("user").order_by("declared_at", "pk"))

    @cached_property
    def assignments(self) -> list[Assignment]:
        """Who has the case now, by role."""
        return standing_assignments(self.petition)

    @cached_property
    def offers(self) -> list[Offer]:
        """The transitions that leave the status, the person's own first."""
        return offers(self.petition, self.user, self.at, self.standing)

    @property
    def offers_of_others(self) -> list[Offer]:
        """The transitions that other roles take."""
        return [offer for offer in self.offers if not offer.yours]

    @cached_property
    def entries(self) -> list[Offer]:
        """The case entries of the person's role."""
        return entry_offers(self.petition, self.user, self.at, self.standing)

    @cached_property
    def tariff(self) -> CaseTariff | None:
        """What the tariff says of the number."""
        return case_tariff(self.petition, self.at, self.stamp)

    @cached_property
    def may_find(self) -> bool:
        """Whether the person may record a finding now."""
        return case_entry_refusal("finding", self.petition, self.user, self.at, self.standing) is None

    @cached_property
    def mine(self) -> bool:
        """Whether the person has the case."""
        return getattr(holder(self.petition, self.user.role), "user_id", None) == self.user.pk

    @cached_property
    def target(self) -> int | None:
        """The days that the status should take, by the targets in force; None where it has none."""
        known = getattr(self.petition, "target_set", None)
        return DEFAULT_DAYS.get(Status(self.petition.status)) if known is None else int(known)

    @property
    def closed(self) -> bool:
        """Whether nothing more happens to the petition."""
        return self.petition.status in CLOSED
