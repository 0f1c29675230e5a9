"""The doors at which an action can be refused on a page: who sends what to which address, and which action refuses."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from exclusions.actions.people import listings, memberships
from exclusions.actions.record import quarantine
from exclusions.actions.review import interests
from exclusions.facts.forms import petition_form
from exclusions.models import Invitation, LeakSettlement, Organization, Screening, User
from exclusions.workflow.deadlines import eastern_date
from tests.factories.answers import CERTIFIED
from tests.factories.at_doors.amendment_doors import OF_AMENDMENTS
from tests.factories.at_doors.bulk_doors import OF_BULK_SHEETS
from tests.factories.at_doors.desk_doors import OF_DESK
from tests.factories.at_doors.door import ACTIONS, VIEWS, Door, Of, nothing
from tests.factories.at_doors.firm_doors import OF_FIRMS
from tests.factories.at_doors.joint_doors import OF_JOINT
from tests.factories.at_doors.listed_doors import OF_LISTED
from tests.factories.at_doors.notice_doors import OF_NOTICES
from tests.factories.at_doors.people_doors import OF_PEOPLE
from tests.factories.at_doors.register_doors import OF_REGISTER
from tests.factories.at_doors.round_doors import OF_ROUNDS
from tests.factories.casework.closings import WHY, covering
from tests.factories.notices.letter_templates import WHY as TEMPLATE_WHY
from tests.factories.notices.letter_templates import another
from tests.factories.people import make_organization, make_person
from tests.factories.who_enters import by_link, letter_version, to_post, wording
from tests.factories.world import World


def case(which: str, **more: Any) -> Of:
    """Name a petition of the world as staff and the public do."""
    return lambda world: {"reference": getattr(world, which).reference, **more}


def mine(which: str) -> Of:
    """Name a petition of the world as its owners do."""
    return lambda world: {"petition_id": getattr(world, which).pk}


def of(which: str) -> Of:
    """Name an organization by how its name begins."""
    return lambda world: {"organization_id": organization(which).pk}


def organization(which: str) -> Organization:
    """Return an organization by how its name begins."""
    return Organization.objects.get(legal_name__startswith=which)


def person(email: str) -> User:
    """Return somebody of the cast by the beginning of the address."""
    return User.objects.get(email=f"{email}@example.test")


def down(world: World) -> Mapping[str, Any]:
    """Take the public file of the posted petition down, and name the quarantine."""
    clerk = person("ines.intake")
    taken = quarantine.take_down(
        world.posted, f"document:{world.public_file.pk}", reason="A name.", by=clerk, at=timezone.now()
    )
    return {"quarantine_id": taken.pk}


def file_down(world: World) -> Mapping[str, Any]:
    """Name the public file of the posted petition, and why it should go."""
    return {"thing": f"document:{world.public_file.pk}", "ground": "personal", "reason": "It names a person."}


def response_down(world: World) -> Mapping[str, Any]:
    """Name the response, and why it should go."""
    return {"thing": f"response:{world.response.reference}", "ground": "author", "reason": "It says too much."}


def answer_down(world: World) -> Mapping[str, Any]:
    """Take an answer of the posted petition down, and name the quarantine."""
    clerk = person("ines.intake")
    taken = quarantine.take_down(world.posted, "answer:product_name", reason="A name.", by=clerk, at=timezone.now())
    return {"reference": world.posted.reference, "quarantine_id": taken.pk}


def interest(world: World) -> Mapping[str, Any]:
    """Declare an interest of the level 1 reviewer, and name it; a company on file has a name that holds its words."""
    make_organization("Elsewhere Inc. of Ohio")
    reviewer = person("remy.reviewer")
    made = interests.declare(user=reviewer, **ELSEWHERE, by=reviewer, at=timezone.now())
    return {"interest_id": made.pk}


def coincidence(world: World) -> Mapping[str, Any]:
    """Let a reviewer state a coincidence in the case at level 1, and name it."""
    told = {"leak": "x", "place": "finding:reasons", "statement": "Another figure.", "is_coincidence": True}
    by = person("sam.senior")
    made, _ = LeakSettlement.objects.get_or_create(
        petition=world.level1, **told, defaults={"stated_by": by, "stated_at": timezone.now()}
    )
    return {"reference": world.level1.reference, "statement_id": made.pk}


def screening(world: World) -> Mapping[str, Any]:
    """Name what intake knows of the text that is with Customs."""
    return {"screening_id": Screening.objects.get(draft__petition=world.customs).pk}


def membership(world: World) -> Mapping[str, Any]:
    """Name the importer's place in the company."""
    company = organization("Meadowlark")
    return {"organization_id": company.pk, "key": company.memberships.get().pk}


