"""One petition as staff work it: the record, the findings, what was concluded, and what can be done next."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db.models import Prefetch, Q

from exclusions.criteria import Criterion
from exclusions.facts.forms import criteria_of, petition_form
from exclusions.models import (
    Assignment,
    CommitteeAssessment,
    ConsistencyReview,
    Contact,
    CustomsOpinion,
    Decision,
    Document,
    Finding,
    LegalReview,
    Letter,
    Petition,
    ProductDraft,
    Recommendation,
    Recusal,
    Response,
    User,
)
from exclusions.models.screening import HELD_BACK
from exclusions.permissions import Standing, may_read_confidential, refusals, standing
from exclusions.permissions.case_entries import CASE_ENTRIES, case_entry_refusal
from exclusions.permissions.leaks import sealed_answers, uncured_refusals
from exclusions.queries.agency.case_rows import is_read, read_case
from exclusions.queries.agency.case_tariff import CaseTariff, case_tariff
from exclusions.queries.agency.evidence import AnswerStep, Filed, answer_steps, citable, public_steps
from exclusions.queries.agency.related import Like, prior_decisions, related_petitions
from exclusions.queries.agency.responses import PrintedResponse, printed_responses
from exclusions.queries.agency.screening import Doubt, Withheld, doubts, withheld
from exclusions.queries.agency.timeline import Moment, timeline
from exclusions.queries.desk.worklist import HAS_WORKLIST
from exclusions.queries.record.case_files import case_files, names_of
from exclusions.queries.record.taken_down import Down, down_of, explained, in_its_place, words_in_place
from exclusions.workflow.public_things import Kind
from exclusions.workflow.roles import OWNERS, READS_CONFIDENTIAL, Role
from exclusions.workflow.states import CLOSED, Status
from exclusions.workflow.transitions import NEED_FORM, TAKEN_ELSEWHERE, from_status

MADE = attrgetter("made_at", "pk")


@dataclass(frozen=True)
class Offer:
    """A transition or entry that could be made here: free when `reasons` is empty."""

    name: str
    label: str
    reasons: list[str]
    needs_reason: bool = False
    needs_form: bool = False
    yours: bool = True


@dataclass(frozen=True)
class CriterionState:
    """One criterion of the round with its current finding, and the earlier ones."""

    criterion: Criterion
    finding: Finding | None
    citations: list[str]
    earlier: list[Finding]


@dataclass(frozen=True)
class CasePage:
    """Everything that the page of a case shows. `confidential` says that confidential matter is in it."""

    petition: Petition
    held: Standing
    confidential: bool
    steps: list[AnswerStep]
    doubts: list[Doubt]
    withheld: list[Withheld]
    documents: list[Document]
    responses: list[PrintedResponse]
    criteria: list[CriterionState]
    recommendations: list[Recommendation]
    consistency: list[ConsistencyReview]
    legal: list[LegalReview]
    drafts: list[ProductDraft]
    assessments: list[CommitteeAssessment]
    decisions: list[Decision]
    letters: list[Letter]
    events: list[Moment]
    contacts: list[Contact]
    recusals: list[Recusal]
    assignments: list[Assignment]
    offers: list[Offer]
    entries: list[Offer]
    related: list[Like]
    prior: list[Decision]
    tariff: CaseTariff | None
    public: list[AnswerStep]
    may_find: bool
    mine: bool

    @property
    def offers_of_others(self) -> list[Offer]:
        """The transitions that other roles take."""
        return [offer for offer in self.offers if not offer.yours]

    @property
    def public_documents(self) -> list[Document]:
        """The files that become public."""
        return [document for document in self.documents if document.visibility == "public"]

    @property
    def closed(self) -> bool:
        """Whether nothing more happens to the petition."""
        return self.petition.status in CLOSED


def find_case(reference: str, user: User) -> Petition | None:
    """Return a filed petition that a staff member may open, whole or its public side, or None.

    Drafter and publisher work from the public version, so that there is nothing to open before posting. Whether a tie
    or recusal bars the person is for the page to say.
    """
    if user.role not in HAS_WORKLIST:
        return None
    petition = (
        Petition.objects.select_related("round", "organization", "filer_organization", "filed_by")
        .exclude(status=Status.DRAFT)
        .filter(reference=reference)
        .first()
    )
    if petition and user.role not in READS_CONFIDENTIAL and petition.posted_at is None:
        return None
    return petition


def _refused(petition: Petition, answers: dict[str, Any]) -> set[str]:
    return {refusal.question_key for refusal in uncured_refusals(petition, answers)}


def case_page(
    petition: Petition, user: User, at: datetime, held: Standing | None = None, *, around: bool = True
) -> CasePage:
    """Return the page of a case for a person who is not barred from it; the same number of queries for every case.

    `held`: the person's standing; `around`: with like cases and the tariff. Do not act on the petition afterwards.
    """
    held = held or standing(user, petition, at)
    whole = may_read_confidential(user, petition, at, held)
    record = read_case(petition, whole=whole)
    form, answers = petition_form(petition.round), sealed_answers(petition)
    down = None if whole else down_of(petition)
    files = list(case_files(petition, whole=whole, down=down))
    documents = [file for file in files if file.petition_id == petition.pk]
    named = names_of(documents) | (down.file_names if down else {})
    public = public_steps(form, answers, named, (down or Down([])).placing(Kind.ANSWER))
    screening = petition.status == Status.SUBMITTED and user.role == Role.INTAKE
    responses = printed_responses(petition, files, down)
    filed = _filed(responses, files)
    return CasePage(
        petition=petition,
        held=held,
        confidential=whole,
        steps=answer_steps(form, answers, names_of(documents)) if whole else public,
        doubts=doubts(petition, form, answers, public, documents) if screening else [],
        withheld=withheld(form, answers, _refused(petition, answers)) if screening else [],
        documents=documents,
        responses=responses,
        criteria=criterion_states(petition, answers, down or Down([]), filed),
        recommendations=sorted(petition.recommendations.all(), key=MADE) if whole else [],
        consistency=sorted(petition.consistency_reviews.all(), key=MADE) if whole else [],
        legal=sorted(petition.legal_reviews.all(), key=MADE) if whole else [],
        drafts=drafts(petition, user, whole),
        assessments=sorted(petition.assessments.all(), key=MADE) if whole else [],
        decisions=_decisions(record.decisions, down or Down([])),
        letters=record.letters,
        events=timeline(record.events),
        contacts=sorted(petition.contacts.all(), key=attrgetter("held_on", "pk")) if whole else [],
        recusals=sorted(petition.recusals.all(), key=attrgetter("declared_at", "pk")) if whole else [],
        assignments=(assigned := standing_assignments(petition)),
        offers=offers(petition, user, at, held),
        entries=entry_offers(petition, user, at, held),
        related=related_petitions(petition, user, held.ties) if whole and around else [],
        prior=list(prior_decisions(petition)) if whole and around else [],
        tariff=case_tariff(petition, at) if around else None,
        public=public,
        may_find=case_entry_refusal("finding", petition, user, at, held) is None,
        mine=any(assignment.user_id == user.pk for assignment in assigned),
    )


def standing_assignments(petition: Petition) -> list[Assignment]:
    """Return who has the case now, by role, in the order in which they got it."""
    return sorted(
        (row for row in petition.assignments.all() if row.ended_at is None), key=attrgetter("assigned_at", "pk")
    )


def _filed(responses: list[PrintedResponse], files: list[Document]) -> Filed:
    """What a finding may cite beside the answers, of what the page shows anyhow."""
    posted = [said for said in responses if said.response.status == Response.Status.POSTED]
    replied = {
        said.response.pk
        for said in posted
        for given in said.replies
        if getattr(given.reply, "screening", None) is None or given.reply.screening.outcome not in HELD_BACK
    }
    in_order = sorted((said.response for said in posted), key=attrgetter("posted_at"))
    return Filed(in_order, replied, [file for file in files if file.reply_id is None])


def offers(petition: Petition, user: User, at: datetime, held: Standing) -> list[Offer]:
    """Return each transition that leaves the status, free or refused with its reasons; the person's own first."""
    found = []
    for row in from_status(Status(petition.status)):
        if row.roles <= OWNERS or row.name in TAKEN_ELSEWHERE:
            continue
        yours = bool(row.roles & held.roles)
        reasons = refusals(row.name, petition, user, at, held=held)
        found.append(Offer(row.name, row.label, reasons, row.needs_reason, row.name in NEED_FORM, yours))
    return sorted(found, key=lambda offer: not offer.yours)


