"""The short worklists of counsel, signatory, publisher and Customs: each only what that role may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, Subquery

from exclusions.facts.filing_day import filing_day
from exclusions.facts.lines import Line, line_on
from exclusions.hts import HtsNumber
from exclusions.models import (
    CustomsOpinion,
    Decision,
    ExclusionTerm,
    ExclusionText,
    LegalReview,
    Outcome,
    Petition,
    ProductDraft,
    Recommendation,
    User,
)
from exclusions.models.interest import Ties
from exclusions.models.tariff import lasts_to
from exclusions.queries.casework.lists.worklist import at_desk
from exclusions.queries.casework.versions_of_texts import Beside, beside
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status


def cases_of(role: Role, user: User, ties: Ties | None = None) -> QuerySet[Petition]:
    """Return the petitions that wait for a role, with their recommendations and legal reviews, oldest first.

    None from which a tie or recusal bars the person.
    """
    return (
        _waiting_for(role, user, ties)
        .select_related("round", "organization")
        .prefetch_related(
            Prefetch("recommendations", queryset=Recommendation.objects.order_by("made_at")),
            Prefetch("legal_reviews", queryset=LegalReview.objects.order_by("made_at")),
        )
    )


def _waiting_for(role: Role, user: User, ties: Ties | None) -> QuerySet[Petition]:
    rows: QuerySet[Petition] = at_desk(role).open_to(user, ties)
    return rows.order_by("status_since", "reference")


class ToSign(NamedTuple):
    """A case that awaits a signature, as it is listed; of the last legal review outcome, codes and departure."""

    reference: str
    status: str
    product: str
    organization: str
    number: str
    since: datetime
    concluded: str
    codes: list[str]
    departs: bool


# What of a petition `to_sign` is made of, in this order.
TO_SIGN = ("pk", "reference", "status", "product_name", "organization__legal_name", "hts10", "status_since")


def waiting_to_sign(user: User, ties: Ties | None = None) -> QuerySet[Petition]:
    """Return the petitions that wait for a signature, oldest first; none from which the person is barred."""
    return _waiting_for(Role.SIGNATORY, user, ties)


def to_sign(read: Iterable[tuple[Any, ...]]) -> list[ToSign]:
    """Return the rows of the signing list for petitions read by `TO_SIGN`, each with its last review. One statement."""
    cases = list(read)
    reviews = LegalReview.objects.filter(petition__in=[key for key, *_ in cases]).order_by("made_at")
    columns = ("outcome", "denial_codes", "departs")
    last = {key: (str(Outcome(said).label), codes, departs) for key, said, codes, departs in
            reviews.values_list("petition", *columns)}  # fmt: skip
    return [ToSign._make([*row, *last.get(key, ("", [], False))]) for key, *row in cases]


def granted_cases(user: User) -> QuerySet[Petition]:
    """Return the petitions that wait for a publisher, with decisions and exclusions, oldest first; none tied."""
    return (
        at_desk(Role.PUBLISHER)
        .open_to(user)
        .filter(decisions__superseded_by__isnull=True)
        .select_related("round", "organization")
        .prefetch_related(
            Prefetch("decisions", queryset=Decision.objects.select_related("exclusion__action")),
            Prefetch("decisions__exclusion__texts", queryset=ExclusionText.objects.order_by("version")),
            Prefetch("decisions__exclusion__terms", queryset=ExclusionTerm.objects.order_by("heading", "seq")),
        )
        .order_by("decisions__exclusion__reference", "reference")
    )


def terms_to_end(on: date) -> QuerySet[ExclusionTerm]:
    """Return the published terms that hold on or after a day though every grant of the exclusion was superseded."""
    granted = Decision.versions.filter(exclusion=OuterRef("exclusion"))
    stands = Decision.objects.filter(exclusion=OuterRef("exclusion"))
    rows = ExclusionTerm.objects.filter(lasts_to(on), Exists(granted), ~Exists(stands), status="published")
    return rows.select_related("exclusion").order_by("exclusion__reference", "heading")


def drafts_for_customs(user: User) -> QuerySet[ProductDraft]:
    """Return the latest text of each petition that is with Customs, oldest first.

    Of the petition only its days are read: Customs sees the text and the number, never what leads to the requester. A
    text that waits for intake, or was not let through, is not among them.
    """
    latest = ProductDraft.objects.filter(petition=OuterRef("petition")).order_by("-version").values("pk")[:1]
    waiting = Petition.objects.filter(status=Status.CUSTOMS).open_to(user)
    rows: QuerySet[ProductDraft] = (
        ProductDraft.objects.let_through()
        .filter(petition__in=waiting, pk=Subquery(latest))
        .only("pk", "text", "number", "whole_number", "version", "drafted_at", "joint", "petition__submitted_at")
        .select_related("petition")
        .annotate(since=F("petition__status_since"))
        .order_by("petition__status_since", "pk")
    )
    return rows


def one_a_text(drafts: Iterable[ProductDraft]) -> list[ProductDraft]:
    """Return one draft of each joint act, and all others: a text that was drafted for many cases is judged once."""
    found: dict[object, ProductDraft] = {}
    for draft in drafts:
        found.setdefault(("joint", draft.joint_id) if draft.joint_id else draft.pk, draft)
    return list(found.values())


def opinions_of(user: User) -> QuerySet[CustomsOpinion]:
    """Return the last opinions that a customs reviewer gave, newest first, at most 25."""
    return CustomsOpinion.objects.filter(given_by=user).select_related("draft").order_by("-given_at")[:25]


@dataclass(frozen=True)
class CustomsDraft:
    """What Customs sees of a case: the draft, and the tariff's own words for its number.

    `words` are those of the filing day, by which the case is judged; `words_today` those of today, where they differ.
    """

    draft: ProductDraft
    words: str
    words_today: str
    earlier: list[CustomsOpinion]
    versions: list[Beside]


def draft_for_customs(draft_id: int, user: User, at: datetime) -> CustomsDraft | None:
    """Return one text that waits for Customs, with the tariff line and the opinions on earlier versions, or None."""
    draft = drafts_for_customs(user).filter(pk=draft_id).first()
    if draft is None:
        return None
    drafts = ProductDraft.objects.let_through().filter(petition=draft.petition_id)
    earlier = CustomsOpinion.objects.shown_to(user).filter(draft__in=drafts).select_related("draft")
    days = filing_day(draft.petition.submitted_at, at), eastern_date(at)
    words, today = (_line_description(line) for line in line_on(HtsNumber(draft.number), *days))
    opinions = list(earlier.order_by("given_at", "pk"))
    versions = beside(drafts.order_by("version"), opinions)
    return CustomsDraft(draft, words, "" if today == words else today, opinions, versions)


def newest_of(draft_id: int, user: User) -> tuple[ProductDraft, ProductDraft] | None:
    """Return a text that was with Customs, and the version that took its place and waits for an opinion, or None.

    Only of a case that the person may read, and where Customs has the newer version.
    """
    old = ProductDraft.objects.let_through().filter(pk=draft_id).first()
    if old is None:
        return None
    newer = drafts_for_customs(user).filter(petition=old.petition_id).exclude(pk=draft_id).order_by("pk").first()
    return (old, newer) if newer else None


def _line_description(line: Line | None) -> str:
    return line.full_description if line else "No line of this number is on file."
