"""What a refusal becomes on a page: its status, its sentences beside their fields, a flash where there is no form."""

from exclusions.errors import ActionRefused, NotPermitted, WrongState


def status_of(refused: ActionRefused) -> int:
    """Return the HTTP status that a refusal is answered with."""
    if isinstance(refused, NotPermitted):
        return 403
    return 409 if isinstance(refused, WrongState) else 422