def entry_offers(petition: Petition, user: User, at: datetime, held: Standing) -> list[Offer]:
    """Return the entries of the person's role, free or refused with reasons; findings are offered by criterion."""
    found = []
    for name, kind in CASE_ENTRIES.items():
        if name in ("finding", "opinion") or not kind.roles & held.roles:
            continue
        refused = case_entry_refusal(name, petition, user, at, held)
        found.append(Offer(name, kind.label, refused.reasons if refused else []))
    return found


def _decisions(found: list[Decision], down: Down) -> list[Decision]:
    """Every signed decision, newest first, its rationale as this person may read it."""
    said = [(words_in_place(row, found, down, Kind.RATIONALE), explained(row, found, down)) for row in found]
    for row, (words, explanations) in zip(found, said, strict=True):
        row.rationale, row.explanations = words, explanations
    return found


def criterion_states(
    petition: Petition, answers: dict[str, Any], down: Down | None = None, filed: Filed | None = None
) -> list[CriterionState]:
    """Return each criterion of the round, in the round's order, with its findings; `down`: what the reader may not.

    `filed` is what the reader sees that came beside the answers, where it has been read already.
    """
    made: dict[str, list[Finding]] = {}
    findings = petition.findings.all() if is_read(petition) else petition.findings.select_related("made_by")
    for finding in sorted(findings, key=MADE):
        made.setdefault(finding.criterion, []).append(finding)
    words = citable(petition, answers, filed)
    if filed and any(citation not in words for found in made.values() for citation in found[-1].citations):
        words = citable(petition, answers)  # something is cited of which the reader sees but the words
    states = []
    for criterion in criteria_of(petition.round):
        key = criterion.key
        found = made.get(key, [])
        last = found[-1] if found else None
        taken = down.any_of(Kind.FINDING, key) if down else None
        if last and taken:
            last.reasons, found = in_its_place(taken), [last]
        cited = [words.get(citation, citation) for citation in last.citations] if last else []
        states.append(CriterionState(criterion, last, cited, found[:-1]))
    return states


def drafts(petition: Petition, user: User, whole: bool) -> list[ProductDraft]:
    """Return the versions of the product text, newest first, with the opinions on each.

    What intake has not let through is for who wrote it, and for who reads the whole case.
    """
    if whole and is_read(petition):
        return sorted(petition.drafts.all(), key=attrgetter("version"), reverse=True)
    opinions = CustomsOpinion.objects.select_related("given_by", "screening").order_by("given_at", "pk")
    found = petition.drafts.select_related("drafted_by", "screening").order_by("-version")
    if not whole:
        held_back = Q(screening__outcome__in=HELD_BACK)
        opinions = opinions.exclude(held_back & ~Q(given_by=user))
        found = found.exclude(held_back & ~Q(drafted_by=user))
    return list(found.prefetch_related(Prefetch("opinions", queryset=opinions)))
