"""What holds of every case, whatever was done to it: one function each, which yields a sentence for each breach."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from exclusions import criteria
from exclusions.actions.decision.decisions import NEVER_PUBLISHED
from exclusions.facts.forms import petition_form
from exclusions.models import (
    Argument,
    Decision,
    Event,
    ExclusionTerm,
    Finding,
    LegalReview,
    Letter,
    Petition,
    PetitionVersion,
    PublicPetition,
    PublicResponse,
    Quarantine,
    Response,
)
from exclusions.permissions.arguments.marked import AGAINST_RESULT
from exclusions.permissions.conclusions import COMMITTEE, SIGNATORY, SIGNS
from exclusions.questionnaires import Visibility
from exclusions.workflow.roles import STAFF
from exclusions.workflow.states import Status, stage_of
from exclusions.workflow.transitions import TRANSITIONS
from tests.integration.walks.unlike import unlike_at_signature

Invariant = Callable[[Petition], Iterator[str]]
INVARIANTS: dict[str, Invariant] = {}


def invariant(words: str) -> Callable[[Invariant], Invariant]:
    """Register an invariant under the words that it holds."""

    def register(function: Invariant) -> Invariant:
        INVARIANTS[words] = function
        return function

    return register


def breaches(petition: Petition) -> list[str]:
    """Return every breach of a case, under the invariant that it breaks."""
    return [f"{words}: {found}" for words, holds in INVARIANTS.items() for found in holds(petition)]


def _moves(petition: Petition) -> list[Event]:
    events = Event.objects.filter(subject=f"petition:{petition.pk}").exclude(from_status="")
    return list(events.order_by("sequence"))


@invariant("a status has its events")
def _status_has_events(petition: Petition) -> Iterator[str]:
    here = str(Status.DRAFT)
    for event in _moves(petition):
        row = TRANSITIONS.get(event.kind)
        if row is None:
            yield f"{event.kind} is no transition"
        elif here not in row.sources or event.to_status != row.target or event.from_status != here:
            yield f"{event.kind} does not lead from {here} to {event.to_status}"
        elif event.role not in row.roles:
            yield f"{event.kind} was taken as {event.role}"
        here = event.to_status
    if petition.status != here:
        yield f"the status is {petition.status}, the last event leads to {here}"


@invariant("an event is not earlier than the one before it")
def _events_go_forward(petition: Petition) -> Iterator[str]:
    events = Event.objects.filter(subject=f"petition:{petition.pk}").order_by("sequence")
    moments = list(events.values_list("at", flat=True))
    if moments != sorted(moments):
        yield f"{moments}"


@invariant("a person acts in one role on a case")
def _one_role_a_case(petition: Petition) -> Iterator[str]:
    acted = Event.objects.filter(subject=f"petition:{petition.pk}", by__isnull=False).values_list("by", "role")
    roles: dict[int, set[str]] = {}
    for person, role in acted:
        if role in STAFF:
            roles.setdefault(person, set()).add(role)
    for person, taken in roles.items():
        if len(taken) > 1:
            yield f"person {person} acted as {', '.join(sorted(taken))}"


@invariant("a public copy has its sealed version")
def _public_copy_has_version(petition: Petition) -> Iterator[str]:
    public = PublicPetition.objects.filter(reference=petition.reference).first() if petition.reference else None
    whole = Quarantine.objects.filter(petition=petition, kind="petition", restored_at__isnull=True).exists()
    if petition.posted_at is not None and not whole and public is None:
        yield "it is posted and not on the docket"
    if public is None:
        return
    if petition.posted_at is None or whole:
        yield "it is on the docket without having been posted, or after it was taken down"
    if public.stage != stage_of(Status(petition.status), in_part=petition.in_part):
        yield f"the docket shows {public.stage} for {petition.status}"
    version = PetitionVersion.objects.filter(petition=petition, sealed_at__isnull=False).order_by("-number").first()
    if version is None:
        yield "nothing was sealed"
        return
    questions = {question.key: question for question in petition_form(petition.round).questions}
    for answer in public.answers:
        question = questions.get(answer["key"])
        if question is not None and question.visibility is Visibility.CONFIDENTIAL:
            yield f"{answer['key']} is confidential"
        elif answer["key"] not in version.answers and answer["key"] in questions:
            yield f"{answer['key']} was not sealed"


@invariant("a decision has its findings")
def _decision_has_findings(petition: Petition) -> Iterator[str]:
    for decision in Decision.versions.filter(petition=petition):
        found = {finding["criterion"] for finding in decision.findings}
        for criterion in petition.round.criteria:
            if criterion not in found:
                yield f"{criterion} was not found on"
        signed = [event for event in _moves(petition) if event.at == decision.signed_at]
        if [SIGNS.get(event.kind) for event in signed] != [decision.outcome]:
            yield "it was not signed by a transition"
        cleared = ["deny"] if decision.outcome == "deny" else ["grant", "in_part"]
        departs = any(why["key"] in (COMMITTEE, SIGNATORY) and why["reasons"] for why in decision.explanations)
        reviews = LegalReview.objects.filter(petition=petition)
        if not (reviews.exists() if departs else reviews.filter(outcome__in=cleared).exists()):
            yield "counsel did not clear it, and nothing says why it was signed all the same"
    decided = {event.kind for event in _moves(petition)} & {"grant", "grant_in_part", "deny"}
    if bool(decided) != Decision.versions.filter(petition=petition).exists():
        yield "signed without a decision, or decided without a signature"


def _at_signature(decision: Decision) -> dict[str, Finding]:
    """Return the finding of each criterion that was the current one when a decision was signed."""
    rows = Finding.objects.filter(petition=decision.petition_id, made_at__lte=decision.signed_at)
    return {row.criterion: row for row in rows.order_by("made_at", "pk")}


@invariant("each criterion that was decided on cites what bears on it")
def _criterion_cites(petition: Petition) -> Iterator[str]:
    for decision in Decision.versions.filter(petition=petition):
        for row in _at_signature(decision).values():
            if fault := criteria.get(row.criterion).citation_fault(row.result, row.citations):
                yield f"{row.criterion}: {fault}"


@invariant("no argument against a decision was open when it was signed")
def _arguments_answered(petition: Petition) -> Iterator[str]:
    for decision in Decision.versions.filter(petition=petition):
        found, at = _at_signature(decision), decision.signed_at
        rows = Argument.objects.filter(petition=petition, made_at__lte=at, side__in=AGAINST_RESULT[decision.outcome])
        for row in rows.exclude(left_out_at__lte=at):
            last = row.answers.filter(made_at__lte=at).order_by("made_at", "pk").last()
            if last is None or last.kind == "finding":
                if row.criterion not in found or not found[row.criterion].citations:
                    yield f"argument {row.pk} has no finding that answers it"
            elif last.standing and last.standing.withdrawn_at and last.standing.withdrawn_at <= at:
                yield f"argument {row.pk} is answered by what was withdrawn"


@invariant("like cases that stood otherwise were set apart before a signature")
def _unlike_set_apart(petition: Petition) -> Iterator[str]:
    yield from unlike_at_signature(petition)


@invariant("a term has its authority")
def _term_has_authority(petition: Petition) -> Iterator[str]:
    of_notices = [event.kind for event in _moves(petition) if event.kind in ("publish", "undo_publication")]
    published = of_notices[-1:] == ["publish"]
    exclusions = Decision.versions.filter(petition=petition, exclusion__isnull=False).values("exclusion")
    for term in ExclusionTerm.objects.filter(exclusion__in=exclusions):
        never = term.status == ExclusionTerm.Status.DELETED and term.reason == NEVER_PUBLISHED
        if term.status != ExclusionTerm.Status.PENDING and not term.authority and not never:
            yield f"term {term.pk} is {term.status} and cites nothing"
        if term.status == ExclusionTerm.Status.PUBLISHED and term.valid_from is None:
            yield f"term {term.pk} is published and has no first day"
    if published and not ExclusionTerm.objects.filter(exclusion__in=exclusions, status="published").exists():
        yield "a notice was published and no term"


@invariant("one decision stands")
def _one_decision_stands(petition: Petition) -> Iterator[str]:
    versions = list(Decision.versions.filter(petition=petition).order_by("version"))
    if [decision.version for decision in versions] != list(range(1, len(versions) + 1)):
        yield f"the versions are {[decision.version for decision in versions]}"
    for before, after in pairwise(versions):
        if after.supersedes_id != before.pk:
            yield f"version {after.version} does not supersede the one before it"
    standing = list(Decision.objects.filter(petition=petition))
    if petition.status in (Status.DENIED, Status.GRANTED, Status.PUBLISHED) and standing != versions[-1:]:
        yield "another than the last one stands"


@invariant("a letter has its decision")
def _letter_has_decision(petition: Petition) -> Iterator[str]:
    outcomes = list(Decision.versions.filter(petition=petition).values_list("outcome", flat=True))
    kinds = list(Letter.objects.filter(petition=petition).values_list("kind", flat=True))
    for kind, outcome in (("grant", "grant"), ("in_part", "in_part"), ("denial", "deny")):
        if kind in kinds and outcome not in outcomes:
            yield f"a letter says {kind}"
        if kinds.count(kind) < outcomes.count(outcome):  # one issued anew makes them more
            yield f"{outcomes.count(outcome)} decisions, {kinds.count(kind)} letters that say {kind}"


@invariant("a period ends after it began")
def _periods_run(petition: Petition) -> Iterator[str]:
    posted, closes, replies = petition.posted_at, petition.response_closes_at, petition.reply_closes_at
    if posted and petition.submitted_at and posted < petition.submitted_at:
        yield "posted before it was filed"
    if posted and closes and closes < posted:
        yield "responses close before the posting"
    if closes and replies and replies < closes:
        yield "replies close before responses"


@invariant("a response is public when it was posted")
def _responses_posted(petition: Petition) -> Iterator[str]:
    if not PublicPetition.objects.filter(reference=petition.reference).exists():
        return
    down = Quarantine.objects.filter(petition=petition, kind="response", restored_at__isnull=True)
    posted = petition.responses.filter(status=Response.Status.POSTED).exclude(pk__in=down.values("response"))
    expected = set(posted.values_list("reference", flat=True))
    shown = set(
        PublicResponse.objects.filter(petition__reference=petition.reference).values_list("reference", flat=True)
    )
    for reference in expected ^ shown:
        yield f"{reference}"
