"""One petition as staff work it: who may open it, and what can be done on it next."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db.models import OuterRef, Subquery

from exclusions.models import Assignment, Petition, ProductDraft, StageTarget, User
from exclusions.models.tariff import TariffVersion
from exclusions.permissions import Standing, refusals
from exclusions.permissions.case_entries import CASE_ENTRIES, ON_TABS, RARE, case_entry_refusal
from exclusions.permissions.likes.recommended import may_be_hidden
from exclusions.permissions.standing import what_keeps
from exclusions.queries.casework.case.case_rows import may_have, read_entries, texts, with_marks
from exclusions.queries.casework.case.case_tariff import named_by_exclusion
from exclusions.workflow.roles import OWNERS, READS_CONFIDENTIAL
from exclusions.workflow.states import HAS_WORKLIST, Status
from exclusions.workflow.transitions import NEED_FORM, TAKEN_ELSEWHERE, from_status

MADE = attrgetter("made_at", "pk")


@dataclass(frozen=True)
class Offer:
    """A transition or entry that could be made here: free when `reasons` is empty."""

    name: str
    label: str
    reasons: list[str]
    needs_reason: bool = False
    needs_form: bool = False
    yours: bool = True


# The filed petitions with what their pages ask of each: whether an exclusion ever named its number
# (`named_by_exclusion`), the target that was set for its status last (`target_set`), the stamp of the tariff, and which
# kinds of rows it may have.
_FILED = with_marks(
    Petition.objects.select_related("round", "organization", "filer_organization", "stored").annotate(
        named_by_exclusion=named_by_exclusion(),
        target_set=Subquery(
            StageTarget.objects.filter(of_status=OuterRef("status")).order_by("-pk").values("days")[:1]
        ),
        tariff_stamp=Subquery(TariffVersion.objects.order_by("pk").values("stamp")[:1]),
    )
).exclude(status=Status.DRAFT)


def find_case(reference: str, user: User) -> Petition | None:
    """Return a filed petition that a staff member may open, whole or its public side, or None.

    It comes with what keeps the person from it, and as the store has it. Drafter and publisher work from the public
    version, so that there is nothing to open before posting. Whether a tie or recusal bars the person is for the page
    to say.
    """
    if user.role not in HAS_WORKLIST:
        return None
    rows = _FILED.filter(reference=reference).annotate(**what_keeps(user), **may_be_hidden(user))
    petition = rows.order_by("pk").first()
    if petition and user.role not in READS_CONFIDENTIAL and petition.posted_at is None:
        return None
    return petition


def standing_assignments(petition: Petition) -> list[Assignment]:
    """Return who has the case now, by role, in the order in which they got it."""
    return sorted(
        (row for row in petition.assignments.all() if row.ended_at is None), key=attrgetter("assigned_at", "pk")
    )


def offers(petition: Petition, user: User, at: datetime, standing: Standing) -> list[Offer]:
    """Return each transition that leaves the status, free or refused with its reasons; the person's own first."""
    found = []
    for row in from_status(Status(petition.status)):
        if row.roles <= OWNERS or row.name in TAKEN_ELSEWHERE:
            continue
        yours = bool(row.roles & standing.roles)
        reasons = refusals(row.name, petition, user, at, standing=standing)
        found.append(Offer(row.name, row.label, reasons, row.needs_reason, row.name in NEED_FORM, yours))
    return sorted(found, key=lambda offer: not offer.yours)


def entry_offers(petition: Petition, user: User, at: datetime, standing: Standing) -> list[Offer]:
    """Return the entries of the person's role, free or refused with reasons; findings are offered by criterion."""
    found = []
    for name, kind in CASE_ENTRIES.items():
        if name in ON_TABS or not kind.roles & standing.roles:
            continue
        refused = case_entry_refusal(name, petition, user, at, standing)
        if not (refused and name in RARE):
            found.append(Offer(name, kind.label, refused.reasons if refused else []))
    return found


def drafts(petition: Petition, user: User, whole: bool) -> list[ProductDraft]:
    """Return the versions of the product text, newest first, with the opinions on each.

    What intake has not let through is for who wrote it, and for who reads the whole case.
    """
    if not may_have(petition, "drafts"):
        return []
    if whole:
        read_entries(petition, ["drafts"])
    found = petition.drafts.all() if whole else texts(shown_to=user).filter(petition=petition)
    return sorted(found, key=attrgetter("version"), reverse=True)
