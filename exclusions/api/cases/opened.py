"""Who of the staff a program may speak for, and which case opens to them."""

from typing import Any

from django.conf import settings
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.request import Request

from exclusions.api.petitions.owned import Timed
from exclusions.api.tokens import OWN_REFUSALS
from exclusions.models import Petition, User
from exclusions.permissions import Standing
from exclusions.permissions.casework.opening import opening_refusal, why_not_there
from exclusions.permissions.standing import standing_as_read
from exclusions.queries.casework.case.case import find_case
from exclusions.queries.people.second_factors import has_second_factor
from exclusions.workflow.roles import Role
from exclusions.workflow.states import HAS_WORKLIST

READ, WRITE = "cases:read", "cases:write"
ONLY = "This address is for programs of the agency staff who work petitions."
SECOND = "Staff sign in with a second factor. Set up an authenticator app or a passkey, then let the program go on."
OF_STAFF = {**OWN_REFUSALS, 403: "The token is for something else, or its person has not the role or may not see it"}
OF_CASE = {**OF_STAFF, 404: "Nothing is there for the person’s role"}


class OfStaff(Timed):
    """A view for programs of those who work cases: their role and second factor are asked at each call."""

    refusals = OF_STAFF

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let in the staff alone, after the token and its scope."""
        super().initial(request, *args, **kwargs)
        role = self.person.role
        if role not in HAS_WORKLIST:
            raise PermissionDenied(" ".join(why_not_there(role)) if role in (Role.CUSTOMS, Role.ADMIN) else ONLY)
        if settings.STAFF_SECOND_FACTOR and not has_second_factor(self.person):
            raise PermissionDenied(SECOND)


class OfCase(OfStaff):
    """A view of one case, by its reference; it opens as its page does."""

    queryset: Any = Petition.objects.none()
    pagination_class: Any = None
    lookup_field = "reference"
    refusals = OF_CASE

    def opened(self) -> tuple[Petition, Standing]:
        """Return the case that the address names and what the person is to it.

        Raises NotFound where none is there for the person's role, and PermissionDenied for whom a tie, a recusal or an
        own view that is asked for first keeps from it.
        """
        return opened_case(str(self.kwargs["reference"]), self.person)


def opened_case(reference: str, user: User) -> tuple[Petition, Standing]:
    """Return a case by its reference and what the person is to it. Raises as `OfCase.opened` does."""
    petition = find_case(reference, user)
    if petition is None:
        raise NotFound(" ".join(why_not_there(user.role)))
    standing = standing_as_read(user, petition)
    if refused := opening_refusal(petition, user, standing):
        raise PermissionDenied(" ".join(refused))
    return petition, standing
