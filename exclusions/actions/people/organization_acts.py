"""What two members of staff do to an organization: merge it, vet it, correct it, change who belongs to it.

Owners invite, change and remove people by themselves (`memberships`); this is for what they cannot do.
"""

from uuid import UUID

from exclusions.actions.people.acts import ActBody, Carried, Facts, Ground, owner_addresses, tell_owners
from exclusions.actions.people.merges import move_everything, refuse_client_and_firm
from exclusions.actions.record.events import record_event
from exclusions.errors import Incomplete, WrongState
from exclusions.models import Membership, Organization, User
from exclusions.queries.people.organizations import duplicates
from exclusions.wording.stops import stopped


def _lock(key: str, *more: str) -> list[Organization]:
    """Return organizations with their rows locked, in the order asked for; always locked in that of their keys."""
    wanted = [UUID(one) for one in (key, *more)]
    found = Organization.objects.select_for_update().order_by("pk").in_bulk(wanted)
    if len(found) != len(wanted):
        raise WrongState("Choose two different organizations." if more else "There is no such organization.")
    rows = [found[one] for one in wanted]
    for one in rows:
        if one.merged_into_id:
            raise WrongState(f"{one.legal_name} was already merged into another organization.")
    return rows


def _people(*organizations: Organization) -> list[list[str | int]]:
    """Return who belongs to organizations, and as what; plain values that can be kept and compared."""
    rows = Membership.objects.filter(organization__in=organizations).order_by("organization_id", "user_id")
    return [[str(key), user, role] for key, user, role in rows.values_list("organization_id", "user_id", "role")]


# ---- Merging ------------------------------------------------------------------------------------------------------
def _ground_of_merge(key: str, facts: Facts) -> Ground:
    """Both are there, the search for duplicates pairs them, and neither acts for the other."""
    stays, goes = _lock(key, str(facts["duplicate"]))
    if not duplicates({stays.pk, goes.pk}):
        raise WrongState("These two are not listed as duplicates, so you cannot merge them.")
    refuse_client_and_firm(stays, goes)
    return Ground(
        summary=f"Merge {goes.legal_name} into {stays.legal_name}",
        basis={
            "the names": [stays.legal_name, goes.legal_name],
            "the people of the two": _people(stays, goes),
        },
    )


def _merge(key: str, facts: Facts, carried: Carried) -> None:
    stays, goes = _lock(key, str(facts["duplicate"]))
    owners = owner_addresses(stays, goes)
    moved = move_everything(stays, goes, at=carried.at)
    counts = {"petitions": moved.petitions, "members": moved.members, "authorizations": moved.authorizations}
    by, at, reason, data = carried.by, carried.at, carried.reason, carried.data
    record_event(
        f"organization:{stays.pk}", "merge", by=by, at=at, reason=reason, data={**data, "from": str(goes.pk), **counts}
    )
    record_event(
        f"organization:{goes.pk}", "merged_into", by=by, at=at, reason=reason, data={**data, "into": str(stays.pk)}
    )
    what = (
        f"{goes.legal_name} was merged into {stays.legal_name}: its petitions, people and authorizations moved there."
    )
    tell_owners(stays, what, to=owners, at=at)


# ---- Vetting and correcting ---------------------------------------------------------------------------------------
def _ground_of_vetting(key: str, facts: Facts) -> Ground:
    firm = _lock(key)[0]
    if firm.kind == Organization.Kind.COMPANY:
        raise WrongState("Only a law firm, association or broker files for others.")
    if firm.vetted_at is not None:
        raise WrongState(f"{firm.legal_name} is vetted already.")
    return Ground(f"Let {firm.legal_name} file for others", _vetted_basis(firm))


def _ground_of_its_end(key: str, facts: Facts) -> Ground:
    firm = _lock(key)[0]
    if firm.vetted_at is None:
        raise WrongState(f"{firm.legal_name} is not vetted.")
    return Ground(f"Stop {firm.legal_name} filing for others", _vetted_basis(firm))


def _vetted_basis(firm: Organization) -> Facts:
    since = firm.vetted_at.isoformat() if firm.vetted_at else ""
    return {"its name": firm.legal_name, "its kind": firm.kind, "its vetting": since, "its people": _people(firm)}


def _vet(key: str, facts: Facts, carried: Carried) -> None:
    firm = _lock(key)[0]
    firm.vetted_at, firm.vetted_by = carried.at, carried.by
    _save(firm, ["vetted_at", "vetted_by"], "vet", "It may now file for clients that authorize it.", carried)


def _end_vetting(key: str, facts: Facts, carried: Carried) -> None:
    firm = _lock(key)[0]
    firm.vetted_at = firm.vetted_by = None
    what = "It may no longer file for others. What it filed stays filed."
    _save(firm, ["vetted_at", "vetted_by"], "end_vetting", what, carried)


def _ground_of_kind(key: str, facts: Facts) -> Ground:
    """A kind that differs from the present one; who files for others stays a firm while it is vetted."""
    found = _lock(key)[0]
    if facts.get("kind") not in Organization.Kind.values:
        raise Incomplete(fields={"kind": ["Choose a kind of organization."]})
    if facts["kind"] == found.kind:
        raise WrongState(f"{found.legal_name} is of this kind already.")
    if found.vetted_at is not None:
        raise WrongState(f"{found.legal_name} was vetted in its present kind. End the vetting first.")
    words = Organization.Kind(facts["kind"]).label.lower()
    return Ground(f"Enter {found.legal_name} as: {words}", {"its name": found.legal_name, "its kind": found.kind})


