"""What a person is to a petition: owner, filer, staff, tied to a party, recused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet, Subquery, prefetch_related_objects

from exclusions.models import (
    Assignment,
    Authorization,
    Event,
    Interest,
    Membership,
    Petition,
    Recusal,
    Response,
    Round,
    User,
)
from exclusions.models.interest import Ties
from exclusions.models.record import SubjectOf
from exclusions.wording.stops import stopped
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import READS_CONFIDENTIAL, Role
from exclusions.workflow.seats import seat
from exclusions.workflow.states import Status

# At the desks of review only who has a case works it; others take it over first, and say why.
DESKS = frozenset({Role.REVIEWER1, Role.REVIEWER2, Role.LEGAL, Role.DRAFTER, Role.COMMITTEE})


@dataclass(frozen=True)
class Standing:
    """The roles that a person holds towards one petition, and what keeps them from acting in a staff role."""

    roles: frozenset[Role]
    tie: str = ""  # a sentence, when the person belongs to a party
    recused: str = ""  # a sentence, when the person has stepped back
    other: str = ""  # a sentence, when the person acted on the case in another role, or administers the site
    leads: str = ""  # a sentence, when the person leads the team: who assigns cases records nothing in them
    ties: Ties | None = None  # what ties a member of staff to companies, where that was looked up

    @property
    def barred(self) -> list[str]:
        """Return the sentences that keep the person from judging; empty when none do."""
        return [sentence for sentence in (self.tie, self.recused) if sentence]

    @property
    def kept_from_acting(self) -> list[str]:
        """Return the reasons why the person may not act on the case; empty where the person may."""
        return [*self.barred, *filter(None, [self.other, self.leads])]

    @property
    def kept_from_assigning(self) -> list[str]:
        """Return the sentences that keep the person from handing the case to others: who leads the team may do that."""
        return [*self.barred, *filter(None, [self.other])]


def standing_of(user: User | AnonymousUser | None, petition: Petition, at: datetime) -> Standing:
    """Return a person's standing at a moment. None is the clock, which holds the role of that name."""
    if user is None:
        return Standing(frozenset({Role.CLOCK}))
    if not user.is_authenticated or not user.is_active:
        return Standing(frozenset())
    if user.role:
        return _of_staff(user, [petition])[petition.pk]
    if petition.assisted_by_id == user.pk:
        return Standing(frozenset({Role.FILER}))
    # For each organization that the person belongs to, whether the requester's authorization of the firm holds.
    memberships = Membership.objects.filter(user=user).annotate(is_authorized=Exists(_authorizations(petition, at)))
    mine = dict(memberships.values_list("organization_id", "is_authorized"))
    if petition.organization_id in mine:
        return Standing(frozenset({Role.REQUESTER}))
    if petition.filer_organization_id and mine.get(petition.filer_organization_id):
        return Standing(frozenset({Role.FILER}))
    return Standing(frozenset())


def standings(user: User, petitions: Iterable[Petition], at: datetime) -> dict[UUID, Standing]:
    """Return a member of staff's standing to several petitions, by key: what `standing_of` says of each.

    As many statements as for one.
    """
    if not user.is_active or not user.role:
        return {petition.pk: standing_of(user, petition, at) for petition in petitions}
    return _of_staff(user, list(petitions))


def _of_staff(user: User, petitions: Sequence[Petition]) -> dict[UUID, Standing]:
    """Return a member of staff's standing. One statement, and two more, with the responders, where a company ties the
    person; the parties of the cases are read for all of them at once where they were not.

    Who files for an organization at its request judges nothing in that case. Who recorded on a case in one role acts in
    no other on it: duties are kept apart by person, not by moment.
    """
    cases = {petition.pk: petition for petition in petitions if petition.assisted_by_id != user.pk}
    rows, keeps = Petition.objects.filter(pk__in=list(cases)).order_by(), what_keeps(user)
    read = list(rows.values_list("pk", keeps["stepped_back"], keeps["acted_as"], keeps["has_ties"]))
    ties = Interest.objects.ties_of(user) if any(tied for *_, tied in read) else Ties(frozenset(), frozenset())
    if ties.organizations or ties.names:
        prefetch_related_objects(list(cases.values()), "organization", "filer_organization")
    responded = _responders(ties, cases)
    found = {key: _of_one(user, cases[key], ties, key in responded, recused, acted) for key, recused, acted, _ in read}
    return {petition.pk: found.get(petition.pk, Standing(frozenset({Role.FILER}))) for petition in petitions}


def standing_as_read(user: User, petition: Petition) -> Standing:
    """Return a member of staff's standing to a petition that was read with the annotations of `what_keeps`.

    No statement; two where a company ties the person.
    """
    if petition.assisted_by_id == user.pk:
        return Standing(frozenset({Role.FILER}))
    read: Any = petition
    ties = Interest.objects.ties_of(user) if read.has_ties else Ties(frozenset(), frozenset())
    responded = petition.pk in _responders(ties, [petition.pk])
    return _of_one(user, petition, ties, responded, read.stepped_back, read.acted_as)


