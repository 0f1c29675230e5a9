"""The desks of the agency: each is open to one role."""

from django.core.exceptions import PermissionDenied

from exclusions.views.frame.signed_in import SignedInRequest
from exclusions.workflow.roles import Role


def open_to(role: Role, request: SignedInRequest, others: str) -> None:
    """Let people of the role go on; answer 403 to everybody else, with the sentence for `others`."""
    if request.user.role != role:
        raise PermissionDenied(others)
