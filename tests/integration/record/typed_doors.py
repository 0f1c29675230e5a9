"""A case that holds every value of the book of written forms in confidence, and what is typed at each of its doors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from exclusions.actions.casework.cluster_changes import set_apart
from exclusions.actions.decision import decisions
from exclusions.actions.filing import confidentiality, petitions, responses
from exclusions.actions.notices import drafting
from exclusions.actions.people import proposals
from exclusions.actions.record import quarantine
from exclusions.actions.record.public_files import waiting
from exclusions.actions.review import assignments, inquiries, intake, interests, reviews, screenings
from exclusions.gateways.documents.inspection import XLSX
from exclusions.gateways.documents.object_store import store_file
from exclusions.models import (
    ClusterMember,
    Document,
    Exclusion,
    ExclusionTerm,
    ExclusionText,
    Petition,
    Screening,
    User,
)
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.disclosure_checks import DOORS
from exclusions.workflow.states import Status
from tests.depth import DEEP
from tests.factories.answers import purchases
from tests.factories.casework.arguing import answer_the_first
from tests.factories.casework.citing import SHOWS, bearing
from tests.factories.casework.closings import covering
from tests.factories.casework.clusters import cluster_of
from tests.factories.casework.inquiries import asked
from tests.factories.file_parts import CODE, workbook
from tests.factories.people import make_person
from tests.factories.petitions import FACT, OTHERWISE
from tests.factories.public import store_like
from tests.unit.checks.test_written_forms import WRITTEN

PASSAGE = "Hidden Supplier Works quoted us twice the price in May of the year 2019, then declined"
FORMS = [text for texts in WRITTEN.values() for text in texts]
STRIDE = 10  # every how manieth form of a value a door is tried with where not each is: see `forms_at`
BY_FILES = {"petition", "attach", "replace"}  # doors that are tried with whole answers and files elsewhere


def confidential_answers() -> dict[str, Any]:
    """Return confidential answers that hold each value of `WRITTEN`, to be laid over those of a petition."""
    bought = purchases()
    bought["china"]["2017"] = {"value": "4200000", "quantity": "1250"}
    bought["china"]["2018"] = {"value": "89370849", "quantity": "1250"}
    return {
        "purchases": bought,
        "product_role": "both",
        "final_sales_share": "41",
        "input_cost_share": "41.5",
        "input_sales_share": "25",
        "sourcing_attempts": PASSAGE,
        "has_estimates": "yes",
        "estimates_explanation": "At present each costs us $71.20 before the duty, as far as we can tell today.",
        "importer_of_record": "宁波新光机械",
        "requester_street_1": "Νίκος Παπαδόπουλος",
        "requester_email": "a.b@x-corp.test",
    }


@dataclass(frozen=True)
class TypedDoor:
    """A door where words are typed: in which state of the case, by whom, by which action."""

    status: Status
    who: str
    send: Callable[[Petition, User, datetime, str], object]


def forms_at(door: str, *, deep: bool = DEEP) -> list[str]:
    """Return the forms that a door is tried with: each, or in `make test` some of every value, others at the next door.

    All doors look through one matcher, of which tests/unit/checks/test_written_forms.py asks each form.
    """
    if deep:
        return FORMS
    place = sorted(DOORS.keys() - BY_FILES).index(door)
    return [text for forms in WRITTEN.values() for text in _some(forms, place)]


def _some(forms: list[str], place: int) -> list[str]:
    stride = min(STRIDE, len(forms))
    return forms[place % stride :: stride]


def _finding(petition: Petition, by: User, at: datetime, text: str) -> object:
    cites = bearing(petition, "availability")
    said = {"criterion": "availability", "result": "supports", "citations": cites}
    return reviews.record_finding(petition, **said, reasons=text, by=by, at=at)


def _deny(petition: Petition, by: User, at: datetime, text: str) -> object:
    code: dict[str, Any] = {"denial_codes": ["DR6d"], "facts": FACT, "departure": OTHERWISE}
    return decisions.deny(petition, rationale=text, contacts="none", **code, by=by, at=at)


def _legal_review(petition: Petition, by: User, at: datetime, text: str) -> object:
    entered: dict[str, Any] = {"outcome": "deny", "denial_codes": ["DR6d"], "reasons": OTHERWISE}
    return reviews.record_legal_review(petition, **entered, departure=text, by=by, at=at)


def _consistency(petition: Petition, by: User, at: datetime, text: str) -> object:
    store_like(petition, "USTR-2018-0025", stage="granted")
    store_like(petition, "USTR-2018-0032", stage="denied")
    return reviews.record_consistency(petition, distinctions={"": text}, ours=SHOWS, by=by, at=at)


def _assessment(petition: Petition, by: User, at: datetime, text: str) -> object:
    return reviews.record_assessment(petition, outcome="deny", reasons=OTHERWISE, departure=text, by=by, at=at)


def _response(petition: Petition, by: User, at: datetime, text: str) -> object:
    waiting = petition.responses.filter(status="submitted").order_by("created_at")[0]
    return responses.refuse_response(waiting, reason=text, by=by, at=at)


def _withhold(petition: Petition, by: User, at: datetime, text: str) -> object:
    return screenings.withhold(Screening.objects.get(petition=petition), reason=text, code="other", by=by, at=at)


def _return(petition: Petition, by: User, at: datetime, text: str) -> object:
    points = [{"question": "product_description", "remedy": text}]
    return intake.return_petition(petition, points=points, by=by, at=at)


def _treatment(petition: Petition, by: User, at: datetime, text: str) -> object:
    return confidentiality.refuse_confidentiality(petition, "purchases", reason=text, by=by, at=at)


def _assign(petition: Petition, by: User, at: datetime, text: str) -> object:
    with transaction.atomic():
        assignments.take(petition, by=make_person("Hattie Holder", role=by.role), at=at)
        return assignments.take(petition, by=by, at=at, reason=text)


# By the name of the door in `workflow.disclosure_checks`; their writers may read the petition's confidential answers.
def _file(petition: Petition, at: datetime) -> Document:
    """Return a public file of the case of which a part waits."""
    stored = store_file([workbook("nobody")], limit=99_999)
    return Document.objects.create(
        petition=petition,
        question_key="public_documents",
        visibility="public",
        file_name="parts.xlsx",
        content_type=XLSX.content_type,
        size=stored.size,
        sha256=stored.sha256,
        storage_key=stored.key,
        uploaded_at=at,
        unread_parts=CODE,
        text_whole=True,
    )


def _correct(petition: Petition, by: User, at: datetime, text: str) -> None:
    with transaction.atomic():
        taken = quarantine.take_down(petition, "answer:product_function", reason="It says too much.", by=by, at=at)
        quarantine.correct(taken, text, by=by, at=at)


def _correct_exclusion(petition: Petition, by: User, at: datetime, text: str) -> object:
    row = ExclusionText.objects.get(
        exclusion__in=Exclusion.objects.filter(public_petitions__reference=petition.reference)
    )
    facts = {"what": "wording", "row": row.pk, "text": f"{text} (6810.99.0010)"}
    return proposals.propose(
        "correct_exclusion",
        row.exclusion_id,
        facts=facts,
        reason="The annex of the notice says otherwise.",
        by=by,
        at=at,
    )


def _withdraw_exclusion(petition: Petition, by: User, at: datetime, text: str) -> object:
    terms = ExclusionTerm.objects.filter(exclusion__public_petitions__reference=petition.reference)
    return drafting.draft_withdrawal(list(terms), last_day=eastern_date(at), reason=text, by=by, at=at)


def _amend_exclusion(petition: Petition, by: User, at: datetime, text: str) -> object:
    row = ExclusionText.objects.get(
        exclusion__in=Exclusion.objects.filter(public_petitions__reference=petition.reference)
    )
    facts = {"what": "wording", "row": row.pk, "text": f"{text} (6810.99.0010)"}
    why = "The notice left the polished backs out."
    return proposals.propose("amend_exclusion", row.exclusion_id, facts=facts, reason=why, by=by, at=at)


def _reissue_letter(petition: Petition, by: User, at: datetime, text: str) -> object:
    facts = {"letter": petition.letters.get(kind="grant").code}
    return proposals.propose("reissue_letter", petition.pk, facts=facts, reason=text, by=by, at=at)


def _reopen_decision(petition: Petition, by: User, at: datetime, text: str) -> object:
    return proposals.propose("reopen_decision", petition.pk, reason=text, by=by, at=at)


def _cluster(petition: Petition, by: User, at: datetime, text: str) -> object:
    place = ClusterMember.objects.current().filter(case__petition=petition).first()
    cluster = place.cluster if place else cluster_of([petition], at)
    name = str(petition.reference)
    return set_apart(cluster, references=[name], reason=text, revision=cluster.revision, by=by, at=at)


def _close(petition: Petition, by: User, at: datetime, text: str) -> object:
    return proposals.propose("close_covered", petition.pk, facts=covering(petition), reason=text, by=by, at=at)


def _inquire(petition: Petition, by: User, at: datetime, text: str) -> object:
    return inquiries.ask(petition, question=text, last_day=at.date() + timedelta(days=14), by=by, at=at)


def _answer_inquiry(petition: Petition, by: User, at: datetime, text: str) -> object:
    return inquiries.answer(asked(petition), text=text, by=by, at=at)


TYPED: Mapping[str, TypedDoor] = {
    "finding": TypedDoor(Status.LEVEL1, "reviewer1", _finding),
    "recommendation": TypedDoor(
        Status.LEVEL1,
        "reviewer1",
        lambda p, by, at, text: reviews.recommend_outcome(p, outcome="grant", reasons=text, by=by, at=at),
    ),
    "legal_review": TypedDoor(Status.LEGAL, "legal", _legal_review),
    "consistency": TypedDoor(Status.CONSISTENCY, "second_reviewer2", _consistency),
    "assessment": TypedDoor(Status.COMMITTEE, "committee", _assessment),
    "assign": TypedDoor(Status.LEVEL1, "reviewer1", _assign),
    "cluster": TypedDoor(Status.LEVEL1, "reviewer1", _cluster),
    "argument_answer": TypedDoor(Status.LEVEL1, "reviewer1", answer_the_first),
    "recusal": TypedDoor(
        Status.LEVEL1, "reviewer1", lambda p, by, at, text: reviews.recuse(p, reason=text, by=by, at=at)
    ),
    "interest": TypedDoor(
        Status.LEVEL1,
        "reviewer1",
        lambda p, by, at, text: interests.declare(user=by, name="A company", nature=text, by=by, at=at),
    ),
    "return": TypedDoor(Status.SUBMITTED, "intake", _return),
    "refuse_confidentiality": TypedDoor(Status.SUBMITTED, "intake", _treatment),
    "refuse_response": TypedDoor(Status.POSTED, "intake", _response),
    "withdraw": TypedDoor(
        Status.POSTED, "importer", lambda p, by, at, text: petitions.withdraw(p, reason=text, by=by, at=at)
    ),
    "quarantine": TypedDoor(
        Status.POSTED, "importer", lambda p, by, at, text: quarantine.take_down(p, reason=text, by=by, at=at)
    ),
    "correct": TypedDoor(Status.POSTED, "intake", _correct),
    "withhold": TypedDoor(Status.POSTED, "intake", _withhold),
    "grant": TypedDoor(
        Status.SIGNATURE,
        "signatory",
        lambda p, by, at, text: decisions.grant(p, rationale=text, contacts="none", by=by, at=at),
    ),
    "grant_in_part": TypedDoor(
        Status.SIGNATURE,
        "signatory",
        lambda p, by, at, text: decisions.grant_in_part(
            p,
            rationale=OTHERWISE,
            narrowing=text,
            narrowing_codes=["NR5"],
            proposed_by="customs",
            departure=OTHERWISE,
            contacts="none",
            by=by,
            at=at,
        ),
    ),
    "correct_exclusion": TypedDoor(Status.PUBLISHED, "legal", _correct_exclusion),
    "withdraw_exclusion": TypedDoor(Status.PUBLISHED, "legal", _withdraw_exclusion),
    "amend_exclusion": TypedDoor(Status.PUBLISHED, "legal", _amend_exclusion),
    "reissue_letter": TypedDoor(Status.PUBLISHED, "signatory", _reissue_letter),
    "reopen_decision": TypedDoor(Status.PUBLISHED, "legal", _reopen_decision),
    "inquiry": TypedDoor(Status.LEVEL1, "reviewer1", _inquire),
    "inquiry_answer": TypedDoor(Status.LEVEL1, "importer", _answer_inquiry),
    "close": TypedDoor(Status.POSTED, "intake", _close),
    "deny": TypedDoor(Status.SIGNATURE, "signatory", _deny),
    "remove_part": TypedDoor(
        Status.SUBMITTED,
        "intake",
        lambda p, by, at, text: waiting.remove_part(_file(p, at), CODE, reason=text, by=by, at=at),
    ),
    "clean_file": TypedDoor(
        Status.SUBMITTED,
        "intake",
        lambda p, by, at, text: waiting.clean_again(_file(p, at), reason=text, by=by, at=at),
    ),
}
