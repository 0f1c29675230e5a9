"""What a person is to a petition: owner, filer, staff, tied to a party, recused."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Q, QuerySet, Subquery

from exclusions.gateways.database.prepared import Prepared
from exclusions.gateways.database.together import Fetch
from exclusions.models import Authorization, Event, Interest, Membership, Petition, Recusal, Response, Round, User
from exclusions.models.interest import TIES, Ties
from exclusions.wording.stops import stopped
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import READS_CONFIDENTIAL, Role
from exclusions.workflow.states import Status


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
    def kept(self) -> list[str]:
        """Return the sentences that keep the person from acting, though perhaps not from reading; empty: none do."""
        return [*self.barred, *filter(None, [self.other, self.leads])]

    @property
    def kept_from_assigning(self) -> list[str]:
        """Return the sentences that keep the person from handing the case to others: who leads the team may do that."""
        return [*self.barred, *filter(None, [self.other])]


def standing(
    user: User | AnonymousUser | None, petition: Petition, at: datetime, asked: "Kept | None" = None
) -> Standing:
    """Return a person's standing at a moment. None is the clock, which holds the role of that name.

    `asked` is what `kept_fetch` gave for the person and the petition, where it went to the server with others.
    """
    if user is None:
        return Standing(frozenset({Role.CLOCK}))
    if not user.is_authenticated or not user.is_active:
        return Standing(frozenset())
    if petition.assisted_by_id == user.pk:
        # Who files for an organization at its request judges nothing in that case.
        return Standing(frozenset({Role.FILER}))
    if user.role:
        ties, recused, other = (asked or kept_fetch(user, petition)).found()
        return Standing(
            frozenset({Role(user.role)}),
            tie=_tie(ties, petition, partial(_has_responded, ties)),
            recused=recused,
            other=other,
            leads=LEADS if user.leads else "",
            ties=ties,
        )
    mine = {organization for (organization,) in _MEMBERSHIPS.tuples(user.pk)}
    if petition.organization_id in mine:
        return Standing(frozenset({Role.REQUESTER}))
    if petition.filer_organization_id in mine and _authorized(petition, at):
        return Standing(frozenset({Role.FILER}))
    return Standing(frozenset())


_MEMBERSHIPS: Prepared[Membership] = Prepared(
    lambda user: Membership.objects.filter(user=user).values_list("organization_id"), (1,), (2,)
)


def standings(user: User, petitions: Iterable[Petition], at: datetime) -> dict[UUID, Standing]:
    """Return a member of staff's standing to several petitions, by key: what `standing` says of each.

    As many statements as for one, and one more for the responders where the person is tied to a company.
    """
    cases = {petition.pk: petition for petition in petitions}
    if not user.is_active or not user.role:
        return {key: standing(user, petition, at) for key, petition in cases.items()}
    ties = Interest.objects.ties_of(user)
    recused = set(_stepped_back(user).filter(petition__in=list(cases)).values_list("petition_id", flat=True))
    acted = _acted_otherwise(user, [f"petition:{key}" for key in cases])
    responded = _responders(ties, cases)
    found = {}
    for key, petition in cases.items():
        if petition.assisted_by_id == user.pk:
            found[key] = Standing(frozenset({Role.FILER}))
            continue
        found[key] = Standing(
            frozenset({Role(user.role)}),
            tie=_tie(ties, petition, lambda case: case.pk in responded),
            recused=_STEPPED_BACK if key in recused else "",
            other=_other(user, acted.get(f"petition:{key}")),
            leads=LEADS if user.leads else "",
            ties=ties,
        )
    return found


def _stepped_back(user: User) -> QuerySet[Recusal]:
    return Recusal.objects.filter(user=user, ended_at__isnull=True)


def _acted_otherwise(user: User, subjects: list[str]) -> dict[str, str]:
    """In which other role a person first acted, by the name of the chain."""
    acted = Event.objects.filter(subject__in=subjects, by=user).exclude(role=user.role).exclude(kind="recuse")
    rows = acted.order_by("subject", "-sequence").values_list("subject", "role")
    return {subject: role or "-" for subject, role in rows}


def _responders(ties: Ties, petitions: Iterable[UUID]) -> set[UUID]:
    if not ties.names:
        return set()
    given = Response.objects.filter(_same_name(ties), petition__in=list(petitions)).exclude(status="unconfirmed")
    return set(given.values_list("petition_id", flat=True))


def _same_name(ties: Ties) -> Q:
    same_name = Q()
    for name in ties.names:
        same_name |= Q(organization_name__iexact=name)
    return same_name


def may_read_confidential(
    user: User | AnonymousUser, petition: Petition, at: datetime, held: Standing | None = None
) -> bool:
    """Say whether a person may read the confidential answers of a petition (15 CFR 2006.15).

    `held` saves looking up the same person's standing again.
    """
    held = held or standing(user, petition, at)
    if held.roles & {Role.REQUESTER, Role.FILER}:
        return True
    return bool(held.roles & READS_CONFIDENTIAL) and not held.barred and petition.status != Status.DRAFT


def lapse(user: User, petition: Petition, at: datetime) -> str:
    """Return why the person's firm may not work on a petition that it began for a client, or "" when that is not it."""
    firm = petition.filer_organization
    if firm is None or not Membership.objects.filter(user=user, organization=firm).exists():
        return ""
    if _authorized(petition, at):
        return ""
    client = petition.organization.legal_name
    if firm.vetted_at is None:
        return stopped(f"The agency no longer lets {firm.legal_name} file for others. The draft is kept for {client}")
    return stopped(
        f"{client}’s authorization of {firm.legal_name} no longer covers this petition: it was revoked, has ended, or "
        f"is for other rounds. Nothing was saved or sent just now. Your earlier work is kept for {client}"
    )


