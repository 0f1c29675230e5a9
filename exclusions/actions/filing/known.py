"""What is known of a draft before its first question is answered: nobody types it again."""

from typing import Any

from exclusions.models import Organization, PetitionVersion, User
from exclusions.questionnaires import Questionnaire

_REQUESTERS = ("requester", "commenter")  # what the forms call whose filing it is


def known_before(
    form: Questionnaire, organization: Organization, firm: Organization | None, by: User | None
) -> dict[str, Any]:
    """Return the answers known of a new draft: the parties, the contact given last, and the filer's own name and mail.

    `by` is the person who files; None where a clerk does it in the organization's place.
    """
    own = _own_contact(form, firm, by) if by else {}
    return {**own, **_contact_before(form, organization, firm, by), **_parties(organization, firm)}


def _own_contact(form: Questionnaire, firm: Organization | None, by: User) -> dict[str, str]:
    """Return the filer's own name and address, as the third party's where a firm files, else as the requester's."""
    first, _, last = " ".join(by.full_name.split()).rpartition(" ")
    given = {"first_name": first, "last_name": last, "email": by.email}
    keys = {question.key for question in form.on_step(form.steps[0].key)}
    named = {
        f"{who}_{part}": text for who in (("third_party",) if firm else _REQUESTERS) for part, text in given.items()
    }
    return {key: text for key, text in named.items() if key in keys and text}


def _parties(organization: Organization, firm: Organization | None) -> dict[str, str]:
    known = {"org_legal_name": organization.legal_name, "is_third_party": "yes" if firm else "no"}
    if firm:
        known["third_party_name"] = firm.legal_name
        if firm.kind != Organization.Kind.COMPANY:
            known["third_party_type"] = firm.kind
    return known


def _contact_before(
    form: Questionnaire, organization: Organization, firm: Organization | None, by: User | None
) -> dict[str, Any]:
    """Return the contact details that the same requester, through the same firm, gave last.

    A clerk gets what was certified: what a requester only drafts is its own.
    """
    given = PetitionVersion.objects.filter(petition__organization=organization, petition__filer_organization=firm)
    last = (given if by else given.sealed()).order_by("-saved_at").first()
    contact = {question.key for question in form.on_step(form.steps[0].key)}
    return {key: value for key, value in last.answers.items() if key in contact} if last else {}