def what_keeps(user: User) -> dict[str, Any]:
    """Return what may keep a member of staff from acting on a petition, to annotate petitions with.

    `has_ties`: whether any company ties the person. `stepped_back`: whether the person did. `acted_as`: the role in
    which they first acted on it other than in theirs, "" for a party, None for no other.
    """
    tied = Exists(Interest.objects.current().filter(user=user)) | Exists(Membership.objects.filter(user=user))
    recusals = Recusal.objects.filter(petition=OuterRef("pk"), user=user, ended_at__isnull=True)
    acted = Event.objects.filter(subject=SubjectOf(OuterRef("pk")), by=user).exclude(role=user.role)
    first = acted.exclude(kind="recuse").order_by("sequence").values("role")[:1]
    return {"has_ties": tied, "stepped_back": Exists(recusals), "acted_as": Subquery(first)}


def _of_one(user: User, petition: Petition, ties: Ties, responded: bool, recused: bool, acted: str | None) -> Standing:
    return Standing(
        frozenset({Role(user.role)}),
        tie=_tie(ties, petition, responded),
        recused=_STEPPED_BACK if recused else "",
        other=_other(user, acted),
        leads=LEADS if user.leads else "",
        ties=ties,
    )


def _responders(ties: Ties, petitions: Iterable[UUID]) -> set[UUID]:
    if not ties.names:
        return set()
    same_name = reduce(or_, ties.naming("organization_name"))
    given = Response.objects.filter(same_name, petition__in=list(petitions)).exclude(status="unconfirmed")
    return set(given.values_list("petition_id", flat=True))


def may_read_confidential(
    user: User | AnonymousUser, petition: Petition, at: datetime, standing: Standing | None = None
) -> bool:
    """Say whether a person may read the confidential answers of a petition (15 CFR 2006.15).

    `standing` saves looking up the same person's standing again.
    """
    standing = standing or standing_of(user, petition, at)
    if standing.roles & {Role.REQUESTER, Role.FILER}:
        return True
    return bool(standing.roles & READS_CONFIDENTIAL) and not standing.barred and petition.status != Status.DRAFT


def lapse_refusal(user: User, petition: Petition, at: datetime) -> str:
    """Return why the person's firm may not work on a petition that it began for a client, or "" when that is not it."""
    firm = petition.filer_organization
    if firm is None or not Membership.objects.filter(user=user, organization=firm).exists():
        return ""
    if _authorizations(petition, at).exists():
        return ""
    client = petition.organization.legal_name
    if firm.vetted_at is None:
        return stopped(f"The agency no longer lets {firm.legal_name} file for others. The draft is kept for {client}")
    return stopped(
        f"{client}’s authorization of {firm.legal_name} no longer covers this petition: it was revoked, has ended, or "
        f"is for other rounds. Nothing was saved or sent just now. Your earlier work is kept for {client}"
    )


def _authorizations(petition: Petition, at: datetime) -> QuerySet[Authorization]:
    """Return what lets the firm that filed a petition act for its requester at a moment."""
    round_ = Subquery(Round.objects.filter(pk=petition.round_id).values("slug")[:1])
    valid = Authorization.objects.valid_on(eastern_date(at)).covering(round_)
    return valid.filter(filer=petition.filer_organization_id, client=petition.organization_id)


def _tie(ties: Ties, petition: Petition, has_responded: bool) -> str:
    """Return a place or a declared interest in the requester, the firm that filed, or somebody who responded."""
    if not ties.organizations and not ties.names:
        return ""
    if petition.organization_id in ties.organizations or ties.name(petition.organization.legal_name):
        return (
            f"You belong to {petition.organization.legal_name}, the requester, or declared an interest in it, "
            "so you may not act in this case."
        )
    firm = petition.filer_organization
    if firm and (firm.pk in ties.organizations or ties.name(firm.legal_name)):
        return (
            "You belong to the firm that filed this petition, or declared an interest in it, "
            "so you may not act in this case."
        )
    if has_responded:
        return (
            "You belong to an organization that responded to this petition, or declared an interest in it, "
            "so you may not act in this case."
        )
    return ""


def _other(user: User, was: str | None) -> str:
    if was is not None:
        role = f"as: {Role(was).label}" if was in Role.values else "for a party"
        return f"You acted on this case {role}. You cannot act on it in another role."
    if user.role != Role.ADMIN and (user.is_staff or user.is_superuser):
        return "Your account administers this site, so it cannot act in a case."
    return ""


LEADS = "You lead the team. You assign its cases but record nothing in them."
_STEPPED_BACK = "You have recused yourself from this case."


def holder(petition: Petition, role: str) -> Assignment | None:
    """Return who has the case now, for a role in the petition's status; None where nobody has."""
    place = seat(role, petition.status)
    return next((row for row in petition.assignments.all() if row.role == place and row.ended_at is None), None)


def held_by_another(petition: Petition, user: object, standing: Standing) -> str:
    """Return a sentence where another person of the same desk has the case, or ""."""
    if not isinstance(user, User) or not standing.roles & DESKS:
        return ""
    found = holder(petition, user.role)
    if found is None or found.user_id == user.pk:
        return ""
    return f"{found.user} has this case. Ask for it, or take it over on its page and say why."
