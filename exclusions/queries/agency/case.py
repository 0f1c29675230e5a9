"""One petition as staff work it: who may open it, and what can be done on it next."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from exclusions.models import Assignment, CustomsOpinion, Petition, ProductDraft, StageTarget, User
from exclusions.models.screening import HELD_BACK
from exclusions.models.tariff import TariffVersion
from exclusions.permissions import Standing, refusals
from exclusions.permissions.case_entries import CASE_ENTRIES, case_entry_refusal
from exclusions.permissions.standing import what_keeps
from exclusions.queries.agency.case_rows import may_have, read_entries, with_marks
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


def find_case(reference: str, user: User) -> Petition | None:
    """Return a filed petition that a staff member may open, whole or its public side, or None.

    Drafter and publisher work from the public version, so that there is nothing to open before posting. Whether a tie
    or recusal bars the person is for the page to say.
    """
    if user.role not in HAS_WORKLIST:
        return None
    petition = _to_be_shown(user).filter(reference=reference).order_by("pk").first()
    if petition and user.role not in READS_CONFIDENTIAL and petition.posted_at is None:
        return None
    return petition


def _to_be_shown(user: User) -> QuerySet[Petition]:
    """The filed petitions with what their pages ask of each: the target that was set for its status last
    (`target_set`), the stamp of the tariff, what keeps the person from it, and which kinds of rows it may have.
    """
    target = StageTarget.objects.filter(of_status=OuterRef("status")).order_by("-pk").values("days")[:1]
    rows = Petition.objects.select_related("round", "organization", "filer_organization", "filed_by", "stored")
    rows = rows.annotate(
        target_set=Subquery(target),
        tariff_stamp=Subquery(TariffVersion.objects.order_by("pk").values("stamp")[:1]),
        **what_keeps(user),
    )
    return with_marks(rows).exclude(status=Status.DRAFT).order_by()


def standing_assignments(petition: Petition) -> list[Assignment]:
    """Return who has the case now, by role, in the order in which they got it."""
    return sorted(
        (row for row in petition.assignments.all() if row.ended_at is None), key=attrgetter("assigned_at", "pk")
    )


def offers(petition: Petition, user: User, at: datetime, held: Standing) -> list[Offer]:
    """Return each transition that leaves the status, free or refused with its reasons; the person's own first."""
    found = []
    for row in from_status(Status(petition.status)):
        if row.roles <= OWNERS or row.name in TAKEN_ELSEWHERE:
            continue
        yours = bool(row.roles & held.roles)
        reasons = refusals(row.name, petition, user, at, held=held)
        found.append(Offer(row.name, row.label, reasons, row.needs_reason, row.name in NEED_FORM, yours))
    return sorted(found, key=lambda offer: not offer.yours)


def entry_offers(petition: Petition, user: User, at: datetime, held: Standing) -> list[Offer]:
    """Return the entries of the person's role, free or refused with reasons; findings are offered by criterion."""
    found = []
    for name, kind in CASE_ENTRIES.items():
        if name in ("finding", "opinion") or not kind.roles & held.roles:
            continue
        refused = case_entry_refusal(name, petition, user, at, held)
        found.append(Offer(name, kind.label, refused.reasons if refused else []))
    return found


def drafts(petition: Petition, user: User, whole: bool) -> list[ProductDraft]:
    """Return the versions of the product text, newest first, with the opinions on each.

    What intake has not let through is for who wrote it, and for who reads the whole case.
    """
    if whole:
        read_entries(petition, ["drafts"])
        return sorted(petition.drafts.all(), key=attrgetter("version"), reverse=True)
    held_back = Q(screening__outcome__in=HELD_BACK)
    opinions = CustomsOpinion.objects.select_related("given_by", "screening").order_by("given_at", "pk")
    shown = Prefetch("opinions", queryset=opinions.exclude(held_back & ~Q(given_by=user)))
    found = ProductDraft.objects.filter(petition=petition).exclude(held_back & ~Q(drafted_by=user))
    found = found.select_related("drafted_by", "screening")
    return list(found.order_by("-version").prefetch_related(shown)) if may_have(petition, "drafts") else []
