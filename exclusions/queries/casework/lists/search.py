"""Any case, found by whoever of the staff may know of it: live, closed, returned, historical."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from exclusions.gateways.shared_cache import remembered
from exclusions.models import StoredCase, User
from exclusions.models.casework.store import StoredCaseQuerySet, plain_key
from exclusions.models.interest import Ties
from exclusions.workflow.roles import READS_CONFIDENTIAL
from exclusions.workflow.states import HAS_WORKLIST

PAGE_SIZE = 40
LONGEST = 10  # digits of a number
NEWEST, BEST = "newest", "best"
SORTS = ((BEST, "Best match first"), (NEWEST, "Newest first"))
MAY_SEARCH = HAS_WORKLIST
_NUMBER = re.compile(r"\d[\d.]{2,12}")


@dataclass(frozen=True)
class Words:
    """What somebody looks for: beginnings of numbers, and other words."""

    numbers: tuple[str, ...]
    others: str
    whole: str

    @classmethod
    def parse(cls, typed: str) -> "Words":
        """Return the numbers and the other words of a typed text. A number may have dots and may be a beginning."""
        terms = typed.split()
        numbers = tuple(term for term in terms if _NUMBER.fullmatch(term))
        return cls(numbers, " ".join(term for term in terms if term not in numbers), typed.strip())


def cases_of(user: User, ties: Ties | None = None) -> StoredCaseQuerySet:
    """Return the cases that a member of staff may know of: none from which a tie or recusal bars them.

    Who works from the public version knows of no petition before it is posted. None at all for other roles.
    """
    if user.role not in MAY_SEARCH:
        return StoredCase.objects.none()
    rows: StoredCaseQuerySet = StoredCase.objects.open_to(user, ties)
    if user.role not in READS_CONFIDENTIAL:
        rows = rows.exclude(kind=StoredCase.Kind.LIVE, petition__posted_at__isnull=True)
    return rows


def find_stored(reference: str, user: User) -> StoredCase | None:
    """Return a case that a person who may search may know of, or None. One statement for a historical case."""
    found = StoredCase.objects.filter(reference=reference).order_by("pk").first()
    if found is None or (found.kind == StoredCase.Kind.HISTORICAL and user.role in MAY_SEARCH):
        return found
    seen: StoredCase | None = cases_of(user).filter(pk=found.pk).order_by("pk").first()
    return seen


def matching(rows: StoredCaseQuerySet, typed: str) -> StoredCaseQuerySet:
    """Return the cases in which all that was typed is found: in reference, requester, product words or number."""
    words = Words.parse(typed)
    for number in words.numbers:
        digits = number.replace(".", "")
        # A stretch of the index whatever the database's collation, which the beginning of a text is not everywhere.
        found = Q(hts10__gte=digits, hts10__lte=digits.ljust(LONGEST, "9"))
        worded = StoredCase.objects.words_found(number)
        rows = rows.filter(found if "." in number or worded is None else found | worded)
    return rows.worded(words.others) if words.others else rows


def sorted_by(rows: StoredCaseQuerySet, typed: str, sort: str) -> StoredCaseQuerySet:
    """Return the cases newest first; or those first that are called just so, then by their beginning, then the rest."""
    key = plain_key(typed)
    if sort != BEST or not key:
        return rows.order_by("-filed_on", "-pk")
    nearness = Case(
        When(reference__iexact=typed.strip(), then=Value(0)),
        When(reference__endswith=f"-{typed.strip()}", then=Value(0)),
        When(hts10=key, then=Value(1)),
        When(product_key=key, then=Value(1)),
        When(requester_key=key, then=Value(2)),
        When(product_key__startswith=key, then=Value(3)),
        When(requester_key__startswith=key, then=Value(4)),
        default=Value(5),
        output_field=IntegerField(),
    )
    return rows.alias(nearness=nearness).order_by("nearness", "-filed_on", "-pk")


def of_page(found: Any) -> list[StoredCase]:
    """Return the cases of a page, a piece of what `sorted_by` returned. Two statements.

    The first sorts keys alone: a case is some kilobytes wide, and before a page deep in the list come thousands.
    """
    keys = list(found.values_list("pk", flat=True))
    cases = StoredCase.objects.defer("words").in_bulk(keys)
    return [cases[key] for key in keys if key in cases]


def dockets() -> list[str]:
    """Return the dockets of the store, the latest first; remembered for a minute."""
    known = remembered.get("stored-dockets")
    if known is None:
        known = list(StoredCase.objects.order_by("-docket").values_list("docket", flat=True).distinct())
        remembered.set("stored-dockets", known, 60)
    return list(known)