def association(world: World) -> Mapping[str, Any]:
    """Make the requester an association, and name its draft."""
    Organization.objects.filter(pk=world.draft.organization_id).update(kind=Organization.Kind.ASSOCIATION)
    return {"petition_id": world.draft.pk}


def listing(world: World) -> Mapping[str, Any]:
    """List a member behind the draft, and name the listing as the button that ends it does."""
    make_person("Mel Member", organization=make_organization("Member Mills Inc."))
    by = person("ada.importer")
    made = listings.list_member(world.draft, email="mel.member@example.test", by=by, at=timezone.now())
    return {"end": made.pk}


def file_step(world: World) -> Mapping[str, Any]:
    """Name the step of the draft that takes files."""
    form = petition_form(world.draft.round)
    return {"petition_id": world.draft.pk, "step": form.question("public_documents").step}


def pair(world: World) -> Mapping[str, Any]:
    """Name two organizations that may be the same."""
    return {"one": organization("Two Rivers").pk, "other": organization("Saltmarsh").pk}


def invitation(world: World) -> Mapping[str, Any]:
    """Invite the person of no organization, and name the invitation by its key."""
    now = timezone.now()
    Invitation.objects.create(
        organization=world.draft.organization,
        email="nell.nobody@example.test",
        digest=memberships.digest("a-key"),
        created_at=now,
        created_by=person("ada.importer"),
        expires_at=now + timedelta(days=1),
    )
    return {"key": "a-key"}


def removal(world: World) -> Mapping[str, Any]:
    """Press the button that takes the draft's public file away."""
    return {"action": f"remove:{world.draft.documents.get(visibility='public').pk}"}


def new_petition(world: World) -> Mapping[str, Any]:
    """Begin a petition of a new organization."""
    return {"round": world.draft.round.slug, "party": "new", **NAMED}


def assisted(world: World) -> Mapping[str, Any]:
    """File at an organization's request."""
    return {"round": world.draft.round_id, "legal_name": "New Name Inc.", "request": "Letter of July 3"}


ELSEWHERE = {"name": "Elsewhere Inc.", "nature": "Shares"}
NAMED = {"legal_name": "New Name Inc.", "kind": "company"}
COINCIDENCE = {"place": "finding:reasons", "words": "Some words.", "statement": "It is another figure."}
CONTACT = {"with_whom": "Counsel", "held_on": "2019-07-01", "summary": "The schedule."}
FINDING = {"result": "supports", "reasons": "Nobody else makes it.", "citations": "answer:available_us"}
GRANT = {"transition": "grant", "grant-confirmed": "on", "contacts": "none"} | {"grant-rationale": "On all findings."}
SAID, RIVAL = {"reason": "Left the agency."}, {"email": "rory.rival@example.test"}
MOVES = "casework.case.case_moves."
MOVE, REVIEW, FILING, PEOPLE = (f"{ACTIONS}{part}." for part in ("transitions", "review", "filing", "people"))
PROPOSE, TAKE = f"{PEOPLE}proposals.propose", f"{REVIEW}assignments.take"
DOWN, BACK = (f"{ACTIONS}record.quarantine.{name}" for name in ("take_down", "restore"))

