"""One small world with a thing behind every address: a draft with files, cases in several states, a response, letters.

Everything in it was made by actions, so a page that shows too much, or too little, shows it here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pikepdf

from exclusions.actions.filing import documents, petitions, responses
from exclusions.actions.filing.documents import Upload
from exclusions.actions.people import proposals
from exclusions.actions.record.notifications import deliver
from exclusions.models import (
    Authorization,
    Document,
    Exclusion,
    Letter,
    Notification,
    Petition,
    Proposal,
    Response,
    User,
)
from exclusions.models.submission import Submission
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.cast import Responder
from tests.factories.petitions import Journey


def pdf(title: str) -> bytes:
    """Return a small PDF of one empty page with that title."""
    document, out = pikepdf.new(), BytesIO()
    document.add_blank_page()
    document.docinfo["/Title"] = title
    document.save(out, deterministic_id=True)
    return out.getvalue()


def response_answers(responder: Responder, **changes: Any) -> dict[str, Any]:
    """Return an opposition that may be filed; changes override."""
    return {
        "org_legal_name": responder.organization,
        "responder_first_name": responder.name.split()[0],
        "responder_last_name": responder.name.split()[1],
        "responder_email": responder.email,
        "responder_phone": "+1 207-555-0133",
        "is_third_party": "no",
        "relationship": "us_producer",
        "position": "oppose",
        "explanation": "We make slabs of this size in Maine.",
        "makes_product": "yes",
        "product_likeness": "like",
        "own_product": "Slabs of agglomerated quartz, 320 cm by 160 cm.",
        "plant_address": "4 Quarry Road, Rockland, Maine",
        "available_now": "yes",
        "certify_complete": "yes",
        **changes,
    }


def token_of(submission: Submission) -> str:
    """Return the token of the secret link that the author of a response or a comment was mailed."""
    mail = Notification.objects.filter(template=f"confirm_{submission.NOUN}", to=submission.email).latest("pk")
    return str(mail.context["url"]).rstrip("/").rsplit("/", 1)[1]


@dataclass(frozen=True)
class World:
    """Petitions by what they are good for, and what hangs on them."""

    draft: Petition
    draft_file: Document
    submitted: Petition
    posted: Petition
    public_file: Document
    secret_file: Document
    response: Response
    posted_token: str
    new_response: Response
    token: str
    level1: Petition
    customs: Petition
    signature: Petition
    denied: Petition
    letter: Letter
    published: Petition
    exclusion: Exclusion
    authorization: Authorization
    proposal: Proposal


@dataclass
class Maker:
    """Makes the world's cases."""

    journey: Callable[..., Journey]

    def case(self, status: Status) -> Petition:
        """Return a petition in that state, filed by the filer's firm for the importer."""
        path = PATHS[status]
        case = self.journey("deny" if "deny" in path else "grant", through_firm=True)
        return case.take(*path)

    def with_files(self, cast: Mapping[str, User]) -> tuple[Journey, Document, Document]:
        """Return a draft's journey, a public and a confidential file of it."""
        case = self.journey(through_firm=True)
        public, secret = (
            documents.attach(case.petition, key, Upload(f"{key}.pdf", pdf(key)), by=cast["filer"], at=case.at)
            for key in ("public_documents", "confidential_documents")
        )
        petitions.save_answers(
            case.petition,
            by=cast["filer"],
            at=case.at,
            answers={
                "confidential_documents_ground": "third_party",
                "confidential_documents_summary": "Quotations of other producers; they are above ours.",
            },
        )
        case.petition.refresh_from_db()
        return case, public, secret


@dataclass(frozen=True)
class Made:
    """A world, and the moment at which its clock stands: a day after the posting of `posted`."""

    world: World
    moment: datetime


def make_world(journey: Callable[..., Journey], cast: dict[str, User], responder: Responder) -> Made:
    """Make the world. At its moment the responses of `posted` are open."""
    maker = Maker(journey)
    draft, _, draft_file = maker.with_files(cast)
    case, public_file, secret_file = maker.with_files(cast)
    posted = case.take("submit", "post")
    reference = str(posted.reference)
    response = responses.respond(reference=reference, answers=response_answers(responder), by=None, at=case.at)
    responses.confirm_response(token=token_of(response), at=case.at)
    response.refresh_from_db()
    posted_token = token_of(response)
    response = responses.post_response(response, by=cast["intake"], at=case.at)
    second = response_answers(responder, org_legal_name="Another Quarry", responder_email="another@example.test")
    new_response = responses.respond(reference=reference, answers=second, by=None, at=case.at)
    token = token_of(new_response)
    denied, published = maker.case(Status.DENIED), maker.case(Status.PUBLISHED)
    made = World(
        draft=draft.petition,
        draft_file=draft_file,
        submitted=maker.case(Status.SUBMITTED),
        posted=posted,
        public_file=public_file,
        secret_file=secret_file,
        response=response,
        posted_token=posted_token,
        new_response=new_response,
        token=token,
        level1=maker.case(Status.LEVEL1),
        customs=maker.case(Status.CUSTOMS),
        signature=maker.case(Status.SIGNATURE),
        denied=denied,
        letter=denied.letters.get(kind="denial"),
        published=published,
        exclusion=published.decision.exclusion,
        authorization=Authorization.objects.get(client=posted.organization),
        proposal=proposals.propose(
            "end_vetting", posted.filer_organization_id, by=cast["intake"], at=case.at, reason="Struck off."
        ),
    )
    moment = case.at + timedelta(days=1)
    # Every request sends what waits, and a walk that rolls each request back would send the same mail at each.
    deliver(at=moment)
    return Made(made, moment)
