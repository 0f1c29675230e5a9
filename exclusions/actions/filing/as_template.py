"""What of an earlier petition a new draft begins with."""

from typing import Any

from exclusions.errors import WrongState
from exclusions.facts.forms import petition_form
from exclusions.models import Organization, Petition
from exclusions.permissions.filing_facts import NUMBER_KEY
from exclusions.queries.record.taken_down import down_of
from exclusions.questionnaires import Kind
from exclusions.questionnaires.made import follows
from exclusions.workflow.public_things import Kind as Thing

OF_GOODS = "availability"  # the other step, beside that of the number, that speaks of the goods
OF_THE_REQUESTER = ("relationship", "relationship_other")  # asked among the goods
NOT_PUBLIC = (
    "This petition is not on the docket, so only {client} may copy it. Begin a new petition, or wait until this one is "
    "posted."
)


def template_answers(petition: Petition, requester: Organization) -> dict[str, Any]:
    """Return the answers with which a new draft of the requester begins, less documents and certifications.

    For the same requester: all of them. For another one: what anybody can read on the docket about the goods, and
    nothing given in confidence, about the earlier requester, or taken down. Raises WrongState where it is not posted.
    """
    form = petition_form(petition.round)
    if requester.pk != petition.organization_id:
        return _of_the_goods(petition)
    latest = petition.versions.newest()
    left = {question.key for question in form.questions if question.kind in (Kind.FILES, Kind.CERTIFY)}
    return {key: value for key, value in (latest.answers if latest else {}).items() if key not in left}


def _of_the_goods(petition: Petition) -> dict[str, Any]:
    down = down_of(petition)
    sealed = petition.versions.sealed().newest()
    if petition.posted_at is None or sealed is None or down.quarantine_of(Thing.PETITION):
        raise WrongState(NOT_PUBLIC.format(client=petition.organization.legal_name))
    form = petition_form(petition.round)
    steps = {form.question(NUMBER_KEY).step, OF_GOODS}
    travels = {
        question.key
        for question in form.questions
        if question.step in steps
        and question.kind not in (Kind.FILES, Kind.CERTIFY)
        and question.key not in OF_THE_REQUESTER
        and not follows(form, question)
        and down.quarantine_of(Thing.ANSWER, question.key) is None
    }
    return {key: value for key, value in form.public(sealed.answers).items() if key in travels}
