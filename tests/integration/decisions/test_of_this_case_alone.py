"""What is asked of a case is asked of that case: another one's rows, of whatever moment, change no answer."""

from collections.abc import Callable

import pytest

from exclusions.actions.filing import documents, petitions, responses
from exclusions.actions.filing.confidentiality import refuse_confidentiality
from exclusions.actions.filing.documents import Upload
from exclusions.actions.people import proposals
from exclusions.actions.record import quarantine
from exclusions.actions.review import own_view
from exclusions.errors import Conflict, Incomplete
from exclusions.models import Authorization, Organization, Proposal, PublicPetition, Quarantine, User
from exclusions.permissions import gates, leaks, standing_of
from exclusions.permissions.case_secrets import case_secrets, own_secrets
from exclusions.permissions.cures import changed_since_return
from exclusions.permissions.filing import judged_files
from exclusions.permissions.own_view import to_view_first
from exclusions.permissions.two_persons import closing_confirmed, counsel_agrees
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from tests.factories.answers import SECRETS
from tests.factories.casework.ways import PATHS
from tests.factories.cast import Responder
from tests.factories.files import pdf
from tests.factories.people import authorize, make_organization
from tests.factories.petitions import Journey
from tests.factories.world import response_answers, token_of

pytestmark = pytest.mark.django_db
OTHER_SLABS = "Slabs of agglomerated quartz of another thickness, polished on both faces, for laboratories."
SECRET = "Eleven thousand four hundred slabs of Rockland stone a month"


def test_a_second_petition_is_taken_down_while_the_first_is_down(
    journey: Callable[..., Journey], cast: dict[str, User]
) -> None:
    cases = [journey(), journey()]
    for case in cases:
        petition = case.take("submit", "post")
        quarantine.take_down(petition, by=cast["importer"], at=case.at, reason="A price.")
    assert PublicPetition.objects.count() == 0
    with pytest.raises(Conflict):
        quarantine.take_down(cases[0].petition, by=cast["importer"], at=case.at, reason="A price.")
    quarantine.restore(Quarantine.objects.get(petition=cases[0].petition), by=cast["intake"], at=case.at)
    quarantine.take_down(cases[0].petition, by=cast["importer"], at=case.at, reason="A price.")


@pytest.mark.parametrize(
    ("reason", "ground", "field"), [(" ", "", "reason"), ("A price.", "whim", "ground"), ("", "whim", "reason")]
)
def test_what_is_missing_is_said_at_its_field(
    journey: Callable[..., Journey], cast: dict[str, User], reason: str, ground: str, field: str
) -> None:
    case = journey()
    petition = case.take("submit", "post")
    with pytest.raises(Incomplete) as refused:
        quarantine.take_down(petition, by=cast["importer"], at=case.at, reason=reason, ground=ground)
    assert field in refused.value.fields
    assert {sentence for said in refused.value.fields.values() for sentence in said} == set(refused.value.reasons)


def test_counsel_agrees_to_this_decision_by_this_proposal(
    journey: Callable[..., Journey], cast: dict[str, User]
) -> None:
    made = []
    for _ in range(2):
        case = journey("deny")
        case.take("submit", "post", "close_responses", "begin_review", "recommend", "concur", "confirm_consistency")
        case.take("clear_for_denial", "deny")
        made.append((case, proposals.propose(
            "reopen_decision", case.petition.pk, reason="A domestic source was overlooked.", by=cast["legal"],
            at=case.at)))  # fmt: skip
    (case, own), (_, other) = made
    Proposal.objects.filter(pk__in=[own.pk, other.pk]).update(
        outcome="confirmed", settled_by=cast["signatory"], settled_at=case.at
    )
    asked = {"agreed": own.pk, "of another": other.pk, "of none": 0}
    said = {name: counsel_agrees(case.petition, None, case.at, {"proposal": key}) for name, key in asked.items()}
    assert said["agreed"] == []
    assert said["of another"] == said["of none"] == counsel_agrees(case.petition, None, case.at, {})
    assert len(said["of another"]) == 1
    Proposal.objects.filter(pk=own.pk).update(outcome="", settled_by=None, settled_at=None)
    assert counsel_agrees(case.petition, None, case.at, {"proposal": own.pk}) == said["of another"]


def test_what_another_petition_was_certified_with_is_no_change_of_this_one(
    journey: Callable[..., Journey], cast: dict[str, User]
) -> None:
    case, other = journey(), journey()
    returned = case.take("submit", "return")
    petition = other.take("submit", "return")
    petitions.save_answers(petition, answers={"product_description": OTHER_SLABS}, by=cast["importer"], at=other.at)
    other.take("resubmit")
    assert changed_since_return(returned) == []


def test_a_response_counts_for_its_petition_alone(journey: Callable[..., Journey], cast: dict[str, User]) -> None:
    first, second = journey(), journey()
    petition, _ = first.take("submit", "post"), second.take("submit", "post")
    given = responses.respond(
        reference=str(petition.reference), answers=response_answers(Responder()), by=None, at=first.at
    )
    assert case_secrets(petition).of_responses == {}  # who does not confirm has given nothing
    responses.confirm_response(token=token_of(given), at=first.at)
    given.refresh_from_db()
    responses.post_response(given, by=cast["intake"], at=first.at)
    counted = PublicPetition.objects.order_by("reference").values_list("oppose_count", "reply_closes_at")
    assert [count for count, _ in counted] == [1, 0]
    assert len({closes for _, closes in counted}) == 2