def _authorized(petition: Petition, at: datetime) -> bool:
    return (
        Authorization.objects.valid_on(eastern_date(at))
        .covering(Subquery(Round.objects.filter(pk=petition.round_id).values("slug")))
        .filter(filer=petition.filer_organization_id, client=petition.organization_id)
        .exists()
    )


def _has_responded(ties: Ties, petition: Petition) -> bool:
    return bool(petition.responses.exclude(status="unconfirmed").filter(_same_name(ties)).exists())


def _tie(ties: Ties, petition: Petition, has_responded: Callable[[Petition], bool]) -> str:
    """A place or a declared interest in the requester, the firm that filed, or somebody who responded."""
    if not ties.organizations and not ties.names:
        return ""
    names = {petition.organization.legal_name.strip().lower()}
    if petition.organization_id in ties.organizations or names & ties.names:
        return (
            f"You belong to {petition.organization.legal_name}, the requester, or declared an interest in it, "
            "so you may not act in this case."
        )
    firm = petition.filer_organization
    if firm and (firm.pk in ties.organizations or firm.legal_name.strip().lower() in ties.names):
        return (
            "You belong to the firm that filed this petition, or declared an interest in it, "
            "so you may not act in this case."
        )
    if has_responded(petition):
        return (
            "You belong to an organization that responded to this petition, or declared an interest in it, "
            "so you may not act in this case."
        )
    return ""


Kept = Fetch[tuple[Ties, str, str]]


def kept_fetch(user: User, petition: Petition) -> Kept:
    """What may keep a member of staff from acting on a case, to be asked with others and given to `standing`.

    What ties the person, whether they stepped back, and whether they acted on the case in another role than theirs. Who
    recorded on a case in one role acts in no other on it: duties are kept apart by person, not by moment.
    """

    def made(rows: list[tuple[Any, ...]]) -> tuple[Ties, str, str]:
        recused, was = next((recused, was) for what, recused, was, _, _ in rows if what == "case")
        ties = Ties.of((organization, name) for what, _, _, organization, name in rows if what == "tie")
        return ties, _STEPPED_BACK if recused else "", _other(user, was)

    values = [_key(petition), user.pk, f"petition:{petition.pk}", user.pk, user.role, user.pk, user.pk]
    return Fetch(DEFAULT_DB_ALIAS, (_RECUSED_WAS_AND_TIES, values), made)


def _key(petition: Petition) -> Any:
    return Petition._meta.pk.get_db_prep_value(petition.pk, connection)


def _other(user: User, was: str | None) -> str:
    if was is not None:
        role = f"as: {Role(was).label}" if was in Role.values else "for a party"
        return f"You acted on this case {role}. You cannot act on it in another role."
    if user.role != Role.ADMIN and (user.is_staff or user.is_superuser):
        return "Your account administers this site, so it cannot act in a case."
    return ""


LEADS = "You lead the team. You assign its cases but record nothing in them."
_STEPPED_BACK = "You have recused yourself from this case."
# Each act of a member of staff asks this, so it is written out: building it anew took longer than answering it.
_RECUSED_WAS_AND_TIES = f"""
    SELECT 'case' AS what,
        CASE WHEN EXISTS (
            SELECT 1 FROM {Recusal._meta.db_table} WHERE petition_id = %s AND user_id = %s AND ended_at IS NULL
        ) THEN 1 ELSE 0 END AS recused,
        (
            SELECT CASE role WHEN '' THEN '-' ELSE role END FROM {Event._meta.db_table}
            WHERE subject = %s AND by_id = %s AND role <> %s AND kind <> 'recuse' ORDER BY sequence LIMIT 1
        ) AS was,
        NULL AS organization_id, '' AS name
    UNION ALL SELECT 'tie', 0, NULL, organization_id, name FROM ({TIES}) ties
"""
