"""What a requester, or the firm that files for one, does with a petition: start, save, copy, submit, withdraw."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from exclusions.actions.filing.as_template import template_answers
from exclusions.actions.filing.judged_files import with_judged_files
from exclusions.actions.filing.known import known_before
from exclusions.actions.filing.owning import must_own
from exclusions.actions.filing.submitting import submit_judged
from exclusions.actions.record.events import petition_subject, record_event
from exclusions.actions.record.files import erase_unnamed, stored_keys
from exclusions.actions.record.letters import withdrawal_letter
from exclusions.actions.record.transition import lock, move
from exclusions.actions.record.versions import reopen_answers
from exclusions.errors import Conflict, NotPermitted, WrongState
from exclusions.facts.forms import petition_form
from exclusions.facts.rounds import window_refusals
from exclusions.models import Authorization, Membership, Organization, Petition, PetitionVersion, Round, User
from exclusions.queries.importer.three_way import merge
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role
from exclusions.workflow.states import EDITABLE, Status


def start(
    *,
    round: Round,
    organization: Organization,
    by: User,
    at: datetime,
    filer_organization: Organization | None = None,
    answers: Mapping[str, Any] | None = None,
    assisted_request: str = "",
) -> Petition:
    """Begin a draft for an organization of the person, or for a client that authorized the person's firm; return it.

    `answers` are what is already known, as {key: value}. With `assisted_request`, which names the organization's
    written request, an intake clerk begins it in the organization's place; the petition and its public copy are marked.
    Raises NotPermitted when the person may not file for the organization, WrongState when the round's window is not
    open at `at`.
    """
    request = " ".join(assisted_request.split())[:300]
    if request and by.role != Role.INTAKE:
        raise NotPermitted("Only an intake clerk files at an organization's written request.")
    if not request:
        must_be_let_file(organization, filer_organization, by, at, round)
    must_be_open(round, at)
    known = known_before(petition_form(round), organization, filer_organization, None if request else by)
    draft = Petition(
        round=round,
        organization=organization,
        filer_organization=filer_organization,
        assisted_by=by if request else None,
        assisted_request=request,
    )
    with transaction.atomic():
        begin(draft, {**known, **(answers or {})}, by=by, at=at)
        refuse_merged(organization, filer_organization)
    return draft


def begin(draft: Petition, answers: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """Write a draft whose round and parties are set: its row, its answers, the first event of its chain.

    Call it in a transaction, for whoever may file for the requester while the round is open (`must_be_let_file`,
    `must_be_open`), and ask `refuse_merged` before that ends.
    """
    cleaned = petition_form(draft.round).clean(answers)
    draft.filed_by = by
    draft.created_at = draft.updated_at = draft.status_since = at
    _copy_key_facts(draft, cleaned)
    draft.save(force_insert=True)
    PetitionVersion.objects.create(petition=draft, answers=cleaned, saved_at=at, saved_by=by)
    request = draft.assisted_request
    role = Role.FILER if draft.filer_organization_id or request else Role.REQUESTER
    record_event(petition_subject(draft), "start", by=by, at=at, role=role, to_status=Status.DRAFT, reason=request)


def refuse_merged(*parties: Organization | None) -> None:
    """Raise Conflict where a party was merged away meanwhile: a new row waited for that to end, so it is seen."""
    keys = [party.pk for party in parties if party is not None]
    for gone in Organization.objects.filter(pk__in=keys, merged_into__isnull=False).select_related("merged_into"):
        raise Conflict(f"{gone.legal_name} was merged into {gone.merged_into}. Begin the petition for that.")


def save_answers(
    petition: Petition,
    *,
    by: User,
    at: datetime,
    answers: Mapping[str, Any],
    revision: int | None = None,
    seen: str = "",
) -> Petition:
    """Save answers to some questions of a draft or of a petition returned for correction; return the petition.

    `answers` is {key: raw value}; an empty value takes an answer away, what cannot be read is kept as typed. `seen` is
    what the page carried of the answers that it was made from (`queries.importer.three_way`): then only what was
    changed on it is saved, and it is a Conflict where the same answer was changed elsewhere too. Without it, a
    `revision` that has moved on is a Conflict when anything differs. On a Conflict nothing is written. Raises
    NotPermitted for anybody but the owners, WrongState once the petition is filed.
    """
    with transaction.atomic():
        locked = lock(petition)
        must_own(locked, by, at)
        if locked.status not in EDITABLE:
            raise WrongState(
                f"{locked} has been submitted. You can no longer change its answers. "
                "To change something, withdraw it and file again while the window is open."
            )
        version = reopen_answers(locked, at=at)
        form = petition_form(locked.round)
        found = merge(form, version.answers, answers, seen)
        merged = form.clean({**version.answers, **(found.changed if seen else answers)})
        moved_on = revision is not None and revision != locked.revision
        if found.conflicts if seen else moved_on and merged != version.answers:
            raise Conflict("These answers were changed in another window or by someone else after you opened them.")
        if merged != version.answers:
            version.answers, version.saved_at, version.saved_by = merged, at, by
            version.save(update_fields=["answers", "saved_at", "saved_by"])
            locked.revision += 1
            locked.updated_at = at
            _copy_key_facts(locked, merged)
            locked.save(update_fields=["revision", "updated_at", "hts10", "product_name"])
    return locked


def copy(
    petition: Petition,
    *,
    round: Round,
    by: User,
    at: datetime,
    organization: Organization | None = None,
    filer_organization: Organization | None = None,
) -> Petition:
    """Begin a new draft in an open round with the answers of an earlier petition, less its documents and certification.

    For the same parties, or for `organization` through `filer_organization`: another requester's begins with what is
    public about the goods alone (`as_template`). Answers that the round's form does not ask for are left behind. Raises
    as `start` does, and WrongState where another requester's would begin with what is not on the docket.
    """
    must_own(petition, by, at)
    requester = organization or petition.organization
    return start(
        round=round,
        organization=requester,
        filer_organization=filer_organization if organization else petition.filer_organization,
        by=by,
        at=at,
        answers=template_answers(petition, requester),
    )


def submit(
    petition: Petition,
    *,
    by: User,
    at: datetime,
    certified: Mapping[str, str],
    revision: int | None = None,
    unchanged: bool = False,
) -> Petition:
    """File a draft, or file again one that was returned for correction; return it with its reference.

    `certified` holds the certifications given with this filing, as {question key: "yes"}. `revision` is the one that
    the person read before certifying. In one transaction, under the row's lock: the window to the second, every
    answer, the reference, the sealed version with its sha256, the event and the receipt. A petition that is filed again
    keeps its reference and filing date; `unchanged` states that nothing was changed since it was returned. Raises
    ActionRefused with nothing written.
    """
    return with_judged_files(
        petition,
        lambda judged: submit_judged(
            petition, by=by, at=at, certified=certified, revision=revision, judged=judged, unchanged=unchanged
        ),
    )


def withdraw(petition: Petition, *, by: User, at: datetime, reason: str) -> Petition:
    """Withdraw a filed petition for good, with a reason for the record, and a letter; return it."""
    with transaction.atomic():
        return withdrawal_letter(move(petition, "withdraw", by=by, at=at, reason=reason.strip()), at=at).petition


def delete_draft(petition: Petition, *, by: User, at: datetime) -> None:
    """Delete a draft with its answers and its files; the event chain stays.

    Raises NotPermitted for anybody but the owners, WrongState once the petition is filed.
    """
    with transaction.atomic():
        locked = lock(petition)
        must_own(locked, by, at)
        if locked.status != Status.DRAFT:
            raise WrongState("A filed petition stays on record. You can withdraw it instead.")
        erase_unnamed(stored_keys(locked.documents.all()))
        record_event(petition_subject(locked), "delete", by=by, at=at, from_status=Status.DRAFT)
        locked.delete()


def must_be_open(round: Round, at: datetime) -> None:
    """Raise WrongState unless a petition can be filed in the round at a moment."""
    if refused := window_refusals(round, at):
        raise WrongState(refused[0])


def must_be_let_file(
    organization: Organization, firm: Organization | None, by: User, at: datetime, round: Round
) -> None:
    """Raise NotPermitted unless the person may file for the organization, itself or through its firm."""
    if by.role:
        raise NotPermitted("Agency staff cannot file petitions. Use a personal account.")
    acting = firm or organization
    if not Membership.objects.filter(user=by, organization=acting).exists():
        raise NotPermitted(f"You do not belong to {acting.legal_name}, so you cannot file for it.")
    if firm is None:
        return
    if firm.vetted_at is None:
        raise NotPermitted(
            f"The agency has not vetted {firm.legal_name} yet, so it cannot file for others. "
            "The agency checks each firm that asks. You need not send anything more."
        )
    grants = Authorization.objects.valid_on(eastern_date(at)).covering(round.slug)
    if not grants.filter(filer=firm, client=organization).exists():
        raise NotPermitted(
            f"{organization.legal_name} has not authorized {firm.legal_name} to file for it in this round today. "
            "Ask the client to record an authorization."
        )


def _copy_key_facts(petition: Petition, answers: Mapping[str, Any]) -> None:
    """Copy what lists of petitions show: the number, once it has ten digits, and the product's name."""
    number = str(answers.get("hts10", ""))
    petition.hts10 = number if len(number) == 10 and number.isascii() and number.isdigit() else ""
    petition.product_name = str(answers.get("product_name", ""))[:300]