def _correct_kind(key: str, facts: Facts, carried: Carried) -> None:
    found = _lock(key)[0]
    found.kind = facts["kind"]
    _save(found, ["kind"], "correct_kind", f"It is now entered as: {found.get_kind_display().lower()}.", carried)


def _save(organization: Organization, columns: list[str], kind: str, what: str, carried: Carried) -> None:
    organization.save(update_fields=columns)
    _record(organization, kind, carried, {})
    tell_owners(organization, what, to=owner_addresses(organization), at=carried.at)


def _record(organization: Organization, kind: str, carried: Carried, data: Facts) -> None:
    record_event(
        f"organization:{organization.pk}",
        kind,
        by=carried.by,
        at=carried.at,
        reason=carried.reason,
        data={**carried.data, **data},
    )


# ---- Its people ---------------------------------------------------------------------------------------------------
def _ground_of_adding(key: str, facts: Facts) -> Ground:
    """The account is there, is no member of staff's, and does not belong to the organization."""
    found, role = _lock(key)[0], _member_role(facts)
    address = str(facts.get("email", "")).strip()
    person = User.objects.filter(email__iexact=address, is_active=True).order_by("pk").first() if address else None
    if person is None:
        raise Incomplete(fields={"email": ["No one has an account with this address."]})
    if person.role:
        raise Incomplete(fields={"email": ["Agency staff cannot belong to organizations that file."]})
    if found.memberships.filter(user=person).exists():
        raise Incomplete(fields={"email": [f"This person belongs to {found.legal_name} already."]})
    return Ground(
        f"Add {person} ({person.email}) to {found.legal_name} as {role.label.lower()}",
        {"the account": [person.pk, str(person)], "its name": found.legal_name, "its people": _people(found)},
        frozenset({person.pk}),
    )


def _add_member(key: str, facts: Facts, carried: Carried) -> None:
    found, role = _lock(key)[0], _member_role(facts)
    person = User.objects.get(email__iexact=str(facts["email"]).strip())
    owners = owner_addresses(found)
    Membership.objects.create(user=person, organization=found, role=role, created_at=carried.at)
    _record(found, "add_member", carried, {"user": person.pk, "role": str(role)})
    what = f"{person} now belongs to it ({role.label.lower()}) and may read what it files."
    tell_owners(found, what, to=[*owners, person.email], at=carried.at)


def _member_role(facts: Facts) -> Membership.Role:
    if facts.get("role") not in Membership.Role.values:
        raise Incomplete(fields={"role": ["Choose owner or member."]})
    return Membership.Role(facts["role"])


def _member(organization: Organization, facts: Facts) -> Membership:
    found = (
        organization.memberships.select_related("user").filter(user_id=facts.get("user") or 0).order_by("pk").first()
    )
    if found is None:
        raise Incomplete(fields={"user": [stopped(f"Choose a person of {organization.legal_name}")]})
    return found


def _refuse_to_leave_it_without_owner(member: Membership) -> None:
    others = Membership.objects.filter(organization_id=member.organization_id, role=Membership.Role.OWNER)
    if member.role == Membership.Role.OWNER and not others.exclude(pk=member.pk).exists():
        raise WrongState("An organization needs at least one owner. Add another owner first.")


def _ground_of_change(key: str, facts: Facts) -> Ground:
    found = _lock(key)[0]
    member, role = _member(found, facts), _member_role(facts)
    if member.role == role:
        raise WrongState(f"{member.user} is {role.label.lower()} already.")
    _refuse_to_leave_it_without_owner(member)
    basis = {"its name": found.legal_name, "its people": _people(found)}
    summary = f"Make {member.user} ({member.user.email}) {role.label.lower()} of {found.legal_name}"
    return Ground(summary, basis, frozenset({member.user_id}))


def _change_member(key: str, facts: Facts, carried: Carried) -> None:
    found = _lock(key)[0]
    member, role = _member(found, facts), _member_role(facts)
    owners = owner_addresses(found)
    member.role = role
    member.save(update_fields=["role"])
    _record(found, "change_member", carried, {"user": member.user_id, "role": str(role)})
    what = f"{member.user} is now: {role.label.lower()}."
    tell_owners(found, what, to=[*owners, member.user.email], at=carried.at)


def _ground_of_removal(key: str, facts: Facts) -> Ground:
    found = _lock(key)[0]
    member = _member(found, facts)
    _refuse_to_leave_it_without_owner(member)
    basis = {"its name": found.legal_name, "its people": _people(found)}
    summary = f"Take {member.user} ({member.user.email}) out of {found.legal_name}"
    return Ground(summary, basis, frozenset({member.user_id}))


def _remove_member(key: str, facts: Facts, carried: Carried) -> None:
    found = _lock(key)[0]
    member, owners = _member(found, facts), owner_addresses(found)
    _record(found, "remove_member", carried, {"user": member.user_id})
    what = f"{member.user} no longer belongs to it."
    tell_owners(found, what, to=[*owners, member.user.email], at=carried.at)
    member.delete()


ORGANIZATION_ACTS = {
    "merge": ActBody(_ground_of_merge, _merge),
    "vet": ActBody(_ground_of_vetting, _vet),
    "end_vetting": ActBody(_ground_of_its_end, _end_vetting),
    "correct_kind": ActBody(_ground_of_kind, _correct_kind),
    "add_member": ActBody(_ground_of_adding, _add_member),
    "change_member": ActBody(_ground_of_change, _change_member),
    "remove_member": ActBody(_ground_of_removal, _remove_member),
}
