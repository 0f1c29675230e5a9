"""What an act of two persons is made of: what it rests on, what it does, and whom it tells."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify_all
from exclusions.actions.record.transition import lock
from exclusions.errors import WrongState
from exclusions.models import Membership, Organization, Petition, User

# Plain JSON: keys, words and numbers.
Facts = dict[str, Any]


@dataclass(frozen=True)
class Ground:
    """What a proposal rests on: the act in words, the facts as they stand, and the accounts that it is about.

    The keys of `basis` are words for people: "its people" changed since. `found` is what was read under the locks, for
    the parts of the act that come after.
    """

    summary: str
    basis: Facts
    concerned: frozenset[int] = frozenset()
    found: Any = None


@dataclass(frozen=True)
class Carried:
    """Who carries an act out, when, what of it goes into its event, who proposed it, and what its ground found."""

    by: User
    at: datetime
    reason: str
    data: Facts
    proposed_by: User
    found: Any = None


@dataclass(frozen=True)
class ActBody:
    """One act. `ground` locks the rows, reads them and refuses what cannot be done; `do` does it, in that transaction.

    Both get the key of the row that it is done to, and the facts of the proposal. `look` gets what the ground found,
    and looks through what was typed, with the reason, for either of the two; it refuses what is not theirs to do or
    must not be said. `rehearse` refuses a proposal that could not be carried out.
    """

    ground: Callable[[str, Facts], Ground]
    do: Callable[[str, Facts, Carried], None]
    look: Callable[[Any, Facts, str, User, datetime], None] | None = None
    rehearse: Callable[[Any, Facts, str, User, datetime], None] | None = None


def lock_petition(key: str) -> Petition:
    """Return the petition that an act is about, locked; WrongState where the key names none."""
    try:
        found = Petition.objects.filter(pk=UUID(key)).first()
    except ValueError:
        found = None
    if found is None:
        raise WrongState("There is no such petition.")
    return lock(found)


def owner_addresses(*organizations: Organization) -> list[str]:
    """Return the addresses of the owners of organizations."""
    owners = Membership.objects.filter(organization__in=organizations, role=Membership.Role.OWNER)
    return sorted(set(owners.values_list("user__email", flat=True)))


def tell_owners(organization: Organization, what: str, *, to: Iterable[str], at: datetime) -> None:
    """Write to people that two members of staff changed something about an organization; `what` is a sentence."""
    notify_all(
        to=to,
        template="organization_changed",
        subject=f"{organization.legal_name}: changed by the agency",
        context={"organization": organization.legal_name, "what": what, "url": page_address("organizations")},
        at=at,
    )


def tell_person(what: str, *, to: Iterable[str], at: datetime) -> None:
    """Write to a person that something about the account was changed by others; `what` is a sentence."""
    notify_all(
        to=to,
        template="account_changed",
        subject="Your account: changed by the agency",
        context={
            "what": what,
            "url": page_address("account_login"),
            "forgotten": page_address("account_reset_password"),
        },
        at=at,
    )