def test_what_was_not_confirmed_keeps_nothing_from_being_said(
    journey: Callable[..., Journey], cast: dict[str, User]
) -> None:
    case = journey()
    petition = case.take("submit", "post")
    words = "Ask harriet.holloway@quarry.example.test."
    answers = response_answers(Responder(email=words.split()[1].rstrip(".")))
    given = responses.respond(reference=str(petition.reference), answers=answers, by=None, at=case.at)
    before = own_secrets(petition)
    assert given.organization_name not in before.known
    assert not case_secrets(petition).of_responders(words)
    responses.confirm_response(token=token_of(given), at=case.at)
    assert case_secrets(petition).of_responders(words)
    assert given.organization_name in own_secrets(petition).known
    assert str(given.pk) in case_secrets(petition).of_responses


def test_what_was_found_in_files_is_not_looked_for_again(
    journey: Callable[..., Journey], cast: dict[str, User]
) -> None:
    """Under the lock of a submission nothing is read: what was found before is what the gate judges by."""
    case = journey()
    upload = Upload("plan.pdf", pdf(SECRETS[-1]))
    documents.attach(case.petition, "public_documents", upload, by=cast["importer"], at=case.at)
    known = {"open_answers": case.petition.versions.get().answers}
    found = leaks.JudgedFiles([], [], judged_files(case.petition).basis)
    assert gates.answers_pass(case.petition, None, case.at, known | {"judged_files": found}) == []
    (said,) = gates.answers_pass(case.petition, None, case.at, known)
    assert "The text of the public file “plan.pdf” repeats" in said


def test_a_refusal_of_confidence_is_of_its_own_petition(journey: Callable[..., Journey], cast: dict[str, User]) -> None:
    first, second = journey(), journey()
    refused, other = first.take("submit"), second.take("submit")
    refuse_confidentiality(
        refused, "sourcing_attempts", reason="It is on a public page.", by=cast["intake"], at=first.at
    )
    assert gates.confidentiality_screened(refused, None, first.at, None)
    assert gates.confidentiality_screened(other, None, first.at, None) == []


def test_a_case_is_closed_by_its_own_confirmed_proposal_alone(
    journey: Callable[..., Journey], cast: dict[str, User]
) -> None:
    cases = [journey(), journey()]
    for case in cases:
        case.take("submit")
        case.prepare("close_covered")
    own, other = (Proposal.objects.get(subject=f"petition:{case.petition.pk}") for case in cases)
    petition, at = cases[0].petition, cases[0].at
    assert closing_confirmed(petition, None, at, {"proposal": own.pk})  # nobody has confirmed it
    Proposal.objects.update(outcome="confirmed", settled_by=cast["legal"], settled_at=at)
    assert closing_confirmed(petition, None, at, {"proposal": own.pk}) == []
    for wrong in ({"proposal": other.pk}, {"proposal": 0}, {}):
        assert closing_confirmed(petition, None, at, wrong) == closing_confirmed(petition, None, at, {"proposal": 0})
        assert closing_confirmed(petition, None, at, wrong)


def test_another_firms_authorization_lets_nobody_in(
    journey: Callable[..., Journey], cast: dict[str, User], meadowlark: Organization
) -> None:
    case = journey(through_firm=True)
    petition = case.take("submit")
    assert standing_of(cast["filer"], petition, case.at).roles == {Role.FILER}
    Authorization.objects.filter(filer=petition.filer_organization).update(revoked_at=case.at)
    authorize(make_organization("Saltmarsh Brokers", kind=Organization.Kind.BROKER), meadowlark)
    assert standing_of(cast["filer"], petition, case.at).roles == frozenset()


def test_what_another_case_keeps_secret_is_none_of_this_cases_secrets(journey: Callable[..., Journey]) -> None:
    case, other = journey(), journey()
    petition = case.take("submit", "post")
    version = other.petition.versions.get()
    version.answers["sourcing_attempts"] = SECRET
    version.save(update_fields=["answers"])
    assert case_secrets(other.petition).of_requester(SECRET)
    assert case_secrets(petition).of_requester(SECRET) == own_secrets(petition).of_requester(SECRET) == []


def test_what_level_1_found_is_hidden_by_the_rows_of_the_very_case(
    journey: Callable[..., Journey], cast: dict[str, User]
) -> None:
    first, second = journey(), journey()
    own_view.set_share(first.petition.round, percent=100, by=cast["admin"], at=first.at)
    for case in (first, second):
        case.take(*PATHS[Status.LEVEL2])
    asked = [first.petition, second.petition]
    assert to_view_first(asked, cast["reviewer2"]) == {petition.pk for petition in asked}
    view = dict.fromkeys(first.petition.round.criteria, "supports")
    own_view.record_own_view(first.petition, outcome="grant", views=view, by=cast["reviewer2"], at=first.at)
    assert to_view_first(asked, cast["reviewer2"]) == {second.petition.pk}
    assert to_view_first(asked, cast["second_reviewer2"]) == {petition.pk for petition in asked}
