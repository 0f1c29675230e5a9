"""Statements on many petitions as intake screens them: one entry each, with those first that differ from the others."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from exclusions.facts.forms import response_form
from exclusions.models import JointStatement, Petition, Response, User
from exclusions.permissions.case_secrets import secrets_of_cases
from exclusions.permissions.leaks import settled_by_case
from exclusions.permissions.screening import PlaceDoubt, words_of_response
from exclusions.questionnaires import PrintedRow

PAGE = 50  # statements on the desk
AT_ONCE = 100  # responses of a statement on its page, which are posted or declined in one act


@dataclass(frozen=True)
class Waiting:
    """A statement with how many of its responses wait to be posted."""

    joint: JointStatement
    number: int


@dataclass(frozen=True)
class Line:
    """One response of a statement: what is its own, and what it repeats of what others gave in confidence."""

    response: Response
    own: Mapping[str, str]
    doubts: Sequence[PlaceDoubt]
    place: str


@dataclass(frozen=True)
class ReadTogether:
    """A statement as it was typed, and its responses that wait: the odd ones, then those alike."""

    joint: JointStatement
    rows: list[PrintedRow]
    odd: list[Line]
    alike: list[Line]
    waiting: int

    @property
    def lines(self) -> list[Line]:
        """All that are shown."""
        return [*self.odd, *self.alike]


def waiting_statements(user: User) -> list[Waiting]:
    """Return the statements with confirmed responses that wait for posting, oldest first, at most 50."""
    cases = Petition.objects.all().open_to(user)
    rows = JointStatement.objects.filter(responses__status=Response.Status.SUBMITTED, responses__petition__in=cases)
    asked = {"waiting": Count("responses")}
    counted = rows.annotate(**asked).select_related("round").order_by("created_at", "pk")
    return [Waiting(joint, joint.waiting) for joint in counted[:PAGE]]


def read_together(key: UUID, user: User) -> ReadTogether | None:
    """Return a statement with the first hundred of its responses that wait, by petition; None where there is none.

    Those are odd that repeat confidential matter of others, and those whose own values are not the most usual ones.
    """
    joint = JointStatement.objects.filter(pk=key).select_related("round").order_by("pk").first()
    if joint is None:
        return None
    cases = Petition.objects.all().open_to(user)
    rows = Response.objects.filter(joint=joint, status=Response.Status.SUBMITTED, petition__in=cases)
    found = list(rows.select_related("petition__round").order_by("petition__reference")[:AT_ONCE])
    secrets = secrets_of_cases(response.petition for response in found)
    settled = settled_by_case(response.petition for response in found)
    lines = []
    for response in found:
        words, case = words_of_response(response, []), response.petition_id
        doubts = words.doubts(secrets[case], settled.get(case, frozenset()))
        own = {name: value for name, value in joint.own_values.get(response.docket_reference, {}).items() if value}
        lines.append(Line(response, own, doubts, words.place))
    usual = Counter(_key(line) for line in lines).most_common(1)
    odd = [line for line in lines if line.doubts or _key(line) != usual[0][0]]
    alike = [line for line in lines if line not in odd]
    number = len(found) if len(found) < AT_ONCE else rows.count()
    return ReadTogether(joint, response_form(joint.round).printed(joint.answers), odd, alike, number)


def _key(line: Line) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(line.own.items()))