# fmt: off
DOORS = (
    Door("core.take_down.serve", "intake", "case-quarantine", case("posted"), DOWN, file_down),
    Door("core.take_down.serve", "filer", "petition-quarantine", mine("posted"), DOWN, file_down),
    Door("core.take_down.serve", "", "docket-respond-take-down", by_link, DOWN, response_down),
    Door("core.take_down.replace_file", "intake", "case-quarantine-replace",
         lambda world: {"reference": world.posted.reference, **down(world)},
         f"{ACTIONS}record.quarantine.replace_document",
         lambda world: {"file": SimpleUploadedFile("again.txt", b"Again.")}),
    Door("casework.case.quarantine.case_correct", "intake", "case-quarantine-correct", answer_down,
         f"{ACTIONS}record.quarantine.correct", {"text": "Slabs of quartz."}),
    Door(f"{MOVES}transition", "reviewer1", "case-transition", case("level1", name="recommend"), f"{MOVE}take"),
    Door(f"{MOVES}assignment", "reviewer1", "case-assignment", case("level1", verb="take"), TAKE),
    Door("casework.case.post.post", "intake", "case-post", case("submitted"), f"{MOVE}take", {"screened": "on"}),
    Door("casework.returns.return_case", "intake", "case-return", case("submitted"), f"{MOVE}take",
         lambda world: {"question_1": "product_name", "remedy_1": "Say of which kind it is.",
                        "last_day": str(eastern_date(world.submitted.status_since) + timedelta(days=30))}),
    Door("casework.case.case_entries.entry", "reviewer1", "case-entry", case("level1", kind="contact"),
         f"{REVIEW}contacts.log_contact", CONTACT),
    Door("casework.case.case_entries.finding", "reviewer1", "case-finding", case("level1", criterion="availability"),
         f"{REVIEW}reviews.record_finding", FINDING),
    Door("casework.customs.customs_draft", "customs", "customs-draft",
         lambda world: {"draft_id": world.customs.drafts.get().pk},
         f"{VIEWS}casework.customs.give_opinion_on_text", {"result": "no_objection"}),
    Door("casework.interests.interests", "reviewer1", "review-interests", nothing, f"{REVIEW}interests.declare",
         ELSEWHERE),
    Door("casework.interests.not_them", "admin", "interest-not-them", interest, f"{REVIEW}interests.record_not_them",
         {"name": "Elsewhere Inc. of Ohio", "reason": "Another owner."}),
    Door("casework.interests.end_interest", "reviewer1", "review-interest-end", interest, f"{REVIEW}interests.end"),
    *OF_DESK,
    *OF_NOTICES, *OF_LISTED, *OF_REGISTER,
    *OF_ROUNDS, *OF_FIRMS,
    *OF_BULK_SHEETS, *OF_JOINT,
    *OF_PEOPLE,
    *OF_AMENDMENTS,
    Door("casework.sign.sign_case", "signatory", "sign-case", case("signature"), f"{MOVE}take", GRANT),
    Door("casework.submissions.decide_submission", "intake", "review-response", to_post,
         f"{FILING}submissions.require_waiting"),
    Door("casework.screenings.screening_decide", "intake", "review-words-decide",
         screening, f"{VIEWS}casework.screenings.let_through"),
    Door("casework.case.statements.statements", "reviewer1", "case-statements", case("level1"),
         f"{REVIEW}statements.state_coincidence", COINCIDENCE),
    Door("casework.case.statements.second", "reviewer1", "case-statement-second", coincidence,
         f"{REVIEW}statements.second"),
    Door("casework.case.quarantine.case_restore", "intake", "case-quarantine-restore",
         lambda world: {"reference": world.posted.reference, **down(world)}, BACK),
    Door("casework.case.confidential_treatment.refuse", "intake", "case-refuse-confidentiality", case("submitted"),
         f"{VIEWS}casework.case.confidential_treatment.refuse_confidentiality"),
    Door("core.take_down.replace_file", "filer", "petition-quarantine-replace",
         lambda world: {"petition_id": world.posted.pk, **down(world)},
         f"{ACTIONS}record.quarantine.replace_document",
         lambda world: {"file": SimpleUploadedFile("again.txt", b"Again.")}),
    Door("importer.petition_steps._save", "filer", "petition-step",
         lambda world: {"petition_id": world.draft.pk, "step": "product"}, f"{FILING}petitions.save_answers"),
    Door("importer.petition_steps._attach", "filer", "petition-step", file_step, f"{FILING}documents.attach",
         lambda world: {"public_documents": SimpleUploadedFile("more.txt", b"More.")}),
    Door("importer.petition_steps._remove", "filer", "petition-step", file_step, f"{FILING}documents.remove",
         lambda world: {"action": f"remove:{world.draft.documents.get(visibility='public').pk}"}),
    Door("importer.petition_check.certify", "filer", "petition-certify", mine("draft"), f"{FILING}petitions.submit",
         CERTIFIED),
    Door("importer.petition_check.settle", "filer", "petition-settle", mine("draft"),
         f"{FILING}confidentiality.settle_leak"),
    Door("importer.petitions.new", "importer", "petition-new", nothing, f"{PEOPLE}organizations.register",
         new_petition),
    Door("importer.petitions.withdraw", "filer", "petition-withdraw", mine("posted"), f"{FILING}petitions.withdraw",
         {"reason": "No longer needed."}),
    Door("importer.petitions.copy", "filer", "petition-copy", mine("posted"), f"{FILING}petitions.copy",
         lambda world: {"round": world.draft.round.slug}),
    Door("importer.petitions.delete", "filer", "petition-delete", mine("draft"), f"{FILING}petitions.delete_draft"),
    Door("people.organizations.index", "importer", "organizations", nothing, f"{PEOPLE}organizations.register", NAMED),
    Door("people.organizations.invite", "importer", "organization-invite", of("Meadowlark"),
         f"{PEOPLE}memberships.invite", {"email": "new.person@example.test", "role": "member"}),
    Door("people.organizations.ask", "filer", "organization-ask", of("Harbor"), f"{PEOPLE}authorizations.request",
         {"ask-email": "rory.rival@example.test"}),
    Door("people.organizations._change", "importer", "organization-remove", membership, f"{PEOPLE}memberships.remove"),
    Door("people.organizations.invitation", "nobody", "invitation", invitation,
         f"{PEOPLE}memberships.accept_invitation"),
    Door("people.listed_members.members", "importer", "petition-members", association,
         f"{PEOPLE}listings.list_member", RIVAL),
    Door("people.listed_members._end", "importer", "petition-members", association, f"{PEOPLE}listings.end", listing),
    Door("people.representation.representation", "importer", "petition-representation", nothing,
         f"{PEOPLE}authorizations.authorize", lambda world: {"client": world.draft.organization_id, **RIVAL}),
    Door("people.vetting.act", "admin", "staff-organization-act",
         lambda world: {"organization_id": organization("Harbor").pk, "name": "end_vetting"}, PROPOSE, SAID),
    Door("people.vetting.merge", "admin", "staff-merge", pair, PROPOSE,
         lambda world: {"keep": pair(world)["one"], "reason": "One company under two names."}),
    Door("people.accounts.act", "admin", "staff-account-act",
         lambda world: {"user_id": world.posted.filed_by_id, "name": "deactivate"}, PROPOSE, SAID),
    Door("people.published.correct", "publisher", "staff-exclusion-correct", wording, PROPOSE,
         {"text": "Slabs of quartz (6810.99.0010)", **SAID}),
    Door("casework.case.closings.close", "intake", "case-close", case("posted", kind="covered"), PROPOSE,
         lambda world: {**covering(world.posted), "reason": WHY}),
    Door("notices.letter_templates.templates", "legal", "letter-templates", nothing,
         f"{VIEWS}notices.letter_templates.try_letters_again"),
    Door("notices.letter_templates.template", "legal", "letter-template", lambda world: {"kind": "denial"},
         f"{VIEWS}notices.letter_templates.write_template",
         lambda world: {"text": another("denial"), "why": TEMPLATE_WHY}),
    Door("notices.letter_templates.version_preview", "legal", "letter-template-preview", letter_version,
         f"{VIEWS}notices.letter_templates.preview",
         lambda world: {"reference": world.denied.reference}),
    Door("notices.letter_templates.version", "legal", "letter-template-version", letter_version, PROPOSE, SAID),
    Door("casework.case.decided.reopen", "legal", "case-reopen", case("denied"), PROPOSE, SAID),
    Door("casework.case.decided.letter_anew", "intake", "case-letter-anew",
         lambda world: {"reference": world.denied.reference, "code": world.letter.code}, PROPOSE, SAID),
    Door("people.accounts.new", "admin", "staff-account-new", nothing, PROPOSE,
         {"full_name": "Nan New", "email": "nan@agency.test", "role": "legal", **SAID}),
    Door("people.proposals.proposal", "admin", "proposal",
         lambda world: {"proposal_id": world.proposal.pk}, f"{PEOPLE}proposals.confirm", {"answer": "confirm"}),
    Door("people.vetting.assist", "intake", "staff-assist", nothing, f"{PEOPLE}organizations.named", assisted),
    Door("public.submissions._send", "", "docket-respond", case("posted"), f"{FILING}submissions.checked"),
    Door("public.submissions.withdraw", "", "docket-respond-withdraw", by_link, f"{FILING}submissions.withdraw"),
    Door("public.submissions.confirm", "", "docket-respond-confirm",
         lambda world: {"reference": world.posted.reference, "token": world.token},
         f"{FILING}submissions.confirm"),
    Door("public.replies.reply_to_response", "filer", "docket-reply",
         lambda world: {"reference": world.posted.reference, "response": world.response.reference},
         f"{FILING}replies.reply"),
)
# fmt: on
