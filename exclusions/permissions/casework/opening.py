"""Whether a case opens to a member of staff, and why not: the same on its pages and for programs."""

from exclusions.models import Petition, User
from exclusions.permissions.own_view import FIRST, must_view_first
from exclusions.permissions.standing import Standing
from exclusions.workflow.roles import READS_CONFIDENTIAL, Role


def why_not_there(role: str) -> list[str]:
    """Why a case is not there for a member of staff: said of the role alone, so that it tells nothing of the case."""
    if role == Role.CUSTOMS:
        return ["Customs reviewers read product texts and open no cases. Find the texts under “Customs”."]
    if role == Role.ADMIN:
        return ["Administrators open no cases. Find rounds, people and lists under “Administration”."]
    if role not in READS_CONFIDENTIAL:
        name = Role(role).label.lower()
        return [f"As {name} you work from the public version. You can open a case once intake posts the petition."]
    return ["No petition was filed under this reference. Only its owners see a draft before they submit it."]


def opening_refusal(petition: Petition, user: User, standing: Standing, *, level1: bool = True) -> list[str]:
    """Return why a case, one of `find_case`, is shown to nobody of this standing; empty where it may be shown.

    A tie or recusal bars; so does, where level 1's work would be shown (`level1`), an own view that is asked for first.
    """
    if standing.barred:
        return standing.barred
    return [FIRST] if level1 and must_view_first(petition, user) else []
